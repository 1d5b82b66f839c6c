// Runs in the browser: our canvas and a loop written by hand draw the same, in turns. Frames are run here and not by the display,
// so that nothing is waited for; each case ends by reading a pixel of what it painted, which makes the browser draw it.

import { createDomSurface } from "../../src/renderer/dom/index.ts";
import type { SurfaceListener } from "../../src/renderer/surface.ts";
import { elementTree, HEIGHT, type Item, items, type Kind, LAYERS, recolored, SHAPES, tree, WIDTH } from "./scenes.ts";

/** Times in ms by the name of the case, one per round. */
export type Times = Record<string, number[]>;

declare global {
  interface Window {
    bench: {
      draw(kind: Kind, rounds: number): Promise<Times>;
      layers(rounds: number): Promise<Times>;
      hits(rounds: number): Promise<Times>;
    };
  }
}

let frames: FrameRequestCallback[] = [];
const realFrame = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (callback) => frames.push(callback);

function runFrame(): void {
  const due = frames;
  frames = [];
  for (const callback of due) callback(performance.now());
}

const listener: SurfaceListener = { onWidgetEvent: () => {}, onSubscriptionEvent: () => {}, onDiagnostic: () => {} };
const surface = createDomSurface({ document, root: document.body })(listener);
const hand = document.createElement("canvas");
hand.width = WIDTH;
hand.height = HEIGHT;
const handContext = hand.getContext("2d");

async function show(root: Parameters<typeof surface.showTree>[0]): Promise<void> {
  surface.showTree(root);
  // The parts that are loaded late, the first layout and the sizes that follow it.
  for (let round = 0; round < 5; round += 1) {
    await new Promise((resolve) => realFrame(resolve));
    await new Promise((resolve) => setTimeout(resolve, 20));
    runFrame();
  }
}

function readSheets(): void {
  for (const sheet of document.querySelectorAll<HTMLCanvasElement>(".pl-canvas-sheet")) {
    sheet.getContext("2d")?.getImageData(0, 0, 1, 1);
  }
}

/** What our canvas takes by default. */
let family = "sans-serif";

function paintByHand(list: readonly Item[]): void {
  const context = handContext;
  if (context === null) return;
  context.clearRect(0, 0, WIDTH, HEIGHT);
  context.font = `8px ${family}`;
  context.lineWidth = 1.5;
  for (const { type, x, y, color } of list) {
    if (type === "line") {
      context.strokeStyle = color;
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(x + 7, y + 8);
      context.stroke();
      continue;
    }
    context.fillStyle = color;
    if (type === "rect") context.fillRect(x, y, 7, 8);
    else if (type === "circle") {
      context.beginPath();
      context.arc(x + 4, y + 4, 4, 0, 2 * Math.PI);
      context.fill();
    } else context.fillText("ab", x, y + 8);
  }
  context.getImageData(0, 0, 1, 1);
}

/** The cases in turns, with room for the page in between. */
async function inTurns(
  rounds: number,
  cases: Readonly<Record<string, (round: number) => void>>,
  prepare: () => void = () => {},
): Promise<Times> {
  const times: Times = {};
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, work] of Object.entries(cases)) {
      prepare();
      const start = performance.now();
      work(round);
      const time = performance.now() - start;
      times[name] ??= [];
      // The first rounds are for the compiler.
      if (round >= rounds / 4) times[name].push(time);
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  }
  return times;
}

const EMPTY = { id: "", type: "", props: {}, children: [] };
const other = (round: number): string => (round % 2 === 0 ? "#123456" : "#654321");

window.bench = {
  async draw(kind, rounds) {
    const lists = [items(kind, 0), items(kind, 1)];
    const trees = lists.map((list) => tree(list, 1));
    await show(trees[0] ?? null);
    family = getComputedStyle(document.querySelector(".pl-canvas") ?? document.body).fontFamily;
    // Fresh objects, as they come from the wire; making them is not counted.
    let turn = 0;
    let next: ReturnType<typeof tree> | null = null;
    const change = (round: number, indices: readonly number[]): void => {
      surface.applyPatch(
        indices.map((index) => ({ op: "update_props", path: [0, index], props: recolored(kind, index, other(round)) })),
        EMPTY,
      );
      runFrame();
      readSheets();
    };
    const spread = Array.from({ length: 100 }, (_, index) => index * 97);
    const row = Array.from({ length: 100 }, (_, index) => 5_000 + index);
    const parts = await inTurns(rounds, {
      "by hand": (round) => paintByHand(lists[round % 2] ?? []),
      one: (round) => change(round, [0]),
      "100 in a row": (round) => change(round, row),
      "100 all over": (round) => change(round, spread),
    });
    const whole = await inTurns(
      rounds,
      {
        "all by hand": (round) => paintByHand(lists[round % 2] ?? []),
        "all new": () => {
          surface.showTree(next);
          runFrame();
          readSheets();
        },
      },
      () => {
        turn += 1;
        next = structuredClone(trees[turn % 2] ?? null);
      },
    );
    return { ...parts, ...whole };
  },
  async layers(rounds) {
    const list = items("rects", 0);
    const size = SHAPES / LAYERS;
    await show(tree(list, LAYERS));
    return inTurns(rounds, {
      "by hand, all": () => paintByHand(list),
      "by hand, one layer": () => paintByHand(list.slice(0, size)),
      "one shape": (round) => {
        surface.applyPatch([{ op: "update_props", path: [3, 5], props: { fill: other(round) } }], EMPTY);
        runFrame();
        document.querySelectorAll<HTMLCanvasElement>(".pl-canvas-sheet")[3]?.getContext("2d")?.getImageData(0, 0, 1, 1);
      },
    });
  },
  async hits(rounds) {
    const list = items("rects", 0);
    await show(elementTree(list));
    const target = document.querySelector(".pl-canvas");
    const MOVES = 100;
    const at = (round: number, move: number): { readonly x: number; readonly y: number } => ({
      x: (round * 7919 + move * 104_729) % WIDTH,
      y: (round * 6101 + move * 15_485) % HEIGHT,
    });
    let hits = 0;
    return inTurns(rounds, {
      "100 moves by hand": (round) => {
        for (let move = 0; move < MOVES; move += 1) {
          const { x, y } = at(round, move);
          for (let index = list.length - 1; index >= 0; index -= 1) {
            const item = list[index];
            if (item === undefined || x < item.x || y < item.y || x > item.x + 7 || y > item.y + 8) continue;
            hits += 1;
            break;
          }
        }
      },
      "100 moves": (round) => {
        for (let move = 0; move < MOVES; move += 1) {
          const { x, y } = at(round, move);
          const init = { clientX: x, clientY: y, isPrimary: true, bubbles: true, button: -1, pointerType: "mouse" };
          target?.dispatchEvent(new PointerEvent("pointermove", init));
        }
      },
      "one element changes": (round) => {
        surface.applyPatch([{ op: "update_props", path: [5_000, 0], props: { fill: other(round) } }], EMPTY);
        runFrame();
        readSheets();
        target?.dispatchEvent(
          new PointerEvent("pointermove", { clientX: hits % 50, isPrimary: true, bubbles: true, button: -1 }),
        );
      },
    });
  },
};
