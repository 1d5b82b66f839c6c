import type { WidgetModule } from "../widget.ts";

/** Every widget the surface draws. A new module is one import and one line here. */
export const WIDGET_MODULES: readonly WidgetModule[] = [];
