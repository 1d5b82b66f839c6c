/**
 * What `view` returns: plain data with host values. Builders make elements, hand-written ones are equal to theirs.
 * Ids are local, prop names camel case (snake case is accepted too), handlers are ordinary props.
 *
 * `Model` is the model that the inline handlers inside need: an element without handlers is an `Element<unknown>` and
 * fits into every view. Elements are never mutated; an element that is the same object as in the last render is not
 * looked into again.
 */
export interface Element<in Model = unknown> {
  readonly type: string;
  /** Local id, without `/` and `#`. Absent: an id is generated from the position. */
  readonly id?: string | undefined;
  readonly props?: ElementProps | undefined;
  /** Nested arrays are flattened and `null`, `undefined`, `false` dropped. */
  readonly children?: readonly Child<Model>[] | undefined;
  /** Type level only: the model the handlers inside expect. */
  readonly "~model"?: ((model: Model) => void) | undefined;
}

/** Host values by prop name. A function, or a `Handler` value, under an `on…` name is an inline handler. */
export interface ElementProps {
  readonly [name: string]: unknown;
}

export type Child<Model = unknown> = Element<Model> | null | undefined | false | readonly Child<Model>[];

/** What `view` may return: one window, several, a `windowGroup`, or nothing. */
export type View<Model = unknown> = Element<Model> | readonly (Element<Model> | null | undefined | false)[] | null;
