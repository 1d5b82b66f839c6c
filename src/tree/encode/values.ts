/** Host values of one prop to wire values, by what the catalog says about the prop. */
import type { WireValue } from "../../protocol/node.ts";
import { canonicalColor } from "./color.ts";
import type { EncodeContext } from "./context.ts";
import {
  encodePlain,
  encodeRecord,
  isPlainObject,
  type MemberEncoder,
  type Members,
  snakeCase,
  unwrap,
} from "./plain.ts";

export type ValueEncoder = MemberEncoder;

export const encodeString: ValueEncoder = (context, path, value) => {
  if (typeof value === "string") return value;
  if (typeof value === "number" && Number.isFinite(value)) {
    context.mismatch(path, "a string", value, "It is sent as text.");
    return String(value);
  }
  return encodeMismatched(context, path, value, "a string");
};

export const encodeBoolean: ValueEncoder = (context, path, value) =>
  typeof value === "boolean" ? value : encodeMismatched(context, path, value, "true or false");

export const encodeNumber: ValueEncoder = (context, path, value) => {
  if (typeof value === "number" && Number.isFinite(value)) return value + 0;
  if (isAnimation(value)) return encodeRecord(context, path, value, DESCRIBED);
  return encodeMismatched(context, path, value, "a finite number");
};

export const encodeLength: ValueEncoder = (context, path, value) => {
  if (value === "fill" || value === "shrink") return value;
  if (isPlainObject(value) && ("fillPortion" in value || "fill_portion" in value)) {
    const portion = value["fillPortion"] ?? value["fill_portion"];
    if (typeof portion === "number" && Number.isFinite(portion)) return { fill_portion: portion };
  }
  if (typeof value === "string") return context.reject(path, '"fill", "shrink" or a length', value);
  return encodeNumber(context, path, value);
};

export const encodePadding: ValueEncoder = (context, path, value) => {
  if (typeof value === "number") return encodeNumber(context, path, value);
  if (Array.isArray(value)) {
    const sides: readonly unknown[] = value;
    if (!sides.every((side) => typeof side === "number" && Number.isFinite(side))) {
      return context.reject(path, "padding of 2 or 4 numbers", value);
    }
    const [a, b, c, d] = sides.map(Number);
    if (sides.length === 2 && a !== undefined && b !== undefined) return sidesOf(a, b, a, b);
    if (sides.length === 4 && a !== undefined && b !== undefined && c !== undefined && d !== undefined) {
      return sidesOf(a, b, c, d);
    }
    return context.reject(path, "padding of 2 or 4 numbers", value);
  }
  return isPlainObject(value)
    ? encodeRecord(context, path, value, DESCRIBED)
    : encodeMismatched(context, path, value, "a number or sides");
};

function sidesOf(top: number, right: number, bottom: number, left: number): WireValue {
  return top === right && top === bottom && top === left ? top : { top, right, bottom, left };
}

export const encodeColor: ValueEncoder = (context, path, value) => {
  const color = canonicalColor(value);
  if (color !== undefined) return color;
  if (isAnimation(value)) return encodeRecord(context, path, value, COLOR_ANIMATION);
  const unwrapped = unwrap(value);
  const wrapped = unwrapped === value ? undefined : canonicalColor(unwrapped);
  return wrapped ?? context.reject(path, "a color as hex, name or channels", value);
};

export const encodeBackground: ValueEncoder = (context, path, value) =>
  isPlainObject(value) && "stops" in value ? encodeGradient(context, path, value) : encodeColor(context, path, value);

const encodeGradient: ValueEncoder = (context, path, value) => {
  if (!isPlainObject(value) || !Array.isArray(value["stops"])) return context.reject(path, "a gradient", value);
  const stops: WireValue[] = [];
  for (const [index, stop] of value["stops"].entries()) {
    const pair: unknown = stop;
    const [offset, color] = Array.isArray(pair)
      ? [pair[0], pair[1]]
      : isPlainObject(pair)
        ? [pair["offset"], pair["color"]]
        : [];
    const encoded = encodeColor(context, `${path}.stops[${index}]`, color);
    if (encoded === undefined) return undefined;
    if (typeof offset !== "number" || !Number.isFinite(offset)) {
      return context.reject(`${path}.stops[${index}]`, "an offset from 0 to 1", offset);
    }
    stops.push([offset, encoded]);
  }
  const start = encodePair(context, `${path}.start`, value["start"]);
  const end = encodePair(context, `${path}.end`, value["end"]);
  if (start === undefined || end === undefined) return undefined;
  return { type: "linear", start, end, stops };
};

/** `[a, b]` or `{ x, y }` to `[a, b]`. */
const encodePair: ValueEncoder = (context, path, value) => {
  const pair = numberPair(value, "x", "y");
  return pair === undefined ? context.reject(path, "a pair of numbers", value) : [pair[0], pair[1]];
};

/** `[w, h]` or `{ width, height }` to the object form. */
export const encodeSize: ValueEncoder = (context, path, value) => {
  const pair = numberPair(value, "width", "height");
  return pair === undefined ? context.reject(path, "[width, height]", value) : { width: pair[0], height: pair[1] };
};

/** `[x, y]` or `{ x, y }` to the object form; `"centered"` stays. */
export const encodePosition: ValueEncoder = (context, path, value) => {
  if (typeof value === "string") return value;
  const pair = numberPair(value, "x", "y");
  return pair === undefined ? context.reject(path, '[x, y] or "centered"', value) : { x: pair[0], y: pair[1] };
};

function numberPair(value: unknown, first: string, second: string): readonly [number, number] | undefined {
  let a: unknown;
  let b: unknown;
  if (Array.isArray(value) && value.length === 2) [a, b] = value;
  else if (isPlainObject(value)) {
    a = value[first];
    b = value[second];
  }
  if (typeof a !== "number" || typeof b !== "number" || !Number.isFinite(a) || !Number.isFinite(b)) return undefined;
  return [a + 0, b + 0];
}

/** An enumerated value. Camel case is accepted; an unlisted value is reported and sent as it is. */
export function enumEncoder(values: readonly string[]): ValueEncoder {
  const listed = new Set(values);
  return (context, path, value) => {
    if (typeof value !== "string") return encodeMismatched(context, path, value, `one of ${values.join(", ")}`);
    if (listed.has(value)) return value;
    const snake = snakeCase(value);
    if (!listed.has(snake)) {
      context.mismatch(path, `one of ${values.join(", ")}`, value, "The renderer will use its default.");
      return value;
    }
    return snake;
  };
}

/** Style, font, border, icon and all other described values: remembered by identity, authors share them. */
export const encodeDescribed: ValueEncoder = (context, path, value) => {
  if (typeof value !== "object" || value === null) return encodeRecord(context, path, value, DESCRIBED);
  const known = context.shared.get(value);
  if (known !== undefined) return known;
  const encoded = encodeRecord(context, path, value, DESCRIBED);
  // Only literals: what a hook returns may depend on more than the object's identity.
  if (encoded !== undefined && (Array.isArray(value) || isPlainObject(value))) context.shared.set(value, encoded);
  return encoded;
};

export const encodeTheme: ValueEncoder = (context, path, value) =>
  typeof value === "string" ? value : encodeRecord(context, path, value, THEME);

/** Data of the author's: rows of a table, layers of a canvas. Keys are not renamed. */
export const encodeData: ValueEncoder = encodePlain;

/** A value of another kind than the catalog says: reported and, if the wire can carry it, sent for the renderer to judge. */
function encodeMismatched(
  context: EncodeContext,
  path: string,
  value: unknown,
  expected: string,
): WireValue | undefined {
  const unwrapped = unwrap(value);
  if (unwrapped !== value) return encodePlain(context, path, value);
  const marks = context.diagnostics.length;
  const plain = encodePlain(context, path, value);
  if (plain !== undefined && context.diagnostics.length === marks) {
    context.mismatch(path, expected, value, "The renderer will use its default.");
  }
  return plain;
}

function isAnimation(value: unknown): boolean {
  return (
    isPlainObject(value) &&
    (value["type"] === "transition" || value["type"] === "spring" || value["type"] === "sequence")
  );
}

function isCodePoint(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 0x10ffff;
}

/** A number, or corners as an object. */
const encodeRadius: ValueEncoder = (context, path, value) => encodeRecord(context, path, value, DESCRIBED);

const encodeEasing: ValueEncoder = (context, path, value) =>
  typeof value === "string" ? snakeCase(value) : encodeRecord(context, path, value, DESCRIBED);

/** Members that mean the same in every described value. */
const DESCRIBED: Members = new Map<string, MemberEncoder>([
  ["color", encodeColor],
  ["text_color", encodeColor],
  ["selected_text_color", encodeColor],
  ["background", encodeBackground],
  ["selected_background", encodeBackground],
  ["highlight", (context, path, value) => encodeRecord(context, path, value, DESCRIBED)],
  ["fill", encodeBackground],
  ["padding", encodePadding],
  ["offset", (context, path, value) => (typeof value === "number" ? value : encodePair(context, path, value))],
  ["radius", encodeRadius],
  ["easing", encodeEasing],
  // Icons: the wire has the character itself.
  [
    "code_point",
    (context, path, value) => (isCodePoint(value) ? String.fromCodePoint(value) : encodeString(context, path, value)),
  ],
]);

const COLOR_ANIMATION: Members = new Map<string, MemberEncoder>([
  ["to", encodeColor],
  ["from", encodeColor],
  ["easing", encodeEasing],
]);

/** Every member of a theme but its name and base is a color. */
const THEME: Members = { get: (name) => (name === "name" || name === "base" ? encodePlain : encodeColor) };
