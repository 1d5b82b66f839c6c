import { type Modifiers, NO_MODIFIERS, type WireValue } from "../../protocol/index.ts";
import { field, isRecord } from "./record.ts";

export interface KeyInput {
  readonly key: string;
  readonly modifiers: Modifiers;
}

const ALIASES: Readonly<Record<string, string>> = {
  up: "ArrowUp",
  down: "ArrowDown",
  left: "ArrowLeft",
  right: "ArrowRight",
  pgup: "PageUp",
  pgdown: "PageDown",
  pgdn: "PageDown",
  return: "Enter",
  bs: "Backspace",
  del: "Delete",
  ins: "Insert",
  esc: "Escape",
  ctrl: "Control",
  option: "Alt",
  opt: "Alt",
  logo: "Super",
  meta: "Super",
  command: "Super",
  cmd: "Super",
  win: "Super",
  caps: "CapsLock",
  num: "NumLock",
  prtsc: "PrintScreen",
  print: "PrintScreen",
  break: "Pause",
  menu: "ContextMenu",
};

const NAMED =
  "ArrowUp ArrowDown ArrowLeft ArrowRight Home End PageUp PageDown Enter Tab Space Backspace Delete Insert Escape Shift " +
  "Control Alt Super CapsLock NumLock ScrollLock PrintScreen Pause ContextMenu Copy Cut Paste Undo Redo " +
  "F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12";

const BY_FOLDED_NAME: ReadonlyMap<string, string> = new Map([
  ...NAMED.split(" ").map((name): [string, string] => [name.toLowerCase(), name]),
  ...Object.entries(ALIASES),
]);

const MODIFIERS: Readonly<Record<string, "ctrl" | "shift" | "alt" | "logo" | "command">> = {
  ctrl: "ctrl",
  control: "ctrl",
  shift: "shift",
  alt: "alt",
  option: "alt",
  opt: "alt",
  logo: "logo",
  super: "logo",
  win: "logo",
  meta: "logo",
  command: "command",
  cmd: "command",
};

/** A key as people write it (`return`, `page_up`, `a`) under its name on the wire. A single character keeps its case. */
export function keyName(written: string): string {
  if ([...written].length === 1) return written;
  const trimmed = written.trim();
  if ([...trimmed].length === 1) return trimmed;
  return BY_FOLDED_NAME.get(trimmed.replace(/[\s_-]/g, "").toLowerCase()) ?? trimmed;
}

/** `Ctrl+Shift+s`. An unknown modifier makes the whole text one key. */
export function parseCombo(combo: string, isMac = false): KeyInput {
  const parts = combo.split("+").filter((part) => part.trim() !== "");
  const last = parts.at(-1);
  const held = { shift: false, ctrl: false, alt: false, logo: false, command: false };
  // A lone "+", or a combo that ends with one, means the plus key.
  const key = last === undefined || combo.endsWith("++") ? "+" : last;
  const modifiers = key === "+" ? parts : parts.slice(0, -1);
  for (const written of modifiers) {
    const folded = written.trim().toLowerCase();
    const name = Object.hasOwn(MODIFIERS, folded) ? MODIFIERS[folded] : undefined;
    if (name === undefined) return { key: combo, modifiers: NO_MODIFIERS };
    if (name === "command") held[isMac ? "logo" : "ctrl"] = true;
    else held[name] = true;
  }
  return { key: keyName(key), modifiers: held };
}

/** The key of an interact payload: `combo`, or `key` with `modifiers`, or a combo under `key`. */
export function keyInput(payload: WireValue | undefined): KeyInput {
  const combo = field(payload, "combo");
  if (typeof combo === "string") return parseCombo(combo);
  const key = field(payload, "key");
  const written = typeof key === "string" ? key : "";
  const modifiers = field(payload, "modifiers");
  if (!isRecord(modifiers)) return parseCombo(written);
  const isHeld = (name: string): boolean => field(modifiers, name) === true;
  return {
    key: keyName(written),
    modifiers: {
      shift: isHeld("shift"),
      ctrl: isHeld("ctrl") || isHeld("command"),
      alt: isHeld("alt"),
      logo: isHeld("logo"),
      command: false,
    },
  };
}
