import type { WireProps } from "../../../protocol/node.ts";
import type { Axis, Length } from "../layout.ts";
import { FILL } from "../layout.ts";
import { readRecord, readSize } from "../props.ts";
import type { StyleOptions, WidgetContext, WidgetModule, WidgetView } from "../widget.ts";

const STYLES: StyleOptions = { presets: ["default", "weak"], fallback: "default", statuses: [] };

const css = `
.pl-rule{background:var(--s-bg);border-radius:var(--s-radius,0)}
.pl-rule[data-style="default"]{--s-bg:var(--bg-strong)}
.pl-rule[data-style="weak"]{--s-bg:var(--bg-weak)}
`;

export const ruleModule: WidgetModule = {
  types: ["rule"],
  layout: { flow: "leaf", length: ruleLength },
  css,
  copies: {
    // The class of a StyleMap is looked after by element.
    accepts: ({ style }) => readRecord(style) === undefined,
    adopt: viewOf,
  },
  create: createRule,
};

function ruleLength(props: WireProps, axis: Axis): Length {
  const isVertical = props["direction"] === "vertical";
  if (isVertical === (axis === "height")) return FILL;
  return { kind: "fixed", size: readSize(props[axis]) ?? readSize(props["thickness"]) ?? 1 };
}

function createRule(context: WidgetContext): WidgetView {
  const element = context.document.createElement("div");
  element.className = "pl-rule";
  element.setAttribute("role", "separator");
  context.styles.apply(element, undefined, STYLES);
  return viewOf(context, {}, element);
}

function viewOf(context: WidgetContext, _props: WireProps, element: HTMLElement): WidgetView {
  return {
    element,
    update(props, previous) {
      if (props["direction"] === "vertical") element.setAttribute("aria-orientation", "vertical");
      else element.removeAttribute("aria-orientation");
      if (props["style"] !== previous["style"]) context.styles.apply(element, props["style"], STYLES);
    },
  };
}
