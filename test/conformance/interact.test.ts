import { alone, type Check, check } from "./support/check.ts";
import { anyList, including, text } from "./support/match.ts";
import { conformance } from "./support/run.ts";
import * as say from "./support/steps.ts";
import { type Mode, perMode } from "./support/target.ts";
import { FORM } from "./support/trees.ts";

const interact = (action: string, selector?: unknown, payload?: unknown): say.Step[] =>
  say.send({
    type: "interact",
    id: "i",
    action,
    ...(selector === undefined ? {} : { selector }),
    ...(payload === undefined ? {} : { payload }),
  });

const event = (family: string, id: string, more: say.Fields = {}): say.Fields => ({
  type: "event",
  session: "",
  family,
  id,
  ...more,
});

const respond = (...events: readonly unknown[]): say.Step => say.expect({ type: "interact_response", id: "i", events });

const report = (code: string, message: unknown, elementId: string | null = null): say.Fields =>
  event("diagnostic", "", { value: { level: "warning", element_id: elementId, code, message } });

/** The rest of the message says which selector it was. */
const notFound = (action: string): say.Fields =>
  report("selector_not_found", text(new RegExp(`^interact ${action}: no widget matched the selector`)));

/** Events made up from the tree are the mock's; with a screen they are caused by input. */
const inMode = (mode: Mode, ...checks: readonly Check[]): Check[] => checks.map((each) => ({ ...each, mode }));

/** Input that caused these events, and the host's answer to them. */
const step = (...events: readonly unknown[]): say.Step[] => [
  say.expect({ type: "interact_step", id: "i", events }),
  ...[say.patch()].flat(),
  respond(),
];

const byId = (value: string): say.Fields => ({ by: "id", value });
const modifiers = (...pressed: readonly string[]): say.Fields =>
  Object.fromEntries(["shift", "ctrl", "alt", "logo", "command"].map((name) => [name, pressed.includes(name)]));

interface Case {
  readonly action: string;
  readonly on: string;
  readonly payload?: unknown;
  readonly family?: string;
  readonly value?: unknown;
  readonly name: string;
}

const EMAIL = "main#form/email";

/** Events made up from the tree. `value` left out: the event has none. */
const ON_WIDGETS: readonly Case[] = [
  { name: "click", action: "click", on: "main#form/save" },
  { name: "click looks at no type", action: "click", on: "main#form/note", family: "click" },
  { name: "type_text", action: "type_text", on: EMAIL, payload: { text: "hello" }, family: "input", value: "hello" },
  { name: "type_text of nothing", action: "type_text", on: EMAIL, payload: { text: "" }, family: "input", value: "" },
  {
    name: "type_text beyond ASCII",
    action: "type_text",
    on: EMAIL,
    payload: { text: "é漢🎛" },
    family: "input",
    value: "é漢🎛",
  },
  { name: "submit with a value", action: "submit", on: EMAIL, payload: { value: "x" }, value: "x" },
  { name: "submit without one", action: "submit", on: EMAIL, payload: {}, value: "" },
  { name: "toggle to true", action: "toggle", on: "main#form/agree", payload: { value: true }, value: true },
  { name: "toggle to false", action: "toggle", on: "main#form/agree", payload: { value: false }, value: false },
  { name: "toggle without a value is false", action: "toggle", on: "main#form/agree", payload: {}, value: false },
  { name: "toggle looks at no type", action: "toggle", on: "main#form/save", value: false },
  { name: "select", action: "select", on: EMAIL, payload: { value: "option" }, value: "option" },
  { name: "select without a value", action: "select", on: EMAIL, payload: {}, value: "" },
  { name: "slide", action: "slide", on: "main#form/size", payload: { value: 0.25 }, value: 0.25 },
  { name: "slide without a value", action: "slide", on: "main#form/size", payload: {}, value: 0 },
  { name: "paste", action: "paste", on: EMAIL, payload: { text: "hello" }, value: "hello" },
  {
    name: "scroll",
    action: "scroll",
    on: "main#log",
    payload: { delta_x: 0, delta_y: -3 },
    value: { delta_x: 0, delta_y: -3 },
  },
  { name: "scroll without deltas", action: "scroll", on: "main#log", payload: {}, value: { delta_x: 0, delta_y: 0 } },
  {
    name: "sort, whose direction is not used",
    action: "sort",
    on: "main#people",
    payload: { column: "name", direction: "asc" },
    value: { column: "name" },
  },
  {
    name: "sort without direction",
    action: "sort",
    on: "main#people",
    payload: { column: "age" },
    value: { column: "age" },
  },
  { name: "pane_focus_cycle", action: "pane_focus_cycle", on: "main#panes", payload: {} },
];

const SELECTORS: Readonly<Record<string, say.Fields>> = {
  "a local name": byId("save"),
  "an end of the id": byId("form/save"),
  "a full id": byId("main#form/save"),
  "an id in a window": { by: "id", value: "save", window_id: "main" },
  "its text": { by: "text", value: "Save" },
  "its role": { by: "role", value: "switch" },
  "its label": { by: "label", value: "Save the form" },
};

const NEEDS_WIDGET = ["click", "type_text", "submit", "toggle", "select", "slide", "paste", "sort", "pane_focus_cycle"];

interface Key {
  readonly payload: say.Fields;
  readonly key: string;
  readonly pressed?: readonly string[];
}

const KEYS: readonly Key[] = [
  { payload: { key: "a" }, key: "a" },
  { payload: { key: "A" }, key: "A" },
  { payload: { key: "é" }, key: "é" },
  { payload: { key: "s", modifiers: {} }, key: "s" },
  { payload: { key: "s", modifiers: { ctrl: true } }, key: "s", pressed: ["ctrl"] },
  {
    payload: { key: "s", modifiers: { ctrl: true, shift: true, alt: true, logo: true } },
    key: "s",
    pressed: ["ctrl", "shift", "alt", "logo"],
  },
  { payload: { key: "Ctrl+s" }, key: "s", pressed: ["ctrl"] },
  { payload: { combo: "Ctrl+Shift+s" }, key: "s", pressed: ["ctrl", "shift"] },
  { payload: { combo: "control+s" }, key: "s", pressed: ["ctrl"] },
  { payload: { combo: "option+x" }, key: "x", pressed: ["alt"] },
  { payload: { combo: "super+x" }, key: "x", pressed: ["logo"] },
  { payload: { combo: "meta+x" }, key: "x", pressed: ["logo"] },
  { payload: { combo: "a", key: "b" }, key: "a" },
  { payload: { combo: "ctrl++x" }, key: "x", pressed: ["ctrl"] },
  { payload: { key: "ArrowUp" }, key: "ArrowUp" },
  { payload: { key: "up" }, key: "ArrowUp" },
  { payload: { key: "arrow_left" }, key: "ArrowLeft" },
  { payload: { key: "page up" }, key: "PageUp" },
  { payload: { key: "pgdn" }, key: "PageDown" },
  { payload: { key: "home" }, key: "Home" },
  { payload: { key: "bs" }, key: "Backspace" },
  { payload: { key: "del" }, key: "Delete" },
  { payload: { key: "ins" }, key: "Insert" },
  { payload: { key: "esc" }, key: "Escape" },
  { payload: { key: "ESCAPE" }, key: "Escape" },
  { payload: { key: " escape " }, key: "Escape" },
  { payload: { key: "ctrl" }, key: "Control" },
  { payload: { key: "opt" }, key: "Alt" },
  { payload: { key: "cmd" }, key: "Super" },
  { payload: { key: "win" }, key: "Super" },
  { payload: { key: "caps_lock" }, key: "CapsLock" },
  { payload: { key: "num" }, key: "NumLock" },
  { payload: { key: "prtsc" }, key: "PrintScreen" },
  { payload: { key: "break" }, key: "Pause" },
  { payload: { key: "menu" }, key: "ContextMenu" },
  { payload: { key: "f5" }, key: "F5" },
  { payload: { key: "F12" }, key: "F12" },
];

function onWidget({ name, action, on, payload, family = action, value }: Case): Check {
  const made = event(family, on, value === undefined ? {} : { value });
  return check(`[8.4] ${name}`, say.snapshot(FORM), interact(action, byId(on), payload), respond(made));
}

function pressesKey({ payload, key, pressed = [] }: Key): Check {
  const made = event("key_press", "", { value: { key }, modifiers: modifiers(...pressed) });
  return check(
    `[8.4/5.6] press ${JSON.stringify(payload)}`,
    say.snapshot(FORM),
    interact("press", undefined, payload),
    respond(made),
  );
}

const keyEvent = (family: string, key: string): say.Fields =>
  event(family, "", { value: { key }, modifiers: modifiers() });

conformance("scripted interaction", [
  ...inMode("mock", ...ON_WIDGETS.map(onWidget)),
  ...Object.entries(SELECTORS).map(([name, selector]) =>
    check(
      `[8.1/8.4] a widget is named by ${name}`,
      say.snapshot(FORM),
      interact("click", selector, {}),
      perMode({ mock: [respond(event("click", "main#form/save"))], headless: step(event("click", "main#form/save")) }),
    ),
  ),
  ...NEEDS_WIDGET.flatMap((action) => [
    check(
      `[8.6] ${action} on a widget that is not there`,
      say.snapshot(FORM),
      interact(action, byId("nowhere"), {}),
      respond(notFound(action)),
    ),
    check(`[8.6] ${action} before the first tree`, interact(action, byId("email"), {}), respond(notFound(action))),
  ]),
  ...["juggle", "", "Click", "double_click", "constructor"].map((action) =>
    check(
      `[8.6] the unknown action ${JSON.stringify(action)}`,
      say.snapshot(FORM),
      interact(action, byId("save"), {}),
      respond(report("unknown_action", `unknown interact action: ${action}`)),
    ),
  ),
  ...["type", "type-text"].map((action) =>
    check(
      `[8.6] the alias ${action} means nothing and is known`,
      say.snapshot(FORM),
      interact(action, byId("email"), { text: "x" }),
      respond(),
    ),
  ),
  check(
    "[8.1] a widget outside of every window does not count",
    say.snapshot({ id: "root", type: "column", children: [{ id: "t", type: "toggler" }] }),
    interact("toggle", byId("t"), {}),
    respond(notFound("toggle")),
  ),
  ...["b", "inner"].map((name) =>
    check(
      `a disabled widget, or what is inside of one, cannot be clicked: ${name}`,
      say.snapshot({
        id: "main",
        type: "window",
        children: [
          {
            id: "main#b",
            type: "button",
            props: { disabled: true },
            children: [{ id: "main#inner", type: "text", props: { content: "x" } }],
          },
        ],
      }),
      interact("click", byId(name), {}),
      respond(
        report("widget_disabled", text(new RegExp(`^interact click: "main#${name}" is .*disabled$`)), `main#${name}`),
      ),
    ),
  ),
  ...inMode(
    "mock",
    check(
      "[8.3] scripted actions change nothing in the tree",
      say.snapshot(FORM),
      interact("toggle", byId("agree"), { value: true }),
      respond(event("toggle", "main#form/agree", { value: true })),
      say.expectTree(FORM),
    ),
    check(
      "[3.13] selector and payload may be left out",
      say.snapshot(FORM),
      interact("move_to"),
      respond(event("cursor_moved", "", { value: { x: 0, y: 0 } })),
    ),
    check(
      "[3.13] selector and payload may be null",
      say.snapshot(FORM),
      interact("move_to", null, null),
      respond(event("cursor_moved", "", { value: { x: 0, y: 0 } })),
    ),
    ...KEYS.map(pressesKey),
    check(
      "[8.4] release",
      say.snapshot(FORM),
      interact("release", undefined, { key: "a" }),
      respond(keyEvent("key_release", "a")),
    ),
    check(
      "[8.4] type_key is press and release",
      say.snapshot(FORM),
      interact("type_key", undefined, { key: "a" }),
      respond(keyEvent("key_press", "a"), keyEvent("key_release", "a")),
    ),
    check(
      "[8.4] keys with an empty selector",
      say.snapshot(FORM),
      interact("press", {}, { key: "a" }),
      respond(keyEvent("key_press", "a")),
    ),
    check(
      "[8.4] move_to",
      say.snapshot(FORM),
      interact("move_to", undefined, { x: 10, y: 20.5 }),
      respond(event("cursor_moved", "", { value: { x: 10, y: 20.5 } })),
    ),
    check(
      "[8.4] move_to without a place",
      say.snapshot(FORM),
      interact("move_to", {}, {}),
      respond(event("cursor_moved", "", { value: { x: 0, y: 0 } })),
    ),
    check(
      "[8.4] scroll without a widget turns the wheel, with a unit in singular",
      say.snapshot(FORM),
      interact("scroll", {}, { delta_x: 1, delta_y: -3 }),
      respond(event("wheel_scrolled", "", { value: { delta_x: 1, delta_y: -3, unit: "pixel" } })),
    ),
    check(
      "[8.4] scroll without a widget or deltas",
      say.snapshot(FORM),
      interact("scroll"),
      respond(event("wheel_scrolled", "", { value: { delta_x: 0, delta_y: 0, unit: "pixel" } })),
    ),
    check(
      "[8.4] click_element is answered",
      say.snapshot(FORM),
      interact("click_element", byId("panes"), { x: 1, y: 1 }),
      say.expect({ type: "interact_response", id: "i", events: anyList }),
    ),
    check(
      "[8.4] focus_element is answered",
      say.snapshot(FORM),
      interact("focus_element", byId("panes"), {}),
      say.expect({ type: "interact_response", id: "i", events: anyList }),
    ),
    check(
      "[8.4] scripted events carry no tag, whoever has subscribed",
      say.send({ type: "subscribe", kind: "on_pointer_move", tag: "t" }),
      say.snapshot(FORM),
      interact("move_to", {}, { x: 1, y: 2 }),
      respond(event("cursor_moved", "", { value: { x: 1, y: 2 } })),
    ),
    check(
      "[11.4] of two widgets with one id the first is acted on",
      say.snapshot({
        id: "main",
        type: "window",
        children: ["a", "b"].map((label) => ({ id: "main#x", type: "button", props: { label } })),
      }),
      say.discard,
      interact("click", byId("x"), {}),
      respond(event("click", "main#x")),
    ),
    check(
      "[R294] answers are told apart by id",
      say.snapshot(FORM),
      say.send(
        ...["a", "b"].map((id) => ({ type: "interact", id, action: "click", selector: byId("save"), payload: {} })),
      ),
      ["a", "b"].map((id) => say.expect({ type: "interact_response", id, events: [event("click", "main#form/save")] })),
    ),
    alone(
      "[4.8] the events inside carry the session of the request",
      {},
      say.send({ type: "snapshot", tree: FORM, session: "s1" }),
      say.send({ type: "interact", id: "i", action: "click", selector: byId("save"), session: "s1" }),
      say.expect({
        type: "interact_response",
        session: "s1",
        id: "i",
        events: [including({ session: "s1", family: "click" })],
      }),
    ),
  ),
]);
