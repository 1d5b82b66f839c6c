import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WIDGETS } from "../../src/protocol/catalog.ts";
import type { WireNode, WireProps, WireValue } from "../../src/protocol/index.ts";
import { TOLD } from "./events-told.ts";
import { launchPage, type TestBrowser } from "./support/chromium.ts";
import { newUser, type User } from "./support/user.ts";

/** What a person uses; `none`: the widget reports by itself. */
type Means = "mouse" | "touch" | "keyboard" | "none";
/** Family, value if there is one, id unless it is `w`. */
type Told = readonly [family: string, value?: WireValue | undefined, id?: string];

interface Row {
  readonly type: string;
  readonly means: Means;
  readonly what: string;
  readonly nodes: readonly WireNode[];
  readonly act: (user: User) => Promise<void>;
}

let browser: TestBrowser;
let users: Readonly<Record<"mouse" | "touch", User>>;

beforeAll(async () => {
  browser = await launchPage(new URL("./widgets-page.ts", import.meta.url).href);
  const viewport = { width: 800, height: 600 };
  const permissions = ["clipboard-read", "clipboard-write"];
  const mouse = await browser.open({ viewport, permissions });
  // While the page is the only one: others may take the focus that this needs.
  await mouse.evaluate(() => navigator.clipboard.writeText("XY"));
  const touch = await browser.open({ viewport, hasTouch: true });
  users = { mouse: await newUser(mouse), touch: await newUser(touch) };
});
afterAll(() => browser.close());

async function show(user: User, nodes: readonly WireNode[]): Promise<void> {
  await user.page.mouse.move(790, 590);
  await user.page.evaluate(async (json: string) => {
    window.widgets.show([]);
    window.widgets.take();
    window.widgets.show(JSON.parse(json));
    for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
  }, JSON.stringify(nodes));
}

/** What was reported. Only the last of several offsets counts, as it does on the wire. */
async function run(row: Row, expected: number): Promise<readonly Told[]> {
  const user = users[row.means === "touch" ? "touch" : "mouse"];
  await show(user, row.nodes);
  if (row.means !== "none") await user.page.evaluate(() => window.widgets.take({ withStatus: true }));
  await row.act(user);
  const told: Told[] = [];
  // What a finger did is decided a while after it was lifted; the last round is for what should not come.
  for (let round = 0, isLast = false; !isLast && round < 60; round++) {
    isLast = told.length >= expected;
    await user.frames();
    for (const { family, id, value } of await user.page.evaluate(() => window.widgets.take({ withStatus: true }))) {
      if (family === "diagnostic") continue;
      if (family === "scrolled" && told.at(-1)?.[0] === family) told.pop();
      told.push(id !== "w" ? [family, value, id] : value === undefined ? [family] : [family, value]);
    }
  }
  return told;
}

const node = (type: string, props: WireProps = {}, children: readonly WireNode[] = []): WireNode => {
  const { id, ...rest } = props;
  return { id: typeof id === "string" ? id : "w", type, props: rest, children };
};
const NO_MODIFIERS = { shift: false, ctrl: false, alt: false, logo: false, command: false };
const rows: Row[] = [];
const add = (
  type: string,
  means: Means,
  what: string,
  nodes: WireNode | readonly WireNode[],
  act: Row["act"],
): void => {
  rows.push({ type, means, what, nodes: Array.isArray(nodes) ? nodes : [nodes as WireNode], act });
};
/** The middle of a first child of this height. */
const MID = 16 + 10;

// button
const button = node("button", { label: "Save", width: 100, height: 20, padding: 0 });
add("button", "mouse", "press, leave, come back, release", button, async (u) => {
  await u.move([30, MID]);
  await u.page.mouse.down();
  await u.move([300, 300], [30, MID]);
  await u.page.mouse.up();
});
add("button", "mouse", "released outside", button, (u) => u.drag([30, MID], [300, 300]));
add("button", "touch", "tap", button, (u) => u.tap(30, MID));
add("button", "keyboard", "Enter, Space, Escape leaves", button, (u) => u.keys("Tab", "Enter", "Space", "Escape"));
add("button", "keyboard", "access key", node("button", { label: "Save", access_key: "s" }), (u) => u.keys("Alt+s"));
add("button", "keyboard", "becomes disabled", button, async (u) => {
  await u.keys("Tab");
  await u.change({ disabled: true });
  await u.keys("Enter");
});

// fields
const field = node("text_input", { value: "", on_submit: true, on_paste: true, width: 200 });
add("text_input", "mouse", "click and leave", field, async (u) => {
  await u.click(30, MID);
  await u.click(500, 500);
});
add("text_input", "touch", "tap, soft keyboard", field, async (u) => {
  await u.tap(30, MID);
  await u.page.locator(":focus:is(input, textarea)").waitFor();
  await u.page.keyboard.insertText("hi");
  await u.keys("Enter");
});
add("text_input", "keyboard", "type, submit, paste, leave", field, async (u) => {
  await u.keys("Tab");
  await u.type("ab");
  await u.keys("Enter", "Control+v", "Escape");
});
add("text_input", "keyboard", "disabled is no stop", node("text_input", { value: "x", disabled: true }), (u) =>
  u.keys("Tab", "a"),
);
const editor = node("text_editor", {
  content: "",
  on_paste: true,
  width: 200,
  key_bindings: [
    { key: "s", modifiers: ["ctrl"], binding: { custom: "save" } },
    { binding: "default" },
    { modifiers: ["ctrl"], binding: "default" },
  ],
});
add("text_editor", "mouse", "click and leave", editor, async (u) => {
  await u.click(30, MID);
  await u.click(500, 500);
});
add("text_editor", "touch", "tap, soft keyboard", editor, async (u) => {
  await u.tap(30, MID);
  await u.page.locator(":focus:is(input, textarea)").waitFor();
  await u.page.keyboard.insertText("hi");
});
add(
  "text_editor",
  "keyboard",
  "type, paste, binding; Tab leaves",
  [editor, node("button", { id: "next", label: "Next" })],
  async (u) => {
    await u.keys("Tab", "a", "Enter", "Control+v", "Control+s", "Tab", "Enter");
  },
);
const numbered = node("text_editor", { content: "", sync: { revision: 3 }, width: 200 });
add("text_editor", "touch", "numbered edits", numbered, async (u) => {
  await u.tap(30, MID);
  await u.page.locator(":focus:is(input, textarea)").waitFor();
  await u.page.keyboard.insertText("hi");
});
add("text_editor", "keyboard", "numbered edits", numbered, async (u) => {
  await u.keys("Tab");
  await u.type("a");
});

// toggles
for (const [type, prop] of [
  ["checkbox", "checked"],
  ["toggler", "is_toggled"],
] as const) {
  const toggle = node(type, { label: "Agree", [prop]: false, width: 100 });
  add(type, "mouse", "acts on the press", toggle, async (u) => {
    await u.move([30, MID]);
    await u.page.mouse.down();
    await u.move([300, 300]);
    await u.page.mouse.up();
  });
  add(type, "touch", "tap", node(type, { label: "Agree", [prop]: true, width: 100 }), (u) => u.tap(30, MID));
  add(
    type,
    "touch",
    "a finger that scrolls does not toggle",
    [
      node("scrollable", { id: "s", height: 60, width: 200, on_scroll: true }, [
        node("column", { id: "col" }, [toggle, node("space", { id: "sp", height: 400 })]),
      ]),
    ],
    (u) => u.finger([30, MID], [30, 0], [30, -40], [30, -80]),
  );
  add(type, "keyboard", "Space; Enter does nothing", toggle, (u) => u.keys("Tab", "Space", "Enter", "Escape"));
}
const radios = ["s", "m"].map((value) =>
  node("radio", { id: value, value, label: value, selected: "m", group: "size", width: 100 }),
);
add("radio", "mouse", "press", radios, (u) => u.click(30, MID));
add("radio", "touch", "tap", radios, (u) => u.tap(30, MID));
add("radio", "keyboard", "Space, arrows", radios, (u) => u.keys("Tab", "Space", "ArrowDown"));

// sliders: the handle's middle goes from 23 to 323
const slider = node("slider", { value: 50, width: 314, height: 20 });
add("slider", "mouse", "press and drag", slider, (u) => u.drag([83, MID], [113, 300], [600, MID]));
add("slider", "touch", "tap, drag", slider, async (u) => {
  await u.tap(83, MID);
  await u.finger([83, MID], [103, MID], [113, MID]);
});
add("slider", "touch", "a finger across it changes nothing", slider, (u) => u.finger([83, MID], [83, 80], [83, 160]));
add(
  "slider",
  "keyboard",
  "arrows, pages, ends",
  node("slider", { value: 50, width: 314, step: 2, shift_step: 0.5 }),
  (u) => u.keys("Tab", "ArrowRight", "ArrowDown", "Shift+ArrowUp", "PageDown", "Home", "End"),
);
const vertical = node("vertical_slider", { value: 50, height: 314, width: 20 });
add("vertical_slider", "mouse", "press and drag", vertical, (u) => u.drag([26, 263], [300, 233]));
add("vertical_slider", "touch", "tap, drag", vertical, async (u) => {
  await u.tap(26, 263);
  await u.finger([26, 263], [26, 243], [26, 233]);
});
add("vertical_slider", "keyboard", "arrows, pages, ends", vertical, (u) => u.keys("Tab", "ArrowUp", "PageUp", "Home"));

// lists; rows of the open menu are 31 px high
const options = ["Apple", "Pear"];
const pick = node("pick_list", { options, selected: "Apple", on_open: true, on_close: true, width: 200 });
add("pick_list", "mouse", "open, choose", pick, async (u) => {
  await u.click(30, MID);
  await u.page.getByRole("option", { name: "Pear" }).click();
});
add("pick_list", "mouse", "open, press elsewhere", pick, async (u) => {
  await u.click(30, MID);
  await u.click(500, 500);
});
add("pick_list", "touch", "open, choose, open, close", pick, async (u) => {
  await u.tap(30, MID);
  await u.page.getByRole("option", { name: "Pear" }).tap();
  await u.tap(30, MID);
  await u.tap(30, MID);
});
add("pick_list", "keyboard", "open, choose; open, Escape", pick, (u) =>
  u.keys("Tab", "ArrowDown", "ArrowDown", "Enter", "Space", "Escape"),
);
const combo = node("combo_box", { options, on_open: true, on_close: true, on_option_hovered: true, width: 200 });
add("combo_box", "mouse", "open, choose", combo, async (u) => {
  await u.click(30, MID);
  await u.page.getByRole("option", { name: "Pear" }).click();
});
add("combo_box", "touch", "open, type, choose", combo, async (u) => {
  await u.tap(30, MID);
  await u.page.locator(":focus:is(input, textarea)").waitFor();
  await u.page.keyboard.insertText("p");
  await u.page.getByRole("option", { name: "Pear" }).tap();
});
add("combo_box", "keyboard", "type, arrows, Enter, Escape", combo, async (u) => {
  await u.keys("Tab", "p", "ArrowDown", "Enter", "ArrowDown", "Escape");
});

// texts
const linked = node("rich_text", { spans: [{ text: "docs", link: "x" }] });
add("rich_text", "mouse", "click", linked, (u) => u.click(25, 24));
add("rich_text", "touch", "tap", linked, (u) => u.tap(25, 24));
add("rich_text", "keyboard", "Enter", linked, (u) => u.keys("Tab", "Enter"));
const markdown = node("markdown", { content: "[docs](https://x.y)" });
const link = (u: User) => u.page.getByRole("link", { name: "docs" });
add("markdown", "mouse", "click", markdown, (u) => link(u).click());
add("markdown", "touch", "tap", markdown, (u) => link(u).tap());
add("markdown", "keyboard", "Enter", markdown, async (u) => {
  await link(u).waitFor();
  await u.keys("Tab", "Enter");
});

// areas; 200 by 100 from (16, 16) on
const area = (props: WireProps): WireNode =>
  node("pointer_area", props, [node("space", { id: "s", width: 200, height: 100 })]);
const everything = area({
  on_press: "tapped",
  on_release: "untapped",
  on_right_press: true,
  on_right_release: true,
  on_middle_press: true,
  on_middle_release: true,
  on_enter: true,
  on_exit: true,
  on_move: true,
  on_scroll: true,
});
add("pointer_area", "mouse", "everything", everything, async (u) => {
  await u.move([26, 36], [36, 56]);
  await u.page.mouse.down();
  await u.page.mouse.up();
  await u.click(36, 56, { button: "right" });
  await u.click(36, 56, { button: "middle" });
  await u.wheel(0, 30);
  await u.frames();
  await u.move([500, 500]);
});
add(
  "pointer_area",
  "mouse",
  "on_press: true, double click",
  area({ on_press: true, on_release: true, on_double_click: true }),
  async (u) => {
    await u.page.mouse.dblclick(26, 36);
  },
);
add("pointer_area", "touch", "tap and slide", everything, async (u) => {
  await u.tap(26, 36);
  await u.finger([26, 36], [27, 36]);
});
add(
  "pointer_area",
  "touch",
  "on_press: true, double tap",
  area({ on_press: true, on_release: true, on_double_click: true }),
  async (u) => {
    await u.tap(26, 36);
    await u.tap(26, 36);
  },
);
add(
  "pointer_area",
  "keyboard",
  "a control by its role",
  area({ on_press: "tapped", on_release: "untapped", a11y: { role: "button" } }),
  (u) => u.keys("Tab", "Enter", "Space"),
);
add(
  "pointer_area",
  "keyboard",
  "on_press: true",
  area({ on_press: true, on_release: true, a11y: { role: "link" } }),
  (u) => u.keys("Tab", "Enter"),
);
add(
  "pointer_area",
  "keyboard",
  "no stop without a role",
  [area({ on_press: true }), node("button", { id: "b", label: "B" })],
  (u) => u.keys("Tab", "Enter"),
);

const sized = (type: string, props: WireProps): WireNode =>
  node(type, props, [node("space", { id: "s", width: 40, height: 30 })]);
add(
  "sensor",
  "none",
  "a change of size",
  node("sensor", { on_resize: true }, [node("space", { id: "s", width: 40, height: 30 })]),
  async (u) => {
    await u.page.waitForTimeout(50);
    await u.frames();
    await u.page.evaluate(() => window.widgets.changeAt([0, 0, 0], { width: 60 }));
    await u.frames();
  },
);
add("responsive", "none", "at first and at a change", sized("responsive", { width: 50, height: 40 }), (u) =>
  u.change({ width: 70 }),
);

// scrolling: a window of 200 by 100 on 400 px
const scroll = node("scrollable", { width: 200, height: 100, on_scroll: true }, [
  node("space", { id: "s", width: 50, height: 400 }),
]);
add("scrollable", "mouse", "wheel, thumb", scroll, async (u) => {
  await u.move([30, 60]);
  await u.wheel(0, 60);
  await u.page.waitForFunction(() => document.querySelector(".pl-scroll-port")?.scrollTop === 60);
  await u.frames();
  await u.drag([211, 40], [211, 300]);
  await u.frames();
  await u.move([500, 500]);
});
add("scrollable", "touch", "a finger", scroll, async (u) => {
  await u.finger([100, 100], [100, 70], [100, 40]);
  await u.frames();
});
add("scrollable", "keyboard", "a stop of its own when there is none in it", scroll, async (u) => {
  await u.keys("Tab", "ArrowDown");
  await u.frames();
  await u.keys("End");
  await u.frames();
});
add("scrollable", "keyboard", "without focus or pointer", scroll, (u) => u.keys("PageDown"));

// panes: 400 by 202, two of 199 side by side
const panes = node("pane_grid", { width: 400, height: 200 }, [
  node("container", { id: "l", title: "L" }, [node("button", { id: "bl", label: "Left" })]),
  node("container", { id: "r", title: "R" }, [node("button", { id: "br", label: "Right" })]),
]);
add("pane_grid", "mouse", "press in a pane", panes, (u) => u.click(100, 190));
add("pane_grid", "mouse", "divider", panes, (u) => u.drag([216, 100], [236, 100]));
add("pane_grid", "mouse", "title bar onto the other pane, and outside", panes, async (u) => {
  await u.drag([100, 22], [120, 60], [315, 120]);
  await u.drag([100, 22], [120, 60], [600, 500]);
});
add("pane_grid", "touch", "press in a pane", panes, (u) => u.tap(100, 190));
add("pane_grid", "touch", "divider", panes, (u) => u.finger([216, 100], [226, 100], [236, 100]));
add("pane_grid", "touch", "title bar", panes, (u) => u.finger([100, 22], [120, 60], [315, 120]));
add("pane_grid", "keyboard", "F6 goes round, into the panes", panes, (u) =>
  u.keys("Tab", "Tab", "F6", "Shift+F6", "Enter"),
);
add("pane_grid", "keyboard", "divider", panes, (u) => u.keys("Tab", "Tab", "Tab", "ArrowRight", "Home"));
add("pane_grid", "keyboard", "title bar: Space, an arrow, Enter; Escape", panes, (u) =>
  u.keys("Tab", "Space", "ArrowDown", "Enter", "Space", "Escape"),
);

// table
const table = node("table", {
  columns: [
    { key: "n", label: "Name", sortable: true, width: 100 },
    { key: "s", label: "Size", width: 100 },
  ],
  rows: [{ n: 1, s: 2 }],
});
add("table", "mouse", "sortable header, and the other one", table, async (u) => {
  await u.click(40, 30);
  await u.click(140, 30);
});
add("table", "touch", "tap", table, (u) => u.tap(40, 30));
add("table", "keyboard", "Enter, Space", table, (u) => u.keys("Tab", "Enter", "Space"));

// canvas: 200 by 100 from (16, 16) on, an element of 20 by 20 at (40, 40)
const shape = (id: string, x: number, props: WireProps): WireNode =>
  node("group", { id, a11y: { role: "button", label: id }, ...props }, [
    node("rect", { id: `${id}-r`, x, y: 40, w: 20, h: 20, fill: "#ff0000" }),
  ]);
const raw = node("canvas", {
  width: 200,
  height: 100,
  on_press: true,
  on_release: true,
  on_move: true,
  on_scroll: true,
});
const clickable = node("canvas", { width: 200, height: 100 }, [
  shape("e", 40, { on_click: true }),
  shape("f", 80, { on_click: true }),
]);
const movable = node("canvas", { width: 200, height: 100 }, [shape("e", 40, { draggable: true })]);
const plain = node("canvas", { width: 200, height: 100, arrow_mode: "none" }, [shape("e", 40, { on_click: true })]);
add("canvas", "mouse", "raw", raw, async (u) => {
  await u.drag([26, 36], [36, 36]);
  await u.wheel(0, 30);
  await u.frames();
});
add("canvas", "touch", "raw", raw, (u) => u.finger([26, 36], [36, 36]));
add("canvas", "mouse", "an element", clickable, async (u) => {
  await u.click(66, 66);
  await u.move([150, 66]);
  await u.click(500, 500);
});
add("canvas", "mouse", "dragging", movable, (u) => u.drag([66, 66], [76, 70]));
add("canvas", "touch", "an element", clickable, async (u) => {
  await u.tap(66, 66);
  await u.tap(500, 500);
});
add("canvas", "touch", "dragging", movable, (u) => u.finger([66, 66], [76, 70]));
add("canvas", "keyboard", "elements", clickable, (u) => u.keys("Tab", "Enter", "ArrowRight", "Escape", "Escape"));
add("canvas", "keyboard", "arrow_mode none", plain, (u) => u.keys("Tab", "ArrowRight"));

/** Why there is no row; everything else of the catalog has one. */
const NEVER: readonly (readonly [reason: string, ...events: readonly string[]])[] = [
  [
    "is typed",
    "text_input input mouse",
    "text_input submit mouse",
    "text_editor input mouse",
    "text_editor edit mouse",
    "combo_box input mouse",
  ],
  [
    "comes from the browser's own menu, as the same edit",
    "text_input paste mouse",
    "text_input paste touch",
    "text_editor paste mouse",
    "text_editor paste touch",
  ],
  ["needs keys", "text_editor key_binding mouse", "text_editor key_binding touch"],
  ["is the end of a drag", "slider slide_release keyboard", "vertical_slider slide_release keyboard"],
  ["is not told for keys", "pick_list close keyboard"],
  [
    "a finger does not hover",
    "scrollable status touch",
    "pointer_area enter touch",
    "pointer_area exit touch",
    "group enter touch",
    "group exit touch",
  ],
  ["means the pointer", "scrollable status keyboard", "pane_grid pane_clicked keyboard"],
  [
    "means the pointer",
    "pointer_area double_click keyboard",
    "pointer_area enter keyboard",
    "pointer_area exit keyboard",
    "pointer_area move keyboard",
    "pointer_area scroll keyboard",
    "canvas press keyboard",
    "canvas release keyboard",
    "canvas move keyboard",
    "canvas scroll keyboard",
    "group enter keyboard",
    "group exit keyboard",
    "group drag keyboard",
    "group drag_end keyboard",
  ],
  ["means the wheel", "pointer_area scroll touch", "canvas scroll touch"],
  ["means a key", "pane_grid pane_focus_cycle mouse", "pane_grid pane_focus_cycle touch"],
  [
    "means a key",
    "group key_press mouse",
    "group key_press touch",
    "group key_release mouse",
    "group key_release touch",
  ],
];

/** Families whose name is up to the app. */
const NAMED: Readonly<Record<string, string>> = { tapped: "<on_press string>", untapped: "<on_release string>" };

const keyOf = (row: Row): string => `${row.type}, ${row.means}: ${row.what}`;

/** `family value @id`, see `TOLD`. */
function parse(line: string): Told {
  const [, family = "", written, id] = /^(\S+)(?: (?!@)(.*?))?(?: @(\S+))?$/s.exec(line) ?? [];
  const value = written === undefined ? undefined : parseValue(written);
  return id !== undefined ? [family, value, id] : value === undefined ? [family] : [family, value];
}

function parseValue(written: string): WireValue {
  const text = written.replaceAll("\\n", "\n");
  if (!/^[-\d{]|^(?:true|false)$/.test(text)) return text;
  return JSON.parse(text, (key, value: unknown) => {
    if (key === "modifiers" && value === "none") return NO_MODIFIERS;
    if (value === "*") return expect.any(String);
    return value === "#" ? expect.any(Number) : value;
  });
}

describe.each(["mouse", "touch", "keyboard", "none"] as const)("%s", (means) => {
  test.each(rows.filter((row) => row.means === means))("$type: $what", async (row) => {
    const told = TOLD[keyOf(row)] ?? [];
    expect(await run(row, told.length)).toEqual(told.map(parse));
  });
});

test("every event of the catalog has a row for mouse, touch and keyboard, or a reason why not", () => {
  const covered = new Set(
    rows.flatMap((row) =>
      (TOLD[keyOf(row)] ?? []).map(parse).map(([family, , id]) => {
        // Elements of a canvas have ids of their own.
        const type = row.type === "canvas" && id !== undefined ? "group" : row.type;
        return `${type} ${NAMED[family] ?? family} ${row.means}`;
      }),
    ),
  );
  const excused = new Set(NEVER.flatMap(([, ...events]) => events));
  const wanted = WIDGETS.flatMap(({ type, families }) =>
    families
      .filter((family) => !covered.has(`${type} ${family} none`))
      .flatMap((family) => ["mouse", "touch", "keyboard"].map((means) => `${type} ${family} ${means}`)),
  );
  expect(wanted.filter((event) => !covered.has(event) && !excused.has(event))).toEqual([]);
  expect([...excused].filter((event) => covered.has(event) || !wanted.includes(event))).toEqual([]);
  expect(Object.keys(TOLD).filter((key) => !rows.some((row) => keyOf(row) === key))).toEqual([]);
});
