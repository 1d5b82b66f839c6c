import type { EffectKind } from "../protocol/effect.ts";
import type {
  AnyWidgetEvent,
  AsyncEvent,
  CustomWidgetEvent,
  EffectEvent,
  Event,
  EventKind,
  EventOf,
  FileEvent,
  KeyEvent,
  PointerEvent,
  StreamEvent,
  SystemEvent,
  TimerEvent,
  WidgetEvent,
  WidgetFamily,
  WindowEvent,
} from "./event.ts";
import type { AsyncDone, StreamItem, TypedTag } from "./tag.ts";

// Guards narrow what `update` received, `value` included. They take `unknown`, because an app may dispatch values of its
// own. A `where` is a local id, or a path of ids from the outside in: `"list/todo-1/toggle"`.

/** A widget event; of this family and from this widget, when given. */
export function isWidget(event: unknown): event is AnyWidgetEvent;
export function isWidget<Family extends WidgetFamily>(
  event: unknown,
  family: Family,
  where?: string,
): event is WidgetEvent<Family>;
export function isWidget(event: unknown, family?: WidgetFamily, where?: string): event is AnyWidgetEvent {
  if (!isKind(event, "widget")) return false;
  return (family === undefined || event.type === family) && (where === undefined || isFrom(event, where));
}

function widgetGuard<Family extends WidgetFamily>(family: Family) {
  return (event: unknown, where?: string): event is WidgetEvent<Family> => isWidget(event, family, where);
}

export const isClick = widgetGuard("click");
export const isInput = widgetGuard("input");
export const isSubmit = widgetGuard("submit");
export const isPaste = widgetGuard("paste");
export const isToggle = widgetGuard("toggle");
export const isSelect = widgetGuard("select");
export const isSlide = widgetGuard("slide");
export const isSlideRelease = widgetGuard("slide_release");
export const isOpen = widgetGuard("open");
export const isClose = widgetGuard("close");
export const isOptionHovered = widgetGuard("option_hovered");
export const isKeyBinding = widgetGuard("key_binding");
export const isLinkClick = widgetGuard("link_click");
export const isSort = widgetGuard("sort");
export const isScrolled = widgetGuard("scrolled");
export const isResize = widgetGuard("resize");
export const isPress = widgetGuard("press");
export const isRelease = widgetGuard("release");
export const isDoubleClick = widgetGuard("double_click");
export const isMove = widgetGuard("move");
export const isScroll = widgetGuard("scroll");
export const isEnter = widgetGuard("enter");
export const isExit = widgetGuard("exit");
export const isDrag = widgetGuard("drag");
export const isDragEnd = widgetGuard("drag_end");
export const isPaneClicked = widgetGuard("pane_clicked");
export const isPaneResized = widgetGuard("pane_resized");
export const isPaneDragged = widgetGuard("pane_dragged");
export const isTransitionComplete = widgetGuard("transition_complete");

/** A family that only a native or composite widget knows. */
export function isCustom(event: unknown, family?: string, where?: string): event is CustomWidgetEvent {
  if (!isKind(event, "widget") || event.type !== "custom") return false;
  return (family === undefined || event.family === family) && (where === undefined || isFrom(event, where));
}

/**
 * The name of the part of the scope in front of the id, when the id matches: for `todo-1/toggle`, `scopeOf(event,
 * "toggle")` is `"todo-1"`. `undefined` for every other event.
 */
export function scopeOf(event: unknown, id: string): string | undefined {
  return isKind(event, "widget") && event.id === id ? event.scope[0] : undefined;
}

/** What a key has to be like. What is left out does not matter, except that absent modifiers must not be held. */
export interface KeyMatch {
  readonly key?: string;
  readonly physicalKey?: string;
  readonly shift?: boolean;
  readonly ctrl?: boolean;
  readonly alt?: boolean;
  readonly logo?: boolean;
  /** Control or Logo, whichever the platform uses for shortcuts. With it `ctrl` and `logo` do not matter. */
  readonly command?: boolean;
  readonly tag?: string;
}

export function isKeyPress(event: unknown, match?: KeyMatch): event is EventOf<"key"> & { readonly type: "press" } {
  return isKind(event, "key") && event.type === "press" && (match === undefined || matchesKey(event, match));
}

export function isKeyRelease(event: unknown, match?: KeyMatch): event is EventOf<"key"> & { readonly type: "release" } {
  return isKind(event, "key") && event.type === "release" && (match === undefined || matchesKey(event, match));
}

export function isPointer<Type extends PointerEvent["type"]>(
  event: unknown,
  type: Type,
): event is Extract<PointerEvent, { readonly type: Type }> {
  return isKind(event, "pointer") && event.type === type;
}

export function isWindow<Type extends WindowEvent["type"]>(
  event: unknown,
  type: Type,
  windowId?: string,
): event is Extract<WindowEvent, { readonly type: Type }> {
  return isKind(event, "window") && event.type === type && (windowId === undefined || event.windowId === windowId);
}

/** Somebody wants to close the window. It stays until the view leaves it out. */
export function isCloseRequested(
  event: unknown,
  windowId?: string,
): event is Extract<WindowEvent, { readonly type: "closed" | "close_requested" | "focused" | "unfocused" }> & {
  readonly type: "close_requested";
} {
  return isWindow(event, "close_requested", windowId);
}

export function isFile(event: unknown): event is FileEvent {
  return isKind(event, "file");
}

export function isTimer(event: unknown, tag?: string): event is TimerEvent {
  return isKind(event, "timer") && (tag === undefined || event.tag === tag);
}

/** A result of a task. With a `task` value instead of a string, its `done` has a typed value. */
export function isAsync<Value = unknown>(
  event: unknown,
  tag?: string | TypedTag<Value>,
): event is AsyncDone<Value> | Extract<AsyncEvent, { readonly type: "failed" }> {
  return isKind(event, "async") && (tag === undefined || event.tag === tagText(tag));
}

export function isStream<Item = unknown>(
  event: unknown,
  tag?: string | TypedTag<Item>,
): event is StreamItem<Item> | Extract<StreamEvent, { readonly type: "done" | "failed" }> {
  return isKind(event, "stream") && (tag === undefined || event.tag === tagText(tag));
}

/** The answer to an effect of this kind. Look at `type` next: `ok` has the result. */
export function isEffect<Kind extends EffectKind>(
  event: unknown,
  effect: Kind,
  tag?: string,
): event is Extract<EffectEvent, { readonly type: "ok"; readonly effect: Kind }> | EffectFailure {
  return isKind(event, "effect") && event.effect === effect && (tag === undefined || event.tag === tag);
}

export type EffectFailure = Extract<EffectEvent, { readonly type: "error" | "cancelled" | "unsupported" }>;

export function isSystem<Type extends SystemEvent["type"]>(
  event: unknown,
  type: Type,
  tag?: string,
): event is Extract<SystemEvent, { readonly type: Type }> {
  if (!isKind(event, "system") || event.type !== type) return false;
  return tag === undefined || ("tag" in event && event.tag === tag);
}

/** The room's model has changed. Narrows the app's own union, so the model has the type the app gave it. */
export function isBroadcast<Incoming>(
  event: Incoming,
): event is Extract<Incoming, { readonly kind: "broadcast"; readonly type: "model" }> {
  return isOfKind(event, "broadcast") && event.type === "model";
}

export function isPresence<Incoming>(
  event: Incoming,
): event is Extract<Incoming, { readonly kind: "broadcast"; readonly type: "presence" }> {
  return isOfKind(event, "broadcast") && event.type === "presence";
}

/** An event of the library, as opposed to a value the app dispatched itself. */
export function isEvent(event: unknown): event is Event {
  return typeof event === "object" && event !== null && "kind" in event && KINDS.has(event.kind);
}

const KINDS: ReadonlySet<unknown> = new Set<EventKind>([
  "widget",
  "key",
  "modifiers",
  "pointer",
  "ime",
  "window",
  "file",
  "animation",
  "theme",
  "timer",
  "async",
  "stream",
  "effect",
  "system",
  "fault",
]);

function isKind<Kind extends EventKind>(event: unknown, kind: Kind): event is Extract<Event, { readonly kind: Kind }> {
  return typeof event === "object" && event !== null && "kind" in event && event.kind === kind;
}

function isOfKind(event: unknown, kind: string): event is { readonly kind: string; readonly type: unknown } {
  return typeof event === "object" && event !== null && "kind" in event && event.kind === kind && "type" in event;
}

function isFrom(event: AnyWidgetEvent, where: string): boolean {
  if (event.id === where) return true;
  const path = where.split("/");
  if (path.length === 1 || event.id !== path[path.length - 1]) return false;
  // The scope is nearest first, the path from the outside in.
  for (let distance = 1; distance < path.length; distance += 1) {
    if (event.scope[distance - 1] !== path[path.length - 1 - distance]) return false;
  }
  return true;
}

function matchesKey(event: KeyEvent, match: KeyMatch): boolean {
  if (match.key !== undefined && event.key !== match.key) return false;
  if (match.physicalKey !== undefined && event.physicalKey !== match.physicalKey) return false;
  if (match.tag !== undefined && event.tag !== match.tag) return false;
  const held = event.modifiers;
  if (held.shift !== (match.shift ?? false) || held.alt !== (match.alt ?? false)) return false;
  if (match.command !== undefined) return held.command === match.command;
  return held.ctrl === (match.ctrl ?? false) && held.logo === (match.logo ?? false);
}

function tagText(tag: string | { readonly tag: string }): string {
  return typeof tag === "string" ? tag : tag.tag;
}
