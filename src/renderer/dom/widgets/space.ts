import type { WidgetModule, WidgetView } from "../widget.ts";

/** Nothing but room; its size is the resolver's business. */
export const spaceModule: WidgetModule = {
  types: ["space"],
  layout: { flow: "leaf" },
  copies: { accepts: () => true, adopt: (_context, _props, element) => viewOf(element) },
  create: (context) => viewOf(context.document.createElement("div")),
};

function viewOf(element: HTMLElement): WidgetView {
  return { element, update() {} };
}
