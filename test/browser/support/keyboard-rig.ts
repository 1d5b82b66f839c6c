import type { Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import type { WireNode, WireProps } from "../../../src/protocol/index.ts";
import { launchPage, type TestBrowser } from "./chromium.ts";

export const VIEWPORT = { width: 800, height: 600 };

export let browser: TestBrowser;
export let page: Page;

/** Opens a page with a surface before the tests of a file, for everything else here. */
export function useWidgetsPage(): void {
  beforeAll(async () => {
    browser = await launchPage(new URL("../widgets-page.ts", import.meta.url).href);
    page = await browser.open({ viewport: VIEWPORT });
  });
  afterAll(() => browser.close());
}

export const node = (
  type: string,
  id: string,
  props: WireProps = {},
  children: readonly WireNode[] = [],
): WireNode => ({
  id,
  type,
  props,
  children,
});
export const button = (id: string, props: WireProps = {}): WireNode => node("button", id, { label: id, ...props });
export const dialog = (id: string, ...children: readonly WireNode[]): WireNode =>
  node("container", id, { a11y: { role: "dialog", label: id, modal: true } }, [
    node("column", `${id}-c`, {}, children),
  ]);

export const frames = (): Promise<void> =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
  });
export async function show(...nodes: readonly WireNode[]): Promise<void> {
  await page.mouse.move(790, 590);
  await page.evaluate((json: string) => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    window.widgets.show([]);
    window.widgets.show(JSON.parse(json));
  }, JSON.stringify(nodes));
  await frames();
  await page.evaluate(() => window.widgets.take());
}
export async function showRoot(...windows: readonly WireNode[]): Promise<void> {
  await page.evaluate(
    (json: string) => window.widgets.showRoot(JSON.parse(json)),
    JSON.stringify(node("column", "root", {}, windows)),
  );
  await frames();
}
export const focused = (): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.closest("[data-id]")?.getAttribute("data-id") ?? null);
/** Where the focus is after each of these keys. */
export async function walk(...keys: readonly string[]): Promise<readonly (string | null)[]> {
  const places: (string | null)[] = [];
  for (const key of keys) {
    await page.keyboard.press(key);
    places.push(await focused());
  }
  return places;
}
export const perform = (name: string, target = "", value: WireProps | null = null): Promise<void> =>
  page.evaluate(([op, id, json]) => window.widgets.perform(op, id, JSON.parse(json)), [
    name,
    target,
    JSON.stringify(value),
  ] as const);
export const clicked = (): Promise<readonly string[]> =>
  page.evaluate(() => window.widgets.take().flatMap((event) => (event.family === "click" ? [event.id] : [])));

export const overlay = (content: WireNode): WireNode => node("overlay", "o", {}, [button("anchor"), content]);

/** Looked over when the page has time. */
export const idle = (): Promise<void> =>
  page.evaluate(() => new Promise((resolve) => requestIdleCallback(() => setTimeout(resolve, 0), { timeout: 1000 })));
export const change = (path: readonly number[], props: WireProps): Promise<void> =>
  page.evaluate(([where, json]) => window.widgets.changeAt(where, JSON.parse(json)), [
    path,
    JSON.stringify(props),
  ] as const);
export const replace = (children: readonly WireNode[]): Promise<void> =>
  page.evaluate((json: string) => window.widgets.show(JSON.parse(json)), JSON.stringify(children));
