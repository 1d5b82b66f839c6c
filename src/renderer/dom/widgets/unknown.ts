import type { WidgetModule } from "../widget.ts";

/** Stands in for a type that is not drawn: says its name and shows the children, so that nothing vanishes. */
export function unknownModule(): WidgetModule {
  const reported = new Set<string>();
  return {
    types: [],
    layout: { flow: "column" },
    css: `
.pl-unknown{gap:4px;padding:6px 8px;border-radius:4px;box-shadow:inset 0 0 0 1px var(--bg-strong)}
.pl-unknown-name{font:12px/1.3 var(--font-mono);color:var(--secondary-base)}
`,
    create: (context) => {
      const element = context.document.createElement("div");
      element.className = "pl-column pl-unknown";
      const name = context.document.createElement("div");
      name.className = "pl-unknown-name";
      name.textContent = context.type;
      element.append(name);
      if (!reported.has(context.type)) {
        reported.add(context.type);
        const message = `Widgets of type "${context.type}" are not drawn here; their name and children are shown instead.`;
        context.diagnose("warn", "unknown_widget_type", message);
      }
      return { element, content: element, update: () => {} };
    },
  };
}
