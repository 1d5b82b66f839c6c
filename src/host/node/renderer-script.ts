// Scripted keys. An `interact` that means keys for the widget with the focus is played key by key:
//
//   resting    interact for the focus   → playing
//   playing    a key says something     → waiting   (interact_step goes out)
//   waiting    snapshot or patch        → playing   (the host has answered; the next key finds its tree)
//   waiting    30 s pass                → gone      (only with several sessions)
//   playing    no key is left           → resting   (interact_response goes out)
//
// Everything else, and keys that said nothing, are the engine's: it makes events up from the tree.

import type { Cancel, Clock } from "../../base/index.ts";
import {
  type FromRenderer,
  INTERACT_STEP_MS,
  NO_MODIFIERS,
  type ToRenderer,
  type ToRendererMessage,
} from "../../protocol/index.ts";
import { actionTarget } from "../../renderer/engine/interact.ts";
import { keyInput } from "../../renderer/engine/keys.ts";
import { selectorValue } from "../../renderer/engine/questions.ts";
import { selectNode } from "../../renderer/engine/select.ts";
import { FOCUSABLE, type Key } from "./renderer-mock-keys.ts";
import type { MockSurface } from "./renderer-mock-surface.ts";
import type { SessionEngine } from "./renderer-sessions.ts";

type Interact = ToRendererMessage<"interact">;

interface Play {
  readonly message: Interact;
  readonly keys: readonly Key[];
  done: number;
  hasSpoken: boolean;
}

export interface ScriptedEngineOptions {
  readonly engine: SessionEngine;
  readonly surface: MockSurface;
  readonly send: (message: FromRenderer) => void;
  readonly clock: Clock;
  /** The host did not answer a step in time. Absent: it may take as long as it likes. */
  readonly onDisconnect?: () => void;
}

/** An engine whose widget with the focus takes scripted keys. */
export class ScriptedEngine implements SessionEngine {
  readonly #options: ScriptedEngineOptions;
  #play: Play | undefined;
  #stopWaiting: Cancel | undefined;

  constructor(options: ScriptedEngineOptions) {
    this.#options = options;
  }

  receive(message: ToRenderer): void {
    const { engine } = this.#options;
    if (this.#play !== undefined) {
      engine.receive(message);
      if (message.type === "snapshot" || message.type === "patch") this.#goOn(this.#play);
      else if (message.type === "reset") this.#rest();
      return;
    }
    if (message.type !== "interact") engine.receive(message);
    else if (message.action === "focus_element") {
      // What cannot have it is told by the engine.
      if (this.#canAct(message)) this.#focusElement(message);
      engine.receive(message);
    } else this.#goOn({ message, keys: this.#keysOf(message), done: 0, hasSpoken: false });
  }

  receiveInvalid(detail: string): void {
    this.#options.engine.receiveInvalid(detail);
  }

  dispose(): void {
    this.#rest();
    this.#options.engine.dispose();
  }

  #goOn(play: Play): void {
    this.#rest();
    const { surface, send, engine } = this.#options;
    const { id, session = "" } = play.message;
    for (;;) {
      const key = play.keys[play.done];
      if (key === undefined) break;
      play.done += 1;
      const events = surface.press(key).map((event) => ({ type: "event" as const, session, ...event }));
      if (events.length === 0) continue;
      play.hasSpoken = true;
      this.#wait(play);
      send({ type: "interact_step", session, id, events });
      return;
    }
    if (play.hasSpoken) send({ type: "interact_response", session, id, events: [] });
    else engine.receive(play.message);
  }

  #wait(play: Play): void {
    const { clock, onDisconnect } = this.#options;
    this.#play = play;
    if (onDisconnect !== undefined) this.#stopWaiting = clock.after(INTERACT_STEP_MS, onDisconnect);
  }

  #rest(): void {
    this.#play = undefined;
    this.#stopWaiting?.();
    this.#stopWaiting = undefined;
  }

  /** The keys an action means for the widget with the focus; none when it is about something else. */
  #keysOf({ action, selector, payload }: Interact): readonly Key[] {
    if (action === "press" || action === "type_key") return [keyInput(payload)];
    if (!this.#isForFocus(selector)) return [];
    if (action === "submit") return [{ key: "Enter", modifiers: NO_MODIFIERS }];
    const { text } = payload;
    if (action !== "type_text" || typeof text !== "string") return [];
    return [...text].map((character) => ({ key: character === "\n" ? "Enter" : character, modifiers: NO_MODIFIERS }));
  }

  /** A selector that names another widget is not about the focus. */
  #isForFocus(selector: Interact["selector"]): boolean {
    const { surface } = this.#options;
    const { focused } = surface;
    if (focused === undefined) return false;
    const wanted = selectorValue(selector);
    const isEmpty = typeof wanted !== "object" || wanted === null || Object.keys(wanted).length === 0;
    return isEmpty || selectNode(surface.root, wanted)?.node === focused;
  }

  #canAct({ action, selector }: Interact): boolean {
    return actionTarget(this.#options.surface.root, action, selectorValue(selector)).kind !== "none";
  }

  /** To the widget that was selected, else to the next one. */
  #focusElement({ selector }: Interact): void {
    const { surface } = this.#options;
    const selected = selectNode(surface.root, selectorValue(selector))?.node;
    const wasFocused = selected !== undefined && FOCUSABLE.has(selected.type) && surface.focus(selected.id);
    if (!wasFocused) surface.press({ key: "Tab", modifiers: NO_MODIFIERS });
  }
}
