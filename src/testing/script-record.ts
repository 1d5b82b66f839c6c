import type { Clock } from "../base/index.ts";
import type { FromRenderer, FromRendererMessage, WireValue } from "../protocol/index.ts";
import type { Instruction } from "./script-grammar.ts";
import { formatScript, type ScriptHeader } from "./script-parser.ts";
import { by } from "./selector.ts";

/** What a script can be recorded from: a mounted screen, or the bridge of a running app. */
export interface ScriptSource {
  observe(observer: (message: FromRenderer) => void): () => void;
  /** What a test does besides a person: time, stubs, assertions. */
  onInstruction?(observer: (instruction: Instruction) => void): () => void;
}

export interface RecordOptions {
  readonly header?: ScriptHeader;
  /** Writes down how much time goes by between two things. For sessions of a person; a test moves its clock itself. */
  readonly clock?: Clock;
  /** Keeps each new text of a field. Default: the last of several that follow one another. */
  readonly isEveryInputKept?: boolean;
}

export interface ScriptRecording {
  /** So far, as a script. */
  text(): string;
  stop(): void;
}

type Line = Instruction | { readonly note: string };
type Event = FromRendererMessage<"event">;

/** From now on writes down what a person does, as the renderer reports it, and what a test does besides. */
export function recordScript(source: ScriptSource, options: RecordOptions = {}): ScriptRecording {
  const { header = {}, clock, isEveryInputKept = false } = options;
  const lines: Line[] = [];
  let last = clock?.now() ?? 0;
  const add = (line: Line): void => {
    const passed = clock === undefined ? 0 : Math.round(clock.now() - last);
    if (clock !== undefined) last = clock.now();
    const before = lines.at(-1);
    const isSameField =
      before !== undefined && "do" in before && "do" in line && before.do === "type" && line.do === "type"
        ? JSON.stringify(before.target) === JSON.stringify(line.target)
        : false;
    if (isSameField && !isEveryInputKept) {
      lines[lines.length - 1] = line;
      return;
    }
    if (passed > 0) lines.push({ do: "advance", milliseconds: passed });
    lines.push(line);
  };
  const copies = new CopyFilter();
  const stops = [
    source.observe((message) => {
      for (const event of eventsOf(message)) {
        const line = copies.isCopy(event) ? undefined : lineOf(event);
        if (line !== undefined) add(line);
      }
    }),
    source.onInstruction?.(add),
  ];
  return {
    text: () => formatScript(header, lines),
    stop() {
      for (const stop of stops) stop?.();
    },
  };
}

/** Each subscription gets its own copy of what happened once. */
class CopyFilter {
  #what = "";
  readonly #tags = new Set<string>();

  isCopy({ family, value, modifiers, tag }: Event): boolean {
    const what = JSON.stringify([family, value, modifiers]);
    if (typeof tag !== "string") return false;
    const isCopy = what === this.#what && this.#tags.size > 0 && !this.#tags.has(tag);
    if (!isCopy) this.#tags.clear();
    this.#what = what;
    this.#tags.add(tag);
    return isCopy;
  }
}

function eventsOf(message: FromRenderer): readonly Event[] {
  if (message.type === "event") return [message];
  return message.type === "interact_step" || message.type === "interact_response" ? message.events : [];
}

/** What no person does, or what follows by itself from what a person did. */
const CONSEQUENCES: ReadonlySet<string> = new Set([
  "animation_frame",
  "blurred",
  "cursor_entered",
  "cursor_left",
  "diagnostic",
  "enter",
  "exit",
  "focused",
  "modifiers_changed",
  "session_closed",
  "status",
  "theme_changed",
  "window_focused",
  "window_opened",
  "window_unfocused",
]);

function lineOf(event: Event): Line | undefined {
  const { family, id, value } = event;
  const target = by.id(id);
  const at = pointOf(value);
  switch (family) {
    case "click":
      // An element of a canvas says where it was hit; it is the canvas that is pressed.
      return at === undefined
        ? { do: "click", target }
        : {
            do: "canvas_press",
            target: by.id(id.slice(0, Math.max(0, id.lastIndexOf("/")))),
            ...at,
            ...buttonOf(value),
          };
    case "input":
      return { do: "type", target, text: textOf(value) };
    case "submit":
      return { do: "submit", target, value: textOf(value) };
    case "toggle":
      return { do: "toggle", target, value: value === true };
    case "select":
      return { do: "select", target, value: textOf(value) };
    case "slide":
      return { do: "slide", target, value: Number(value) };
    case "paste":
      return { do: "paste", target, text: textOf(value) };
    case "scroll":
      return { do: "scroll", target, x: numberOf(value, "delta_x") ?? 0, y: numberOf(value, "delta_y") ?? 0 };
    case "sort":
      return { do: "sort", target, column: textOf(member(value, "column")) };
    case "press":
      return at === undefined ? unknown(event) : { do: "canvas_press", target, ...at, ...buttonOf(value) };
    case "release":
      return at === undefined ? unknown(event) : { do: "canvas_release", target, ...at, ...buttonOf(value) };
    case "move":
      return at === undefined ? unknown(event) : { do: "canvas_move", target, ...at };
    case "key_press":
      return isTyping(event) ? undefined : { do: "press", combo: comboOf(event) };
    case "key_release":
      return isTyping(event) ? undefined : { do: "release", combo: comboOf(event) };
    case "cursor_moved":
      return at === undefined ? unknown(event) : { do: "move", ...at };
    default:
      return CONSEQUENCES.has(family) ? undefined : unknown(event);
  }
}

function unknown({ family, id }: Event): Line {
  return { note: `not recorded: ${family}${id === "" ? "" : ` at ${id}`}` };
}

/** A key that a widget took for its text, of which its own event tells. Shortcuts count also there. */
function isTyping({ captured, value, modifiers }: Event): boolean {
  if (captured !== true) return false;
  const isShortcut = SHORTCUT_KEYS.some((name) => member(modifiers, name) === true);
  return !isShortcut && !/^(?:F\d+|Escape)$/.test(textOf(member(value, "key")));
}

const SHORTCUT_KEYS = ["ctrl", "alt", "logo"] as const;

function comboOf({ value, modifiers }: Event): string {
  const names = [
    ["ctrl", "Control"],
    ["alt", "Alt"],
    ["shift", "Shift"],
    ["logo", "Super"],
  ] as const;
  const held = names.filter(([key]) => member(modifiers, key) === true).map(([, name]) => name);
  const key = textOf(member(value, "key"));
  return [...held.filter((name) => name !== key), key].join("+");
}

function pointOf(value: WireValue | undefined): { readonly x: number; readonly y: number } | undefined {
  const [x, y] = [numberOf(value, "x"), numberOf(value, "y")];
  return x === undefined || y === undefined ? undefined : { x, y };
}

function buttonOf(value: WireValue | undefined): { readonly button?: "left" | "middle" | "right" } {
  const button = member(value, "button");
  return button === "middle" || button === "right" ? { button } : {};
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function numberOf(value: WireValue | undefined, name: string): number | undefined {
  const found = member(value, name);
  return typeof found === "number" ? found : undefined;
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}
