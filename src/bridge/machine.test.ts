import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Fact,
  initialState,
  type MachineOptions,
  type Order,
  type State,
  type StateKind,
  step,
} from "./machine.ts";
import type { MessageClass } from "./message-class.ts";

const options: MachineOptions = {
  maxRestarts: 5,
  restartDelayMs: 100,
  helloTimeoutMs: 10_000,
  stableMs: 60_000,
  closeTimeoutMs: 5_000,
  canReopen: true,
  protocolVersion: 1,
};

const crash = { kind: "crash", exitCode: 1 } as const;

const start: Fact = { kind: "startRequested" };
const stop: Fact = { kind: "stopRequested" };
const restart: Fact = { kind: "restartRequested" };
const resynced: Fact = { kind: "resyncCompleted" };
const opened = (generation = 1): Fact => ({ kind: "opened", generation });
const hello = (generation = 1): Fact => ({ kind: "helloReceived", generation, protocolVersion: 1 });
const closed = (generation = 1): Fact => ({ kind: "closed", generation, reason: crash });
const released = (generation = 1): Fact => ({ kind: "released", generation });
const timer = (name: "hello" | "backoff" | "stable" | "close", generation = 1): Fact => ({
  kind: "timerFired",
  generation,
  timer: name,
});
const send = (messageClass: MessageClass, isCongested = false): Fact => ({
  kind: "sendRequested",
  messageClass,
  isCongested,
});

function run(facts: readonly Fact[], from: State = initialState(), with_: MachineOptions = options) {
  let state = from;
  let orders: readonly Order[] = [];
  const all: Order[] = [];
  for (const fact of facts) {
    ({ state, orders } = step(state, fact, with_));
    all.push(...orders);
  }
  return { state, orders, all };
}

const names = (orders: readonly Order[]): string[] => orders.map((order) => order.kind);

const toReady: readonly Fact[] = [start, opened(), hello(), resynced];

const paths: Record<StateKind, readonly Fact[]> = {
  idle: [],
  starting: [start],
  handshaking: [start, opened()],
  resyncing: [start, opened(), hello()],
  ready: toReady,
  congested: [...toReady, send("tree", true)],
  closing: [...toReady, closed()],
  waiting: [...toReady, closed(), released()],
  failed: [start, opened(), { kind: "errorReceived", generation: 1, detail: "no" }, released()],
  stopped: [stop],
};

function stateOf(kind: StateKind): State {
  const { state } = run(paths[kind]);
  expect(state.kind).toBe(kind);
  return state;
}

/** Every fact, and for each state: the next state and the orders that matter. */
const table: Record<string, { fact: (generation: number) => Fact; expected: Partial<Record<StateKind, string>> }> = {
  start: { fact: () => start, expected: { idle: "starting: open" } },
  stop: {
    fact: () => stop,
    expected: {
      idle: "stopped: stopTimers finish",
      starting: "closing: abortOpen startTimer",
      handshaking: "closing: stopTimers stopWatching close startTimer",
      resyncing: "closing: stopTimers stopWatching close startTimer",
      ready: "closing: stopTimers stopWatching close startTimer",
      congested: "closing: stopTimers stopWatching close startTimer",
      waiting: "stopped: stopTimers finish",
    },
  },
  restart: {
    fact: () => restart,
    expected: {
      idle: "idle: diagnose",
      handshaking: "closing: stopTimers stopWatching close startTimer",
      resyncing: "closing: stopTimers stopWatching answerInFlight notifyExit close startTimer",
      ready: "closing: stopTimers stopWatching answerInFlight notifyExit close startTimer",
      congested: "closing: stopTimers stopWatching answerInFlight notifyExit close startTimer",
      waiting: "starting: stopTimers open",
      failed: "failed: diagnose",
      stopped: "stopped: diagnose",
    },
  },
  resynced: { fact: () => resynced, expected: { resyncing: "ready: flushOutbox" } },
  opened: {
    fact: opened,
    expected: {
      idle: "idle: discard",
      starting: "handshaking: sendSettings startTimer",
      handshaking: "handshaking: discard",
      resyncing: "resyncing: discard",
      ready: "ready: discard",
      congested: "congested: discard",
      closing: "closing: close",
      waiting: "waiting: discard",
      failed: "failed: discard",
      stopped: "stopped: discard",
    },
  },
  openFailed: {
    fact: (generation) => ({ kind: "openFailed", generation, isFatal: false, detail: "refused" }),
    expected: {
      starting: "failed: diagnose stopTimers finish",
      closing: "waiting: stopTimers startTimer",
    },
  },
  hello: {
    fact: hello,
    expected: {
      handshaking: "resyncing: stopTimers watchSilence deliver notifyResync",
      resyncing: "resyncing: diagnose",
      ready: "ready: diagnose",
      congested: "congested: diagnose",
    },
  },
  "hello of another protocol": {
    fact: (generation) => ({ kind: "helloReceived", generation, protocolVersion: 2 }),
    expected: {
      handshaking: "closing: stopTimers stopWatching close startTimer",
      resyncing: "resyncing: diagnose",
      ready: "ready: diagnose",
      congested: "congested: diagnose",
    },
  },
  error: {
    fact: (generation) => ({ kind: "errorReceived", generation, detail: "no" }),
    expected: {
      handshaking: "closing: stopTimers stopWatching close startTimer",
      resyncing: "closing: stopTimers stopWatching answerInFlight notifyExit close startTimer",
      ready: "closing: stopTimers stopWatching answerInFlight notifyExit close startTimer",
      congested: "closing: stopTimers stopWatching answerInFlight notifyExit close startTimer",
    },
  },
  message: {
    fact: (generation) => ({ kind: "messageReceived", generation }),
    expected: {
      handshaking: "handshaking: diagnose",
      resyncing: "resyncing: deliver",
      ready: "ready: deliver",
      congested: "congested: deliver",
    },
  },
  drained: {
    fact: (generation) => ({ kind: "drained", generation }),
    expected: { congested: "resyncing: notifyResync" },
  },
  closed: {
    fact: closed,
    expected: {
      handshaking: "closing: stopTimers stopWatching close startTimer",
      resyncing: "closing: stopTimers stopWatching answerInFlight notifyExit close startTimer",
      ready: "closing: stopTimers stopWatching answerInFlight notifyExit close startTimer",
      congested: "closing: stopTimers stopWatching answerInFlight notifyExit close startTimer",
    },
  },
  released: { fact: released, expected: { closing: "waiting: stopTimers startTimer" } },
  silence: {
    fact: (generation) => ({ kind: "silenceDetected", generation }),
    expected: { resyncing: "resyncing: probe", ready: "ready: probe", congested: "congested: probe" },
  },
  "no answer": {
    fact: (generation) => ({ kind: "probeUnanswered", generation }),
    expected: {
      resyncing: "closing: stopTimers stopWatching answerInFlight notifyExit close startTimer",
      ready: "closing: stopTimers stopWatching answerInFlight notifyExit close startTimer",
      congested: "closing: stopTimers stopWatching answerInFlight notifyExit close startTimer",
    },
  },
  "timer hello": {
    fact: (generation) => timer("hello", generation),
    expected: { handshaking: "closing: stopTimers stopWatching close startTimer" },
  },
  "timer backoff": { fact: (generation) => timer("backoff", generation), expected: { waiting: "starting: open" } },
  "timer stable": { fact: (generation) => timer("stable", generation), expected: {} },
  "timer close": {
    fact: (generation) => timer("close", generation),
    expected: { closing: "waiting: diagnose stopTimers startTimer" },
  },
  "send settings": {
    fact: () => send("settings"),
    expected: {
      idle: "idle: rememberSettings",
      starting: "starting: rememberSettings",
      handshaking: "handshaking: rememberSettings",
      resyncing: "resyncing: transmit",
      ready: "ready: transmit",
      congested: "congested: transmit",
      closing: "closing: rememberSettings",
      waiting: "waiting: rememberSettings",
      failed: "failed: drop",
      stopped: "stopped: drop",
    },
  },
  "send tree": {
    fact: () => send("tree"),
    expected: {
      idle: "idle: drop",
      starting: "starting: drop",
      handshaking: "handshaking: drop",
      resyncing: "resyncing: transmit",
      ready: "ready: transmit",
      congested: "congested: drop",
      closing: "closing: drop",
      waiting: "waiting: drop",
      failed: "failed: drop",
      stopped: "stopped: drop",
    },
  },
  "send tree to a slow reader": {
    fact: () => send("tree", true),
    expected: {
      idle: "idle: drop",
      starting: "starting: drop",
      handshaking: "handshaking: drop",
      resyncing: "resyncing: transmit",
      ready: "congested: drop diagnose",
      congested: "congested: drop",
      closing: "closing: drop",
      waiting: "waiting: drop",
      failed: "failed: drop",
      stopped: "stopped: drop",
    },
  },
  "send state": {
    fact: () => send("state"),
    expected: {
      idle: "idle: drop",
      starting: "starting: drop",
      handshaking: "handshaking: drop",
      resyncing: "resyncing: transmit",
      ready: "ready: transmit",
      congested: "congested: transmit",
      closing: "closing: drop",
      waiting: "waiting: drop",
      failed: "failed: drop",
      stopped: "stopped: drop",
    },
  },
  "send transient": {
    fact: () => send("transient"),
    expected: {
      idle: "idle: enqueue",
      starting: "starting: enqueue",
      handshaking: "handshaking: enqueue",
      resyncing: "resyncing: enqueue",
      ready: "ready: transmit",
      congested: "congested: enqueue",
      closing: "closing: enqueue",
      waiting: "waiting: enqueue",
      failed: "failed: refuse",
      stopped: "stopped: refuse",
    },
  },
  "send immediate": {
    fact: () => send("immediate"),
    expected: {
      idle: "idle: refuse",
      starting: "starting: refuse",
      handshaking: "handshaking: refuse",
      resyncing: "resyncing: refuse",
      ready: "ready: transmit",
      congested: "congested: transmit",
      closing: "closing: refuse",
      waiting: "waiting: refuse",
      failed: "failed: refuse",
      stopped: "stopped: refuse",
    },
  },
};

const stateKinds: readonly StateKind[] = [
  "idle",
  "starting",
  "handshaking",
  "resyncing",
  "ready",
  "congested",
  "closing",
  "waiting",
  "failed",
  "stopped",
];

describe("every fact in every state", () => {
  for (const [name, { fact, expected }] of Object.entries(table)) {
    for (const kind of stateKinds) {
      const result = expected[kind] ?? `${kind}:`;
      test(`${name} in ${kind} gives ${result}`, () => {
        const state = stateOf(kind);
        const next = step(state, fact(state.generation), options);
        expect(`${next.state.kind}: ${names(next.orders).join(" ")}`.trim()).toBe(result);
      });
    }
  }

  for (const kind of stateKinds) {
    test(`facts of an older generation change nothing in ${kind}`, () => {
      const state = stateOf(kind);
      for (const { fact } of Object.values(table)) {
        const stale = fact(state.generation - 1);
        if (!("generation" in stale)) continue;
        const next = step(state, stale, options);
        expect(next.state).toBe(state);
        expect(names(next.orders)).toEqual(stale.kind === "opened" ? ["discard"] : []);
      }
    });
  }
});

describe("restarts", () => {
  const delays = (orders: readonly Order[]): number[] =>
    orders.flatMap((order) => (order.kind === "startTimer" && order.timer === "backoff" ? [order.milliseconds] : []));

  test("[R252] [R253] [R257] delays double from the base; the sixth loss in a row is the end and names its reason", () => {
    const facts: Fact[] = [...toReady];
    for (let generation = 1; generation <= 5; generation += 1) {
      facts.push(closed(generation), released(generation), timer("backoff", generation), opened(generation + 1));
      facts.push(hello(generation + 1), resynced);
    }
    const alive = run(facts);
    expect(alive.state.kind).toBe("ready");
    expect(delays(alive.all)).toEqual([100, 200, 400, 800, 1600]);

    const end = run([closed(6), released(6)], alive.state);
    expect(end.state).toMatchObject({ kind: "failed", failure: { code: "max-restarts-reached", reason: crash } });
  });

  test("the delay never exceeds five seconds", () => {
    const long = { ...options, maxRestarts: 1_000 };
    let state = run(toReady, initialState(), long).state;
    let last: number | undefined;
    for (let round = 0; round < 40; round += 1) {
      const { generation } = state;
      const waiting = run([closed(generation), released(generation)], state, long);
      last = delays(waiting.all)[0];
      state = run(
        [timer("backoff", generation), opened(generation + 1), hello(generation + 1), resynced],
        waiting.state,
        long,
      ).state;
    }
    expect(last).toBe(5_000);
  });

  test("failed attempts count like losses", () => {
    const failing: Fact[] = [...paths.waiting];
    for (let generation = 1; generation <= 5; generation += 1) {
      failing.push(timer("backoff", generation));
      failing.push({ kind: "openFailed", generation: generation + 1, isFatal: false, detail: "refused" });
    }
    const end = run(failing);
    expect(end.state).toMatchObject({ kind: "failed", failure: { code: "max-restarts-reached" } });
    expect(delays(end.all)).toEqual([100, 200, 400, 800, 1600]);
  });

  test("a stable period forgets earlier losses", () => {
    const second = run([...paths.waiting, timer("backoff"), opened(2), hello(2), resynced]);
    expect(second.all).toContainEqual({ kind: "startTimer", timer: "stable", milliseconds: 60_000 });
    expect(second.state.restarts).toBe(1);
    expect(run([timer("stable", 2)], second.state).state.restarts).toBe(0);
  });

  test("[R269] [R270] a restart on purpose neither counts nor waits", () => {
    let state = run(toReady).state;
    for (let round = 0; round < 10; round += 1) {
      const { generation } = state;
      const again = run([restart, released(generation)], state);
      expect(delays(again.all)).toEqual([]);
      expect(again.state).toMatchObject({ kind: "starting", restarts: 0 });
      state = run([opened(generation + 1), hello(generation + 1), resynced], again.state).state;
    }
    expect(state.kind).toBe("ready");
  });

  test("[R271] a restart on purpose opens the new connection only after the old one is released", () => {
    const closing = run([...toReady, restart]);
    expect(names(closing.all.slice(-2))).toEqual(["close", "startTimer"]);
    expect(names(closing.orders)).not.toContain("open");
    expect(names(run([released()], closing.state).orders)).toContain("open");
  });

  test("an exit before hello during a restart is a failed attempt even when the status was 0", () => {
    const trying = run([...paths.waiting, timer("backoff"), opened(2)]).state;
    const next = run([{ kind: "closed", generation: 2, reason: { kind: "shutdown" } }, released(2)], trying);
    expect(next.state).toMatchObject({ kind: "waiting", restarts: 2 });
  });

  test("an orderly exit of a renderer that was there ends the bridge without error", () => {
    const end = run([...toReady, { kind: "closed", generation: 1, reason: { kind: "shutdown" } }, released()]);
    expect(end.all).toContainEqual({ kind: "notifyExit", reason: { kind: "shutdown" }, willRestart: false });
    expect(end.orders).toContainEqual({ kind: "finish" });
  });

  test("[R234] a transport that cannot be opened again ends the bridge with its reason", () => {
    const once = { ...options, canReopen: false };
    const reason = { kind: "connection-lost", detail: "ssh_closed" } as const;
    const end = run([...toReady, { kind: "closed", generation: 1, reason }, released()], initialState(), once);
    expect(end.all).toContainEqual({ kind: "notifyExit", reason, willRestart: false });
    expect(end.state.kind).toBe("stopped");
  });
});

describe("first start", () => {
  test("an exit before the first hello fails at once, without a restart", () => {
    const end = run([start, opened(), closed(), released()]);
    expect(end.state).toMatchObject({ kind: "failed", failure: { code: "early-exit", reason: crash } });
    expect(names(end.all)).not.toContain("notifyExit");
  });

  test("no hello in time fails after the connection is closed", () => {
    const end = run([start, opened(), timer("hello"), released()]);
    expect(end.state).toMatchObject({ kind: "failed", failure: { code: "hello-timeout" } });
  });

  test("settings are sent before anything is waited for", () => {
    expect(names(run([start, opened()]).orders)).toEqual(["sendSettings", "startTimer"]);
  });
});

describe("stop", () => {
  test("wins over a pending open, and the connection that arrives late is closed", () => {
    const stopping = run([start, stop]);
    expect(names(stopping.orders)).toContain("abortOpen");
    const late = run([opened()], stopping.state);
    expect(names(late.orders)).toEqual(["close"]);
    expect(run([released()], late.state).state.kind).toBe("stopped");
  });

  test("wins over a restart that is closing the old connection", () => {
    expect(run([...toReady, restart, stop, released()]).state.kind).toBe("stopped");
  });

  test("wins over back-off", () => {
    const end = run([...paths.waiting, stop, timer("backoff")]);
    expect(end.state.kind).toBe("stopped");
    expect(names(end.all).filter((name) => name === "open")).toHaveLength(1);
  });
});

describe("a renderer that reads slowly", () => {
  test("misses patches and is brought to the present once it has read everything", () => {
    const slow = run([...toReady, send("tree", true), send("tree", true)]);
    expect(names(slow.orders)).toEqual(["drop"]);
    const back = run([{ kind: "drained", generation: 1 }], slow.state);
    expect(back.orders).toEqual([{ kind: "notifyResync", generation: 1 }]);
    expect(names(run([resynced], back.state).orders)).toEqual(["flushOutbox"]);
  });
});

describe("any sequence of facts", () => {
  const facts = fc.constantFrom(...Object.values(table));
  const steps = fc.array(fc.tuple(facts, fc.constantFrom(0, 0, 0, 0, 1)), { maxLength: 60 });

  test("has at most one connection at a time, one end, and no order after it", () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        let state = initialState();
        let open = 0;
        let ends = 0;
        for (const [{ fact }, age] of sequence) {
          const next = step(state, fact(state.generation - age), options);
          for (const order of next.orders) {
            if (order.kind === "open") {
              expect(["idle", "waiting", "closing"]).toContain(state.kind);
              open += 1;
            }
            if (order.kind === "finish") ends += 1;
            if (order.kind === "flushOutbox") expect(next.state.kind).toBe("ready");
            if (order.kind === "notifyExit") expect(["resyncing", "ready", "congested"]).toContain(state.kind);
          }
          if (state.kind === "failed" || state.kind === "stopped") expect(next.state).toBe(state);
          expect(next.state.generation).toBe(open);
          state = next.state;
        }
        expect(ends).toBe(state.kind === "failed" || state.kind === "stopped" ? 1 : 0);
      }),
      { seed: 7, numRuns: 400 },
    );
  });
});
