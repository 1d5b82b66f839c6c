import type { Command, SingleCommand } from "../app/index.ts";
import { messageOf } from "../base/index.ts";
import type { Bridge } from "../bridge/index.ts";
import type { FromRenderer, FromRendererMessage, ToRenderer, Selector as WireSelector } from "../protocol/index.ts";
import type { Runtime } from "../runtime/index.ts";
import { type Activity, deadlineIn } from "./activity.ts";
import type { Check } from "./expectation.ts";
import type { FakeClock } from "./fake-clock.ts";
import type { Interaction } from "./interaction.ts";
import type { ReportBook } from "./report-book.ts";
import type { RoomTraffic } from "./room-traffic.ts";
import type { TaskWatch } from "./task-watch.ts";
import { TestFailure } from "./test-failure.ts";
import type { TestRenderer } from "./test-renderer.ts";

export interface HarnessParts<Model, Incoming> {
  readonly runtime: Runtime<Model, Incoming>;
  readonly bridge: Bridge;
  readonly clock: FakeClock;
  readonly activity: Activity;
  readonly tasks: TaskWatch;
  readonly reports: ReportBook;
  readonly commands: SingleCommand<Incoming>[];
  readonly timeoutMs: number;
  readonly renderer: TestRenderer;
  /** Others share the app's room, so that something may always come. */
  readonly traffic: RoomTraffic | undefined;
}

/** Timers due at the same moment, one after the other, before it is taken for a loop. */
const MAX_TIMERS_AT_ONCE = 10_000;
/** A page that is told something new each time it has shown the last. */
const MAX_ROUNDS = 1_000;
/** A browser takes its time for an answer; one that takes longer is stuck. */
const ANSWER_MS = 30_000;
const NEVER_RESTS = "The app never comes to rest: something in it causes the next thing without end.";

/** What a test does to a running app, and how it waits. `mount` gives it its words. */
export class Harness<Model, Incoming> {
  readonly #parts: HarnessParts<Model, Incoming>;
  #interactions = 0;
  /** Promises given out that are not settled: somebody forgot to await them. */
  #open = 0;
  #isDisposed = false;

  constructor(parts: HarnessParts<Model, Incoming>) {
    this.#parts = parts;
  }

  /** Runs something the test has to await. */
  async awaited(work: () => Promise<void>): Promise<void> {
    if (this.#isDisposed) throw new TestFailure("The screen was disposed; mount the app again.");
    this.#open += 1;
    try {
      await work();
    } catch (thrown) {
      // What was reported is often why, and at the end of the test it would come too late to be seen first.
      const reported = this.#parts.reports.failure();
      if (reported === undefined || !(thrown instanceof TestFailure)) throw thrown;
      throw new TestFailure(`${thrown.message}\n${reported.message}`, { cause: reported.cause ?? thrown.cause });
    } finally {
      this.#open -= 1;
    }
  }

  /** Sends interactions as a tool would, and waits until what followed is shown. */
  async interact(decide: () => readonly Interaction[]): Promise<void> {
    await this.quiet();
    for (const { action, target, payload } of decide()) {
      this.#interactions += 1;
      const id = `test-${this.#interactions}`;
      const selector: WireSelector = target === undefined ? {} : { by: "id", value: target };
      const answer = await this.ask(
        { type: "interact", id, action, selector, payload },
        (message) => message.type === "interact_response" && message.id === id,
      );
      const refusal = answer.type === "interact_response" ? refusalIn(answer.events) : undefined;
      if (refusal !== undefined) throw new TestFailure(refusal);
    }
  }

  /** A command to a widget, which the app does not hear of. */
  async command(id: string, family: string): Promise<void> {
    this.#parts.bridge.send({ type: "command", id, family, value: null });
    await this.quiet();
  }

  /** Sends a request and waits for its answer and for what follows from it. */
  async ask(request: ToRenderer, isAnswer: (message: FromRenderer) => boolean): Promise<FromRenderer> {
    const { bridge, runtime, activity, renderer } = this.#parts;
    if (runtime.state !== "running") throw new TestFailure(`The app is not running: it is ${runtime.state}.`);
    let answer: FromRenderer | undefined;
    const stop = bridge.observe((message) => {
      if (isAnswer(message)) answer = message;
    });
    bridge.send(request);
    let seen = await this.#rest();
    if (renderer.picture !== undefined) {
      const deadline = deadlineIn(ANSWER_MS);
      while (answer === undefined && this.#isAlive && (await activity.next(seen, deadline)) === "active") {
        seen = await this.#rest();
      }
    }
    stop();
    if (answer === undefined) throw new TestFailure(`The renderer did not answer "${request.type}".`);
    return answer;
  }

  /** Waits until everything that follows by itself, without tasks and timers, has happened. */
  async quiet(): Promise<void> {
    await this.#rest();
  }

  /** As `quiet`. Gives how much had happened then: more may have begun before the caller is told. */
  async #rest(): Promise<number> {
    const seen = await this.#quietAt();
    if (seen === undefined) throw new TestFailure(NEVER_RESTS);
    return seen;
  }

  async #quietAt(): Promise<number | undefined> {
    const { activity, renderer, traffic } = this.#parts;
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      if (!(await activity.quiet())) return undefined;
      const before = activity.count;
      await traffic?.quiet();
      await renderer.picture?.settled();
      // What the page or the room said in the meantime led to more.
      if (before === activity.count) return before;
    }
    return undefined;
  }

  async settled(): Promise<void> {
    const { activity, tasks, timeoutMs } = this.#parts;
    const deadline = deadlineIn(timeoutMs);
    let seen = await this.#rest();
    while (tasks.tasks.length > 0 && this.#isAlive) {
      if ((await activity.next(seen, deadline)) === "late") {
        const tags = tasks.tasks.map((tag) => `"${tag}"`).join(", ");
        throw new TestFailure(`After ${timeoutMs} ms still under way: ${tags}. Give the app tasks that end in tests.`);
      }
      seen = await this.#rest();
    }
  }

  /** Looks again after everything that happens, until the check is content or nothing is under way any more. */
  async poll(check: Check): Promise<void> {
    const { activity, tasks, runtime, timeoutMs, traffic } = this.#parts;
    const deadline = deadlineIn(timeoutMs);
    let seen = await this.#rest();
    for (;;) {
      const problem = look(check, runtime.tree);
      if (problem === undefined) return;
      if (
        !(tasks.isBusy || traffic !== undefined) ||
        !this.#isAlive ||
        (await activity.next(seen, deadline)) === "late"
      )
        throw problem;
      seen = await this.#rest();
    }
  }

  /** An app that has ended hears of no task any more. */
  get #isAlive(): boolean {
    return this.#parts.runtime.state !== "stopped";
  }

  async perform(command: Command<Incoming>): Promise<void> {
    this.#parts.runtime.perform(command);
    await this.quiet();
  }

  async advance(milliseconds: number): Promise<void> {
    const { clock } = this.#parts;
    if (!(milliseconds >= 0)) throw new RangeError(`advance: expected milliseconds from 0, got ${milliseconds}`);
    await this.quiet();
    const end = clock.now() + milliseconds;
    let standing = 0;
    for (let due = clock.nextDueAt; due !== undefined && due <= end; due = clock.nextDueAt) {
      standing = due > clock.now() ? 0 : standing + 1;
      if (standing > MAX_TIMERS_AT_ONCE) throw new TestFailure(`advance: ${NEVER_RESTS}`);
      clock.advance(Math.max(0, due - clock.now()));
      await this.quiet();
    }
    clock.advance(end - clock.now());
  }

  async advanceFrame(milliseconds: number): Promise<void> {
    await this.advance(milliseconds);
    const { bridge, clock } = this.#parts;
    bridge.send({ type: "advance_frame", timestamp: Math.floor(clock.now()) });
    await this.quiet();
  }

  async dispose(): Promise<void> {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    const { runtime, reports, renderer } = this.#parts;
    const forgotten = this.#open;
    // A browser that is gone was reported.
    const isQuiet = await this.#quietAt().then(
      (seen) => seen !== undefined,
      () => true,
    );
    await runtime.stop();
    await renderer.dispose();
    if (!isQuiet) throw new TestFailure(NEVER_RESTS);
    const failure = reports.failure();
    if (failure !== undefined) throw failure;
    if (forgotten === 0) return;
    throw new TestFailure(`${forgotten} actions or assertions were not awaited. Write await in front of them.`);
  }
}

/** What the renderer says about an action that no person could do. */
function refusalIn(events: readonly FromRendererMessage<"event">[]): string | undefined {
  const refusal = events.find(({ family }) => family === "diagnostic")?.value;
  if (typeof refusal !== "object" || refusal === null || !("message" in refusal)) return undefined;
  return String(refusal.message);
}

function look(check: Check, tree: Parameters<Check>[0]): TestFailure | undefined {
  try {
    const problem = check(tree);
    return problem === undefined ? undefined : new TestFailure(problem);
  } catch (thrown) {
    // A widget that is not there yet. Everything else is the test's own mistake.
    return thrown instanceof TestFailure ? thrown : new TestFailure(messageOf(thrown), { cause: thrown });
  }
}
