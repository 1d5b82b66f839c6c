import type { Page } from "playwright-core";
import type { PatchOp, WireNode, WireProps, WireValue } from "../../../src/protocol/index.ts";
import { launchPage, type TestBrowser } from "./chromium.ts";
import type { DomPage, PageEvent } from "./dom-page.ts";

// Inside the page; the test's own globals know nothing of it.
declare const window: { readonly dom: DomPage };
declare const document: Document;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function launchDom(): Promise<TestBrowser> {
  return launchPage(new URL("./dom-page.ts", import.meta.url).href);
}

let count = 0;

/** A node with an id of its own unless the props bring one. */
export function node(type: string, props: WireProps = {}, children: readonly WireNode[] = []): WireNode {
  const { id, ...rest } = props;
  count += 1;
  return { id: typeof id === "string" ? id : `auto:${type}:${count}`, type, props: rest, children };
}

/** The window everything stands in. */
export function windowNode(props: WireProps, children: readonly WireNode[]): WireNode {
  return node("window", { id: "main", ...props }, children);
}

export function show(page: Page, root: WireNode | null): Promise<void> {
  // `unknown`: the types of Playwright follow a recursive type without end.
  return page.evaluate((tree) => window.dom.show(tree as WireNode | null), root as unknown);
}

export function patch(page: Page, ops: readonly PatchOp[]): Promise<void> {
  return page.evaluate((list) => window.dom.patch(list as readonly PatchOp[]), ops as unknown);
}

export function take(page: Page): Promise<readonly PageEvent[]> {
  return page.evaluate(() => window.dom.take());
}

export function perform(page: Page, name: string, target?: string, value: WireValue = null): Promise<void> {
  const send = ([op, id, data]: readonly [string, string | undefined, unknown]): void =>
    window.dom.perform(op, id, data as WireValue);
  return page.evaluate(send, [name, target, value as unknown] as const);
}

export function performWindow(page: Page, name: string, windowId: string, payload: WireProps = {}): Promise<void> {
  const send = ([op, id, data]: readonly [string, string, unknown]): void =>
    window.dom.performWindow(op, id, data as WireProps);
  return page.evaluate(send, [name, windowId, payload as unknown] as const);
}

/** Waits until what was put off to the next paint is done, and what is loaded late has come. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await window.dom.surface.query({ name: "settled", payload: { frames: 2 } });
  });
}

/** Rectangles of elements found by a CSS selector, in document order. */
export function boxes(page: Page, selector: string): Promise<readonly Box[]> {
  return page.evaluate(
    (css) =>
      [...document.querySelectorAll(css)].map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return { x, y, width, height };
      }),
    selector,
  );
}
