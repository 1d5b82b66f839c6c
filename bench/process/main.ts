// The renderer as a process that a host drives over its standard streams.
//
// Start: from spawning the process until its `hello` is decoded. Round trips: from writing a request until its answer is
// decoded, one at a time. The yardstick is a Node process that sends back what it gets, on the same streams.
// Memory: proportional set size of the process and all it started, with many sessions less with one.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import type { ToRenderer, WireNode } from "../../src/protocol/index.ts";
import { createTree } from "../../src/tree/index.ts";
import { measureInTurns, median, ms, percentile, printTable, times } from "../measure.ts";
import { rowsOf, SHAPES } from "../render/shapes.ts";
import { memoryOf, RENDERER, RendererProcess } from "./renderer.ts";

const STARTS = 9;
const TARGET_START_MS = 150;
const ROUND_TRIPS = 3_000;
const SESSIONS = 1_000;
const HEADLESS_SESSIONS = 5;
const SCREENSHOTS = 30;
const KIBIBYTE = 1024;
const MEBIBYTE = 1024 * KIBIBYTE;

if (!existsSync(RENDERER))
  throw new Error(`${RENDERER} is missing; run \`npm run build\` in the project's folder first`);
await measureStart();
await measureRoundTrips();
await measureTrees();
await measureSessions();
await measureHeadless();

async function measureStart(): Promise<void> {
  const bare: number[] = [];
  const mock: number[] = [];
  for (let round = 0; round <= STARTS; round++) {
    const start = performance.now();
    const child = spawn(process.execPath, ["-e", "0"], { stdio: "ignore" });
    await new Promise((resolve) => child.once("exit", resolve));
    const bareTime = performance.now() - start;
    const renderer = new RendererProcess(["--mock"]);
    await renderer.greet();
    const mockTime = performance.now() - renderer.startedAt;
    await renderer.end();
    // The first round reads the files from the disk.
    if (round === 0) continue;
    bare.push(bareTime);
    mock.push(mockTime);
  }
  console.log(`\nStart, ${STARTS} times (target for the mock ${TARGET_START_MS} ms)`);
  printTable(
    ["", "median", "slowest", "to node -e 0"],
    [
      ["node -e 0", ms(median(bare)), ms(Math.max(...bare)), "1.00x"],
      ["mock, until hello", ms(median(mock)), ms(Math.max(...mock)), times(median(mock), median(bare))],
    ],
  );
}

async function measureRoundTrips(): Promise<void> {
  const rows: string[][] = [];
  const echo = await echoTimes();
  rows.push(["a process that echoes", ms(median(echo)), ms(percentile(echo, 99)), "1.00x"]);
  for (const codec of ["json", "msgpack"] as const) {
    const renderer = new RendererProcess(["--mock"], codec);
    await renderer.greet();
    renderer.send({ type: "snapshot", session: "", tree: buttonTree() });
    const clicks: number[] = [];
    for (let round = -200; round < ROUND_TRIPS; round++) {
      const start = performance.now();
      await renderer.answer(click("", `i${round}`));
      if (round >= 0) clicks.push(performance.now() - start);
    }
    await renderer.end();
    const name = `interact, ${codec === "json" ? "JSON" : "MessagePack"}`;
    rows.push([name, ms(median(clicks)), ms(percentile(clicks, 99)), times(median(clicks), median(echo))]);
  }
  console.log(`\nOne click and its answer, ${ROUND_TRIPS} times`);
  printTable(["", "p50", "p99", "to an echo"], rows);
}

async function measureTrees(): Promise<void> {
  const [shape] = SHAPES;
  if (shape === undefined) throw new Error("there is no shape to draw");
  const rows = rowsOf(Math.floor(10_000 / shape.nodesPerRow));
  const tree = createTree();
  tree.render(shape.view(rows.map(shape.row)));
  const root = tree.root();
  if (root === null) throw new Error("the shape shows nothing");
  const path = leafPath(root);
  const { stringify } = measureInTurns(21, { stringify: () => JSON.stringify(root) });
  const snapshots: number[] = [];
  const patches: number[] = [];
  const renderer = new RendererProcess(["--mock"]);
  await renderer.greet();
  for (let round = -3; round < 15; round++) {
    const start = performance.now();
    renderer.send({ type: "snapshot", session: "", tree: root });
    await renderer.answer({ type: "query", session: "", id: `s${round}`, target: "nothing" });
    if (round >= 0) snapshots.push(performance.now() - start);
  }
  for (let round = -50; round < 500; round++) {
    const start = performance.now();
    const props = { content: `text ${round}` };
    renderer.send({ type: "patch", session: "", ops: [{ op: "update_props", path, props }] });
    await renderer.answer({ type: "query", session: "", id: `p${round}`, target: "nothing" });
    if (round >= 0) patches.push(performance.now() - start);
  }
  await renderer.end();
  console.log(
    "\nA tree of 10 000 nodes through the process, until the next question is answered; Y is JSON.stringify of it",
  );
  printTable(
    ["", "p50", "p99", "Y"],
    [
      ["JSON.stringify (Y)", ms(stringify), "", "1.00x"],
      ["snapshot", ms(median(snapshots)), ms(percentile(snapshots, 99)), times(median(snapshots), stringify)],
      ["patch of one leaf", ms(median(patches)), ms(percentile(patches, 99)), times(median(patches), stringify)],
    ],
  );
}

async function measureSessions(): Promise<void> {
  const renderer = new RendererProcess(["--mock", "--max-sessions", String(SESSIONS + 1)]);
  await renderer.greet();
  await openSession(renderer, "first");
  const before = memoryOf(renderer.child.pid);
  const start = performance.now();
  for (let session = 0; session < SESSIONS; session++) await openSession(renderer, `s${session}`);
  const time = performance.now() - start;
  const after = memoryOf(renderer.child.pid);
  await renderer.end();
  console.log(`\n${SESSIONS} sessions in one mock process, a window with a button in each`);
  printTable(
    ["", ""],
    [
      ["opening one, until its first answer", ms(time / SESSIONS)],
      ["memory of the process with one", memoryText(before, MEBIBYTE, "MiB")],
      ["memory of each further", perSession(before, after, SESSIONS, KIBIBYTE, "KiB")],
    ],
  );
}

async function measureHeadless(): Promise<void> {
  const renderer = new RendererProcess(["--headless", "--max-sessions", String(HEADLESS_SESSIONS + 1)]);
  try {
    await renderer.greet();
  } catch (thrown) {
    console.log(`\nHeadless was not measured: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    return;
  }
  const hello = performance.now() - renderer.startedAt;
  renderer.send({ type: "snapshot", session: "one", tree: buttonTree() });
  await screenshot(renderer, "one", "first");
  const first = performance.now() - renderer.startedAt;
  const pictures: number[] = [];
  for (let round = 0; round < SCREENSHOTS; round++) {
    const start = performance.now();
    await screenshot(renderer, "one", `p${round}`);
    pictures.push(performance.now() - start);
  }
  const clicks: number[] = [];
  for (let round = 0; round < SCREENSHOTS; round++) {
    const start = performance.now();
    const id = `c${round}`;
    const stepped = renderer.next((message) => message.type === "interact_step" && message.id === id);
    const answered = renderer.answer(click("one", id));
    await stepped;
    renderer.send({ type: "patch", session: "one", ops: [] });
    await answered;
    clicks.push(performance.now() - start);
  }
  const before = memoryOf(renderer.child.pid);
  for (let session = 0; session < HEADLESS_SESSIONS; session++) {
    renderer.send({ type: "snapshot", session: `s${session}`, tree: buttonTree() });
    await screenshot(renderer, `s${session}`, `m${session}`);
  }
  const after = memoryOf(renderer.child.pid);
  await renderer.end();
  console.log("\nHeadless, 800 x 600");
  printTable(
    ["", "median"],
    [
      ["start, until hello", ms(hello)],
      ["start, until the first picture", ms(first)],
      ["a picture", ms(median(pictures))],
      ["pictures per second, one after the other", (1000 / median(pictures)).toFixed(1)],
      ["a real click with its step", ms(median(clicks))],
      ["memory with one session", memoryText(before, MEBIBYTE, "MiB")],
      ["memory of each further", perSession(before, after, HEADLESS_SESSIONS, MEBIBYTE, "MiB")],
    ],
  );
}

async function screenshot(renderer: RendererProcess, session: string, id: string): Promise<void> {
  const answer = await renderer.answer({ type: "screenshot", session, id, name: "bench", width: 800, height: 600 });
  if (answer.type !== "screenshot_response" || answer.hash === "") throw new Error("there is no picture");
}

async function openSession(renderer: RendererProcess, session: string): Promise<void> {
  renderer.send({ type: "snapshot", session, tree: buttonTree() });
  await renderer.answer(click(session, `open-${session}`));
}

function click(session: string, id: string): Extract<ToRenderer, { readonly type: "interact" }> {
  return { type: "interact", session, id, action: "click", selector: { by: "id", value: "main#save" }, payload: {} };
}

function buttonTree(): WireNode {
  const button = { id: "main#save", type: "button", props: { label: "Save" }, children: [] };
  return { id: "main", type: "window", props: {}, children: [button] };
}

/** To the text in the middle of the list. */
function leafPath(root: WireNode): readonly number[] {
  const path: number[] = [];
  let node = root;
  while (node.children.length > 0) {
    const index = Math.floor(node.children.length / 2);
    const child = node.children[index];
    if (child === undefined) break;
    path.push(index);
    node = child;
  }
  return path;
}

async function echoTimes(): Promise<readonly number[]> {
  const child = spawn(process.execPath, ["-e", "process.stdin.pipe(process.stdout)"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const samples: number[] = [];
  for (let round = -200; round < ROUND_TRIPS; round++) {
    const start = performance.now();
    const back = new Promise((resolve) => child.stdout.once("data", resolve));
    child.stdin.write(`{"type":"interact","id":"i${round}"}\n`);
    await back;
    if (round >= 0) samples.push(performance.now() - start);
  }
  child.stdin.end();
  return samples;
}

function memoryText(bytes: number | undefined, unit: number, name: string): string {
  return bytes === undefined ? "not told here" : `${(bytes / unit).toFixed(1)} ${name}`;
}

function perSession(before: number | undefined, after: number | undefined, count: number, unit: number, name: string) {
  return memoryText(before === undefined || after === undefined ? undefined : (after - before) / count, unit, name);
}
