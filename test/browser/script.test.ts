import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { WireNode, WireProps } from "../../src/protocol/index.ts";
import { launchPage, type TestBrowser } from "./support/chromium.ts";
import { type ScriptRig, scriptRig } from "./support/script-rig.ts";

const node = (type: string, id: string, props: WireProps = {}, children: readonly WireNode[] = []): WireNode => ({
  id: `main#${id}`,
  type,
  props,
  children,
});

const windowOf = (...children: WireNode[]): WireNode => ({
  id: "main",
  type: "window",
  props: {},
  children: [node("column", "all", { width: "fill", spacing: 4, padding: 4 }, children)],
});

const FORM = windowOf(
  node("button", "save", { label: "Save" }),
  node("button", "off", { label: "Off", disabled: true }),
  node("checkbox", "agree", { label: "Agree", checked: false }),
  node("toggler", "on", { label: "On", is_toggled: true }),
  node("radio", "red", { label: "Red", value: "red", group: "color" }),
  node("radio", "blue", { label: "Blue", value: "blue", group: "color" }),
  node("pick_list", "size", { options: ["S", "M", "L"] }),
  node("combo_box", "town", { options: ["Oslo", "Rome", "Bern"] }),
  node("text_input", "name", { value: "Ann", on_submit: true, on_paste: true }),
  node("slider", "gain", { range: [0, 10], step: 1, value: 2 }),
);

let browser: TestBrowser;
let rig: ScriptRig;

beforeAll(async () => {
  browser = await launchPage(new URL("./support/script-page.ts", import.meta.url).href);
  rig = await scriptRig(await browser.open({ viewport: { width: 400, height: 600 } }));
}, 60_000);
afterAll(() => browser?.close());

const byId = (value: string) => ({ by: "id", value });
const show = (tree: WireNode): void => {
  rig.say({ type: "reset", id: "r" });
  rig.answerWith(() => ({ type: "patch", ops: [] }));
  rig.show(tree);
};

describe("what a person does at a widget", () => {
  test.each<readonly [string, string, WireProps, readonly (readonly string[])[]]>([
    ["click", "save", {}, [["click main#save"]]],
    ["toggle", "agree", { value: true }, [["toggle main#agree true"]]],
    ["toggle", "agree", {}, [["toggle main#agree true"]]],
    ["toggle", "agree", { value: false }, []],
    ["toggle", "on", { value: false }, [["toggle main#on false"]]],
    ["select", "red", {}, [['select color "red"']]],
    ["select", "red", { value: "blue" }, [['select color "blue"']]],
    ["select", "size", { value: "M" }, [['select main#size "M"']]],
    ["select", "town", { value: "Rome" }, [['select main#town "Rome"']]],
    ["type_text", "name", { text: "é!" }, [['input main#name "Anné"'], ['input main#name "Anné!"']]],
    ["type_text", "name", { text: "🎛" }, [['input main#name "Ann🎛"']]],
    ["submit", "name", {}, [['submit main#name "Ann"']]],
    ["paste", "name", { text: "a b" }, [['paste main#name "Anna b"']]],
    ["slide", "gain", { value: 7 }, [["slide main#gain 7"], ["slide_release main#gain 7"]]],
    ["slide", "gain", { value: 7.4 }, [["slide main#gain 7"], ["slide_release main#gain 7"]]],
    ["slide", "gain", { value: 99 }, [["slide main#gain 10"], ["slide_release main#gain 10"]]],
    ["click_element", "save", {}, [["click main#save"]]],
    ["click_element", "save", { x: 3, y: 3 }, [["click main#save"]]],
    ["click", "name", {}, []],
  ])("%s at %s, %j", async (action, id, payload, expected) => {
    show(FORM);
    expect(await rig.act(action, byId(id), payload)).toEqual(expected);
  });

  test("a click into a text is followed by what is typed, without a selector", async () => {
    show(FORM);
    await rig.act("focus_element", byId("name"));
    expect(await rig.act("type_text", {}, { text: "x" })).toHaveLength(1);
    expect(await rig.act("press", {}, { key: "Enter" })).toEqual([[expect.stringMatching(/^submit main#name "/)]]);
    expect(await rig.act("focus_element", {})).toEqual([]);
  });
});

describe("what a person could not do", () => {
  test.each<readonly [string, object, WireProps, string]>([
    ["click", byId("off"), {}, 'widget_disabled: interact click: "main#off" is disabled'],
    [
      "type_text",
      byId("save2"),
      {},
      'selector_not_found: interact type_text: no widget matched the selector {by: "id", value: "save2"}; did you mean "main#save"?',
    ],
    ["select", byId("size"), { value: "XL" }, 'option_not_found: interact select: "main#size" has no option "XL"'],
    [
      "sort",
      byId("save"),
      { column: "x" },
      'column_not_found: interact sort: "main#save" has no column "x" on the screen',
    ],
    ["fly", {}, {}, "unknown_action: unknown interact action: fly"],
  ])("%s %j %j", async (action, selector, payload, message) => {
    show(FORM);
    expect((await rig.act(action, selector, payload)).at(-1)).toEqual(["answer", message]);
  });

  test("what lies under something else is covered by it", async () => {
    show(
      windowOf(
        node("stack", "pile", { width: 200, height: 100 }, [
          node("button", "under", { label: "Under", width: 200, height: 100 }),
          node("container", "lid", {}, [node("button", "over", { label: "Over", width: 200, height: 100 })]),
        ]),
      ),
    );
    expect(await rig.act("click", byId("under"))).toEqual([
      ["answer", 'widget_covered: interact click: "main#under" is covered by "main#over"'],
    ]);
  });

  test("what has no size has no place", async () => {
    show(windowOf(node("container", "box", { height: 0, clip: true }, [node("button", "flat", { label: "x" })])));
    expect(await rig.act("click", byId("flat"))).toEqual([
      ["answer", 'widget_not_visible: interact click: "main#flat" has no place on the screen'],
    ]);
  });
});

describe("larger widgets", () => {
  test("what is out of sight is scrolled to first", async () => {
    const rows = Array.from({ length: 40 }, (_, index) => node("button", `b${index}`, { label: `Row ${index}` }));
    show(windowOf(node("scrollable", "list", { height: 100 }, [node("column", "rows", {}, rows)])));
    expect(await rig.act("click", byId("b35"))).toEqual([["click main#b35"]]);
  });

  test("the wheel turns over the target", async () => {
    show(
      windowOf(
        node("scrollable", "list", { height: 100, on_scroll: true }, [
          node("space", "tall", { width: 50, height: 900 }),
        ]),
        node("pointer_area", "pad", { on_scroll: true }, [node("space", "room", { width: 50, height: 50 })]),
      ),
    );
    expect(await rig.act("scroll", byId("pad"), { delta_x: 1, delta_y: -3 })).toEqual([
      [expect.stringContaining('scroll main#pad {"delta_x":1,"delta_y":-3')],
    ]);
    const moved = await rig.act("scroll", byId("list"), { delta_y: -100 });
    expect(moved.flat().at(-1)).toContain("scrolled main#list");
  });

  test("a table is sorted at the header of the column", async () => {
    const columns = [
      { key: "name", label: "Name", sortable: true },
      { key: "age", label: "Age", sortable: true },
    ];
    show(windowOf(node("table", "people", { columns, rows: [] })));
    expect(await rig.act("sort", byId("people"), { column: "age" })).toEqual([['sort main#people "age"']]);
  });

  test("a canvas is pressed at its own coordinates, its elements where they are drawn", async () => {
    show(
      windowOf(
        node("canvas", "paper", { width: 200, height: 100, on_press: true, on_release: true }, [
          node("group", "paper/bar", { on_click: true, transforms: [{ type: "translate", x: 100, y: 20 }] }, [
            node("rect", "paper/bar/r", { x: 0, y: 0, w: 10, h: 10, fill: "#ff0000" }),
          ]),
        ]),
      ),
    );
    const said = async (action: string, id: string, payload: WireProps = {}) =>
      (await rig.act(action, byId(id), payload)).flat().map((text) => text.replace(/,"pointer.*/, ""));
    expect(await said("canvas_press", "paper", { x: 12, y: 34 })).toContain(
      'press main#paper {"x":12,"y":34,"button":"left"',
    );
    expect(await said("canvas_release", "paper", { x: 12, y: 34 })).toEqual([
      'release main#paper {"x":12,"y":34,"button":"left"',
    ]);
    expect(await said("canvas_move", "paper", { x: 105, y: 25 })).toEqual(['enter main#paper/bar {"x":105,"y":25}']);
    expect(await said("click", "paper/bar")).toContain('click main#paper/bar {"x":105,"y":25,"button":"left"}');
  });

  test("panes are gone through with the keyboard", async () => {
    const pane = (id: string) => node("container", id, {}, [node("text", `${id}t`, { content: id })]);
    show(
      windowOf(node("pane_grid", "panes", { panes: ["main#p1", "main#p2"], height: 100 }, [pane("p1"), pane("p2")])),
    );
    expect((await rig.act("pane_focus_cycle", byId("panes"))).flat().at(-1)).toMatch(/^pane_focus_cycle main#panes/);
  });
});

describe("subscriptions", () => {
  test("keys and the pointer reach whoever asked for them, and nobody else", async () => {
    show(FORM);
    expect(await rig.act("press", {}, { combo: "Ctrl+s" })).toEqual([]);
    rig.say({ type: "subscribe", kind: "on_key_press", tag: "k" });
    rig.say({ type: "subscribe", kind: "on_pointer_move", tag: "p" });
    const [[pressed] = []] = await rig.act("type_key", {}, { combo: "Ctrl+s" });
    expect(pressed).toContain('"key":"s"');
    expect((await rig.act("move_to", {}, { x: 30, y: 31 })).flat()).toContain('cursor_moved  {"x":30,"y":31}');
  });
});

describe("the host's answers", () => {
  test("[R105] are shown before the next input", async () => {
    const field = (value: string): WireNode => windowOf(node("text_input", "name", { value }));
    show(field(""));
    const answers = ["A", "AB"];
    rig.answerWith(() => ({ type: "snapshot", tree: field(answers.shift() ?? "") }));
    expect(await rig.act("type_text", byId("name"), { text: "ab" })).toEqual([
      ['input main#name "a"'],
      ['input main#name "Ab"'],
    ]);
  });
});
