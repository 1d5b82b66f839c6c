import type { CopyHole, StyleOptions } from "../widget.ts";

/** Copies with presets of their own: the one of a styled element is in an attribute. */
export function styleHole({ presets, fallback }: Pick<StyleOptions, "presets" | "fallback">): CopyHole {
  return {
    accepts: (value) => typeof value === "string" || value === null,
    isOptional: true,
    write(element, value) {
      if (!element.hasAttribute("data-style")) element.classList.add("pl-styled");
      element.setAttribute("data-style", typeof value === "string" && presets.includes(value) ? value : fallback);
    },
  };
}
