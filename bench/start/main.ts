// How long it takes from starting the built pad until it says that it is ready, beside a Node that does nothing.
//
// Measured: from spawning `node apps/pad/dist/main.js` until its line `Pad ready` is here. Not counted: npm, installing,
// building, the browser.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { median, ms, printTable, times } from "../measure.ts";

const PAD = "apps/pad/dist/main.js";
const ROUNDS = 5;
const TARGET_MS = 2_000;
/** A pad that is not ready by then does not start at all. */
const LIMIT_MS = 20_000;

await main();

async function main(): Promise<void> {
  if (!existsSync(PAD)) throw new Error(`${PAD} is missing; run \`npm run build\` in the project's folder first`);
  mkdirSync(".cache", { recursive: true });
  const folder = mkdtempSync(join(process.cwd(), ".cache", "start-"));
  const samples = { node: [] as number[], loaded: [] as number[], first: [] as number[], again: [] as number[] };
  try {
    // The first round reads the files from the disk; it is run and not counted.
    for (let round = 0; round <= ROUNDS; round++) {
      const data = join(folder, String(round));
      const measured = {
        node: await timeOfExit(["-e", "0"]),
        loaded: await timeOfExit([PAD, "--help"]),
        first: await timeUntilReady(data),
        again: await timeUntilReady(data),
      };
      if (round === 0) continue;
      for (const name of ["node", "loaded", "first", "again"] as const) samples[name].push(measured[name]);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const bare = median(samples.node);
  const row = (title: string, values: readonly number[]) => [
    title,
    ms(median(values)),
    ms(Math.max(...values)),
    times(median(values), bare),
  ];
  console.log(`\nStart of the built pad, ${ROUNDS} times (target ${TARGET_MS} ms)`);
  printTable(
    ["", "median", "slowest", "to node -e 0"],
    [
      row("node -e 0", samples.node),
      row("pad --help (loads its code, ends)", samples.loaded),
      row("pad, empty data folder", samples.first),
      row("pad, again after a kill -9", samples.again),
    ],
  );
}

async function timeOfExit(args: readonly string[]): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, args, { stdio: "ignore" });
  const code = await exited(child);
  if (code !== 0) throw new Error(`node ${args.join(" ")} ended with ${code}`);
  return performance.now() - start;
}

async function timeUntilReady(data: string): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, [PAD, "--port", "0", "--no-open", "--no-ssh", "--data", data], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    complaint = (complaint + chunk).slice(-1_000);
  });
  const guard = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS);
  const gone = exited(child);
  const ready = new Promise<number>((resolve) => {
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      if (text.includes("Pad ready")) resolve(performance.now() - start);
    });
  });
  const time = await Promise.race([ready, gone]);
  if (child.exitCode !== null || child.signalCode !== null || time === undefined) {
    throw new Error(`the pad ended before it was ready (${child.signalCode ?? child.exitCode}): ${complaint}`);
  }
  // At once: it has just begun to run the experiments, which would meet the next measurement.
  child.kill("SIGKILL");
  await gone;
  clearTimeout(guard);
  return time;
}

function exited(child: ChildProcess): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => resolve(code ?? undefined));
    child.once("error", reject);
  });
}
