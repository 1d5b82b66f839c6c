import { describe, expect, test } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { decodeToRenderer, type FromRenderer, type ToRenderer } from "../../protocol/index.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { RendererSessions, type SessionEngine } from "./renderer-sessions.ts";

interface Rig {
  readonly sessions: RendererSessions;
  readonly sent: FromRenderer[];
  /** What the engines were told, as `session:type`. */
  readonly told: string[];
  readonly disposed: string[];
  readonly clock: ReturnType<typeof fakeClock>;
  readonly reliefs: () => number;
  /** Lets the answers be given that a session waits for. */
  settle(): Promise<void>;
}

function rig(options: { maxSessions?: number; failing?: (id: string, message: ToRenderer) => boolean } = {}): Rig {
  const sent: FromRenderer[] = [];
  const told: string[] = [];
  const disposed: string[] = [];
  let waiting: (() => void)[] = [];
  let reliefs = 0;
  const clock = fakeClock();
  const sessions = new RendererSessions({
    maxSessions: options.maxSessions ?? 3,
    clock,
    logger: silentLogger,
    send: (message) => sent.push(message),
    onRelief: () => {
      reliefs += 1;
    },
    settle: () => new Promise((resolve) => waiting.push(resolve)),
    createEngine: (id): SessionEngine => ({
      receive(message) {
        told.push(`${id}:${message.type}`);
        if (options.failing?.(id, message) === true) throw new Error("boom");
      },
      receiveInvalid: (detail) => void told.push(`${id}:invalid ${detail}`),
      dispose: () => void disposed.push(id),
    }),
  });
  return {
    sessions,
    sent,
    told,
    disposed,
    clock,
    reliefs: () => reliefs,
    async settle() {
      const resolvers = waiting;
      waiting = [];
      for (const resolve of resolvers) resolve();
      await Promise.resolve();
    },
  };
}

function message(value: unknown): ToRenderer {
  const decoded = decodeToRenderer(value);
  if (!decoded.ok) throw new Error("not a message");
  return decoded.value;
}

const frame = (session: string) => message({ type: "advance_frame", session, timestamp: 1 });
const effect = (session: string) => message({ type: "effect", session, id: "e", kind: "clipboard_read", payload: {} });
const reset = (session: string) => message({ type: "reset", session, id: "r" });
const codes = (sent: readonly FromRenderer[]) =>
  sent.map((one) => (one.type === "event" ? [one.session, one.family, one.value] : [one.type]));

describe("a session that fails", () => {
  test("ends alone, and its id can be used again", () => {
    const { sessions, sent, told, disposed } = rig({
      failing: (id, { type }) => id === "bad" && type === "reset",
    });
    sessions.deliver(frame("good"));
    sessions.deliver(frame("bad"));
    sessions.deliver(reset("bad"));
    expect(codes(sent)).toEqual([
      ["bad", "session_error", { code: "session_panic", error: "boom" }],
      ["bad", "session_closed", {}],
    ]);
    expect(disposed).toEqual(["bad"]);
    sessions.deliver(frame("bad"));
    sessions.deliver(frame("good"));
    expect(told.slice(-2)).toEqual(["bad:advance_frame", "good:advance_frame"]);
    expect(sessions.count).toBe(2);
  });

  test("is replaced when it is the only one", () => {
    const { sessions, sent, told } = rig({ maxSessions: 1, failing: (_, { type }) => type === "reset" });
    sessions.deliver(frame("a"));
    sessions.deliver(reset("b"));
    sessions.deliver(frame("c"));
    expect(codes(sent).map(([session, family]) => [session, family])).toEqual([
      ["b", "session_error"],
      ["b", "session_closed"],
    ]);
    expect(told.at(-1)).toBe("c:advance_frame");
  });

  test("does not take a place when it fails at once", () => {
    const { clock } = rig();
    const sent: FromRenderer[] = [];
    const sessions = new RendererSessions({
      maxSessions: 2,
      clock,
      logger: silentLogger,
      send: (one) => sent.push(one),
      onRelief() {},
      settle: () => Promise.resolve(),
      createEngine: () => {
        throw new Error("no screen");
      },
    });
    sessions.deliver(frame("a"));
    expect(codes(sent)).toEqual([
      ["a", "session_error", { code: "session_panic", error: "no screen" }],
      ["a", "session_closed", {}],
    ]);
    expect(sessions.count).toBe(0);
  });
});

describe("a session that waits for answers", () => {
  test("gets its messages in order afterwards, and does not hold up others", async () => {
    const { sessions, told, settle } = rig();
    sessions.deliver(effect("a"));
    sessions.deliver(frame("a"));
    sessions.deliver(effect("a"));
    sessions.deliver(frame("a"));
    sessions.deliver(frame("b"));
    expect(told).toEqual(["a:effect", "b:advance_frame"]);
    await settle();
    expect(told.slice(2)).toEqual(["a:advance_frame", "a:effect"]);
    await settle();
    expect(told.slice(4)).toEqual(["a:advance_frame"]);
  });

  test("is idle only when everything was done", async () => {
    const { sessions, settle } = rig();
    let isIdle = false;
    sessions.deliver(effect("a"));
    sessions.deliver(effect("a"));
    const idle = sessions.whenIdle().then(() => {
      isIdle = true;
    });
    await settle();
    expect(isIdle).toBe(false);
    await settle();
    await idle;
    expect(isIdle).toBe(true);
  });

  test("with 512 messages holds up the input until it has caught up", async () => {
    const { sessions, reliefs, settle, clock } = rig();
    sessions.deliver(effect("a"));
    for (let count = 0; count < 511; count += 1) sessions.deliver(frame("a"));
    expect(sessions.isCongested).toBe(false);
    sessions.deliver(frame("a"));
    expect(sessions.isCongested).toBe(true);
    await settle();
    expect(sessions.isCongested).toBe(false);
    expect(reliefs()).toBe(1);
    expect(clock.pending).toBe(0);
  });

  test("for good holds up the others for a second only, and is thrown out at 1024 messages", () => {
    const { sessions, sent, reliefs, clock, disposed, told } = rig();
    sessions.deliver(effect("stuck"));
    for (let count = 0; count < 512; count += 1) sessions.deliver(frame("stuck"));
    clock.advance(999);
    expect(sessions.isCongested).toBe(true);
    clock.advance(1);
    expect(sessions.isCongested).toBe(false);
    expect(reliefs()).toBe(1);
    for (let count = 0; count < 512; count += 1) sessions.deliver(frame("stuck"));
    sessions.deliver(frame("other"));
    expect(told.at(-1)).toBe("other:advance_frame");
    expect(sent).toEqual([]);
    sessions.deliver(frame("stuck"));
    expect(codes(sent)).toEqual([
      ["stuck", "session_error", expect.objectContaining({ code: "session_backpressure_overflow" })],
    ]);
    expect(disposed).toEqual(["stuck"]);
    expect(clock.pending).toBe(0);
  });

  test("and is thrown out gives its answers to nobody", async () => {
    const { sessions, told, settle } = rig();
    sessions.deliver(effect("a"));
    sessions.deliver(frame("a"));
    sessions.dispose();
    await settle();
    expect(told).toEqual(["a:effect"]);
  });
});

describe("a host that leaves a session alone", () => {
  test("is told that the session is over, and may use the id again", () => {
    const { sessions, sent, disposed } = rig();
    sessions.deliver(frame("a"));
    sessions.deliver(frame("b"));
    sessions.disconnect("a", "no answer");
    sessions.disconnect("none", "no answer");
    expect(codes(sent)).toEqual([
      ["a", "session_error", { code: "host_disconnect", error: "no answer" }],
      ["a", "session_closed", {}],
    ]);
    expect(disposed).toEqual(["a"]);
    sessions.deliver(frame("a"));
    expect(sessions.count).toBe(2);
  });
});

describe("a screen that is gone", () => {
  test("ends its session, once, and no other; the id may be used again", () => {
    const { sessions, sent, disposed } = rig();
    const own = { receive() {}, receiveInvalid() {}, dispose: () => void disposed.push("own") };
    sessions.adopt(own);
    sessions.deliver(frame("b"));
    sessions.fail(own, "the page crashed");
    sessions.fail(own, "the page crashed");
    expect(codes(sent)).toEqual([
      ["", "session_error", { code: "session_panic", error: "the page crashed" }],
      ["", "session_closed", {}],
    ]);
    expect(disposed).toEqual(["own"]);
    sessions.deliver(frame(""));
    expect(sessions.count).toBe(2);
  });
});

describe("ids", () => {
  test("of any length are told apart but not repeated in full", () => {
    const { sessions, sent } = rig({ maxSessions: 2 });
    const long = "x".repeat(100_000);
    for (const id of [`${long}1`, `${long}2`, `${long}3`]) sessions.deliver(frame(id));
    expect(sessions.count).toBe(2);
    const [refusal] = sent;
    expect(JSON.stringify(refusal?.type === "event" ? refusal.value : "").length).toBeLessThan(300);
  });

  test("an unreadable message goes to the session it names", () => {
    const { sessions, sent, told } = rig();
    sessions.deliver(frame("a"));
    sessions.deliverInvalid("a", "nonsense");
    sessions.deliverInvalid("b", "nonsense");
    expect(told.at(-1)).toBe("a:invalid nonsense");
    expect(sent).toEqual([
      {
        type: "diagnostic",
        session: "",
        level: "warn",
        diagnostic: { kind: "wire_input_error", detail: "decode error: nonsense" },
      },
    ]);
  });
});
