import type { Operation, Scene } from "../model.ts";

export interface Sample {
  /** Time in scripts with the microtasks after them, before style and layout. */
  readonly script: number;
  /** From the start until the frame with the result has been drawn. */
  readonly painted: number;
}

/** What every page offers to the process that measures. */
export interface BenchPage {
  show(scene: Scene): Promise<void>;
  run(operation: Operation | "echo"): Promise<Sample>;
  /** Elements on the page. */
  count(): number;
}

declare global {
  interface Window {
    domBench: BenchPage;
  }
}

/** How long a page may take for one operation. */
const LIMIT_MS = 60_000;

let script = 0;

/** Runs what the page does by itself (a message that came) and adds its time. */
export function timed(work: () => void): void {
  const start = performance.now();
  let isOver = false;
  const end = (): void => {
    if (isOver) return;
    isOver = true;
    script += performance.now() - start;
  };
  // Whichever comes first: the next task, or the next frame before it computes styles.
  afterTask(end);
  requestAnimationFrame(end);
  work();
}

/** Offers the page for measuring. `show` draws an empty scene with buttons for all operations. */
export function provide(show: (scene: Scene) => Promise<void> | void): void {
  let done = 0;
  window.domBench = {
    async show(scene) {
      done = 0;
      await show(scene);
      await until(() => status()?.startsWith("0 done") === true);
    },
    async run(operation) {
      done += 1;
      const wanted = `${done} done`;
      collectGarbage();
      await quiet();
      script = 0;
      const start = performance.now();
      timed(() => trigger(operation, done));
      await until(() => status()?.startsWith(wanted) === true);
      await new Promise<void>((resolve) => afterTask(resolve));
      return { script, painted: performance.now() - start };
    },
    count: () => document.getElementsByTagName("*").length,
  };
}

function status(): string | null | undefined {
  return find("status")?.textContent;
}

function trigger(operation: Operation | "echo", count: number): void {
  if (operation !== "echo") {
    find(`op-${operation}`)?.click();
    return;
  }
  const field = find("typed");
  const input = field instanceof HTMLInputElement ? field : field?.querySelector("input");
  if (input === null || input === undefined) throw new Error("no field to type into");
  input.value = `typed ${count}`;
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

const found = new Map<string, HTMLElement>();

function find(name: string): HTMLElement | undefined {
  let element = found.get(name);
  if (element?.isConnected !== true) {
    const match = document.querySelector<HTMLElement>(`[data-id="${name}"]`) ?? findByLook(name);
    if (match === undefined) return undefined;
    element = match;
    found.set(name, element);
  }
  return element;
}

/** Plushie's elements do not tell which widget they belong to. */
function findByLook(name: string): HTMLElement | undefined {
  if (name === "typed") return document.querySelector("input") ?? undefined;
  if (name.startsWith("op-")) {
    const buttons = [...document.querySelectorAll<HTMLElement>(".pl-button")];
    return buttons.find(({ textContent }) => textContent === name.slice("op-".length));
  }
  const texts = [...document.querySelectorAll<HTMLElement>(".pl-text")];
  return texts.find(({ textContent }) => /^\d+ done, /.test(textContent));
}

/** Resolves inside the first frame in which it is so. */
function until(isReached: () => boolean): Promise<void> {
  const limit = performance.now() + LIMIT_MS;
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (isReached()) resolve();
      else if (performance.now() > limit) reject(new Error(`nothing came: ${status() ?? "no status"}`));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

/** Nothing left to draw, and a frame has just begun. */
async function quiet(): Promise<void> {
  for (let frame = 0; frame < 3; frame += 1) {
    await new Promise<void>((resolve) => requestAnimationFrame(() => afterTask(resolve)));
  }
}

const waiting: (() => void)[] = [];
const channel = new MessageChannel();
channel.port1.onmessage = () => waiting.shift()?.();

function afterTask(work: () => void): void {
  waiting.push(work);
  channel.port2.postMessage(null);
}

function collectGarbage(): void {
  // There when the browser was started for it.
  const collect: unknown = Reflect.get(globalThis, "gc");
  if (typeof collect === "function") collect();
}
