import { PROTOCOL_VERSION, type ToRendererMessage, type WireProps } from "../protocol/index.ts";

/** Settings in wire form; the protocol version is added by the handshake. */
export type RendererSettings = WireProps;

type SettingsMessage = ToRendererMessage<"settings">;

/**
 * Knows what the first message of a connection says. The runtime's latest settings count; those that a renderer was told
 * already are not sent a second time.
 */
export class Handshake {
  #settings: RendererSettings;
  /** What the current renderer was told. */
  #said: RendererSettings | undefined;

  constructor(settings: RendererSettings) {
    this.#settings = settings;
  }

  /** The first message for a new renderer. */
  begin(): SettingsMessage {
    return this.#say();
  }

  /** Remembers new settings; the message for the renderer that is there, or nothing if it knows them. */
  replace(message: SettingsMessage): SettingsMessage | undefined {
    const before = this.#said;
    this.#settings = message.settings;
    const next = this.#say();
    return before !== undefined && isEqual(before, next.settings) ? undefined : next;
  }

  /** Remembers new settings for the next renderer. */
  remember(message: SettingsMessage): void {
    this.#settings = message.settings;
  }

  #say(): SettingsMessage {
    this.#said = { ...this.#settings, protocol_version: PROTOCOL_VERSION };
    return { type: "settings", settings: this.#said };
  }
}

/** Equality of plain values. Bytes are equal only when they are the same object: comparing fonts costs more than it saves. */
function isEqual(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  if (left instanceof Uint8Array || right instanceof Uint8Array) return false;
  const entries = Object.entries(left);
  const others = new Map(Object.entries(right));
  return (
    entries.length === others.size &&
    entries.every(([key, value]) => others.has(key) && isEqual(value, others.get(key)))
  );
}
