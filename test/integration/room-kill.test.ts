import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { seededRandom } from "../../src/base/index.ts";
import { type Applied, type FromRoom, PARTICIPANTS, type ToRoom } from "../support/room-process.ts";

const BURST = 2_000;
/** Sent in one go, so that kills meet batches of all sizes. */
const MAX_CHUNK = 60;

let base: string;
let script: string;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), "plushie-kill-"));
  script = join(base, "room-process.cjs");
  await build({
    entryPoints: [fileURLToPath(new URL("../support/room-process.ts", import.meta.url))],
    outfile: script,
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["classic-level"],
    logLevel: "error",
  });
});

afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
});
afterAll(() => rm(base, { recursive: true, force: true }));

/** A running room and all that its participants were told. */
interface Running {
  readonly opened: Extract<FromRoom, { kind: "opened" }>;
  readonly seen: ReadonlyMap<string, readonly Applied[]>;
  readonly stored: ReadonlyMap<number, number>;
  send(message: ToRoom): void;
  /** Resolves when anna has seen so many, or the process is gone. */
  until(count: number): Promise<void>;
  readonly ended: Promise<unknown>;
  kill(): Promise<void>;
}

async function open(folder: string): Promise<Running> {
  const child = fork(script, [folder], {
    env: { NODE_PATH: fileURLToPath(new URL("../../node_modules", import.meta.url)) },
    execArgv: [],
    serialization: "advanced",
  });
  children.add(child);
  const ended = once(child, "exit").then(() => children.delete(child));
  const seen = new Map<string, Applied[]>(PARTICIPANTS.map((name) => [name, []]));
  const stored = new Map<number, number>();
  let look = (): void => {};
  const opened = await new Promise<Running["opened"]>((resolve, reject) => {
    child.on("message", (message: FromRoom) => {
      if (message.kind === "opened") resolve(message);
      else if (message.kind === "stored") stored.set(message.number, message.seq);
      else {
        expect(message.last.seq).toBe(message.seq);
        seen.get(message.participant)?.push(message.last);
        look();
      }
    });
    child.on("exit", (code) => reject(new Error(`the room ended with status ${code} before it was open`)));
  });
  return {
    opened,
    seen,
    stored,
    // A message that meets a dead process is one that was never accepted.
    send: (message) => void (child.connected && child.send(message, () => {})),
    until: (count) =>
      Promise.race([
        ended.then(() => {}),
        new Promise<void>((resolve) => {
          look = () => {
            if ((seen.get("anna")?.length ?? 0) >= count) resolve();
          };
          look();
        }),
      ]),
    ended,
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** Sends numbered actions from everybody, in chunks, until all are sent or the process is gone. */
async function burst(running: Running, from: number, random: () => number): Promise<void> {
  let isOver = false;
  void running.ended.then(() => {
    isOver = true;
  });
  for (let number = from; number < from + BURST && !isOver; ) {
    const end = Math.min(from + BURST, number + 1 + Math.floor(random() * MAX_CHUNK));
    for (; number < end; number += 1) {
      const participant = PARTICIPANTS[number % PARTICIPANTS.length] ?? "anna";
      running.send({ kind: "act", participant, number });
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Everybody saw the log in order; what anybody saw or was promised is in the reopened room, once, as it was. */
function expectKept(before: Running, { opened }: Running): void {
  const { applied } = opened.model;
  expect(applied.map(({ seq }) => seq)).toEqual(applied.map((_, index) => index + 1));
  expect(opened.seq).toBe(applied.length);
  expect(new Set(applied.map(({ number }) => number)).size).toBe(applied.length);
  expect(applied.slice(0, before.opened.seq)).toEqual(before.opened.model.applied);
  for (const list of before.seen.values()) {
    const start = before.opened.seq;
    expect(list).toEqual(applied.slice(start, start + list.length));
  }
  for (const [number, seq] of before.stored) expect(applied[seq - 1]?.number).toBe(number);
  const first = opened.log[0]?.seq ?? opened.seq + 1;
  expect(opened.log).toEqual(applied.slice(first - 1).map(({ seq, number }) => ({ seq, number })));
  expect(opened.replayed).toEqual(opened.model);
  // Each participant's own actions are in the order in which they were sent.
  for (const name of PARTICIPANTS) {
    const own = applied.filter(({ participant }) => participant === name).map(({ number }) => number);
    expect(own).toEqual([...own].sort((a, b) => a - b));
  }
}

describe("a room whose process is killed", () => {
  test.each([1, 2, 3, 4, 5])("at any moment of a burst: what was seen is there, once (seed %i)", async (seed) => {
    const random = seededRandom(seed);
    const folder = join(base, `moment-${seed}`);
    let running = await open(folder);
    expect(running.opened.seq).toBe(0);
    for (const round of [0, 1]) {
      const sent = burst(running, round * BURST, random);
      await running.until(1 + Math.floor(random() * (BURST - 200)));
      await running.kill();
      await sent;
      expect(running.seen.get("anna")?.length).toBeGreaterThan(0);
      const next = await open(folder);
      expectKept(running, next);
      running = next;
    }
    running.send({ kind: "close" });
    await running.ended;
    const last = await open(folder);
    expect(last.opened.model).toEqual(running.opened.model);
    await last.kill();
  });

  test.each([1, 2, 3, 4, 5])("during a snapshot, %i turns after it began", async (turns) => {
    const random = seededRandom(100 + turns);
    const folder = join(base, `snapshot-${turns}`);
    let running = await open(folder);
    // The first snapshot deletes nothing; the later ones compact the log.
    for (const round of [0, 1]) {
      running.send({ kind: "kill-in-snapshot", turns: turns - 1 });
      const sent = burst(running, round * BURST, random);
      await running.ended;
      await sent;
      expect(running.seen.get("anna")?.length).toBeGreaterThan(0);
      const next = await open(folder);
      expectKept(running, next);
      expect(next.opened.seq).toBeGreaterThanOrEqual(running.opened.seq + (running.seen.get("anna")?.length ?? 0));
      running = next;
    }
    const sent = burst(running, 2 * BURST, random);
    await running.until(BURST);
    await sent;
    await running.kill();
    const last = await open(folder);
    expectKept(running, last);
    expect(last.opened.log.length).toBeLessThan(last.opened.seq);
    await last.kill();
  });
});
