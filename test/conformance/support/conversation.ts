// Performs a check's steps against a process and says what went wrong in terms of the step.

import { frame } from "./frames.ts";
import { isObject, matches, show } from "./match.ts";
import type { RendererProcess } from "./renderer-process.ts";
import type { Step } from "./steps.ts";
import { MODE } from "./target.ts";

export const SETTINGS = { type: "settings", settings: { protocol_version: 1 } };

export class Conversation {
  readonly #renderer: RendererProcess;
  #barriers = 0;
  #greeting: unknown;

  constructor(renderer: RendererProcess) {
    this.#renderer = renderer;
  }

  async greet(): Promise<void> {
    this.#renderer.send(SETTINGS);
    await this.#hello();
  }

  /** Gives up everything the check before has built. */
  async reset(): Promise<void> {
    const id = this.#nextId("reset");
    this.#renderer.send({ type: "reset", id });
    for (;;) {
      const message = await this.#renderer.next(`the answer to reset ${id}`);
      if (isObject(message) && message["type"] === "reset_response" && message["id"] === id) return;
    }
  }

  async perform(steps: readonly Step[]): Promise<void> {
    for (const step of steps) await this.#perform(step);
  }

  /** Fails when the renderer says anything before it has worked through what was sent. */
  async nothingLeft(): Promise<void> {
    const said = await this.#untilQuiet();
    if (said.length > 0) throw new Error(`unexpected: ${said.map(show).join("\n")}`);
  }

  async #perform(step: Step): Promise<void> {
    const renderer = this.#renderer;
    switch (step.kind) {
      case "send":
        renderer.send(step.message);
        return;
      case "sendPayload": {
        const payload = step[renderer.codec];
        if (payload !== undefined) renderer.sendBytes(frame(payload, renderer.codec));
        return;
      }
      case "sendBytes":
        renderer.sendBytes(step.bytes);
        return;
      case "closeInput":
        renderer.closeInput();
        return;
      case "expect": {
        const message = await this.#next(`expected ${show(step.pattern)}`, [step.pattern]);
        if (!matches(step.pattern, message)) throw mismatch(step.pattern, message);
        return;
      }
      case "expectSet":
        await this.#expectSet(step.patterns);
        return;
      case "expectNothing":
        await this.nothingLeft();
        return;
      case "expectOnly": {
        const other = (await this.#untilQuiet()).filter((message) => !matches(step.pattern, message));
        if (other.length > 0) throw new Error(`unexpected: ${other.map(show).join("\n")}`);
        return;
      }
      case "discard":
        await this.#untilQuiet();
        return;
      case "expectHello":
        await this.#hello();
        return;
      case "expectGreeting":
        if (!matches(step.pattern, this.#greeting)) throw mismatch(step.pattern, this.#greeting);
        return;
      case "expectEnd":
        await this.#expectEnd(step.code);
        return;
      case "expectLog":
        await renderer.logged(step.expression);
        return;
      case "expectOutput": {
        const output = await renderer.printed();
        if (!step.accepts(output)) throw new Error(`expected on standard output ${step.description}\ngot ${output}`);
        return;
      }
    }
  }

  async #hello(): Promise<void> {
    const message = await this.#renderer.next("hello");
    this.#greeting = message;
    if (!isObject(message) || message["type"] !== "hello") throw new Error(`expected hello, got ${show(message)}`);
  }

  async #expectSet(patterns: readonly unknown[]): Promise<void> {
    const left = [...patterns];
    while (left.length > 0) {
      const message = await this.#next(`expected ${show(left)}`, left);
      const found = left.findIndex((pattern) => matches(pattern, message));
      if (found < 0) throw mismatch(left, message);
      left.splice(found, 1);
    }
  }

  async #expectEnd(code: number): Promise<void> {
    const ending = await this.#renderer.ending();
    const said = this.#renderer.pending;
    if (said.length > 0) throw new Error(`said before its end: ${said.map(show).join("\n")}`);
    if (ending.code === code) return;
    throw new Error(`expected exit code ${code}, got ${ending.signal ?? ending.code}\n${this.#renderer.log}`);
  }

  /** Answers are given in order, so that the answer to a question without meaning comes after all others. */
  async #untilQuiet(): Promise<unknown[]> {
    const id = this.#nextId("barrier");
    this.#renderer.send({ type: "query", id, target: "nothing" });
    const said: unknown[] = [];
    for (;;) {
      const message = await this.#renderer.next(
        `the answer to query ${id}, after ${said.map(show).join(", ") || "nothing"}`,
      );
      if (isObject(message) && message["type"] === "query_response" && message["id"] === id) return said;
      if (!isLook(message)) said.push(message);
    }
  }

  /** The next message. A look is passed over unless it is looked for. */
  async #next(purpose: string, patterns: readonly unknown[]): Promise<unknown> {
    for (;;) {
      const message = await this.#renderer.next(purpose);
      if (!isLook(message) || patterns.some((pattern) => matches(pattern, message))) return message;
    }
  }

  #nextId(prefix: string): string {
    this.#barriers += 1;
    return `${prefix}-${this.#barriers}`;
  }
}

/** On a screen, focus and pointer are real, and `status` is said whenever they change how a widget looks. */
function isLook(message: unknown): boolean {
  return MODE === "headless" && isObject(message) && message["type"] === "event" && message["family"] === "status";
}

function mismatch(pattern: unknown, message: unknown): Error {
  return new Error(`expected ${show(pattern)}\n     got ${show(message)}`);
}
