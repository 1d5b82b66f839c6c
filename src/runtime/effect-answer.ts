import {
  decode,
  type EffectEvent,
  effectResults,
  formatDecodeError,
  type FromRendererMessage,
  type Schema,
} from "../protocol/index.ts";
import type { TrackedEffect } from "./effect-tracker.ts";

/** The event for an answer. A result that does not fit its kind is an error, never passed on unchecked. */
export function effectAnswered(effect: TrackedEffect, response: FromRendererMessage<"effect_response">): EffectEvent {
  const { tag, kind } = effect;
  switch (response.status) {
    case "cancelled":
    case "unsupported":
      return { kind: "effect", type: response.status, tag, effect: kind };
    case "error":
      return effectFailed(effect, response.error ?? "the renderer gave no reason");
    default: {
      const schema: Schema<unknown> = effectResults[kind];
      const result = decode(schema, response.result ?? null);
      if (!result.ok) return effectFailed(effect, `unexpected result: ${formatDecodeError(result.error)}`);
      // The schema was chosen by the kind, so that both fit each other; the compiler cannot follow that.
      return { kind: "effect", type: "ok", tag, effect: kind, result: result.value } as EffectEvent;
    }
  }
}

export function effectFailed({ tag, kind }: TrackedEffect, error: string): EffectEvent {
  return { kind: "effect", type: "error", tag, effect: kind, error };
}
