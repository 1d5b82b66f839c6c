// How long it takes from a changed model to the patch as JSON text, and how large the patch is. Ratios are to Y:
// JSON.stringify of the same wire tree in the same run.
import { composite } from "../../src/app/composite.ts";
import type { AnyElement } from "../../src/tree/index.ts";
import { createTree, type RenderResult } from "../../src/tree/index.ts";
import { createCodec } from "../../src/wire/index.ts";
import { type Model, memoizedRow, type Row, rowsOf, SHAPES, type Shape } from "./shapes.ts";

interface Case {
  readonly name: string;
  readonly change: (model: Model, round: number) => Model;
}

/** Rounds that are not counted: an app that reacts to events is compiled already. */
const WARM_UP_ROUNDS = 10;

const CASES: readonly Case[] = [
  { name: "no change", change: (model) => model },
  { name: "one leaf", change: (model, round) => replaced(model, model.length >> 1, round) },
  { name: "insert at top", change: (model, round) => [newRow(round), ...model] },
  { name: "move one", change: (model) => moved(model, Math.floor(model.length * 0.8), Math.floor(model.length * 0.2)) },
  { name: "swap two", change: (model) => swapped(model, 1, model.length - 2) },
  { name: "reverse", change: (model) => model.toReversed() },
  { name: "10 % changed", change: (model, round) => model.map((row, i) => (i % 10 === 0 ? changed(row, round) : row)) },
  { name: "filter half", change: (model) => model.filter((_, i) => i % 2 === 0) },
];

for (const nodes of [100, 1_000, 10_000, 100_000]) {
  for (const shape of SHAPES) measureShape(shape, nodes);
}
measureSwap();
measureComposites();

function measureShape(shape: Shape, nodes: number): void {
  const model = rowsOf(Math.max(4, Math.round(nodes / shape.nodesPerRow)));
  const plain = (rows: Model) => shape.view(rows.map(shape.row));
  const memoized = memoizedRow(shape.row);
  const withMemo = (rows: Model) => shape.view(rows.map(memoized));
  const tree = createTree();
  tree.render(plain(model));
  const wire = tree.root();
  const rounds = nodes >= 100_000 ? 7 : nodes >= 10_000 ? 40 : 200;
  const yardstick = median(rounds, () => JSON.stringify(wire).length);
  const codec = createCodec("msgpack");
  const packed = median(rounds, () => {
    const payload = codec.encode(wire);
    if (!payload.ok) throw payload.error;
    return payload.value.length;
  });
  const snapshot = median(rounds, () => JSON.stringify(createTree().render(plain(model))).length);
  console.log(
    `\n${shape.name}, ${nodes} nodes: Y = ${ms(yardstick)} (${JSON.stringify(wire).length} bytes), first render to JSON ${ratio(snapshot, yardstick)}, snapshot in MessagePack ${ratio(packed, yardstick)}`,
  );
  console.log("  case           plain          memoized rows    patch bytes");
  for (const { name, change } of CASES) {
    const full = measureCase(plain, model, change, rounds);
    const memo = measureCase(withMemo, model, change, rounds);
    const times = `${ratio(full.time, yardstick).padEnd(15)}${ratio(memo.time, yardstick).padEnd(17)}`;
    console.log(`  ${name.padEnd(15)}${times}${full.bytes}`);
  }
}

/** Median of view, render and encoding for the change; the way back is not counted. */
function measureCase(
  view: (model: Model) => AnyElement,
  model: Model,
  change: Case["change"],
  rounds: number,
): { readonly time: number; readonly bytes: number } {
  const tree = createTree();
  tree.render(view(model));
  const times: number[] = [];
  let bytes = 0;
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    const next = change(model, round);
    const start = performance.now();
    bytes = encode(tree.render(view(next))).length;
    if (round >= 0) times.push(performance.now() - start);
    tree.render(view(model));
  }
  return { time: middle(times), bytes };
}

function measureSwap(): void {
  const [shape] = SHAPES;
  if (shape === undefined) return;
  const model = rowsOf(2_500);
  const tree = createTree();
  tree.render(shape.view(model.map(shape.row)));
  const bytes = encode(tree.render(shape.view(swapped(model, 1, 2_498).map(shape.row)))).length;
  console.log(`\nswap of two rows of 2500: ${bytes} bytes`);
}

function measureComposites(): void {
  const counter = composite<{ readonly label: string }, number>({
    name: "counter",
    init: () => 0,
    view: ({ label }, count) => ({
      type: "row",
      children: [
        { type: "text", id: "label", props: { content: label } },
        { type: "button", id: "more", props: { label: String(count) } },
      ],
    }),
  });
  const cost = (count: number): { readonly all: number; readonly one: number } => {
    const view = (): AnyElement => ({
      type: "window",
      id: "main",
      children: Array.from({ length: count }, (_, i) => counter(`counter-${i}`, { label: `Counter ${i}` })),
    });
    const tree = createTree();
    tree.render(view());
    let state = 0;
    const set = (from: number, to: number) => {
      state += 1;
      for (let i = from; i < to; i++) tree.composites(`main#counter-${i}`)[0]?.setState(state);
    };
    const all = median(100, () => {
      set(0, count);
      return encode(tree.render(view())).length;
    });
    const one = median(100, () => {
      set(count - 1, count);
      return encode(tree.render(view())).length;
    });
    return { all, one };
  };
  cost(125);
  cost(1_000);
  const few = cost(125);
  const many = cost(1_000);
  console.log("\nstateful composites, 1000 against 125");
  console.log(`  all change: ${ms(many.all)} against ${ms(few.all)}, ${(many.all / few.all).toFixed(1)}x`);
  console.log(`  one changes: ${ms(many.one)} against ${ms(few.one)}, ${(many.one / few.one).toFixed(1)}x`);
}

function encode(result: RenderResult): string {
  if (result.kind === "unchanged") return "";
  return JSON.stringify(result.kind === "patch" ? result.ops : result.root);
}

function median(rounds: number, run: () => number): number {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    run();
    times.push(performance.now() - start);
  }
  return middle(times);
}

function middle(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;
}

function ms(time: number): string {
  return `${time.toFixed(3)} ms`;
}

function ratio(time: number, yardstick: number): string {
  return `${(time / yardstick).toFixed(3)} Y`;
}

function newRow(round: number): Row {
  return { id: `new-${round}`, label: "New item", value: round, isDone: false };
}

function changed(row: Row, round: number): Row {
  return { ...row, value: row.value + round + 1 };
}

function replaced(model: Model, index: number, round: number): Model {
  return model.map((row, i) => (i === index ? changed(row, round) : row));
}

function moved(model: Model, from: number, to: number): Model {
  const next = [...model];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}

function swapped(model: Model, first: number, second: number): Model {
  const next = [...model];
  const a = next[first];
  const b = next[second];
  if (a !== undefined && b !== undefined) {
    next[first] = b;
    next[second] = a;
  }
  return next;
}
