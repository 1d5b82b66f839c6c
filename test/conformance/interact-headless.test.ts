// With a screen, scripted interaction is input: what it does is told step by step, and nothing is made up.

import { type Check, check } from "./support/check.ts";
import { including, Matcher, matches, text } from "./support/match.ts";
import { conformance } from "./support/run.ts";
import * as say from "./support/steps.ts";

const interact = (action: string, on?: string, payload: say.Fields = {}): say.Step[] =>
  say.send({
    type: "interact",
    id: "i",
    action,
    payload,
    ...(on === undefined ? {} : { selector: { by: "id", value: on } }),
  });

const event = (family: string, id: string, value?: unknown): say.Fields => ({
  type: "event",
  session: "",
  family,
  id,
  ...(value === undefined ? {} : { value }),
});

/** One input that caused these events, and the host's answer. */
const step = (...events: readonly unknown[]): say.Step[] => [
  say.expect({ type: "interact_step", id: "i", events }),
  ...say.patch(),
];

const end: say.Step = say.expect({ type: "interact_response", id: "i", events: [] });

const refused = (code: string, message: RegExp, id: string): say.Step =>
  say.expect({
    type: "interact_response",
    id: "i",
    events: [event("diagnostic", "", { level: "warning", element_id: id, code, message: text(message) })],
  });

const SCREEN: say.Node = {
  id: "main",
  type: "window",
  children: [
    {
      id: "main#all",
      type: "column",
      props: { width: "fill", spacing: 4 },
      children: [
        { id: "main#save", type: "button", props: { label: "Save" } },
        { id: "main#agree", type: "checkbox", props: { label: "Agree", checked: false } },
        { id: "main#on", type: "toggler", props: { label: "On", is_toggled: true } },
        { id: "main#red", type: "radio", props: { label: "Red", value: "red", group: "color" } },
        { id: "main#blue", type: "radio", props: { label: "Blue", value: "blue", group: "color" } },
        { id: "main#size", type: "pick_list", props: { options: ["S", "M", "L"] } },
        { id: "main#town", type: "combo_box", props: { options: ["Oslo", "Rome"] } },
        { id: "main#name", type: "text_input", props: { value: "Ann", on_submit: true, on_paste: true } },
        { id: "main#gain", type: "slider", props: { range: [0, 10], step: 1, value: 2 } },
        {
          id: "main#people",
          type: "table",
          props: {
            rows: [],
            columns: [
              { key: "name", label: "Name", sortable: true },
              { key: "age", label: "Age", sortable: true },
            ],
          },
        },
        {
          id: "main#chart",
          type: "canvas",
          props: { width: 200, height: 50, on_press: true, on_release: true },
          children: [
            {
              id: "main#chart/bar",
              type: "group",
              props: { on_click: true, a11y: { role: "button", label: "Bar" } },
              children: [
                { id: "main#chart/bar/r", type: "rect", props: { x: 0, y: 0, w: 20, h: 20, fill: "#ff0000" } },
              ],
            },
          ],
        },
      ],
    },
  ],
};

interface Case {
  readonly name: string;
  readonly action: string;
  readonly on: string;
  readonly payload?: say.Fields;
  readonly steps: readonly unknown[];
}

const CASES: readonly Case[] = [
  { name: "click", action: "click", on: "main#save", steps: [event("click", "main#save")] },
  {
    name: "click on a checkbox toggles it",
    action: "click",
    on: "main#agree",
    steps: [event("toggle", "main#agree", true)],
  },
  {
    name: "toggle to the other state",
    action: "toggle",
    on: "main#agree",
    payload: { value: true },
    steps: [event("toggle", "main#agree", true)],
  },
  { name: "toggle to the state it has", action: "toggle", on: "main#on", payload: { value: true }, steps: [] },
  {
    name: "select at a radio speaks with the id of the group",
    action: "select",
    on: "main#red",
    payload: { value: "blue" },
    steps: [event("select", "color", "blue")],
  },
  {
    name: "select in a list",
    action: "select",
    on: "main#size",
    payload: { value: "M" },
    steps: [event("select", "main#size", "M")],
  },
  {
    name: "select in a combo box",
    action: "select",
    on: "main#town",
    payload: { value: "Rome" },
    steps: [event("select", "main#town", "Rome")],
  },
  {
    name: "type_text, character by character behind what is there",
    action: "type_text",
    on: "main#name",
    payload: { text: "é漢" },
    steps: [event("input", "main#name", "Anné"), event("input", "main#name", "Anné漢")],
  },
  {
    name: "submit says what is in the field",
    action: "submit",
    on: "main#name",
    payload: { value: "x" },
    steps: [event("submit", "main#name", "Ann")],
  },
  {
    name: "paste",
    action: "paste",
    on: "main#name",
    payload: { text: "!" },
    steps: [event("paste", "main#name", "Ann!")],
  },
  {
    name: "slide ends on a step",
    action: "slide",
    on: "main#gain",
    payload: { value: 6.6 },
    steps: [event("slide", "main#gain", 7), event("slide_release", "main#gain", 7)],
  },
  {
    name: "sort",
    action: "sort",
    on: "main#people",
    payload: { column: "age" },
    steps: [event("sort", "main#people", "age")],
  },
  { name: "a click on what says nothing", action: "click", on: "main#name", steps: [] },
];

function acts({ name, action, on, payload, steps }: Case): Check {
  return check(
    `[8.5] ${name}`,
    say.snapshot(SCREEN),
    interact(action, on, payload),
    ...steps.map((each) => step(each)),
    end,
  );
}

const headless = (...checks: readonly Check[]): Check[] => checks.map((each) => ({ ...each, mode: "headless" }));
const at = (family: string, id: string, value: say.Fields): unknown =>
  including({ family, id, value: including(value) });

const beginningWith = (first: unknown): Matcher =>
  new Matcher("a list with its first event", (value) => Array.isArray(value) && matches(first, value[0]));

conformance("scripted interaction on a screen", [
  check(
    "[8.6] what could not be done is told once, and the next message is answered",
    say.snapshot(SCREEN),
    interact("click", "main#saved"),
    say.expect({ type: "interact_response", id: "i", events: [including({ family: "diagnostic" })] }),
    say.send({ type: "query", id: "q", target: "x" }),
    say.expect({ type: "query_response", id: "q", target: "x", data: null }),
  ),
  ...headless(
    ...CASES.map(acts),
    check(
      "[8.5] a canvas is pressed and released at its own coordinates",
      say.snapshot(SCREEN),
      interact("canvas_move", "main#chart", { x: 100, y: 30 }),
      step(at("move", "main#chart", { x: 100, y: 30 })),
      end,
      interact("canvas_press", "main#chart", { x: 100, y: 30, button: "right" }),
      // The press brings the keyboard, too.
      say.expect({
        type: "interact_step",
        id: "i",
        events: beginningWith(at("press", "main#chart", { x: 100, y: 30, button: "right" })),
      }),
      say.patch(),
      end,
      interact("canvas_release", "main#chart", { x: 100, y: 30, button: "right" }),
      step(at("release", "main#chart", { x: 100, y: 30, button: "right" })),
      end,
    ),
    check(
      "[8.4] canvas_press on an element clicks it, and canvas_release is the canvas's",
      say.snapshot(SCREEN),
      interact("canvas_press", "main#chart", { x: 10, y: 10 }),
      step(event("enter", "main#chart/bar", { x: 10, y: 10 })),
      step(event("focused", "main#chart"), event("focused", "main#chart/bar")),
      step(event("click", "main#chart/bar", { x: 10, y: 10, button: "left" })),
      end,
      interact("canvas_release", "main#chart", { x: 10, y: 10 }),
      step(at("release", "main#chart", { x: 10, y: 10, button: "left" })),
      end,
    ),
    check(
      "[3.6] focus gives the keyboard before the next message is answered, and the look is told",
      say.snapshot(SCREEN),
      say.send({ type: "command", id: "main#name", family: "focus", value: null }),
      say.expectEvent("status", "main#name", "focused"),
      interact("type_text", undefined, { text: "a" }),
      step(event("input", "main#name", new Matcher("what was typed", (value) => /a/.test(String(value))))),
      end,
    ),
    check(
      "[8.4] a pointer is told to who asked for it",
      say.snapshot(SCREEN),
      say.send({ type: "subscribe", kind: "on_pointer_move", tag: "p" }),
      interact("move_to", undefined, { x: 300, y: 20 }),
      step(
        including({ family: "cursor_entered", tag: "p" }),
        including({ family: "cursor_moved", tag: "p", value: including({ x: 300, y: 20 }) }),
      ),
      end,
    ),
    check(
      "[8.5] [4.8] keys reach whoever asked for them",
      say.snapshot(SCREEN),
      interact("press", undefined, { combo: "Ctrl+s" }),
      end,
      interact("release", undefined, { combo: "Ctrl+s" }),
      end,
      say.send({ type: "subscribe", kind: "on_key_press", tag: "k" }),
      interact("type_key", undefined, { combo: "Ctrl+s" }),
      step(
        including({
          family: "key_press",
          tag: "k",
          value: including({ key: "s" }),
          modifiers: including({ ctrl: true }),
        }),
      ),
      end,
    ),
    check(
      "[8.5] each answer is shown before the next key",
      say.snapshot(SCREEN),
      interact("type_text", "main#name", { text: "ab" }),
      say.expect({ type: "interact_step", id: "i", events: [event("input", "main#name", "Anna")] }),
      say.patch({ op: "update_props", path: [0, 7], props: { value: "ANNA" } }),
      say.expect({ type: "interact_step", id: "i", events: [event("input", "main#name", "ANNAb")] }),
      say.patch({ op: "update_props", path: [0, 7], props: { value: "ANNAB" } }),
      end,
    ),
    check(
      "[8.5] what a host says besides its answer does not move the script on",
      say.snapshot(SCREEN),
      interact("click", "main#save"),
      say.expect({ type: "interact_step", id: "i", events: [event("click", "main#save")] }),
      say.send({ type: "query", id: "q", target: "x" }),
      say.expect({ type: "query_response", id: "q", target: "x", data: null }),
      say.patch(),
      end,
    ),
    check(
      "a widget that lies under another one is not clicked",
      say.snapshot({
        id: "main",
        type: "window",
        children: [
          {
            id: "main#pile",
            type: "stack",
            children: [
              { id: "main#under", type: "button", props: { label: "Under", width: 200, height: 60 } },
              {
                id: "main#lid",
                type: "container",
                children: [{ id: "main#over", type: "button", props: { label: "Over", width: 200, height: 60 } }],
              },
            ],
          },
        ],
      }),
      interact("click", "main#under"),
      refused("widget_covered", /^interact click: "main#under" is covered by "main#over"$/, "main#under"),
    ),
    check(
      "a widget without a place on the screen is not clicked",
      say.snapshot({
        id: "main",
        type: "window",
        children: [
          {
            id: "main#box",
            type: "container",
            props: { height: 0, clip: true },
            children: [{ id: "main#flat", type: "button", props: { label: "Flat" } }],
          },
        ],
      }),
      interact("click", "main#flat"),
      refused("widget_not_visible", /^interact click: "main#flat" /, "main#flat"),
    ),
  ),
]);
