import {
  type Event,
  type EventMessage,
  type FromRenderer,
  type FromRendererMessage,
  formatDecodeError,
  toEffectEvent,
  toEvent,
  toScreenshotEvent,
} from "../protocol/index.ts";
import type { Report } from "./diagnostic.ts";
import { effectFailed } from "./effect-answer.ts";
import type { EffectTracker } from "./effect-tracker.ts";
import type { QueryTracker } from "./query-tracker.ts";
import { CLOSE_TAG, type SubscriptionTracker, WINDOWS_TAG } from "./subscription-tracker.ts";
import type { Windows } from "./windows.ts";

export interface IntakePorts {
  readonly effects: EffectTracker;
  readonly queries: QueryTracker;
  readonly subscriptions: SubscriptionTracker;
  readonly windows: Windows;
  readonly report: Report;
  readonly deliver: (event: Event) => void;
  /** A window of the view is gone from the screen. */
  readonly windowClosed: () => void;
  /** The renderer waits for the tree after these events. */
  readonly answerStep: () => void;
}

/** Takes one message of the renderer. Answers nobody asked for are reported and dropped. */
export function receive(message: FromRenderer, ports: IntakePorts): void {
  switch (message.type) {
    case "event":
      receiveEvent(message, ports);
      return;
    case "effect_response":
      receiveEffectResponse(message, ports);
      return;
    case "op_query_response":
      if (!ports.queries.answer(message.kind, message.tag)) {
        unmatched(`an answer to "${message.kind}"`, { kind: message.kind }, ports);
        return;
      }
      deliverMessage(message, ports);
      return;
    case "diagnostic":
      receiveDiagnostic(message, ports);
      return;
    case "interact_step":
      for (const event of message.events) receiveEvent(event, ports);
      ports.answerStep();
      return;
    case "interact_response":
      for (const event of message.events) receiveEvent(event, ports);
      return;
    case "hello":
    case "error":
      // The port's business.
      return;
    default:
      ports.report({
        code: "message-ignored",
        attribution: "renderer",
        level: "debug",
        message: `A message of type "${message.type}" was ignored: the runtime never asks for it.`,
        fields: { type: message.type },
      });
  }
}

function receiveEvent(message: EventMessage, ports: IntakePorts): void {
  if (message.tag === CLOSE_TAG || message.tag === WINDOWS_TAG) {
    receiveOwn(message, ports);
    return;
  }
  if (message.family === "all_windows_closed") {
    const closed = ports.windows.openIds.filter((id) => ports.windows.markClosed(id));
    deliverMessage(message, ports);
    if (closed.length > 0) ports.windowClosed();
    return;
  }
  deliverMessage(message, ports);
}

/** Events of the runtime's own entries. The app sees them unless it asked for them itself and so gets its own copy. */
function receiveOwn(message: EventMessage, ports: IntakePorts): void {
  const { tag: _own, ...untagged } = message;
  const read = toEvent(untagged);
  if (!read.ok || read.value.kind !== "window") return;
  const event = read.value;
  const isWanted = ports.subscriptions.wants(message.family, event.windowId);
  if (event.type === "close_requested" && !isWanted) {
    ports.deliver(event);
    return;
  }
  if (event.type !== "closed" || !ports.windows.markClosed(event.windowId)) return;
  // The view still has the window: the app should know, though it did not ask.
  if (!isWanted) ports.deliver(event);
  ports.windowClosed();
}

function receiveEffectResponse(message: FromRendererMessage<"effect_response">, ports: IntakePorts): void {
  const effect = ports.effects.answer(message.id);
  if (effect === "abandoned") return;
  if (effect !== undefined) {
    const answer = toEffectEvent(message, { tag: effect.tag, effect: effect.kind });
    ports.deliver(answer.ok ? answer.value : effectFailed(effect, formatDecodeError(answer.error)));
    return;
  }
  const picture = toScreenshotEvent(message);
  if (picture?.type === "screenshot" && ports.queries.answer("screenshot", `${picture.windowId} ${picture.tag}`)) {
    ports.deliver(picture);
    return;
  }
  unmatched("an effect response", { status: message.status }, ports);
}

function receiveDiagnostic(message: FromRendererMessage<"diagnostic">, ports: IntakePorts): void {
  const { kind, ...fields } = message.diagnostic;
  ports.report({
    code: "renderer-diagnostic",
    attribution: "renderer",
    level: message.level,
    message: `The renderer reports ${kind}.`,
    fields: { kind, ...fields },
  });
}

function deliverMessage(message: FromRendererMessage<"event" | "op_query_response">, ports: IntakePorts): void {
  const read = toEvent(message);
  if (read.ok) {
    ports.deliver(read.value);
    return;
  }
  const kind = message.type === "event" ? message.family : message.kind;
  ports.report({
    code: "message-ignored",
    attribution: "renderer",
    level: "warn",
    message: `The renderer's "${kind}" was dropped: ${formatDecodeError(read.error)}.`,
    fields: { type: message.type, kind },
  });
}

function unmatched(what: string, fields: Readonly<Record<string, unknown>>, ports: IntakePorts): void {
  ports.report({
    code: "answer-unmatched",
    attribution: "renderer",
    level: "warn",
    message: `The renderer sent ${what} that nobody waits for; it was dropped.`,
    fields,
  });
}
