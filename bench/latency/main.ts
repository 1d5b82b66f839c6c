// How long it takes until a key that one participant presses is on its way into the screens of the others, and what it
// costs the server. The server is a process of its own on the loopback; the participants are WebSockets in this one.
//
// Measured: from handing the `input` event to the socket until the frame with its text has arrived at the other. Not
// counted: what a page does before and after. The bare rows are the same keys through a relay that knows nothing but `ws`.
import type { ChildProcess } from "node:child_process";
import { closeSync, fsyncSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { median, ms, percentile, printTable, times } from "../measure.ts";
import { Participant } from "./participant.ts";
import { serveForParent } from "./server.ts";
import { ROLE, ServerProcess } from "./server-process.ts";
import type { Setup } from "./setup.ts";

interface Run {
  readonly name: string;
  readonly kind: Setup["kind"];
  readonly count: number;
  readonly isMemoized?: boolean;
}

interface Outcome {
  readonly run: Run;
  /** Time until one other had each key, and until all others had it. */
  readonly one: readonly number[];
  readonly all: readonly number[];
  readonly frameBytes: number;
  readonly cpuPerDelivery: number;
  readonly rssPerParticipant: number;
  readonly heapPerParticipant: number;
}

const KEYS_PER_SECOND = 15;
const WARM_UP_KEYS = 15;
const KEYS = 60;
/** The whole must end by itself, also when something hangs. */
const LIMIT_MS = 60_000;
const KIBIBYTE = 1024;

const RUNS: readonly Run[] = [
  { name: "memory, 2", kind: "memory", count: 2 },
  { name: "embedded, 2", kind: "embedded", count: 2 },
  { name: "memory, 100", kind: "memory", count: 100 },
  { name: "embedded, 100", kind: "embedded", count: 100 },
  { name: "embedded, 100, memo", kind: "embedded", count: 100, isMemoized: true },
  { name: "bare ws, 2", kind: "bare", count: 2 },
  { name: "bare ws, 100", kind: "bare", count: 100 },
];

if (process.argv[2] === ROLE) serveForParent();
else await main();

async function main(): Promise<void> {
  // Beside the project and not in the folder for temporary files, which is often kept in memory.
  mkdirSync(".cache", { recursive: true });
  const folder = mkdtempSync(join(process.cwd(), ".cache", "latency-"));
  const children = new Set<ChildProcess>();
  const guard = setTimeout(() => {
    for (const child of children) child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
    console.error(`stopped after ${LIMIT_MS / 1_000} s: the machine is too busy for this benchmark`);
    process.exit(1);
  }, LIMIT_MS);
  try {
    console.log(`${KEYS_PER_SECOND} keys/s, ${KEYS} keys after ${WARM_UP_KEYS} for warming up`);
    console.log(`one write of 200 bytes with fsync in this folder: ${ms(fsyncTime(folder))}`);
    const outcomes: Outcome[] = [];
    for (const [index, run] of RUNS.entries()) {
      const frameBytes = outcomes[0]?.frameBytes ?? 0;
      outcomes.push(await measure(run, frameBytes, join(folder, String(index)), children));
    }
    print(outcomes);
  } finally {
    clearTimeout(guard);
    for (const child of children) child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(run: Run, frameBytes: number, folder: string, children: Set<ChildProcess>): Promise<Outcome> {
  const server = new ServerProcess();
  children.add(server.child);
  const setup = { kind: run.kind, isMemoized: run.isMemoized === true, folder, frameBytes };
  const port = await server.start(setup);
  const join = () => (run.kind === "bare" ? Participant.joinBare(port) : Participant.join(port));
  // The first one loads code and fills caches; it does not count as memory of a participant.
  const sender = await join();
  const alone = await server.memory();
  const others: Participant[] = [];
  while (others.length < run.count - 1) {
    const missing = Math.min(10, run.count - 1 - others.length);
    others.push(...(await Promise.all(Array.from({ length: missing }, join))));
  }
  await sleep(300);
  const together = await server.memory();

  const first = await typeKeys(sender, 0, WARM_UP_KEYS);
  const before = await server.cpu();
  const framesBefore = framesOf([sender, ...others]);
  const sent = [...first, ...(await typeKeys(sender, WARM_UP_KEYS, KEYS))];
  const deadline = performance.now() + 5_000;
  while (others.some((other) => other.arrivals.length < sent.length)) {
    if (performance.now() > deadline) throw new Error(`${run.name}: not every key arrived`);
    await sleep(20);
  }
  const after = await server.cpu();
  const deliveries = framesOf([sender, ...others]) - framesBefore;
  await Promise.all([sender, ...others].map((participant) => participant.leave()));
  await server.stop();
  children.delete(server.child);

  const keys = Array.from({ length: KEYS }, (_, i) => WARM_UP_KEYS + i);
  const delay = (other: Participant, key: number) => (other.arrivals[key] ?? Number.NaN) - (sent[key] ?? Number.NaN);
  const chosen = others[others.length >> 1];
  return {
    run,
    one: keys.map((key) => (chosen === undefined ? Number.NaN : delay(chosen, key))),
    all: keys.map((key) => Math.max(...others.map((other) => delay(other, key)))),
    frameBytes: chosen?.frameBytes ?? 0,
    cpuPerDelivery: (after - before) / deliveries,
    rssPerParticipant: (together.rssBytes - alone.rssBytes) / others.length,
    heapPerParticipant: (together.heapBytes - alone.heapBytes) / others.length,
  };
}

/** Presses keys at an even pace, whatever becomes of them; gives the time of each. */
async function typeKeys(sender: Participant, first: number, count: number): Promise<number[]> {
  const start = performance.now();
  const sent: number[] = [];
  for (let i = 0; i < count; i++) {
    await sleep(Math.max(0, start + (i * 1_000) / KEYS_PER_SECOND - performance.now()));
    sent.push(performance.now());
    sender.type(first + i);
  }
  await sleep(1_000 / KEYS_PER_SECOND);
  return sent;
}

function framesOf(participants: readonly Participant[]): number {
  return participants.reduce((sum, participant) => sum + participant.frames, 0);
}

function print(outcomes: readonly Outcome[]): void {
  console.log("\nKey → other participant");
  printTable(
    ["server, participants", "one other p50", "p99", "all others p50", "p99"],
    outcomes.map(({ run, one, all }) => [
      run.name,
      ms(median(one)),
      ms(percentile(one, 99)),
      ms(median(all)),
      ms(percentile(all, 99)),
    ]),
  );
  console.log("\nWhat it costs the server");
  printTable(
    ["server, participants", "frame", "CPU per delivery", "to bare", "RSS each", "heap each"],
    outcomes.map((outcome) => {
      const { run, frameBytes, cpuPerDelivery, rssPerParticipant, heapPerParticipant } = outcome;
      const bare = outcomes.find((other) => other.run.kind === "bare" && other.run.count === run.count);
      // With two participants the difference is smaller than what the process does anyway.
      const memory = (bytes: number) => (run.count < 10 ? "" : `${(bytes / KIBIBYTE).toFixed(0)} KiB`);
      return [
        run.name,
        `${frameBytes} B`,
        `${cpuPerDelivery.toFixed(1)} µs`,
        times(cpuPerDelivery, bare?.cpuPerDelivery ?? Number.NaN),
        memory(rssPerParticipant),
        memory(heapPerParticipant),
      ];
    }),
  );
}

function fsyncTime(folder: string): number {
  const file = openSync(join(folder, "fsync"), "w");
  const line = Buffer.alloc(200, "x");
  const samples = Array.from({ length: 30 }, () => {
    const start = performance.now();
    writeSync(file, line);
    fsyncSync(file);
    return performance.now() - start;
  });
  closeSync(file);
  return median(samples);
}
