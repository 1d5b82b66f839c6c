/** Marks by which values of this package are told from an author's own data. Shared between copies of the package. */
export const APP: unique symbol = Symbol.for("plushie.app");
export const COMMAND: unique symbol = Symbol.for("plushie.command");
export const SUBSCRIPTION: unique symbol = Symbol.for("plushie.subscription");
export const NEXT: unique symbol = Symbol.for("plushie.next");

/** Adds the mark and freezes: such values are data and may be shared. */
export function brand<Mark extends symbol, Value extends object>(
  mark: Mark,
  value: Value,
): Readonly<Value> & { readonly [Key in Mark]: true } {
  Object.defineProperty(value, mark, { value: true, enumerable: false });
  // The property was added on the line above; the compiler cannot see it.
  return Object.freeze(value) as Readonly<Value> & { readonly [Key in Mark]: true };
}

export function hasBrand(value: unknown, mark: symbol): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, mark);
}
