import { COLOR_NAMES } from "./color-names.ts";

const HEX = /^#?(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i;

/**
 * The canonical wire form of a color: `#rrggbb`, or `#rrggbbaa` when it was given with alpha. Accepts hex with 3, 4, 6 or
 * 8 digits, CSS names and channels from 0 to 1; `undefined` for anything else.
 */
export function canonicalColor(value: unknown): string | undefined {
  if (typeof value === "string") return fromText(value);
  if (typeof value !== "object" || value === null || !("r" in value) || !("g" in value) || !("b" in value)) {
    return undefined;
  }
  const red = channel(value.r);
  const green = channel(value.g);
  const blue = channel(value.b);
  const alpha = "a" in value && value.a !== undefined ? channel(value.a) : "";
  if (red === undefined || green === undefined || blue === undefined || alpha === undefined) return undefined;
  return `#${red}${green}${blue}${alpha}`;
}

function fromText(text: string): string | undefined {
  if (!HEX.test(text)) {
    const name = text.toLowerCase();
    return Object.hasOwn(COLOR_NAMES, name) ? COLOR_NAMES[name] : undefined;
  }
  const digits = (text.startsWith("#") ? text.slice(1) : text).toLowerCase();
  if (digits.length >= 6) return `#${digits}`;
  let doubled = "#";
  for (const digit of digits) doubled += digit + digit;
  return doubled;
}

function channel(value: unknown): string | undefined {
  if (typeof value !== "number" || !Number.isFinite(value)) return undefined;
  const byte = Math.round(Math.min(1, Math.max(0, value)) * 255);
  return byte.toString(16).padStart(2, "0");
}
