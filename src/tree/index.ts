export {
  type ApplyResult,
  apply,
  findOrderViolation,
  MAX_PATH_LENGTH,
  type OrderViolation,
  type SkipReason,
  type UnappliedOp,
} from "./apply.ts";
export type { TreeDiagnostic, TreeDiagnosticCode } from "./diagnostic.ts";
export { diff } from "./diff.ts";
export { changedProps, equal, equalProps, equalValue } from "./equal.ts";
export type { AnyElement, AnyView } from "./flatten.ts";
export { canonicalText, hash } from "./hash.ts";
export { DEFAULT_TREE_DEPTH, type Normalized, normalize, type TreeOptions } from "./normalize.ts";
export { find, findAll, localId, nodeAt, nodesOf, pathOf } from "./query.ts";
export { sha256Hex } from "./sha256.ts";
export { type CompositeHandle, createTree, type RenderResult, type Tree, type TreeWindow } from "./tree.ts";
