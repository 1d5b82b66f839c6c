import type { Page } from "playwright-core";
import { systemClock } from "../../../src/base/index.ts";
import {
  createDevtoolsScreen,
  EventGate,
  ScreenEngine,
  type ScriptedSurface,
} from "../../../src/host/node/script/index.ts";
import { decodeToRenderer, type FromRenderer, type WireNode, type WireProps } from "../../../src/protocol/index.ts";
import { inspection } from "../../../src/renderer/engine/inspection.ts";
import { createEngine } from "../../../src/renderer/index.ts";
import { createPageSurface } from "../../../src/renderer/page/index.ts";
import type { ScriptPage } from "./script-page.ts";

// Inside the page; the test's own globals know nothing of it.
declare const window: { readonly dom: ScriptPage };

/** A scripted renderer over a page, and the host that answers its steps. */
export interface ScriptRig {
  /** What was said until the answer: each step's and the answer's events as `family id value`. */
  act(action: string, selector?: object, payload?: WireProps): Promise<readonly (readonly string[])[]>;
  show(tree: WireNode): void;
  say(message: object): void;
  /** What the host answers a step with; an empty patch unless set. */
  answerWith(answer: () => object): void;
}

export async function scriptRig(page: Page): Promise<ScriptRig> {
  let receive = (_text: string): void => {};
  await page.exposeFunction("report", (text: string) => receive(text));
  const devtools = await page.context().newCDPSession(page);
  const open = createPageSurface(
    (listener) => {
      receive = listener.onText;
      let last: Promise<unknown> = Promise.resolve();
      const send = (text: string): void => {
        last = last.then(() => page.evaluate((given) => window.dom.take(given), text));
      };
      return { send, close: () => {} };
    },
    { clock: systemClock },
  );
  let answer = (): object => ({ type: "patch", ops: [] });
  let heard: (readonly string[])[] = [];
  let finish: () => void = () => {};
  const hear = (message: FromRenderer): void => {
    if (message.type !== "interact_step" && message.type !== "interact_response") return;
    const texts = message.events.map(({ family, id, value }) =>
      family === "diagnostic"
        ? describe(value)
        : `${family} ${id} ${value === undefined ? "" : JSON.stringify(value)}`.trim(),
    );
    if (message.type === "interact_step") {
      heard.push(texts);
      say(answer());
    } else {
      if (texts.length > 0) heard.push(["answer", ...texts]);
      finish();
    }
  };
  const gate = new EventGate(hear);
  let surface: ScriptedSurface | undefined;
  const engine = createEngine({
    inspection: () => inspection,
    mode: "headless",
    backend: "test",
    transport: "stdio",
    codec: "json",
    clock: systemClock,
    send: gate.send,
    surface: (listener) => {
      const drawn = open(listener);
      const screen = createDevtoolsScreen({
        // Names of commands are data here.
        send: (method, params) => devtools.send(method as "Input.dispatchMouseEvent", params as never),
        query: (question) => drawn.query(question),
        clock: systemClock,
      });
      surface = Object.assign(drawn, { screen });
      return surface;
    },
  });
  if (surface === undefined) throw new Error("the engine made no surface");
  const scripted = new ScreenEngine({ engine, surface, gate, send: hear, clock: systemClock });
  let turn: Promise<void> = Promise.resolve();
  await page.evaluate(() => window.dom.start());
  engine.start();
  say({ type: "settings", settings: { protocol_version: 1 } });

  function say(value: object): void {
    const decoded = decodeToRenderer({ session: "s", ...value });
    if (!decoded.ok) throw new Error(`not a message: ${JSON.stringify(value)}`);
    const message = decoded.value;
    // Like the sessions of the process: one message after the other, each when the one before is done with.
    turn = turn.then(async () => {
      await scripted.whenFree();
      scripted.receive(message);
    });
  }
  return {
    say,
    show: (tree) => say({ type: "snapshot", tree }),
    answerWith(given) {
      answer = given;
    },
    async act(action, selector, payload = {}) {
      heard = [];
      const done = new Promise<void>((resolve) => {
        finish = resolve;
      });
      say({ type: "interact", id: "i", action, payload, ...(selector === undefined ? {} : { selector }) });
      await done;
      return heard;
    },
  };
}

function describe(value: unknown): string {
  return typeof value === "object" && value !== null && "code" in value && "message" in value
    ? `${String(value.code)}: ${String(value.message)}`
    : "?";
}
