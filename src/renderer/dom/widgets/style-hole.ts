import type { CopyHole, StyleOptions } from "../widget.ts";

/** Copies with presets of their own: the one of a styled element is in an attribute. Only where copies have a `style` at all. */
export function styleHole({ presets, fallback }: Pick<StyleOptions, "presets" | "fallback">): CopyHole {
  return {
    accepts: (value) => typeof value === "string",
    write(element, value) {
      element.setAttribute("data-style", typeof value === "string" && presets.includes(value) ? value : fallback);
    },
  };
}
