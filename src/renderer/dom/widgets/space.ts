import type { WidgetModule } from "../widget.ts";

/** Nothing but room; its size is the resolver's business. */
export const spaceModule: WidgetModule = {
  types: ["space"],
  layout: { flow: "leaf" },
  create(context) {
    return { element: context.document.createElement("div"), update() {} };
  },
};
