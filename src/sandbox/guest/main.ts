// The part that runs inside QuickJS, bundled into one script. It loads the experiment, runs it, and gives back JSON text.
// Everything here can be tampered with by the experiment: nothing on the host trusts more than "a string came out".

import type { Event } from "../../index.ts";
import * as plushie from "../../index.ts";
import * as ui from "../../ui/index.ts";
import * as jsxRuntime from "../../ui/jsx-runtime.ts";
import { MAX_LOG_CHARS, MAX_LOG_LINES, MAX_STATE_CHARS } from "../limits.ts";
import { asProgram, type Program } from "./program.ts";
import { serialize } from "./serialize.ts";

interface Input {
  readonly state?: string;
  readonly events: readonly { readonly type: string; readonly path: string; readonly value?: unknown }[];
}

const modules: Readonly<Record<string, unknown>> = {
  plushie,
  "plushie/ui": ui,
  "plushie/jsx-runtime": jsxRuntime,
  "plushie/jsx-dev-runtime": jsxRuntime,
};
const logs: string[] = [];

function log(...values: readonly unknown[]): void {
  if (logs.length >= MAX_LOG_LINES) return;
  const text = values.map((value) => (typeof value === "string" ? value : JSON.stringify(value))).join(" ");
  logs.push(text.slice(0, MAX_LOG_CHARS));
}

function requireModule(name: string): unknown {
  const found = modules[name];
  if (found !== undefined) return found;
  throw new Error(`cannot import "${name}": experiments have ${Object.keys(modules).slice(0, 2).join(" and ")} only`);
}

function run(text: string): string {
  logs.length = 0;
  try {
    const input: Input = JSON.parse(text);
    const program = load();
    let model = input.state === undefined ? program.init(log) : JSON.parse(input.state);
    let shown = serialize(program.view(model));
    for (const event of input.events) {
      const handler = shown.handlers.get(`${event.path} ${event.type}`);
      model = program.react(model, eventOf(event), handler, log);
      shown = serialize(program.view(model));
    }
    return JSON.stringify({ ok: true, tree: shown.tree, state: stateOf(program, model), logs });
  } catch (thrown) {
    return JSON.stringify({ thrown: describe(thrown), logs });
  }
}

function load(): Program {
  const experiment: unknown = Reflect.get(globalThis, "__experiment");
  if (typeof experiment !== "function") throw new Error("the experiment was not loaded");
  const exports: Record<string, unknown> = {};
  const module = { exports };
  experiment(requireModule, exports, module);
  return asProgram(module.exports);
}

function eventOf({ type, path, value }: Input["events"][number]): Event {
  const names = path.split("/");
  const id = names.pop() ?? "";
  const place = { kind: "widget", type, id, scope: names.reverse(), windowId: "preview", target: path };
  // The families and values are those of the widgets that the preview drew.
  return (value === undefined ? place : { ...place, value }) as Event;
}

function stateOf(program: Program, model: unknown): string | undefined {
  if (!program.hasModel) return undefined;
  try {
    const text = JSON.stringify(model);
    return text !== undefined && text.length <= MAX_STATE_CHARS ? text : undefined;
  } catch {
    // A model that is no JSON cannot be kept; the experiment works all the same until it is run anew.
    return undefined;
  }
}

function describe(thrown: unknown): unknown {
  if (thrown instanceof Error) return { name: thrown.name, message: thrown.message, stack: thrown.stack };
  return { name: "Error", message: `threw ${typeof thrown === "string" ? thrown : JSON.stringify(thrown)}`, stack: "" };
}

Object.assign(globalThis, {
  __guest: Object.freeze({ run }),
  console: { log, info: log, warn: log, error: log, debug: log },
});
