// Many screens of one browser at once: none of them may wait for another, and each is drawn whenever it is looked at.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "../../src/base/index.ts";
import type { HeadlessBrowser, HeadlessScreen } from "../../src/host/node/chromium/index.ts";
import { EventGate, ScreenEngine } from "../../src/host/node/script/index.ts";
import type { FromRenderer, ToRenderer } from "../../src/protocol/index.ts";
import { inspection } from "../../src/renderer/engine/inspection.ts";
import { createEngine } from "../../src/renderer/index.ts";
import { startTestBrowser } from "./headless-rig.ts";
import { SETTINGS } from "./renderer-process-rig.ts";

const SESSIONS = 8;
const ROUNDS = 20;
/** Far below the 30 s after which a stall ends, far above what a starved machine needs for one step. */
const STEP_LIMIT_MS = 10_000;

let browser: HeadlessBrowser;

beforeAll(async () => {
  browser = await startTestBrowser("headless-parallel");
}, 60_000);

afterAll(() => browser.close());

interface Step {
  readonly name: string;
  readonly ms: number;
}

/** One session: what it does, and how long each step took. */
class Session {
  readonly steps: Step[] = [];
  readonly #screen = browser.newScreen({ width: 640, height: 400 });
  readonly #engine: ScreenEngine;
  readonly #waiting: ((message: FromRenderer) => boolean)[] = [];

  constructor() {
    const send = (message: FromRenderer): void => {
      const index = this.#waiting.findIndex((takes) => takes(message));
      if (index >= 0) this.#waiting.splice(index, 1);
    };
    const gate = new EventGate(send);
    let surface: ReturnType<HeadlessScreen["surface"]> | undefined;
    const engine = createEngine({
      inspection: () => inspection,
      mode: "headless",
      backend: "tiny-skia",
      transport: "stdio",
      codec: "json",
      clock: systemClock,
      surface: (listener) => {
        surface = this.#screen.surface(listener);
        return surface;
      },
      send: gate.send,
    });
    if (surface === undefined) throw new Error("the engine made no surface");
    this.#engine = new ScreenEngine({ engine, surface, gate, send, clock: systemClock });
    engine.start();
    this.#tell({ ...SETTINGS });
  }

  async open(): Promise<void> {
    await this.#time("open", () => this.#screen.open());
  }

  async round(count: number): Promise<string> {
    this.#tell({ type: "snapshot", tree: tree(count) });
    await this.#time("click", async () => {
      const step = this.#next((message) => message.type === "interact_step");
      const selector = { by: "id", value: "main#save" };
      const done = this.#next((message) => message.type === "interact_response");
      this.#tell({ type: "interact", id: `i${count}`, action: "click", selector, payload: {} });
      await Promise.race([step, done]);
      this.#tell({ type: "patch", ops: [] });
      const answer = await done;
      if (answer.type !== "interact_response" || answer.events.length > 0) throw new Error(JSON.stringify(answer));
    });
    await this.#time("settled", () => this.#screen.settled());
    return (await this.#time("picture", () => this.#screen.picture())).hash;
  }

  dispose(): void {
    this.#engine.dispose();
  }

  async #time<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
    const before = performance.now();
    try {
      return await work();
    } finally {
      this.steps.push({ name, ms: Math.round(performance.now() - before) });
    }
  }

  #next(matches: (message: FromRenderer) => boolean): Promise<FromRenderer> {
    return new Promise((resolve) => {
      this.#waiting.push((message) => {
        if (!matches(message)) return false;
        resolve(message);
        return true;
      });
    });
  }

  #tell(message: object): void {
    this.#engine.receive({ session: "", ...message } as unknown as ToRenderer);
  }
}

function tree(count: number): object {
  const node = (id: string, type: string, props: object, ...children: object[]): object => ({
    ...{ id, type, props, children },
  });
  return node(
    "main",
    "window",
    { title: "Rounds" },
    node(
      "main#all",
      "column",
      { padding: 8, spacing: 8 },
      node("main#count", "text", { content: `Round ${count}` }),
      node("main#save", "button", { label: "Save" }),
      ...Array.from({ length: 30 }, (_, index) => node(`main#t${index}`, "text", { content: `${index}: ${count}` })),
    ),
  );
}

describe("eight sessions of one browser", () => {
  test("click and are drawn at the same time, and no step stalls", { timeout: 240_000 }, async () => {
    const sessions = Array.from({ length: SESSIONS }, () => new Session());
    await Promise.all(sessions.map((session) => session.open()));
    const hashes = await Promise.all(
      sessions.map(async (session) => {
        const seen: string[] = [];
        for (let count = 0; count < ROUNDS; count += 1) seen.push(await session.round(count));
        return seen;
      }),
    );
    const steps = sessions.flatMap((session, index) => session.steps.map((step) => ({ ...step, session: index })));
    for (const session of sessions) session.dispose();
    const slow = steps.filter(({ name, ms }) => name !== "open" && ms > STEP_LIMIT_MS);
    expect(slow).toEqual([]);
    // The same round looks the same everywhere, and no two rounds look alike.
    for (const seen of hashes) expect(seen).toEqual(hashes[0]);
    expect(new Set(hashes[0]).size).toBe(ROUNDS);
  });
});
