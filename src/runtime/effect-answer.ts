import type { EffectEvent } from "../protocol/index.ts";
import type { TrackedEffect } from "./effect-tracker.ts";

/** The event for a request that the renderer did not answer, or not properly. */
export function effectFailed({ tag, kind }: TrackedEffect, error: string): EffectEvent {
  return { kind: "effect", type: "error", tag, effect: kind, error };
}
