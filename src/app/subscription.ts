import type { SubscriptionKind } from "../protocol/subscription.ts";
import { brand, hasBrand, SUBSCRIPTION } from "./brand.ts";

/** A declared wish for ongoing events. Plain frozen data; two equal calls give equal values. */
export type Subscription = TimerSubscription | RendererSubscription;

/** A timer kept by the runtime: an event `{ kind: "timer", type: "tick", tag }` per interval. */
export interface TimerSubscription {
  readonly [SUBSCRIPTION]: true;
  readonly kind: "every";
  readonly intervalMs: number;
  readonly tag: string;
}

/** A source in the renderer, by its wire name. */
export interface RendererSubscription {
  readonly [SUBSCRIPTION]: true;
  readonly kind: SubscriptionSource;
  /** What the events carry and what the renderer knows the entry by. Default: the kind, or `window#kind`. */
  readonly tag: string;
  /** Events per second at most; only sources whose events may be merged are held back. */
  readonly maxRate: number | undefined;
  /** Only events of this window. */
  readonly windowId: string | undefined;
}

export type SubscriptionSource = SubscriptionKind;

export interface SubscriptionOptions {
  /** Arrives with each event. */
  readonly tag?: string | undefined;
  readonly maxRate?: number | undefined;
  readonly windowId?: string | undefined;
}

/** Makes a subscription: no argument, a tag, or options. */
export type SubscriptionMaker = (options?: string | SubscriptionOptions) => RendererSubscription;

export const Subscription = Object.freeze({
  /** Ticks every `intervalMs` milliseconds. A timer whose tag and interval stay the same is left alone. */
  every: (intervalMs: number, tag: string): TimerSubscription => {
    if (typeof intervalMs !== "number" || !(intervalMs >= 1) || !Number.isFinite(intervalMs)) {
      throw new TypeError(`Subscription.every needs an interval of at least 1 ms, got ${String(intervalMs)}`);
    }
    return brand(SUBSCRIPTION, { kind: "every", intervalMs, tag: checkTag(tag, "Subscription.every") });
  },

  onKeyPress: maker("on_key_press"),
  onKeyRelease: maker("on_key_release"),
  onModifiersChanged: maker("on_modifiers_changed"),
  /** The pointer moved inside, entered or left a window. */
  onPointerMove: maker("on_pointer_move"),
  onPointerButton: maker("on_pointer_button"),
  onPointerScroll: maker("on_pointer_scroll"),
  onPointerTouch: maker("on_pointer_touch"),
  onIme: maker("on_ime"),
  /** Opened, closed, moved, resized, focused, unfocused, rescaled. Close requests arrive without a subscription. */
  onWindowEvent: maker("on_window_event"),
  onWindowOpen: maker("on_window_open"),
  onWindowClose: maker("on_window_close"),
  onWindowMove: maker("on_window_move"),
  onWindowResize: maker("on_window_resize"),
  onWindowFocus: maker("on_window_focus"),
  onWindowUnfocus: maker("on_window_unfocus"),
  onFileDrop: maker("on_file_drop"),
  /** Once per frame of the display. */
  onAnimationFrame: maker("on_animation_frame"),
  /** The operating system changed between light and dark. */
  onThemeChange: maker("on_theme_change"),
  /** Every source at once. */
  onEvent: maker("on_event"),
});

/** True for values made by `Subscription`. */
export function isSubscription(value: unknown): value is Subscription {
  return hasBrand(value, SUBSCRIPTION);
}

/**
 * What a running source is known by. Same key: the source goes on, though the renderer is told when `maxRate` or
 * `windowId` differ. Gone key: it stops.
 */
export function subscriptionKey(subscription: Subscription): string {
  return subscription.kind === "every"
    ? `every ${subscription.intervalMs} ${subscription.tag}`
    : `${subscription.kind} ${subscription.tag}`;
}

export function sameSubscription(a: Subscription, b: Subscription): boolean {
  if (subscriptionKey(a) !== subscriptionKey(b)) return false;
  if (a.kind === "every" || b.kind === "every") return true;
  return a.maxRate === b.maxRate && a.windowId === b.windowId;
}

function maker(kind: SubscriptionSource): SubscriptionMaker {
  return (options = {}) => {
    const given: SubscriptionOptions = typeof options === "string" ? { tag: options } : options;
    const { maxRate, windowId } = given;
    if (maxRate !== undefined && !(Number.isInteger(maxRate) && maxRate >= 0)) {
      throw new TypeError(`maxRate of ${kind} must be a whole number of events per second, got ${String(maxRate)}`);
    }
    const tag = given.tag ?? (windowId === undefined ? kind : `${windowId}#${kind}`);
    return brand(SUBSCRIPTION, { kind, tag: checkTag(tag, kind), maxRate, windowId });
  };
}

function checkTag(tag: string, where: string): string {
  if (typeof tag === "string" && tag !== "") return tag;
  throw new TypeError(`${where} needs a tag: a non-empty string`);
}
