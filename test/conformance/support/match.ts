// Patterns are plain data. An object in a pattern names all keys of the message's object; a matcher says less.

export class Matcher {
  readonly description: string;
  readonly accepts: (value: unknown) => boolean;

  constructor(description: string, accepts: (value: unknown) => boolean) {
    this.description = description;
    this.accepts = accepts;
  }

  toJSON(): string {
    return `<${this.description}>`;
  }
}

export const anything = new Matcher("anything", (value) => value !== undefined);
/** The key must not be there. */
export const absent = new Matcher("absent", (value) => value === undefined);
export const anyText = new Matcher("text", (value) => typeof value === "string");
export const nonEmptyText = new Matcher("text, not empty", (value) => typeof value === "string" && value !== "");
export const anyList = new Matcher("list", (value) => Array.isArray(value));
export const textList = new Matcher(
  "list of texts",
  (value) => Array.isArray(value) && value.every((item) => typeof item === "string"),
);

export function text(expression: RegExp): Matcher {
  return new Matcher(`text like ${expression}`, (value) => typeof value === "string" && expression.test(value));
}

/** One of these; with `absent` among them the key may be missing. */
export function oneOf(...patterns: readonly unknown[]): Matcher {
  return new Matcher(`one of ${show(patterns)}`, (value) => patterns.some((pattern) => matches(pattern, value)));
}

/** An object with at least these keys. */
export function including(fields: Readonly<Record<string, unknown>>): Matcher {
  return new Matcher(
    `with ${show(fields)}`,
    (value) => isObject(value) && Object.entries(fields).every(([key, pattern]) => matches(pattern, value[key])),
  );
}

/** A list of the same things in any order. */
export function inAnyOrder(...patterns: readonly unknown[]): Matcher {
  return new Matcher(`in any order ${show(patterns)}`, (value) => {
    if (!Array.isArray(value) || value.length !== patterns.length) return false;
    const left = [...value];
    return patterns.every((pattern) => {
      const found = left.findIndex((item) => matches(pattern, item));
      if (found >= 0) left.splice(found, 1);
      return found >= 0;
    });
  });
}

export function matches(pattern: unknown, value: unknown): boolean {
  if (pattern instanceof Matcher) return pattern.accepts(value);
  if (Array.isArray(pattern)) {
    return (
      Array.isArray(value) && value.length === pattern.length && pattern.every((item, at) => matches(item, value[at]))
    );
  }
  if (isObject(pattern)) {
    if (!isObject(value)) return false;
    const keys = new Set([...Object.keys(pattern), ...Object.keys(value)]);
    return [...keys].every((key) => Object.hasOwn(pattern, key) && matches(pattern[key], value[key]));
  }
  return pattern === value;
}

const SHOWN_CHARACTERS = 1200;

export function show(value: unknown): string {
  const shown = JSON.stringify(value, (_key, part: unknown) =>
    part instanceof Uint8Array ? `<${part.length} bytes>` : part,
  );
  return shown === undefined ? "nothing" : shown.slice(0, SHOWN_CHARACTERS);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}
