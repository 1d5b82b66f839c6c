import { WIDGET_NAMES } from "./generated/widget-names.ts";
import type { Hello } from "./message.ts";
import { PACKAGE_VERSION, PROTOCOL_VERSION } from "./version.ts";

/** What a renderer says first. All thirteen fields, because other hosts insist on each of them. */
export function makeHello(options: {
  readonly codec: "json" | "msgpack";
  readonly mode: "windowed" | "headless" | "mock" | "web";
  readonly backend: string;
  readonly transport: string;
  readonly nativeWidgets?: readonly string[];
}): Hello {
  const native = [...(options.nativeWidgets ?? [])].sort();
  return {
    type: "hello",
    session: "",
    protocol_version: PROTOCOL_VERSION,
    protocol: PROTOCOL_VERSION,
    codec: options.codec,
    version: PACKAGE_VERSION,
    name: "plushie-typescript",
    mode: options.mode,
    backend: options.backend,
    transport: options.transport,
    native_widgets: native,
    widget_sets: ["iced"],
    widgets: [...new Set([...WIDGET_NAMES, ...native])].sort(),
  };
}
