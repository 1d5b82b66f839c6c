import { NO_MODIFIERS, type WireNode } from "../../../protocol/index.ts";
import type { KeyInput } from "../../../renderer/engine/keys.ts";
import type { Located, LocatePart, PointerButton, ScreenPoint, ScriptedSurface, Settling } from "./scripted-screen.ts";

/** An action that a person could not do, and at which widget. */
export class Obstacle {
  readonly code: string;
  readonly message: string;
  readonly elementId: string | null;

  constructor(code: string, message: string, elementId: string | null) {
    this.code = code;
    this.message = message;
    this.elementId = elementId;
  }
}

export interface Cursor {
  x: number;
  y: number;
  /** It has been there; before that the screen knows of no pointer. */
  isKnown: boolean;
}

export interface HandsOptions {
  readonly surface: ScriptedSurface;
  readonly action: string;
  /** Where the pointer is; moved along with it. */
  readonly cursor: Cursor;
  /** Does one input, and tells the host what came of it. */
  readonly input: (work: () => Promise<void>, settling?: Settling) => Promise<void>;
}

/** What a person's hands do at a screen, each input one step. Throws an `Obstacle` where they could not. */
export class ScreenHands {
  readonly #options: HandsOptions;

  constructor(options: HandsOptions) {
    this.#options = options;
  }

  get #screen(): ScriptedSurface["screen"] {
    return this.#options.surface.screen;
  }

  obstacle(code: string, id: string, reason: string): Obstacle {
    return new Obstacle(code, `interact ${this.#options.action}: "${id}" ${reason}`, id);
  }

  /** Where to point at a widget that takes part and lies open. */
  async aim(id: string, part?: LocatePart, options: { readonly canBeDisabled?: boolean } = {}): Promise<ScreenPoint> {
    const { point, isDisabled, coveredBy } = await this.#screen.locate(id, part);
    if (isDisabled && options.canBeDisabled !== true) throw this.obstacle("widget_disabled", id, "is disabled");
    if (point === undefined) throw this.obstacle("widget_not_visible", id, "has no place on the screen");
    if (coveredBy !== undefined) {
      const what = coveredBy === "" ? "something" : `"${coveredBy}"`;
      throw this.obstacle("widget_covered", id, `is covered by ${what}`);
    }
    return point;
  }

  get cursor(): ScreenPoint {
    const { x, y } = this.#options.cursor;
    return { x, y };
  }

  locate(id: string, part?: LocatePart): Promise<Located> {
    return this.#screen.locate(id, part);
  }

  /** Moves the pointer there unless it is there. */
  async go(at: ScreenPoint): Promise<void> {
    const { x, y, isKnown } = this.#options.cursor;
    if (!isKnown || x !== at.x || y !== at.y) await this.pointer("move", at);
  }

  async click(at: ScreenPoint): Promise<void> {
    await this.go(at);
    await this.pointer("press", at);
    await this.pointer("release", at);
  }

  pointer(action: "move" | "press" | "release", { x, y }: ScreenPoint, button?: PointerButton): Promise<void> {
    Object.assign(this.#options.cursor, { x, y, isKnown: true });
    return this.#options.input(() => this.#screen.pointer(action, x, y, button));
  }

  wheel(deltaX: number, deltaY: number): Promise<void> {
    return this.#options.input(() => this.#screen.wheel(deltaX, deltaY));
  }

  key(action: "press" | "release", key: KeyInput): Promise<void> {
    return this.#options.input(() => this.#screen.key(action, key));
  }

  async stroke(name: string, held: Partial<KeyInput["modifiers"]> = {}): Promise<void> {
    const key = { key: name, modifiers: { ...NO_MODIFIERS, ...held } };
    await this.key("press", key);
    await this.key("release", key);
  }

  /** Character by character, as on a keyboard. */
  async write(text: string): Promise<void> {
    for (const character of text.replaceAll("\r\n", "\n")) {
      if (isOnKeyboard(character)) {
        const key = { key: character === "\n" ? "Enter" : character, modifiers: NO_MODIFIERS };
        // What writing causes is reported at once; nothing has to be drawn first.
        await this.#options.input(() => this.#screen.key("press", key), "reported");
        await this.#options.input(() => this.#screen.key("release", key), "reported");
      } else await this.#options.input(() => this.#screen.insertText(character), "reported");
    }
  }

  paste(text: string): Promise<void> {
    return this.#options.input(() => this.#screen.paste(text));
  }

  /** Gives the widget the keyboard by a click, with the caret behind its text, unless it has it. */
  async enter(node: WireNode): Promise<void> {
    const { isFocused, isDisabled } = await this.#screen.locate(node.id);
    if (isDisabled) throw this.obstacle("widget_disabled", node.id, "is disabled");
    if (isFocused) return;
    await this.click(await this.aim(node.id));
    if (!(await this.#screen.locate(node.id)).isFocused) {
      throw this.obstacle("widget_not_focused", node.id, "does not take the keyboard");
    }
    if (!WITH_CARET.has(node.type)) return;
    this.#options.surface.perform({ target: node.id, name: "move_cursor_to_end", value: null });
  }

  /** The focus without a press, as the app's own `focus` gives it. */
  focus(target: string, element?: string): Promise<void> {
    const value = element === undefined ? null : { element };
    return this.#options.input(async () => this.#options.surface.perform({ target, name: "focus", value }));
  }

  async focusedId(): Promise<string | undefined> {
    const id = await this.#options.surface.query({ name: "find_focused" });
    return typeof id === "string" ? id : undefined;
  }
}

const WITH_CARET: ReadonlySet<string> = new Set(["text_input", "text_editor"]);

/** One UTF-16 unit that stands alone; the debugger takes the rest as inserted text. */
function isOnKeyboard(character: string): boolean {
  return character.length === 1 && !/\p{M}/u.test(character);
}
