import type { Page } from "playwright-core";
import type { WireNode, WireProps, WireValue } from "../../../src/protocol/index.ts";
import type { Reported } from "../widgets-page.ts";

/** What a widget with the id `w`, or another one, has said. */
export function event(family: string, value?: WireValue, id = "w"): Reported {
  return { family, id, ...(value === undefined ? {} : { value }) };
}

/** Shows these widgets, and nothing of what was there before; the pointer is away from them. */
export async function showWidgets(page: Page, ...children: readonly WireNode[]): Promise<void> {
  await page.mouse.move(790, 590);
  await page.evaluate((json: string) => {
    window.widgets.show([]);
    window.widgets.show(JSON.parse(json));
    window.widgets.take({ withStatus: true });
  }, JSON.stringify(children));
}

export function takeEvents(page: Page): Promise<readonly Reported[]> {
  return page.evaluate(() => window.widgets.take());
}

/** Changes props of the first widget. */
export function changeFirst(page: Page, props: WireProps): Promise<void> {
  return page.evaluate((json: string) => window.widgets.change(0, JSON.parse(json)), JSON.stringify(props));
}

export function takeStatuses(page: Page): Promise<readonly unknown[]> {
  return page.evaluate(() =>
    window.widgets.take({ withStatus: true }).flatMap((one) => (one.family === "status" ? [one.value] : [])),
  );
}

/** One key after the other. */
export async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}
