import { type Hello, makeHello, type ToRenderer } from "../../protocol/index.ts";
import type { RendererMode } from "./mode.ts";
import { refuseSettings } from "./settings.ts";

/** What a renderer says about itself. */
export interface RendererIdentity {
  readonly mode: RendererMode;
  /** What draws: `dom`, `mock`, … */
  readonly backend: string;
  /** How the host is connected: `stdio`, `exec`, `listen`, … */
  readonly transport: string;
  readonly codec: "json" | "msgpack";
  /** Type names the surface can draw beyond the built-in ones. */
  readonly nativeWidgets?: readonly string[];
}

export function helloOf({ mode, backend, transport, codec, nativeWidgets = [] }: RendererIdentity): Hello {
  return makeHello({ mode, backend, transport, codec, nativeWidgets });
}

/** The names among `required` that this renderer cannot draw. */
export function missingWidgets(identity: RendererIdentity, required: readonly string[]): string[] {
  const known = new Set(helloOf(identity).widgets);
  return required.filter((name) => !known.has(name));
}

/** Why a first message is refused, or nothing. */
export function refuseFirst(message: ToRenderer, tokenDigest: string | undefined): string | undefined {
  if (message.type !== "settings") return `expected settings as first message, got ${message.type}`;
  return refuseSettings(message.settings, tokenDigest);
}
