import { readLength, SHRINK } from "../layout.ts";
import { readNumber } from "../props.ts";
import type { WidgetModule } from "../widget.ts";

/** Puts its child at a point of its own box. The point moves the painting, not the layout. */
export const pinModule: WidgetModule = {
  types: ["pin"],
  layout: { flow: "box" },
  css: `
.pl-pin>.pl-item{position:relative;left:var(--pin-x);top:var(--pin-y)}
.pl-pin-x>.pl-item{max-width:calc(100% - var(--pin-x))}
.pl-pin-y>.pl-item{flex-shrink:0;max-height:calc(100% - var(--pin-y))}
.pl-pin>.pl-w-full{width:calc(100% - var(--pin-x));max-width:calc(100% - var(--pin-x))}
.pl-pin>.pl-h-full{height:calc(100% - var(--pin-y));max-height:calc(100% - var(--pin-y))}
`,
  create: (context) => {
    const element = context.document.createElement("div");
    element.className = "pl-box pl-pin";
    return {
      element,
      content: element,
      update: (props) => {
        // The size of a shrinking pin comes from the child, so that a share of it says nothing.
        element.classList.toggle("pl-pin-x", (readLength(props["width"]) ?? SHRINK).kind !== "shrink");
        element.classList.toggle("pl-pin-y", (readLength(props["height"]) ?? SHRINK).kind !== "shrink");
        element.style.setProperty("--pin-x", `${readNumber(props["x"]) ?? 0}px`);
        element.style.setProperty("--pin-y", `${readNumber(props["y"]) ?? 0}px`);
      },
    };
  },
};
