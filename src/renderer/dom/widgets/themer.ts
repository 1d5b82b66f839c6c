import type { WireValue } from "../../../protocol/index.ts";
import type { WidgetModule } from "../widget.ts";

/** Another theme for everything below; paints nothing itself. `system` and what is no theme leave the outer one. */
export function themerModule(classFor: (theme: WireValue | undefined) => string | undefined): WidgetModule {
  return {
    types: ["themer"],
    layout: { flow: "wrapper" },
    create: (context) => {
      const element = context.document.createElement("div");
      element.className = "pl-box";
      let current: string | undefined;
      return {
        element,
        content: element,
        update: (props, previous) => {
          if (props["theme"] === previous["theme"]) return;
          const theme = props["theme"];
          const isSystem = typeof theme === "string" && theme.toLowerCase() === "system";
          const next = isSystem ? undefined : classFor(theme);
          if (next === current) return;
          if (current !== undefined) element.classList.remove(current);
          if (next === undefined) delete element.dataset["themeClass"];
          else {
            element.classList.add(next);
            element.dataset["themeClass"] = next;
          }
          current = next;
        },
      };
    },
  };
}
