import type { WireValue } from "../../protocol/index.ts";

/** A map on the wire: neither null, a list nor bytes. */
export function isRecord(value: WireValue | undefined): value is { readonly [key: string]: WireValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}

/** An own member; what the prototype has does not count. */
export function field(value: WireValue | undefined, name: string): WireValue | undefined {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

export function textField(value: WireValue | undefined, name: string): string | undefined {
  const found = field(value, name);
  return typeof found === "string" ? found : undefined;
}

export function numberField(value: WireValue | undefined, name: string): number | undefined {
  const found = field(value, name);
  return typeof found === "number" && Number.isFinite(found) ? found : undefined;
}

export function booleanField(value: WireValue | undefined, name: string): boolean | undefined {
  const found = field(value, name);
  return typeof found === "boolean" ? found : undefined;
}

export function isUnsigned(value: WireValue | undefined): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

/** A text from outside made fit for a message: bounded, one line. */
export function clip(text: string, maxLength = 100): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  const line = text.replace(/[\u0000-\u001f\u007f]/g, " ");
  return line.length <= maxLength ? line : `${line.slice(0, maxLength)}…`;
}
