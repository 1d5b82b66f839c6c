import type { WidgetModule } from "../widget.ts";

/** Layers over a first child that gives the size. The pointer goes through what does not react to it. */
export const stackModule: WidgetModule = {
  types: ["stack"],
  layout: { flow: "stack" },
  css: `
.pl-layer :is([tabindex],input,textarea,a,.pl-hit,.pl-scroll),.pl-layer:is([tabindex],.pl-hit,.pl-scroll){pointer-events:auto}
`,
  create: (context) => {
    const element = context.document.createElement("div");
    element.className = "pl-stack";
    return {
      element,
      content: element,
      update: (props) => element.classList.toggle("pl-clip", props["clip"] === true),
    };
  },
};
