import { describe, expect, test } from "vitest";
import type { WireNode, WireValue } from "../../protocol/index.ts";
import { interact } from "./interact.ts";

function node(id: string, type: string, props: WireNode["props"] = {}, children: readonly WireNode[] = []): WireNode {
  return { id, type, props, children };
}

const rect = node("", "rect", { x: 0, y: 0, w: 10, h: 10 });
const tree = node("auto:root", "container", {}, [
  node("main", "window", {}, [
    node("main#a", "button"),
    node("main#paper", "canvas", { on_press: true }, [
      node("main#paper/bar", "group", { on_click: true, transforms: [{ type: "translate", x: 100, y: 0 }] }, [rect]),
    ]),
    node("main#plain", "canvas"),
    node("main#off", "button", { disabled: true }),
    node("main#locked", "button", { enabled: false }, [node("main#locked/inner", "text")]),
    node("main#gray", "column", { a11y: { disabled: true } }, [node("main#gray/box", "checkbox")]),
    node("main#red", "radio", { value: "red", group: "color" }),
    node("main#single", "radio", { value: "one" }),
  ]),
  node("side", "window", { visible: false }, [node("side#b", "button")]),
  node("loose", "button"),
]);
const A = { by: "id", value: "a" };
const PAPER = { by: "id", value: "paper" };
const NO_KEYS = { shift: false, ctrl: false, alt: false, logo: false, command: false };
const run = (action: string, selector?: WireValue, payload?: WireValue) => interact(tree, action, selector, payload);

describe("actions on a widget", () => {
  test.each([
    ["click", {}, { family: "click" }],
    ["type_text", { text: "hi" }, { family: "input", value: "hi" }],
    ["submit", { value: "x" }, { family: "submit", value: "x" }],
    ["submit", {}, { family: "submit", value: "" }],
    ["toggle", { value: true }, { family: "toggle", value: true }],
    ["toggle", {}, { family: "toggle", value: false }],
    ["select", { value: "x" }, { family: "select", value: "x" }],
    ["slide", { value: 3 }, { family: "slide", value: 3 }],
    ["slide", {}, { family: "slide", value: 0 }],
    ["paste", { text: "x" }, { family: "paste", value: "x" }],
    ["scroll", { delta_y: 3 }, { family: "scroll", value: { delta_x: 0, delta_y: 3 } }],
    ["sort", { column: "name", direction: "asc" }, { family: "sort", value: { column: "name" } }],
    ["pane_focus_cycle", {}, { family: "pane_focus_cycle" }],
  ])("%s %j", (action, payload, event) => {
    expect(run(action, A, payload)).toEqual([{ id: "main#a", ...event }]);
  });
});

describe("actions without a widget", () => {
  test.each([
    ["press", { key: "return" }, [{ family: "key_press", id: "", value: { key: "Enter" }, modifiers: NO_KEYS }]],
    [
      "type_key",
      { combo: "Ctrl+Shift+s" },
      ["key_press", "key_release"].map((family) => ({
        family,
        id: "",
        value: { key: "s" },
        modifiers: { ...NO_KEYS, ctrl: true, shift: true },
      })),
    ],
    [
      "release",
      { key: "A", modifiers: { alt: true } },
      [{ family: "key_release", id: "", value: { key: "A" }, modifiers: { ...NO_KEYS, alt: true } }],
    ],
    ["move_to", { x: 4 }, [{ family: "cursor_moved", id: "", value: { x: 4, y: 0 } }]],
    [
      "scroll",
      { delta_x: 1 },
      [{ family: "wheel_scrolled", id: "", value: { delta_x: 1, delta_y: 0, unit: "pixel" } }],
    ],
    ["click_element", { x: 1, y: 1 }, []],
  ])("%s %j", (action, payload, events) => {
    expect(run(action, undefined, payload)).toEqual(events);
  });
});

describe("canvas actions", () => {
  const pointer = (family: string, value: object) => ({
    family,
    id: "main#paper",
    value: { ...value, pointer: "mouse", modifiers: NO_KEYS },
  });

  test("a press on an element is its click, beside it the canvas's press", () => {
    expect(run("canvas_press", PAPER, { x: 105, y: 5 })).toEqual([
      { family: "click", id: "main#paper/bar", value: { x: 105, y: 5, button: "left" } },
    ]);
    expect(run("canvas_press", PAPER, { x: 5, y: 5, button: "right" })).toEqual([
      pointer("press", { x: 5, y: 5, button: "right" }),
    ]);
  });

  test("a canvas without on_press says nothing", () => {
    const plain = { by: "id", value: "plain" };
    expect(run("canvas_press", plain, { x: 5, y: 5 })).toEqual([]);
    expect(run("canvas_release", plain, { x: 5, y: 5 })).toEqual([]);
  });

  test("release and move", () => {
    expect(run("canvas_release", PAPER, { x: 1, y: 2 })).toEqual([pointer("release", { x: 1, y: 2, button: "left" })]);
    expect(run("canvas_move", PAPER, { x: 105, y: 5 })).toEqual([
      { family: "enter", id: "main#paper/bar", value: { x: 105, y: 5 } },
      pointer("move", { x: 105, y: 5 }),
    ]);
  });

  test("a click on an id inside a canvas is a click on the element", () => {
    expect(run("click", { by: "id", value: "main#paper/unknown" })).toEqual([
      { family: "click", id: "main#paper/unknown", value: { x: 0, y: 0, button: "left" } },
    ]);
  });
});

describe("what cannot be done", () => {
  const report = (code: string, message: string) => [
    { family: "diagnostic", id: "", value: { level: "warning", element_id: null, code, message } },
  ];

  test("an unknown action is reported", () => {
    expect(run("fly", A)).toEqual(report("unknown_action", "unknown interact action: fly"));
  });

  const missing = (action: string, rest: string) =>
    report("selector_not_found", `interact ${action}: no widget matched the selector${rest}`);

  test.each([
    [undefined, ""],
    [{}, ""],
    [{ by: "text", value: "Nope" }, ' {by: "text", value: "Nope"}'],
    [{ by: "id", value: "nope" }, ' {by: "id", value: "nope"}'],
    [{ by: "id", value: "loose" }, ' {by: "id", value: "loose"}: "loose" is in no window'],
    [{ by: "id", value: "pln" }, ' {by: "id", value: "pln"}'],
    [{ by: "id", value: "plane" }, ' {by: "id", value: "plane"}; did you mean "main#plain"?'],
    [{ by: "id", value: "main#papers" }, ' {by: "id", value: "main#papers"}; did you mean "main#paper"?'],
    [{ by: "id", value: "side#plain" }, ' {by: "id", value: "side#plain"}; did you mean "main#plain"?'],
    [{ by: "id", value: "x", window_id: "side" }, ' {by: "id", value: "x", window_id: "side"}'],
  ])("a widget that is not found is named: %j", (selector, rest) => {
    expect(run("toggle", selector)).toEqual(missing("toggle", rest));
    expect(run("click", selector)).toEqual(missing("click", rest));
  });

  test("before the first tree there is nothing", () => {
    expect(interact(null, "click", A, undefined)).toEqual(
      missing("click", ' {by: "id", value: "a"}: there is no tree yet'),
    );
  });

  test.each([
    ["off", "widget_disabled", "main#off", "is disabled"],
    ["locked", "widget_disabled", "main#locked", "is disabled"],
    ["inner", "widget_disabled", "main#locked/inner", 'is inside "main#locked", which is disabled'],
    ["box", "widget_disabled", "main#gray/box", 'is inside "main#gray", which is disabled'],
    ["side#b", "widget_not_visible", "side#b", 'is inside "side", which is not visible'],
  ])("what a person could not press is named: %s", (value, code, id, reason) => {
    const message = `interact click: "${id}" ${reason}`;
    expect(run("click", { by: "id", value })).toEqual([
      { family: "diagnostic", id: "", value: { level: "warning", element_id: id, code, message } },
    ]);
  });

  test("what is disabled can still be scrolled", () => {
    expect(run("scroll", { by: "id", value: "off" }, { delta_y: 1 })).toMatchObject([{ family: "scroll" }]);
  });

  test("a text from outside is kept short", () => {
    const [event] = run("click", { by: "id", value: "x".repeat(10_000) });
    expect(JSON.stringify(event).length).toBeLessThan(400);
  });
});

describe("a radio", () => {
  test("speaks with the id of its group and with its own value", () => {
    expect(run("select", { by: "id", value: "red" }, {})).toEqual([{ family: "select", id: "color", value: "red" }]);
    expect(run("select", { by: "id", value: "red" }, { value: "blue" })).toEqual([
      { family: "select", id: "color", value: "blue" },
    ]);
  });

  test("without a group it speaks for itself", () => {
    expect(run("select", { by: "id", value: "single" })).toEqual([
      { family: "select", id: "main#single", value: "one" },
    ]);
  });
});
