import type { Node } from "./steps.ts";

export const remove = (path: readonly number[], index: number) => ({ op: "remove_child", path, index });
export const insert = (path: readonly number[], index: number, node: Node) => ({
  op: "insert_child",
  path,
  index,
  node,
});
export const update = (path: readonly number[], props: Readonly<Record<string, unknown>>) => ({
  op: "update_props",
  path,
  props,
});
export const replace = (path: readonly number[], node: Node) => ({ op: "replace_node", path, node });
