/** A value that both codecs carry without loss. `undefined` is never one: absent is absent. */
export type WireValue =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | readonly WireValue[]
  | { readonly [key: string]: WireValue };

export interface WireProps {
  readonly [name: string]: WireValue;
}

/** One node of the tree as it goes over the wire: scoped id, prop names in snake case, values encoded. Never mutated. */
export interface WireNode {
  readonly id: string;
  readonly type: string;
  readonly props: WireProps;
  readonly children: readonly WireNode[];
}
