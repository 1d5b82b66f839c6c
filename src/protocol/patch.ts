import type { WireNode, WireProps } from "./node.ts";

/** Child indices from the root; `[]` is the root itself. */
export type Path = readonly number[];

/**
 * One change. Ops apply one after another; paths and indices refer to the tree as it is at that moment.
 *
 * Order rule, per parent: removes first with strictly decreasing index, then updates and replaces of its children,
 * then inserts with index that never decreases.
 */
export type PatchOp =
  | { readonly op: "replace_node"; readonly path: Path; readonly node: WireNode }
  /** Merges; `null` deletes the key. */
  | { readonly op: "update_props"; readonly path: Path; readonly props: WireProps }
  /** `path` is the parent; an index past the end appends. */
  | { readonly op: "insert_child"; readonly path: Path; readonly index: number; readonly node: WireNode }
  | { readonly op: "remove_child"; readonly path: Path; readonly index: number };
