import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundleHeadless } from "../../scripts/lib/headless.mjs";
import { app, type Element } from "../../src/app/index.ts";
import { createBridge } from "../../src/bridge/index.ts";
import type { EventMessage, FromRenderer } from "../../src/protocol/index.ts";
import { createRuntime } from "../../src/runtime/index.ts";
import { createProcessConnector } from "../../src/transport/node/index.ts";
import { bundleRenderer } from "./renderer-process-rig.ts";

interface Model {
  readonly name: string;
  readonly saved: string;
}

/** Keeps what is typed in capitals, so that each answer differs from what the field shows. */
const form = app<Model>({
  init: () => ({ name: "", saved: "" }),
  update: (model, event) => {
    if (event.kind !== "widget") return model;
    if (event.type === "input") return { ...model, name: String(event.value).toUpperCase() };
    return event.type === "submit" ? { ...model, saved: model.name } : model;
  },
  view: (model): Element<Model> => ({
    type: "window",
    id: "main",
    props: { title: "Form" },
    children: [
      {
        type: "column",
        id: "all",
        children: [
          { type: "text_input", id: "name", props: { value: model.name, onSubmit: true } },
          { type: "button", id: "save", props: { label: "Save", onClick: (m: Model) => ({ ...m, saved: m.name }) } },
          { type: "button", id: "idle", props: { label: "Idle" } },
          { type: "button", id: "off", props: { label: "Off", disabled: true } },
        ],
      },
    ],
  }),
});

let bundle: string;
beforeAll(async () => {
  bundle = await bundleRenderer("headless-interact");
  await bundleHeadless(dirname(bundle));
}, 60_000);

/** `family id value` of each event, step by step; what could not be done by its code. */
type Told = readonly (readonly string[])[];

interface Started {
  readonly model: () => Model;
  act(action: string, target: string, payload?: Readonly<Record<string, string>>): Promise<Told>;
  stop(): Promise<void>;
}

async function start(mode: "mock" | "headless"): Promise<Started> {
  const connector = createProcessConnector({
    binary: process.execPath,
    rendererArgs: [bundle, `--${mode}`],
    codec: "json",
    environment: { PLUSHIE_CHROMIUM_NO_SANDBOX: "1", ...process.env },
  });
  const bridge = createBridge({ connector });
  const runtime = createRuntime(form, { renderer: bridge });
  await runtime.ready;
  return {
    model: () => runtime.model,
    stop: () => runtime.stop(),
    act: (action, target, payload = {}) =>
      new Promise((resolve) => {
        const told: string[][] = [];
        const stopObserving = bridge.observe((message: FromRenderer) => {
          if (message.type !== "interact_step" && message.type !== "interact_response") return;
          if (message.events.length > 0) told.push(message.events.map(textOf));
          if (message.type === "interact_step") return;
          stopObserving();
          resolve(told);
        });
        bridge.send({ type: "interact", id: "i", action, selector: { by: "id", value: target }, payload });
      }),
  };
}

function textOf({ family, id, value }: EventMessage): string {
  if (family !== "diagnostic") return `${family} ${id} ${value === undefined ? "" : JSON.stringify(value)}`.trim();
  if (typeof value !== "object" || value === null || !("code" in value)) return "?";
  // What failed without being anybody's mistake has to be told.
  return value.code === "interact_failed" && "message" in value ? String(value.message) : String(value.code);
}

const CASES: Readonly<
  Record<"mock" | "headless", readonly (readonly [string, string, Readonly<Record<string, string>>, Told])[]>
> = {
  mock: [
    ["type_text", "name", { text: "hi" }, [['input main#all/name "hi"']]],
    ["click", "save", {}, [["click main#all/save"]]],
    ["submit", "name", { value: "x" }, [['submit main#all/name "x"']]],
    ["click", "off", {}, [["widget_disabled"]]],
    ["click", "of", {}, [["selector_not_found"]]],
  ],
  headless: [
    // The second key finds the app's answer to the first one.
    ["type_text", "name", { text: "hi" }, [['input main#all/name "h"'], ['input main#all/name "Hi"']]],
    ["click", "save", {}, [["click main#all/save"]]],
    ["submit", "name", { value: "x" }, [['submit main#all/name "HI"']]],
    // The app does nothing with it, and the renderer goes on all the same.
    ["click", "idle", {}, [["click main#all/idle"]]],
    ["click", "off", {}, [["widget_disabled"]]],
    ["click", "of", {}, [["selector_not_found"]]],
  ],
};

describe.each(["mock", "headless"] as const)("[R105] an app in front of the renderer as a process, --%s", (mode) => {
  let started: Started;
  beforeAll(async () => {
    started = await start(mode);
  }, 60_000);
  afterAll(() => started?.stop());

  test.each(CASES[mode])("%s at %s", async (action, target, payload, told) => {
    expect(await started.act(action, target, payload)).toEqual(told);
  });

  test("has heard of everything", () => {
    expect(started.model()).toEqual({ name: "HI", saved: "HI" });
  });
});
