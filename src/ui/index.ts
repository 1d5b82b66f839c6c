export { build, type Chain } from "./chain.ts";
export * from "./components.ts";
export { createMessageUi, createUi, type Ui } from "./create-ui.ts";
export type * from "./generated/props.ts";
export type * from "./prop-values.ts";
export type { JsxChildren, JsxText } from "./shapes.ts";
export * from "./value-builders.ts";
export * from "./widgets.ts";
export * from "./window-group.ts";
