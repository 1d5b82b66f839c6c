/** What an author's `update` receives: a closed union by `kind`, then `type`. */
import type { EffectKind, EffectResult } from "./effect.ts";
import type { Modifiers } from "./modifiers.ts";
import type { WireValue } from "./node.ts";
import type { WidgetFamily, WidgetValues } from "./widget-event.ts";

/** Something happened at a widget. `value` follows from `type`. */
export type WidgetEvent<Type extends WidgetFamily = WidgetFamily> = {
  readonly [T in Type]: WidgetPlace & { readonly kind: "widget"; readonly type: T; readonly value: WidgetValues[T] };
}[Type];

/** Which widget. */
export interface WidgetPlace {
  /** The local id, as written in `view`. */
  readonly id: string;
  /** Local ids of the ancestors, nearest first. */
  readonly scope: readonly string[];
  /** Empty when the renderer named none. */
  readonly windowId: string;
  /** The wire id, usable as the target of commands. */
  readonly target: string;
}

/** An event of a family that only the widget itself knows. */
export interface CustomWidgetEvent extends WidgetPlace {
  readonly kind: "widget";
  readonly type: "custom";
  readonly family: string;
  readonly value: WireValue;
}

interface Subscribed {
  /** The tag of the subscription; empty in scripted events. */
  readonly tag: string;
}

interface Input extends Subscribed {
  /** A widget has already made use of it. */
  readonly captured: boolean;
}

export interface KeyEvent extends Input {
  readonly kind: "key";
  readonly type: "press" | "release";
  /** The character or a name such as `ArrowUp`, without the effect of modifiers where the platform can tell. */
  readonly key: string;
  readonly modifiedKey: string;
  /** W3C code, such as `KeyA`. */
  readonly physicalKey: string;
  readonly location: "standard" | "left" | "right" | "numpad";
  /** What the key types; `null` for none and for releases. */
  readonly text: string | null;
  readonly repeat: boolean;
  readonly modifiers: Modifiers;
}

export interface ModifiersEvent extends Input {
  readonly kind: "modifiers";
  readonly type: "changed";
  readonly modifiers: Modifiers;
}

export type PointerButton = string;

export type PointerEvent =
  | (Input & { readonly kind: "pointer"; readonly type: "move"; readonly x: number; readonly y: number })
  | (Input & { readonly kind: "pointer"; readonly type: "enter" | "leave" })
  | (Input & { readonly kind: "pointer"; readonly type: "press" | "release"; readonly button: PointerButton })
  | (Input & {
      readonly kind: "pointer";
      readonly type: "scroll";
      readonly deltaX: number;
      readonly deltaY: number;
      readonly unit: "line" | "pixel";
    })
  | (Input & {
      readonly kind: "pointer";
      readonly type: "touch_press" | "touch_move" | "touch_release" | "touch_lost";
      readonly finger: number;
      readonly x: number;
      readonly y: number;
    });

export type ImeEvent =
  | (Input & { readonly kind: "ime"; readonly type: "opened" | "closed" })
  | (Input & {
      readonly kind: "ime";
      readonly type: "preedit";
      readonly text: string;
      /** Byte offsets in the text. */
      readonly cursor: { readonly start: number; readonly end: number } | null;
    })
  | (Input & { readonly kind: "ime"; readonly type: "commit"; readonly text: string });

interface InWindow extends Subscribed {
  readonly windowId: string;
}

export type WindowEvent =
  | (InWindow & {
      readonly kind: "window";
      readonly type: "opened";
      readonly width: number;
      readonly height: number;
      readonly scaleFactor: number;
      /** `null` when the platform does not tell. */
      readonly x: number | null;
      readonly y: number | null;
    })
  | (InWindow & { readonly kind: "window"; readonly type: "closed" | "close_requested" | "focused" | "unfocused" })
  | (InWindow & { readonly kind: "window"; readonly type: "moved"; readonly x: number; readonly y: number })
  | (InWindow & { readonly kind: "window"; readonly type: "resized"; readonly width: number; readonly height: number })
  | (InWindow & { readonly kind: "window"; readonly type: "rescaled"; readonly scaleFactor: number });

export type FileEvent =
  | (InWindow & { readonly kind: "file"; readonly type: "hovered" | "dropped"; readonly path: string })
  | (InWindow & { readonly kind: "file"; readonly type: "left" });

export interface AnimationEvent extends Subscribed {
  readonly kind: "animation";
  readonly type: "frame";
  /** Milliseconds. */
  readonly timestamp: number;
}

export interface ThemeEvent extends Subscribed {
  readonly kind: "theme";
  readonly type: "changed";
  /** `light`, `dark` or `system`. */
  readonly value: string;
}

export interface TimerEvent extends Subscribed {
  readonly kind: "timer";
  readonly type: "tick";
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export type AsyncEvent =
  | { readonly kind: "async"; readonly type: "done"; readonly tag: string; readonly value: unknown }
  | { readonly kind: "async"; readonly type: "failed"; readonly tag: string; readonly error: Error };

export type StreamEvent =
  | { readonly kind: "stream"; readonly type: "item"; readonly tag: string; readonly value: unknown }
  | { readonly kind: "stream"; readonly type: "done"; readonly tag: string; readonly value: unknown }
  | { readonly kind: "stream"; readonly type: "failed"; readonly tag: string; readonly error: Error };

/** The answer to an effect. After checking `effect`, `result` has its type. */
export type EffectEvent =
  | {
      readonly [K in EffectKind]: {
        readonly kind: "effect";
        readonly type: "ok";
        readonly tag: string;
        readonly effect: K;
        readonly result: EffectResult<K>;
      };
    }[EffectKind]
  | {
      readonly kind: "effect";
      readonly type: "error";
      readonly tag: string;
      readonly effect: EffectKind;
      readonly error: string;
    }
  | {
      readonly kind: "effect";
      readonly type: "cancelled" | "unsupported";
      readonly tag: string;
      readonly effect: EffectKind;
    };

export interface SystemInfo {
  readonly systemName: string | null;
  readonly systemKernel: string | null;
  readonly systemVersion: string | null;
  readonly systemShortVersion: string | null;
  readonly cpuBrand: string | null;
  readonly cpuCores: number | null;
  /** Bytes. */
  readonly memoryTotal: number | null;
  readonly memoryUsed: number | null;
  readonly graphicsBackend: string | null;
  readonly graphicsAdapter: string | null;
}

export type SystemEvent =
  | { readonly kind: "system"; readonly type: "all_windows_closed" }
  | { readonly kind: "system"; readonly type: "announce"; readonly text: string; readonly politeness: string }
  /** Answers follow; `tag` is the one given with the question. */
  | { readonly kind: "system"; readonly type: "theme"; readonly tag: string; readonly value: string }
  /** `null`: the renderer cannot tell. */
  | { readonly kind: "system"; readonly type: "info"; readonly tag: string; readonly value: SystemInfo | null }
  | { readonly kind: "system"; readonly type: "images"; readonly tag: string; readonly handles: readonly string[] }
  | { readonly kind: "system"; readonly type: "tree_hash"; readonly tag: string; readonly hash: string }
  /** `target`: the wire id of what has the focus. */
  | { readonly kind: "system"; readonly type: "focused"; readonly tag: string; readonly target: string | null }
  | WindowAnswer
  | {
      readonly kind: "system";
      readonly type: "screenshot";
      readonly tag: string;
      readonly windowId: string;
      readonly width: number;
      readonly height: number;
      /** RGBA8; `null` when there is no picture. */
      readonly rgba: Uint8Array | null;
    }
  /** An answer of a kind this package does not know. */
  | {
      readonly kind: "system";
      readonly type: "query";
      readonly tag: string;
      readonly query: string;
      readonly value: WireValue;
    };

/** The answer to a question about a window. `null` and `unknown_window` say that there is none. */
export type WindowAnswer = {
  readonly [Q in keyof WindowAnswers]: {
    readonly kind: "system";
    readonly type: "window_query";
    readonly tag: string;
    readonly windowId: string;
    readonly query: Q;
    readonly value: WindowAnswers[Q] | null;
    readonly error?: string;
  };
}[keyof WindowAnswers];

export interface WindowAnswers {
  readonly get_size: { readonly width: number; readonly height: number };
  readonly get_position: { readonly x: number; readonly y: number };
  readonly is_maximized: boolean;
  readonly is_minimized: boolean;
  readonly get_mode: string;
  readonly get_scale_factor: number;
  readonly monitor_size: { readonly width: number; readonly height: number };
  readonly raw_id: { readonly rawId: number; readonly platform: string };
}

/** Something the renderer complains about. */
export type FaultEvent =
  | {
      readonly kind: "fault";
      readonly type: "error";
      /** What about: `duplicate_node_ids`, `patch_order`, `effect`, … */
      readonly id: string;
      readonly message: string;
      readonly value: WireValue;
    }
  | { readonly kind: "fault"; readonly type: "image_error"; readonly handle: string; readonly message: string }
  | {
      readonly kind: "fault";
      readonly type: "prop_validation";
      readonly target: string;
      readonly nodeType: string;
      readonly warnings: readonly string[];
    }
  | {
      readonly kind: "fault";
      readonly type: "command_error";
      readonly reason: string;
      readonly target: string | null;
      readonly family: string | null;
      readonly message: string;
    }
  | { readonly kind: "fault"; readonly type: "widget_family_collision"; readonly value: WireValue }
  | {
      readonly kind: "fault";
      readonly type: "diagnostic";
      readonly level: string;
      readonly code: string;
      readonly target: string | null;
      readonly message: string;
    }
  | { readonly kind: "fault"; readonly type: "session_error"; readonly code: string; readonly message: string }
  | { readonly kind: "fault"; readonly type: "session_closed"; readonly reason: string | null };

/** Somebody in the room. */
export interface Participant {
  readonly id: string;
  readonly name: string;
  readonly color?: string;
}

/**
 * News of the room, for apps that sit in one: they name it as their `Extra`, with the type of the shared model. It is no
 * part of `Event`, because only the app knows that type.
 */
export type BroadcastEvent<Model = unknown> =
  /** The shared model changed; it replaces what the app held of it. */
  | {
      readonly kind: "broadcast";
      readonly type: "model";
      readonly model: Model;
      /** The participant whose action led to it. */
      readonly originatorId?: string;
      readonly seq: number;
      /** What the shared `update` answered; at the originator only. */
      readonly reply?: unknown;
    }
  | { readonly kind: "broadcast"; readonly type: "presence"; readonly participants: readonly Participant[] }
  /** Unlogged news of the room's host. */
  | { readonly kind: "broadcast"; readonly type: "published"; readonly value: unknown }
  /** An own action had no effect: `refused` before it was stored, `failed` because the shared `update` threw. */
  | {
      readonly kind: "broadcast";
      readonly type: "refused" | "failed";
      readonly code: string;
      readonly message: string;
    };

export type Event =
  | WidgetEvent
  | CustomWidgetEvent
  | KeyEvent
  | ModifiersEvent
  | PointerEvent
  | ImeEvent
  | WindowEvent
  | FileEvent
  | AnimationEvent
  | ThemeEvent
  | TimerEvent
  | AsyncEvent
  | StreamEvent
  | EffectEvent
  | SystemEvent
  | FaultEvent;

export type EventKind = Event["kind"];
