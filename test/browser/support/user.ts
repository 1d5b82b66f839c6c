import type { CDPSession, Page } from "playwright-core";
import type { WireProps } from "../../../src/protocol/index.ts";

/** A person at a page. */
export interface User {
  readonly page: Page;
  keys(...keys: readonly string[]): Promise<void>;
  type(text: string): Promise<void>;
  click(
    x: number,
    y: number,
    options?: { readonly button?: "left" | "right" | "middle"; readonly clickCount?: number },
  ): Promise<void>;
  /** Presses at the first place, goes through the others and lets go. */
  drag(...places: readonly (readonly [number, number])[]): Promise<void>;
  move(...places: readonly (readonly [number, number])[]): Promise<void>;
  wheel(x: number, y: number): Promise<void>;
  tap(x: number, y: number): Promise<void>;
  /** A finger: down at the first place, through the others, up. */
  finger(...places: readonly (readonly [number, number])[]): Promise<void>;
  change(props: WireProps): Promise<void>;
  frames(): Promise<void>;
  readonly session: CDPSession;
}

export async function newUser(page: Page): Promise<User> {
  const session = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...points: readonly { x: number; y: number }[]) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints: [...points] });
  const user: User = {
    page,
    session,
    async keys(...keys) {
      for (const key of keys) await page.keyboard.press(key);
    },
    type: (text) => page.keyboard.type(text),
    click: (x, y, options = {}) => page.mouse.click(x, y, options),
    async drag(first = [0, 0], ...others) {
      await page.mouse.move(...first);
      await page.mouse.down();
      for (const place of others) await page.mouse.move(...place);
      await page.mouse.up();
    },
    async move(...places) {
      for (const place of places) await page.mouse.move(...place);
    },
    wheel: (x, y) => page.mouse.wheel(x, y),
    tap: (x, y) => page.touchscreen.tap(x, y),
    async finger(first = [0, 0], ...others) {
      await touch("touchStart", { x: first[0], y: first[1] });
      for (const [x, y] of others) await touch("touchMove", { x, y });
      // At rest: after a flick the browser would take the next tap for the end of it.
      await page.waitForTimeout(100);
      await touch("touchEnd");
    },
    change: (props) => page.evaluate((json) => window.widgets.change(0, JSON.parse(json)), JSON.stringify(props)),
    frames: () =>
      page.evaluate(async () => {
        for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
      }),
  };
  return user;
}
