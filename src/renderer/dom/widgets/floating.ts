import { readLength } from "../layout.ts";
import { readNumber } from "../props.ts";
import type { WidgetModule } from "../widget.ts";

/** Moves and enlarges its child without moving anything else. */
export const floatingModule: WidgetModule = {
  types: ["floating", "float"],
  // Without a size of its own it is not there as far as layout is concerned.
  layout: {
    flow: "wrapper",
    flowOf: ({ width, height }) =>
      readLength(width) === undefined && readLength(height) === undefined ? "wrapper" : "box",
  },
  create: (context) => {
    const element = context.document.createElement("div");
    element.className = "pl-box";
    return {
      element,
      content: element,
      update: (props) => {
        const x = readNumber(props["translate_x"]) ?? 0;
        const y = readNumber(props["translate_y"]) ?? 0;
        const scale = readNumber(props["scale"]) ?? 1;
        const isMoved = x !== 0 || y !== 0 || scale > 1;
        element.style.transform = isMoved ? `translate(${x}px,${y}px) scale(${scale})` : "";
        element.style.zIndex = isMoved ? "500" : "";
        element.style.position = isMoved ? "relative" : "";
      },
    };
  },
};
