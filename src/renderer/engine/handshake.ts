import { type Hello, PACKAGE_VERSION, PROTOCOL_VERSION, type WireProps } from "../../protocol/index.ts";
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
  /** Every type name the surface can draw, native ones included. */
  readonly widgets: readonly string[];
  /** Type names beyond the built-in ones. */
  readonly nativeWidgets?: readonly string[];
  readonly version?: string;
}

export function helloOf(identity: RendererIdentity): Hello {
  const native = sorted(identity.nativeWidgets ?? []);
  return {
    type: "hello",
    session: "",
    protocol_version: PROTOCOL_VERSION,
    protocol: PROTOCOL_VERSION,
    codec: identity.codec,
    version: identity.version ?? PACKAGE_VERSION,
    name: "plushie-renderer",
    mode: identity.mode,
    backend: identity.backend,
    transport: identity.transport,
    native_widgets: native,
    widget_sets: ["iced"],
    widgets: sorted([...identity.widgets, ...native]),
  };
}

/** Why a first message is refused, or nothing. */
export function refuseFirst(
  message: { readonly type: string; readonly settings?: WireProps },
  tokenDigest: string | undefined,
): string | undefined {
  if (message.type !== "settings") return `expected settings as first message, got ${message.type}`;
  return refuseSettings(message.settings ?? {}, tokenDigest);
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
