import { describe, expect, test } from "vitest";
import { Command } from "../app/index.ts";
import type { Clock, LogEntry as LoggedEntry } from "../base/index.ts";
import {
  change,
  createMemoryStore,
  type LogStore,
  MAX_ACTION_CHARS,
  type NewEntry,
  type ParticipantPort,
  Room,
  type RoomNews,
  type SharedDefinition,
  SNAPSHOT_EVERY_ENTRIES,
} from "./index.ts";

interface Counter {
  readonly n: number;
  readonly last: string;
}
type Action = "inc" | "boom" | "same" | "focus" | "roll" | "undefined";

const counter: SharedDefinition<Counter, Action> = {
  name: "counter",
  version: "1",
  init: () => ({ n: 0, last: "" }),
  accept: (action) =>
    typeof action === "string"
      ? { ok: true, action: action as Action }
      : { ok: false, reason: "an action of this room is a word" },
  update(model, action, context) {
    switch (action) {
      case "inc":
        return { n: model.n + 1, last: context.participant };
      case "boom":
        throw new Error("kaput");
      case "same":
        return model;
      case "focus":
        return change({ ...model, n: model.n + 1 }, { command: Command.focus("name"), reply: "yours" });
      case "roll":
        return { ...model, n: Math.floor(context.random() * 1_000_000) + context.at };
      case "undefined":
        return undefined as unknown as Counter;
    }
  },
};

/** Turns pass when the test says so. */
class TurnClock implements Clock {
  time = 1_000;
  #queue: (() => void)[] = [];
  now = () => this.time;
  after = (_ms: number, callback: () => void) => {
    this.#queue.push(callback);
    return () => {
      this.#queue = this.#queue.filter((queued) => queued !== callback);
    };
  };
  /** Runs turns, and what they started, until nothing is left to do. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < 3; ) {
      const due = this.#queue.splice(0);
      for (const callback of due) callback();
      await new Promise((resolve) => setImmediate(resolve));
      quiet = due.length === 0 ? quiet + 1 : 0;
    }
  }
}

class Client implements ParticipantPort<Counter> {
  readonly news: RoomNews<Counter>[] = [];
  readonly deliveries: number[] = [];
  readonly commands: unknown[] = [];
  failing = false;
  deliver = (news: readonly RoomNews<Counter>[]) => {
    if (this.failing) throw new Error("client is broken");
    this.news.push(...news);
    this.deliveries.push(news.length);
  };
  perform = (command: unknown) => {
    this.commands.push(command);
  };
  get models(): readonly Counter[] {
    return this.news.flatMap((item) => (item.type === "model" ? [item.model] : []));
  }
}

async function openCounter(options: { store?: LogStore; definition?: typeof counter } = {}) {
  const clock = new TurnClock();
  const log: LoggedEntry[] = [];
  const store = options.store ?? createMemoryStore();
  let seed = 0.25;
  const room = await Room.open({
    definition: options.definition ?? counter,
    store,
    clock,
    random: () => (seed = (seed * 1.7) % 1),
    logger: (entry) => log.push(entry),
    maxParticipants: 12,
  });
  const join = (id: string) => {
    const client = new Client();
    return { client, seat: room.join({ id, name: id.toUpperCase() }, client) };
  };
  return { room, clock, log, store, join };
}

describe("room", () => {
  test("[R321] [R322] [R323] starts from init and holds the one model", async () => {
    const { room } = await openCounter();
    expect(room.model).toEqual({ n: 0, last: "" });
    expect(room.seq).toBe(0);
  });

  test("[R327] 100 increments from 10 participants give exactly 100", async () => {
    const { room, clock, join } = await openCounter();
    const seats = Array.from({ length: 10 }, (_, index) => join(`p${index}`).seat);
    for (let round = 0; round < 10; round += 1) for (const seat of seats) void seat.share("inc");
    await clock.settle();
    expect(room.model.n).toBe(100);
    expect(room.seq).toBe(100);
  });

  test("[R326] sharing returns before the update ran, and the order of calls is the order of updates", async () => {
    const { room, clock, join } = await openCounter();
    const a = join("a");
    const b = join("b");
    void a.seat.share("inc");
    void b.seat.share("inc");
    expect(room.model.n).toBe(0);
    await clock.settle();
    expect(a.client.models.map((model) => model.last)).toEqual(["a", "b"]);
  });

  test("[R330] [R331] everybody gets every change, the originator included, with its id and number", async () => {
    const { clock, join } = await openCounter();
    const a = join("a");
    const b = join("b");
    const seq = a.seat.share("inc");
    await clock.settle();
    expect(await seq).toBe(1);
    for (const { client } of [a, b]) {
      expect(client.news.filter((item) => item.type === "model")).toEqual([
        { type: "model", model: { n: 1, last: "a" }, originatorId: "a", seq: 1 },
      ]);
    }
  });

  test("one turn is one append and one delivery", async () => {
    const appends: number[] = [];
    const inner = createMemoryStore();
    const store: LogStore = {
      ...inner,
      append: (room, epoch, entries) => {
        appends.push(entries.length);
        return inner.append(room, epoch, entries);
      },
    };
    const { clock, join } = await openCounter({ store });
    const a = join("a");
    const b = join("b");
    await clock.settle();
    a.client.deliveries.length = 0;
    for (let n = 0; n < 5; n += 1) void b.seat.share("inc");
    await clock.settle();
    expect(appends).toEqual([5]);
    expect(a.client.deliveries).toEqual([5]);
  });

  test("an effect is broadcast only after the log has the action", async () => {
    const inner = createMemoryStore();
    let release: () => void = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const store: LogStore = {
      ...inner,
      append: async (room, epoch, entries) => {
        await gate;
        return inner.append(room, epoch, entries);
      },
    };
    const { room, clock, join } = await openCounter({ store });
    const a = join("a");
    void a.seat.share("inc");
    await clock.settle();
    expect(room.model.n).toBe(0);
    expect(a.client.models).toEqual([]);
    release();
    await clock.settle();
    expect(a.client.models).toHaveLength(1);
  });

  test("[R083] [R329] an update that throws keeps the model, is logged, tells its author only", async () => {
    const { room, clock, log, join } = await openCounter();
    const a = join("a");
    const b = join("b");
    await clock.settle();
    b.client.news.length = 0;
    void a.seat.share("boom");
    await clock.settle();
    expect(room.model.n).toBe(0);
    expect(b.client.news).toEqual([]);
    expect(a.client.news.at(-1)).toEqual({ type: "failed", seq: 1, message: "kaput" });
    expect(log).toMatchObject([{ level: "error", code: "room-update-failed" }]);
    void b.seat.share("inc");
    await clock.settle();
    expect(room.model.n).toBe(1);
  });

  test("an update that returns nothing is an error that says what to write", async () => {
    const { clock, join } = await openCounter();
    const a = join("a");
    await clock.settle();
    void a.seat.share("undefined");
    await clock.settle();
    expect(a.client.news.at(-1)).toMatchObject({ type: "failed", message: expect.stringContaining("return model") });
  });

  test("an unchanged model is not broadcast", async () => {
    const { clock, join } = await openCounter();
    const a = join("a");
    const seq = a.seat.share("same");
    await clock.settle();
    expect(await seq).toBe(1);
    expect(a.client.models).toEqual([]);
  });

  test("[R328] a command and a reply go to the author only", async () => {
    const { room, clock, join } = await openCounter();
    const a = join("a");
    const b = join("b");
    await clock.settle();
    void a.seat.share("focus");
    await clock.settle();
    expect(room.model.n).toBe(1);
    expect(a.client.commands).toEqual([Command.focus("name")]);
    expect(b.client.commands).toEqual([]);
    expect(a.client.news.at(-1)).toMatchObject({ type: "model", reply: "yours" });
    expect(b.client.news.at(-1)).not.toHaveProperty("reply");
  });

  test("a command whose author has left is reported", async () => {
    const { clock, log, join } = await openCounter();
    const a = join("a");
    void a.seat.share("focus");
    a.seat.leave();
    await clock.settle();
    expect(log).toMatchObject([{ code: "room-command-dropped" }]);
  });

  test("[R325] [R336] who left hears nothing more; leaving twice is harmless", async () => {
    const { clock, join } = await openCounter();
    const a = join("a");
    const b = join("b");
    a.seat.leave();
    a.seat.leave();
    void b.seat.share("inc");
    await clock.settle();
    expect(a.client.models).toEqual([]);
    expect(b.client.models).toHaveLength(1);
  });

  test("[R084] a participant that fails does not keep the others from hearing", async () => {
    const { clock, log, join } = await openCounter();
    const a = join("a");
    const b = join("b");
    a.client.failing = true;
    void b.seat.share("inc");
    await clock.settle();
    expect(b.client.models).toHaveLength(1);
    expect(log.some((entry) => entry.code === "room-listener-failed")).toBe(true);
  });

  test("presence lists who is here, after joins, renames and leaves, once per turn", async () => {
    const { clock, join } = await openCounter();
    const a = join("a");
    const b = join("b");
    await clock.settle();
    expect(a.client.news).toEqual([
      {
        type: "presence",
        participants: [
          { id: "a", name: "A" },
          { id: "b", name: "B" },
        ],
      },
    ]);
    b.seat.rename({ name: "Bea", color: "#ff0000" });
    await clock.settle();
    expect(a.client.news.at(-1)).toMatchObject({
      participants: [{ id: "a" }, { id: "b", name: "Bea", color: "#ff0000" }],
    });
    b.seat.leave();
    await clock.settle();
    expect(a.client.news.at(-1)).toMatchObject({ participants: [{ id: "a" }] });
  });

  test("a full room, a bad id and a second seat with the same id have defined results", async () => {
    const { clock, join, room } = await openCounter();
    const first = join("p0");
    const second = join("p0");
    expect(room.participants).toHaveLength(1);
    void second.seat.share("inc");
    await clock.settle();
    expect(first.client.models).toEqual([]);
    expect(second.client.models).toHaveLength(1);
    for (let n = 1; n < 12; n += 1) join(`p${n}`);
    expect(() => join("p12")).toThrow(expect.objectContaining({ code: "room-full" }));
    expect(() => join("a/b")).toThrow(expect.objectContaining({ code: "participant-invalid" }));
    expect(() => join("host")).toThrow(expect.objectContaining({ code: "participant-invalid" }));
  });

  test("bad actions are refused with the reason, before the log", async () => {
    const { clock, join, room } = await openCounter();
    const a = join("a");
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    await expect(a.seat.share({ not: "a word" })).rejects.toMatchObject({
      code: "action-refused",
      message: "an action of this room is a word",
    });
    await expect(a.seat.share(cycle)).rejects.toMatchObject({ code: "action-invalid" });
    await expect(a.seat.share(undefined)).rejects.toMatchObject({ code: "action-invalid" });
    await expect(a.seat.share("x".repeat(MAX_ACTION_CHARS + 1))).rejects.toMatchObject({ code: "action-invalid" });
    await clock.settle();
    expect(room.seq).toBe(0);
  });

  test("an action that the log does not take is rejected and seen by nobody; the next one works", async () => {
    const inner = createMemoryStore();
    let isFull = true;
    const store: LogStore = {
      ...inner,
      append: (room, epoch, entries) =>
        isFull ? Promise.reject(new Error("disk full")) : inner.append(room, epoch, entries),
    };
    const { clock, join, room } = await openCounter({ store });
    const a = join("a");
    const failed = a.seat.share("inc");
    const outcome = expect(failed).rejects.toMatchObject({ code: "append-failed" });
    await clock.settle();
    await outcome;
    expect(room.model.n).toBe(0);
    expect(a.client.models).toEqual([]);
    isFull = false;
    void a.seat.share("inc");
    await clock.settle();
    expect(room.model.n).toBe(1);
  });

  test("a writer that lost the room is told so", async () => {
    const { clock, join, store } = await openCounter();
    const a = join("a");
    await store.openRoom("counter");
    const outcome = expect(a.seat.share("inc")).rejects.toMatchObject({ code: "stale-epoch" });
    await clock.settle();
    await outcome;
  });

  test("[R337] a reopened room has everything that was accepted, with equal random numbers", async () => {
    const store = createMemoryStore();
    const first = await openCounter({ store });
    const a = first.join("a");
    for (const action of ["inc", "boom", "roll", "inc"] as const) void a.seat.share(action);
    await first.clock.settle();
    const second = await openCounter({ store });
    expect(second.room.model).toEqual(first.room.model);
    expect(second.room.seq).toBe(4);
  });

  test("snapshots compact the log and the model survives them", async () => {
    const store = createMemoryStore();
    const first = await openCounter({ store });
    const a = first.join("a");
    for (let n = 0; n < 3 * SNAPSHOT_EVERY_ENTRIES; n += 1) {
      void a.seat.share("inc");
      if (n % 100 === 0) await first.clock.settle();
    }
    await first.clock.settle();
    const kept = await store.read("counter", 0, 100_000);
    expect(kept.length).toBeLessThan(2 * SNAPSHOT_EVERY_ENTRIES);
    const second = await openCounter({ store });
    expect(second.room.model.n).toBe(3 * SNAPSHOT_EVERY_ENTRIES);
  });

  test("closing makes accepted actions durable and refuses new ones", async () => {
    const store = createMemoryStore();
    const { room, join } = await openCounter({ store });
    const a = join("a");
    const accepted = a.seat.share("inc");
    await room.close();
    expect(await accepted).toBe(1);
    await expect(a.seat.share("inc")).rejects.toMatchObject({ code: "room-closed" });
    expect(await store.snapshots.get("counter")).toMatchObject({ seq: 1, model: { n: 1 } });
  });

  test("a model of another version is migrated, or refused with what to do", async () => {
    const store = createMemoryStore();
    const { room, join } = await openCounter({ store });
    void join("a").seat.share("inc");
    await room.close();
    const next = { ...counter, version: "2" };
    await expect(openCounter({ store, definition: next })).rejects.toMatchObject({ code: "version-mismatch" });
    const migrated = await openCounter({ store, definition: { ...next, migrate: () => ({ n: 41, last: "" }) } });
    expect(migrated.room.model.n).toBe(41);
  });

  test("entries of another writer arrive through the doorbell, in order", async () => {
    const { clock, join, room, store } = await openCounter();
    const a = join("a");
    await clock.settle();
    const { epoch } = await store.openRoom("counter");
    const foreign: NewEntry = { client: "z@9.1", clientSeq: 1, at: 5, seed: 1, body: "inc" };
    await store.append("counter", epoch, [foreign]);
    await clock.settle();
    expect(room.model).toEqual({ n: 1, last: "z" });
    expect(a.client.models).toHaveLength(1);
  });

  test("published news reach everybody in order with the model and are not logged", async () => {
    const { clock, join, room, store } = await openCounter();
    const a = join("a");
    await clock.settle();
    a.client.news.length = 0;
    void a.seat.share("inc");
    await clock.settle();
    room.publish({ cursor: 3 });
    await clock.settle();
    expect(a.client.news.map((item) => item.type)).toEqual(["model", "published"]);
    expect(await store.read("counter", 0, 10)).toHaveLength(1);
  });

  test("applied actions are told to the host's listener, not those replayed at the start", async () => {
    const store = createMemoryStore();
    const first = await openCounter({ store });
    void first.join("a").seat.share("inc");
    await first.clock.settle();
    const second = await openCounter({ store });
    const seen: unknown[] = [];
    second.room.onApplied(({ action, seq, participant }) => seen.push([action, seq, participant]));
    void second.room.share("inc");
    await second.clock.settle();
    expect(seen).toEqual([["inc", 2, "host"]]);
  });
});
