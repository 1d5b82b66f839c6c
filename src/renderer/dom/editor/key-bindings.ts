import type { WireValue } from "../../../protocol/node.ts";

/**
 * Rules that an app gives to a text editor. The first rule that fits a key decides; with rules and no fit the key does
 * nothing. Rules with an unusable part are dropped.
 */
export interface KeyRule {
  /** A character as the key gives it without modifiers. */
  readonly key?: string;
  readonly named?: string;
  /** Sorted; compared exactly. */
  readonly modifiers: readonly Modifier[];
  readonly binding: KeyBinding;
}

export type KeyBinding =
  | { readonly kind: "default" }
  | { readonly kind: "action"; readonly action: EditorAction }
  | { readonly kind: "motion"; readonly motion: Motion; readonly select: boolean }
  | { readonly kind: "insert"; readonly text: string }
  | { readonly kind: "custom"; readonly tag: string }
  | { readonly kind: "sequence"; readonly bindings: readonly KeyBinding[] };

export type EditorAction = (typeof ACTIONS)[number];
export type Motion = (typeof MOTIONS)[number];
export type Modifier = (typeof MODIFIERS)[number];

/** What is needed of a keyboard event. */
export interface PressedKey {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

const ACTIONS = [
  "copy",
  "cut",
  "paste",
  "select_all",
  "select_word",
  "select_line",
  "enter",
  "backspace",
  "delete",
  "unfocus",
] as const;
const MOTIONS = [
  "left",
  "right",
  "up",
  "down",
  "word_left",
  "word_right",
  "home",
  "end",
  "page_up",
  "page_down",
  "document_start",
  "document_end",
] as const;
const MODIFIERS = ["alt", "ctrl", "logo", "shift"] as const;
const MOTION_ALIASES: ReadonlyMap<string, Motion> = new Map([
  ["backward", "left"],
  ["forward", "right"],
  ["word_backward", "word_left"],
  ["word_forward", "word_right"],
  ["line_start", "home"],
  ["line_end", "end"],
]);
const NAMED_KEYS: ReadonlySet<string> = new Set([
  ..."Enter Backspace Delete Escape Tab Space ArrowLeft ArrowRight ArrowUp ArrowDown Home End PageUp PageDown".split(
    " ",
  ),
  ...Array.from({ length: 12 }, (_, index) => `F${index + 1}`),
]);
/** Rules are walked on every key and sequences recurse: both stay small. */
const MAX_RULES = 512;
const MAX_DEPTH = 8;

/** `null`: the app gave no rules, all keys act as usual. */
export function parseKeyRules(value: WireValue | undefined): readonly KeyRule[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  return value.slice(0, MAX_RULES).flatMap((entry: WireValue) => parseRule(entry) ?? []);
}

export function matchKeyRule(rules: readonly KeyRule[], pressed: PressedKey): KeyBinding | null {
  const key = unmodifiedKey(pressed);
  const modifiers = pressedModifiers(pressed);
  const rule = rules.find(
    (candidate) =>
      sameModifiers(candidate.modifiers, modifiers) &&
      (candidate.key === undefined || candidate.key === key) &&
      (candidate.named === undefined || candidate.named === namedKey(pressed.key)),
  );
  return rule?.binding ?? null;
}

/** Whether text that comes without a key (input methods, dictation, the clipboard menu) may be entered. */
export function allowsPlainText(rules: readonly KeyRule[]): boolean {
  return rules.some(
    (rule) =>
      rule.key === undefined &&
      rule.named === undefined &&
      rule.modifiers.length === 0 &&
      rule.binding.kind === "default",
  );
}

function parseRule(value: WireValue): KeyRule | null {
  const record = asRecord(value);
  if (record === null) return null;
  const binding = parseBinding(record["binding"], 0);
  const modifiers = parseModifiers(record["modifiers"]);
  if (binding === null || modifiers === null) return null;
  const key = record["key"] ?? undefined;
  const named = record["named"] ?? undefined;
  if (key !== undefined && (typeof key !== "string" || [...key].length !== 1)) return null;
  if (named !== undefined && (typeof named !== "string" || !NAMED_KEYS.has(named))) return null;
  return { ...(key === undefined ? {} : { key }), ...(named === undefined ? {} : { named }), modifiers, binding };
}

function parseBinding(value: WireValue | undefined, depth: number): KeyBinding | null {
  if (typeof value === "string") {
    if (value === "default") return { kind: "default" };
    const action = ACTIONS.find((name) => name === value);
    return action === undefined ? null : { kind: "action", action };
  }
  const record = asRecord(value);
  if (record === null || depth > MAX_DEPTH) return null;
  const { move, select, insert, custom, sequence } = record;
  if (typeof move === "string") return motionBinding(move, false);
  if (typeof select === "string") return motionBinding(select, true);
  if (typeof insert === "string" && insert !== "") return { kind: "insert", text: [...insert][0] ?? "" };
  if (typeof custom === "string") return { kind: "custom", tag: custom };
  if (!Array.isArray(sequence)) return null;
  const bindings = sequence.slice(0, MAX_RULES).map((entry: WireValue) => parseBinding(entry, depth + 1));
  return bindings.includes(null)
    ? null
    : { kind: "sequence", bindings: bindings.filter((entry: KeyBinding | null) => entry !== null) };
}

function motionBinding(name: string, select: boolean): KeyBinding | null {
  const motion = MOTION_ALIASES.get(name) ?? MOTIONS.find((candidate) => candidate === name);
  return motion === undefined ? null : { kind: "motion", motion, select };
}

function parseModifiers(value: WireValue | undefined): readonly Modifier[] | null {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return null;
  const found = MODIFIERS.filter((name) => value.includes(name));
  return value.every((name: WireValue) => MODIFIERS.some((known) => known === name)) ? found : null;
}

function pressedModifiers(pressed: PressedKey): readonly Modifier[] {
  const held: Modifier[] = [];
  if (pressed.altKey) held.push("alt");
  if (pressed.ctrlKey) held.push("ctrl");
  if (pressed.metaKey) held.push("logo");
  if (pressed.shiftKey) held.push("shift");
  return held;
}

function sameModifiers(a: readonly Modifier[], b: readonly Modifier[]): boolean {
  return a.length === b.length && a.every((name, index) => name === b[index]);
}

/** The browser reports the key with modifiers applied; the physical key tells what it would be without. */
function unmodifiedKey(pressed: PressedKey): string {
  const letter = /^Key([A-Z])$/.exec(pressed.code)?.[1]?.toLowerCase();
  const digit = /^Digit(\d)$/.exec(pressed.code)?.[1];
  const key = pressed.key.toLowerCase();
  const isLatin = /^[a-z]$/.test(key);
  if (letter !== undefined && !isLatin) return letter;
  if (digit !== undefined && (pressed.shiftKey || pressed.altKey)) return digit;
  return key;
}

function namedKey(key: string): string {
  return key === " " ? "Space" : key;
}

function asRecord(value: WireValue | undefined): { readonly [key: string]: WireValue } | null {
  const isRecord =
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
  // The checks above leave nothing but a plain record; arrays and bytes are told apart only at run time.
  return isRecord ? (value as { readonly [key: string]: WireValue }) : null;
}
