import { boolean, type Infer, object, withDefault } from "./schema.ts";

/** Held keys. `command` is Control or Logo, whichever the platform uses for shortcuts. */
export const modifiers = object({
  shift: withDefault(boolean, false),
  ctrl: withDefault(boolean, false),
  alt: withDefault(boolean, false),
  logo: withDefault(boolean, false),
  command: withDefault(boolean, false),
});

export type Modifiers = Infer<typeof modifiers>;

export const NO_MODIFIERS: Modifiers = Object.freeze({
  shift: false,
  ctrl: false,
  alt: false,
  logo: false,
  command: false,
});
