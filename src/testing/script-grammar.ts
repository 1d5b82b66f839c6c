import type { WireValue } from "../protocol/index.ts";
import type { Query } from "./selector.ts";

/** What each kind of word in a line stands for. */
interface SlotValues {
  readonly selector: Query;
  /** In quotation marks, or a single word. */
  readonly text: string;
  readonly number: number;
  readonly state: boolean;
  readonly button: "left" | "middle" | "right";
  /** The rest of the line. */
  readonly json: WireValue;
}

export type SlotKind = keyof SlotValues;
export type Slot = SlotKind | `${SlotKind}?`;

/** Every instruction with what follows its name, in order. A slot with a question mark may be left out. */
export const GRAMMAR = {
  click: { target: "selector" },
  type: { target: "selector", text: "text" },
  submit: { target: "selector", value: "text?" },
  toggle: { target: "selector", value: "state?" },
  select: { target: "selector", value: "text?" },
  slide: { target: "selector", value: "number" },
  paste: { target: "selector", text: "text" },
  scroll: { target: "selector", x: "number", y: "number" },
  sort: { target: "selector", column: "text" },
  canvas_press: { target: "selector", x: "number", y: "number", button: "button?" },
  canvas_release: { target: "selector", x: "number", y: "number", button: "button?" },
  canvas_move: { target: "selector", x: "number", y: "number" },
  press: { combo: "text" },
  release: { combo: "text" },
  type_key: { combo: "text" },
  move: { x: "number", y: "number" },
  advance: { milliseconds: "number" },
  wait: { milliseconds: "number" },
  advance_frame: { milliseconds: "number?" },
  settle: {},
  stub: { effect: "text", response: "json" },
  snapshot: { name: "text?" },
  hash: { name: "text" },
  screenshot: { name: "text" },
  "expect text": { target: "selector", text: "text" },
  "expect value": { target: "selector", value: "json" },
  "expect exists": { target: "selector" },
  "expect not exists": { target: "selector" },
  "expect checked": { target: "selector" },
  "expect unchecked": { target: "selector" },
  "expect enabled": { target: "selector" },
  "expect disabled": { target: "selector" },
  "expect model": { path: "text", value: "json" },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Slot>>>>;

export type InstructionName = keyof typeof GRAMMAR;

type Value<S> = S extends `${infer Kind extends SlotKind}?`
  ? SlotValues[Kind]
  : S extends SlotKind
    ? SlotValues[S]
    : never;
type Fields<Slots> = {
  readonly [Key in keyof Slots as Slots[Key] extends `${string}?` ? never : Key]: Value<Slots[Key]>;
} & {
  readonly [Key in keyof Slots as Slots[Key] extends `${string}?` ? Key : never]?: Value<Slots[Key]>;
};

/** One line of a script: `do` is its name, the other members are what follows it. */
export type Instruction = {
  [Name in InstructionName]: { readonly do: Name } & Fields<(typeof GRAMMAR)[Name]>;
}[InstructionName];

/** The slots of an instruction, in the order in which they are written. */
export function slotsOf(
  name: InstructionName,
): readonly (readonly [key: string, kind: SlotKind, isOptional: boolean])[] {
  return Object.entries<Slot>(GRAMMAR[name]).map(([key, slot]) => {
    const isOptional = slot.endsWith("?");
    // A slot without its question mark is its kind.
    return [key, (isOptional ? slot.slice(0, -1) : slot) as SlotKind, isOptional] as const;
  });
}

/** How an instruction is written, for messages. */
export function usageOf(name: InstructionName): string {
  const words = slotsOf(name).map(([key, , isOptional]) => (isOptional ? `[${key}]` : key));
  return [name, ...words].join(" ");
}
