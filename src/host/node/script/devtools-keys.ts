import type { Modifiers } from "../../../protocol/index.ts";

/** What the debugger wants to know about a key. */
export interface DevtoolsKey {
  readonly key: string;
  readonly code: string;
  readonly windowsVirtualKeyCode: number;
  /** What it writes. */
  readonly text?: string;
}

/** Names whose browser form differs from the wire's. */
const BROWSER_NAMES: Readonly<Record<string, string>> = { Super: "Meta", Space: " " };

/** Code and virtual key code of the keys that write nothing. */
const NAMED: Readonly<Record<string, readonly [code: string, keyCode: number]>> = {
  Backspace: ["Backspace", 8],
  Tab: ["Tab", 9],
  Enter: ["Enter", 13],
  Shift: ["ShiftLeft", 16],
  Control: ["ControlLeft", 17],
  Alt: ["AltLeft", 18],
  Pause: ["Pause", 19],
  CapsLock: ["CapsLock", 20],
  Escape: ["Escape", 27],
  PageUp: ["PageUp", 33],
  PageDown: ["PageDown", 34],
  End: ["End", 35],
  Home: ["Home", 36],
  ArrowLeft: ["ArrowLeft", 37],
  ArrowUp: ["ArrowUp", 38],
  ArrowRight: ["ArrowRight", 39],
  ArrowDown: ["ArrowDown", 40],
  PrintScreen: ["PrintScreen", 44],
  Insert: ["Insert", 45],
  Delete: ["Delete", 46],
  Meta: ["MetaLeft", 91],
  ContextMenu: ["ContextMenu", 93],
  NumLock: ["NumLock", 144],
  ScrollLock: ["ScrollLock", 145],
};

/** Of the keyboard that scripts type on: each key with what it writes alone and with Shift. */
const WRITING: readonly (readonly [plain: string, shifted: string, code: string, keyCode: number])[] = [
  [" ", " ", "Space", 32],
  [";", ":", "Semicolon", 186],
  ["=", "+", "Equal", 187],
  [",", "<", "Comma", 188],
  ["-", "_", "Minus", 189],
  [".", ">", "Period", 190],
  ["/", "?", "Slash", 191],
  ["`", "~", "Backquote", 192],
  ["[", "{", "BracketLeft", 219],
  ["\\", "|", "Backslash", 220],
  ["]", "}", "BracketRight", 221],
  ["'", '"', "Quote", 222],
  ...[...")!@#$%^&*("].map((shifted, digit): readonly [string, string, string, number] => [
    String(digit),
    shifted,
    `Digit${digit}`,
    48 + digit,
  ]),
  ...[..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].map((letter): readonly [string, string, string, number] => [
    letter.toLowerCase(),
    letter,
    `Key${letter}`,
    letter.charCodeAt(0),
  ]),
];

const BY_CHARACTER: ReadonlyMap<string, readonly [code: string, keyCode: number]> = new Map(
  WRITING.flatMap(([plain, shifted, code, keyCode]) => [
    [plain, [code, keyCode]],
    [shifted, [code, keyCode]],
  ]),
);

/** Shift on a keyboard changes the character; a script may say `Shift+a` and mean `A`. */
const SHIFTED: ReadonlyMap<string, string> = new Map(WRITING.map(([plain, shifted]) => [plain, shifted]));

/** The key under its wire name, held together with `modifiers`. */
export function devtoolsKey(name: string, modifiers: Modifiers): DevtoolsKey {
  const key = BROWSER_NAMES[name] ?? name;
  const isWriting = !modifiers.ctrl && !modifiers.alt && !modifiers.logo && !modifiers.command;
  if ([...key].length === 1) {
    const character = modifiers.shift ? (SHIFTED.get(key) ?? key) : key;
    const [code, windowsVirtualKeyCode] = BY_CHARACTER.get(character) ?? ["", 0];
    return { key: character, code, windowsVirtualKeyCode, ...(isWriting ? { text: character } : {}) };
  }
  const number = /^F(\d{1,2})$/.exec(key)?.[1];
  const [code, windowsVirtualKeyCode] =
    number === undefined ? (NAMED[key] ?? [key, 0]) : [key, 111 + Number.parseInt(number, 10)];
  return { key, code, windowsVirtualKeyCode, ...(key === "Enter" && isWriting ? { text: "\r" } : {}) };
}

/** The debugger's bits. */
export function devtoolsModifiers({ alt, ctrl, logo, shift, command }: Modifiers): number {
  return (alt ? 1 : 0) + (ctrl || command ? 2 : 0) + (logo ? 4 : 0) + (shift ? 8 : 0);
}
