// Scripted interaction with a screen. What a person would do is done as input, step by step:
//
//   resting    interact              → playing
//   playing    input says something  → waiting   (interact_step goes out)
//   waiting    snapshot or patch     → playing   (the host has answered; the next input finds its tree)
//   waiting    reset, dispose        → resting   (nothing more is said; the pointer is taken away)
//   waiting    30 s pass             → gone      (only with several sessions)
//   playing    no input is left      → resting   (interact_response goes out)
//
// Nothing is made up: an action that did nothing has an empty answer, and one that could not be done says why.

import { type Cancel, type Clock, messageOf } from "../../../base/index.ts";
import {
  type FromRenderer,
  INTERACT_STEP_MS,
  type ToRenderer,
  type ToRendererMessage,
  type WireNode,
} from "../../../protocol/index.ts";
import { actionTarget, refusal, type SyntheticEvent } from "../../../renderer/engine/interact.ts";
import { selectorValue } from "../../../renderer/engine/questions.ts";
import { isRecord } from "../../../renderer/engine/record.ts";
import type { SessionEngine } from "../renderer-sessions.ts";
import type { EventGate, StepEvent } from "./event-gate.ts";
import { SCREEN_ALONE, SCREEN_ON_ELEMENT, SCREEN_ON_NODE } from "./screen-actions.ts";
import { type Cursor, Obstacle, ScreenHands } from "./screen-hands.ts";
import type { ScriptedSurface, Settling } from "./scripted-screen.ts";

type Interact = ToRendererMessage<"interact">;

/** Steps that follow from answers to steps, before the rest is left to come by itself. */
const MAX_LATE_STEPS = 8;

/** Without a selector these are about the focus or the place of the pointer. */
const ALONE_TOO: ReadonlySet<string> = new Set(["click", "toggle", "select", "type_text", "submit", "paste"]);

export interface ScreenEngineOptions {
  readonly engine: SessionEngine & { readonly root: WireNode | null };
  /** The engine's own. */
  readonly surface: ScriptedSurface;
  /** What the engine sends goes through it. */
  readonly gate: EventGate;
  readonly send: (message: FromRenderer) => void;
  readonly clock: Clock;
  /** The host did not answer a step in time. Absent: it may take as long as it likes. */
  readonly onDisconnect?: () => void;
}

/** Why a script does not go on: the session was reset, or is over. */
class ScriptEnd {}

interface Waiting {
  readonly resume: (isAnswered: boolean) => void;
  readonly stop: Cancel | undefined;
}

/** An engine whose screen takes scripted input. */
export class ScreenEngine implements SessionEngine {
  readonly #options: ScreenEngineOptions;
  readonly #cursor: Cursor = { x: 0, y: 0, isKnown: false };
  #isPlaying = false;
  #isResting = false;
  #isOver = false;
  #waiting: Waiting | undefined;
  #free: { readonly promise: Promise<void>; readonly resolve: () => void } | undefined;

  constructor(options: ScreenEngineOptions) {
    this.#options = options;
  }

  receive(message: ToRenderer): void {
    if (message.type === "interact") {
      if (this.#isPlaying) this.#respond(message, [busy(message)]);
      else this.#start(message);
      return;
    }
    const hadTree = this.#options.engine.root !== null;
    this.#options.engine.receive(message);
    if (message.type === "reset") this.#reset(hadTree);
    else if (message.type === "snapshot" || message.type === "patch") this.#resume(true);
  }

  receiveInvalid(detail: string): void {
    this.#options.engine.receiveInvalid(detail);
  }

  /** While input is under way, or hands are taken away; a script that waits for its host takes messages. */
  whenFree(): Promise<void> | undefined {
    const isBusy = this.#isResting || (this.#isPlaying && this.#waiting === undefined);
    if (!isBusy) return undefined;
    if (this.#free === undefined) {
      let resolve = (): void => {};
      const promise = new Promise<void>((done) => {
        resolve = done;
      });
      this.#free = { promise, resolve };
    }
    return this.#free.promise;
  }

  dispose(): void {
    this.#isOver = true;
    this.#resume(false);
    this.#options.engine.dispose();
  }

  #start(message: Interact): void {
    this.#isPlaying = true;
    this.#play(message).finally(() => {
      this.#isPlaying = false;
      if (!this.#isResting) this.#goOn();
    });
  }

  /** What the screen still says of the tree before is for nobody, and the next tree must not find hands on it. */
  #reset(hadTree: boolean): void {
    this.#resume(false);
    if (!hadTree) return;
    this.#isResting = true;
    this.#options.gate.close();
    Object.assign(this.#cursor, { x: 0, y: 0, isKnown: false });
    const rested = (): void => {
      this.#isResting = false;
      this.#options.gate.take();
      this.#goOn();
    };
    const { screen } = this.#options.surface;
    // A screen that is gone says nothing more.
    screen
      .rest()
      .then(() => screen.settled("drawn"))
      .then(rested, rested);
  }

  #goOn(): void {
    if (!this.#isOver) this.#options.gate.open();
    this.#free?.resolve();
    this.#free = undefined;
  }

  async #play(message: Interact): Promise<void> {
    let events: readonly SyntheticEvent[] = [];
    try {
      // What was shown before is laid out first; what that says is no part of the script.
      await this.#settled("drawn");
      this.#options.gate.close();
      events = await this.#act(message);
      await this.#late(message);
    } catch (thrown) {
      if (thrown instanceof ScriptEnd || this.#isOver) {
        this.#options.gate.take();
        return;
      }
      events = [this.#failure(message.action, thrown)];
    }
    this.#respond(message, events);
  }

  #respond({ id, session = "" }: Interact, events: readonly SyntheticEvent[]): void {
    const complete = events.map((event) => ({ type: "event" as const, session, ...event }));
    this.#options.send({ type: "interact_response", session, id, events: complete });
  }

  async #act(message: Interact): Promise<readonly SyntheticEvent[]> {
    const { action, payload } = message;
    const { root } = this.#options.engine;
    const selector = selectorValue(message.selector);
    const hands = new ScreenHands({
      surface: this.#options.surface,
      action,
      cursor: this.#cursor,
      input: (work, settling) => this.#input(message, work, settling),
    });
    const task = { hands, root, payload };
    const hasSelector = isRecord(selector) && Object.keys(selector).length > 0;
    const target =
      !hasSelector && ALONE_TOO.has(action) ? ({ kind: "screen" } as const) : actionTarget(root, action, selector);
    switch (target.kind) {
      case "none":
        return target.events;
      case "node":
        await own(SCREEN_ON_NODE, action)?.(task, target.node);
        return [];
      case "element":
        await own(SCREEN_ON_ELEMENT, action)?.(hands, target.id, target.canvas.id);
        return [];
      case "screen":
        await own(SCREEN_ALONE, action)?.(task);
        return [];
    }
  }

  async #input(message: Interact, work: () => Promise<void>, settling: Settling = "drawn"): Promise<void> {
    await work();
    await this.#settled(settling);
    await this.#step(message, this.#options.gate.take());
  }

  /** What the host's last answer has caused, as a sensor that sees its size change. */
  async #late(message: Interact): Promise<void> {
    for (let count = 0; count < MAX_LATE_STEPS; count += 1) {
      await this.#settled("drawn");
      const events = this.#options.gate.take();
      if (events.length === 0) return;
      await this.#step(message, events);
    }
  }

  async #step({ id, session = "" }: Interact, events: readonly StepEvent[]): Promise<void> {
    if (events.length === 0) return;
    const { clock, onDisconnect, send } = this.#options;
    const answered = new Promise<boolean>((resume) => {
      const stop = onDisconnect === undefined ? undefined : clock.after(INTERACT_STEP_MS, onDisconnect);
      this.#waiting = { resume, stop };
    });
    send({ type: "interact_step", session, id, events: [...events] });
    this.#free?.resolve();
    this.#free = undefined;
    if (!(await answered)) throw new ScriptEnd();
  }

  async #settled(settling: Settling): Promise<void> {
    await this.#options.surface.screen.settled(settling);
    if (this.#isOver) throw new ScriptEnd();
  }

  #resume(isAnswered: boolean): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.stop?.();
    waiting?.resume(isAnswered);
  }

  #failure(action: string, thrown: unknown): SyntheticEvent {
    if (thrown instanceof Obstacle) return refusal(thrown.code, thrown.message, thrown.elementId);
    return refusal("interact_failed", `interact ${action}: ${messageOf(thrown)}`);
  }
}

/** Only a host that does not wait for answers sees this. */
function busy({ action }: Interact): SyntheticEvent {
  return refusal("interact_busy", `interact ${action}: another interaction waits for the answer to its step`);
}

function own<Entry>(table: Readonly<Record<string, Entry>>, action: string): Entry | undefined {
  return Object.hasOwn(table, action) ? table[action] : undefined;
}
