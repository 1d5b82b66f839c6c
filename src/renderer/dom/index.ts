export type { AnimationTime } from "./animation.ts";
export { createDomSurface, type DomSurfaceOptions } from "./dom-surface.ts";
export {
  DELEGATED_EVENTS,
  type MountedNode,
  STYLE_VARIABLES,
  type WidgetContext,
  type WidgetModule,
  type WidgetView,
} from "./widget.ts";
