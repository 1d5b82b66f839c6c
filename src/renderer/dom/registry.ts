import type { WidgetModule } from "./widget.ts";

/** Which module draws which wire type. */
export interface WidgetRegistry {
  find(type: string): WidgetModule | undefined;
  /** All static rules, in order of registration. */
  readonly css: string;
}

export function createRegistry(modules: readonly WidgetModule[]): WidgetRegistry {
  const byType = new Map<string, WidgetModule>();
  for (const module of modules) for (const type of module.types) byType.set(type, module);
  const css = modules.map((module) => module.css ?? "").join("\n");
  return { find: (type) => byType.get(type), css };
}
