import { type Check, check } from "./support/check.ts";
import { including, text } from "./support/match.ts";
import { conformance } from "./support/run.ts";
import * as say from "./support/steps.ts";
import type { Mode } from "./support/target.ts";

/** A canvas with two elements that overlap, one that has its own hit region, and one that does nothing. */
const CANVAS: say.Node = {
  id: "main",
  type: "window",
  children: [
    {
      id: "main#chart",
      type: "canvas",
      props: { width: 200, height: 100, on_press: true },
      children: [
        group("low", { on_click: true }, rect(0, 0, 40, 40)),
        group("high", { on_click: true }, rect(20, 0, 40, 40)),
        group("region", { on_hover: true, hit_rect: { x: 100, y: 0, w: 20, h: 20 } }, rect(0, 80, 5, 5)),
        group("still", {}, rect(150, 0, 20, 20)),
      ],
    },
    { id: "main#plain", type: "canvas", props: { width: 200, height: 100 } },
    { id: "main#save", type: "button", props: { label: "Save" } },
  ],
};

function group(name: string, props: say.Fields, ...children: say.Node[]): say.Node {
  return {
    id: `main#chart/${name}`,
    type: "group",
    props: { a11y: { role: "button", label: name }, ...props },
    children,
  };
}

function rect(x: number, y: number, w: number, h: number): say.Node {
  return { id: `main#chart/r${x}-${y}`, type: "rect", props: { x, y, w, h, fill: "#ff0000" } };
}

interface Case {
  readonly name: string;
  readonly action: string;
  readonly on?: string;
  readonly payload: say.Fields;
  readonly events: readonly unknown[];
}

const event = (family: string, id: string, more: say.Fields = {}): say.Fields => ({
  type: "event",
  session: "",
  family,
  id,
  ...more,
});

/** Raw pointer events may say more about the pointer than where it is. */
const pointer = (family: string, id: string, value: say.Fields): unknown =>
  including({ ...event(family, id), value: including(value) });

const CASES: readonly Case[] = [
  {
    name: "canvas_press on an element clicks it",
    action: "canvas_press",
    payload: { x: 10, y: 20, button: "left" },
    events: [event("click", "main#chart/low", { value: { x: 10, y: 20, button: "left" } })],
  },
  {
    name: "canvas_press uses the left button unless it says otherwise",
    action: "canvas_press",
    payload: { x: 10, y: 20 },
    events: [event("click", "main#chart/low", { value: { x: 10, y: 20, button: "left" } })],
  },
  {
    name: "canvas_press with another button",
    action: "canvas_press",
    payload: { x: 10, y: 20, button: "right" },
    events: [event("click", "main#chart/low", { value: { x: 10, y: 20, button: "right" } })],
  },
  {
    name: "of two elements the one on top is hit",
    action: "canvas_press",
    payload: { x: 30, y: 20 },
    events: [event("click", "main#chart/high", { value: { x: 30, y: 20, button: "left" } })],
  },
  {
    name: "hit_rect takes the place of the shapes",
    action: "canvas_press",
    payload: { x: 110, y: 10 },
    events: [event("click", "main#chart/region", { value: { x: 110, y: 10, button: "left" } })],
  },
  {
    name: "shapes outside of hit_rect are not hit",
    action: "canvas_press",
    payload: { x: 2, y: 82 },
    events: [pointer("press", "main#chart", { x: 2, y: 82, button: "left" })],
  },
  {
    name: "a group without interaction is not hit",
    action: "canvas_press",
    payload: { x: 160, y: 10 },
    events: [pointer("press", "main#chart", { x: 160, y: 10, button: "left" })],
  },
  {
    name: "canvas_press beside all elements presses the canvas",
    action: "canvas_press",
    payload: { x: 190, y: 90 },
    events: [pointer("press", "main#chart", { x: 190, y: 90, button: "left" })],
  },
  {
    name: "canvas_press on a canvas without on_press gives nothing",
    action: "canvas_press",
    on: "main#plain",
    payload: { x: 1, y: 1 },
    events: [],
  },
  {
    name: "canvas_release",
    action: "canvas_release",
    payload: { x: 10, y: 20, button: "left" },
    events: [pointer("release", "main#chart", { x: 10, y: 20, button: "left" })],
  },
  {
    name: "canvas_release on a canvas without on_press gives nothing",
    action: "canvas_release",
    on: "main#plain",
    payload: { x: 1, y: 1, button: "left" },
    events: [],
  },
  {
    name: "canvas_move onto an element enters it and moves",
    action: "canvas_move",
    payload: { x: 10, y: 20 },
    events: [
      event("enter", "main#chart/low", { value: { x: 10, y: 20 } }),
      pointer("move", "main#chart", { x: 10, y: 20 }),
    ],
  },
  {
    name: "canvas_move beside all elements moves",
    action: "canvas_move",
    payload: { x: 190, y: 90 },
    events: [pointer("move", "main#chart", { x: 190, y: 90 })],
  },
  {
    name: "canvas_move moves whatever the canvas asks for",
    action: "canvas_move",
    on: "main#plain",
    payload: { x: 1, y: 1 },
    events: [pointer("move", "main#plain", { x: 1, y: 1 })],
  },
];

const interact = (action: string, value: string, payload: say.Fields): say.Step[] =>
  say.send({ type: "interact", id: "i", action, selector: { by: "id", value }, payload });

function acts({ name, action, on = "main#chart", payload, events }: Case): Check {
  return check(
    `[8.4] ${name}`,
    say.snapshot(CANVAS),
    interact(action, on, payload),
    say.expect({ type: "interact_response", id: "i", events }),
  );
}

/** With a screen a press is a press: what comes of it is in `interact-headless`. */
const inMode = (mode: Mode, ...checks: readonly Check[]): Check[] => checks.map((each) => ({ ...each, mode }));

conformance("scripted interaction with a canvas", [
  ...inMode("mock", ...CASES.map(acts)),
  ...["canvas_press", "canvas_release", "canvas_move", "click"].map((action) =>
    check(
      `[8.6] ${action} on a canvas that is not there`,
      say.snapshot(CANVAS),
      interact(action, "main#nowhere/bar-2", { x: 1, y: 1, button: "left" }),
      say.expect({
        type: "interact_response",
        id: "i",
        events: [
          event("diagnostic", "", {
            value: {
              level: "warning",
              element_id: null,
              code: "selector_not_found",
              message: text(new RegExp(`^interact ${action}: no widget matched the selector`)),
            },
          }),
        ],
      }),
    ),
  ),
  ...inMode(
    "mock",
    check(
      "[8.4] click on an id below a canvas clicks that element",
      say.snapshot(CANVAS),
      interact("click", "main#plain/bar-2", {}),
      say.expect({
        type: "interact_response",
        id: "i",
        events: [event("click", "main#plain/bar-2", { value: { x: 0, y: 0, button: "left" } })],
      }),
    ),
    check(
      "[8.4] the canvas is the longest beginning of the id that is a node",
      say.snapshot(CANVAS),
      interact("click", "main#plain/group/bar-2", {}),
      say.expect({
        type: "interact_response",
        id: "i",
        events: [event("click", "main#plain/group/bar-2", { value: { x: 0, y: 0, button: "left" } })],
      }),
    ),
  ),
]);
