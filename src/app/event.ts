import type { CustomWidgetEvent, Event, EventKind, WidgetEvent } from "../protocol/event.ts";
import type { Modifiers } from "../protocol/modifiers.ts";
import type { WidgetFamily, WidgetValues } from "../protocol/widget-event.ts";

export type * from "../protocol/event.ts";
export type { Modifiers, WidgetFamily, WidgetValues };

/** An event that a widget caused, of a family known here or of its own. */
export type AnyWidgetEvent = WidgetEvent | CustomWidgetEvent;

/** The event of this kind and type. */
export type EventOf<Kind extends EventKind, Type extends Event["type"] = Event["type"]> = Extract<
  Event,
  { readonly kind: Kind; readonly type: Type }
>;
