import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findWidget, WIDGETS } from "../../src/protocol/catalog.ts";
import type { WireNode, WireProps } from "../../src/protocol/index.ts";
import { ROLES } from "./support/ax-roles.ts";
import { axLines } from "./support/ax-tree.ts";
import { launchPage, type TestBrowser } from "./support/chromium.ts";

/** Ids of a row's nodes start with `@`, which becomes the row's own prefix. */
interface Row {
  readonly name: string;
  readonly nodes: readonly WireNode[];
  /** Nodes of the accessibility tree as `role "name" property=value`, in order. Texts and nameless boxes are left out. */
  readonly expected: readonly string[];
}

const node = (type: string, props: WireProps = {}, children: readonly WireNode[] = []): WireNode => {
  const { id, ...rest } = props;
  return { id: typeof id === "string" ? id : "@w", type, props: rest, children };
};
const text = (content: string, id = "@t"): WireNode => node("text", { id, content });
const one = (name: string, shown: WireNode | readonly WireNode[], ...expected: readonly string[]): Row => ({
  name,
  nodes: Array.isArray(shown) ? shown : [shown as WireNode],
  expected,
});

const options = ["Apple", "Pear"];
const columns = [
  { key: "n", label: "Name", sortable: true },
  { key: "s", label: "Size" },
];
const cells = (...texts: readonly string[]): readonly WireNode[] =>
  texts.map((content, at) =>
    node("table_cell", { id: `@c${at}`, column: columns[at]?.key ?? "" }, [text(content, `@x${at}`)]),
  );
const PICTURE =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const widgets: readonly Row[] = [
  ...["column", "row", "keyed_column", "stack", "grid", "container", "pin", "floating", "themer", "sensor"].map(
    (type) => one(`${type} is nothing but its children`, node(type, {}, [text("inside")])),
  ),
  one("responsive", node("responsive", { width: 10, height: 10 })),
  one("space", node("space", { width: 5 })),
  one("container with a name", node("container", { a11y: { label: "Tools" } }, [text("x")]), 'group "Tools"'),
  one(
    "scrollable with a role",
    node("scrollable", { height: 20, a11y: { role: "region", label: "Log" } }, [text("x\nx")]),
    'region "Log" focusable',
  ),
  one(
    "scrollable that scrolls and has no stop in it",
    node("scrollable", { height: 20 }, [text("x\nx\nx")]),
    'group "Scrollable content" focusable',
  ),
  one(
    "scrollable that scrolls and has one",
    node("scrollable", { height: 20 }, [node("button", { id: "@b", label: "B", height: 90 })]),
    'button "B" focusable',
  ),
  one(
    "scroll_view is no role of a page",
    node("scrollable", { height: 20, a11y: { role: "scroll_view" } }, [text("x\nx")]),
    'group "Scrollable content" focusable',
  ),
  one(
    "pane_grid",
    node("pane_grid", { width: 200, height: 60, a11y: { label: "Work" } }, [
      node("container", { id: "@l", title: "Files" }, [text("left")]),
      text("right", "@r"),
    ]),
    'group "Work"',
    'group "Files" focusable',
    'button "Move Files" description="Space picks the pane up" focusable pressed=false',
    'separator "Divider between Files and Pane 2" focusable orientation=vertical value=50 valuemax=100',
    'group "Pane 2" focusable',
  ),
  one("text", text("Hello")),
  one(
    "text as a heading",
    node("text", { content: "Title", a11y: { role: "heading", level: 2 } }),
    'heading "Title" level=2',
  ),
  one(
    "text with another name",
    node("text", { content: "12:30", a11y: { label: "half past twelve" } }),
    'group "half past twelve"',
  ),
  one(
    "rich_text",
    node("rich_text", { spans: [{ text: "see " }, { text: "docs", link: "x" }] }),
    'link "docs" focusable',
  ),
  one("rule", node("rule"), "separator orientation=horizontal"),
  one("rule, upright", node("rule", { direction: "vertical", height: 20 }), "separator orientation=vertical"),
  one(
    "progress_bar",
    node("progress_bar", { value: 45, label: "Copying" }),
    'progressbar "Copying" live=polite value=45 valuemax=100 valuetext=45%',
  ),
  one(
    "image",
    node("image", { source: PICTURE, alt: "A dot", description: "One pixel" }),
    'image "A dot" description="One pixel"',
  ),
  one("image that decorates", node("image", { source: PICTURE, decorative: true })),
  one("svg", node("svg", { source: PICTURE, alt: "Logo" }), 'image "Logo"'),
  one(
    "qr_code",
    node("qr_code", { data: "x", alt: "Ticket", description: "Show it" }),
    'image "Ticket" description="Show it"',
  ),
  one(
    "markdown",
    node("markdown", { content: "# Title\n\n[docs](https://x.y)\n\n- one" }),
    "document",
    'heading "Title" level=1',
    "paragraph",
    'link "docs" focusable',
    "list",
    "listitem level=1",
  ),
  one("button", node("button", { label: "Save" }), 'button "Save" focusable'),
  one("button around a child", node("button", {}, [text("Open")]), 'button "Open" focusable'),
  one("button, disabled", node("button", { label: "Save", disabled: true }), 'button "Save" disabled'),
  one(
    "button with an access key",
    node("button", { label: "Save", access_key: "s" }),
    'button "Save" focusable keyshortcuts=Alt+S',
  ),
  one(
    "text_input",
    node("text_input", { value: "abc", placeholder: "First", a11y: { label: "Name" } }),
    'textbox "Name" focusable value="abc"',
  ),
  one(
    "text_input without a name",
    node("text_input", { value: "", placeholder: "Search" }),
    'textbox "Search" focusable',
  ),
  one("text_input, disabled", node("text_input", { value: "abc", disabled: true }), 'textbox disabled value="abc"'),
  one(
    "text_editor",
    node("text_editor", { content: "abc", a11y: { label: "Note" } }),
    'textbox "Note" focusable multiline value="abc"',
  ),
  one("checkbox", node("checkbox", { label: "Agree" }), 'checkbox "Agree" checked=false focusable'),
  one(
    "checkbox, checked",
    node("checkbox", { label: "Agree", checked: true }),
    'checkbox "Agree" checked=true focusable',
  ),
  one("toggler", node("toggler", { label: "Wi-Fi", is_toggled: true }), 'switch "Wi-Fi" checked=true focusable'),
  one(
    "radio",
    ["s", "m"].map((value) => node("radio", { id: `@${value}`, value, label: value, selected: "m", group: "@g" })),
    'radio "s" checked=false focusable posinset=1 setsize=2',
    'radio "m" checked=true focusable posinset=2 setsize=2',
  ),
  one(
    "slider",
    node("slider", { value: 3, range: [0, 10], label: "Volume" }),
    'slider "Volume" focusable orientation=horizontal value=3 valuemax=10',
  ),
  one(
    "vertical_slider",
    node("vertical_slider", { value: 3, range: [1, 10], label: "Bass", height: 30 }),
    'slider "Bass" focusable orientation=vertical value=3 valuemax=10 valuemin=1',
  ),
  one(
    "pick_list",
    node("pick_list", { options, selected: "Pear", placeholder: "Pick one", a11y: { label: "Fruit" } }),
    'combobox "Fruit" description="Pick one" expanded=false focusable hasPopup=listbox value="Pear"',
  ),
  one(
    "pick_list, disabled",
    node("pick_list", { options, disabled: true }),
    "combobox disabled expanded=false hasPopup=listbox",
  ),
  one(
    "combo_box",
    node("combo_box", { options, selected: "Pear", a11y: { label: "Fruit" } }),
    'combobox "Fruit" autocomplete=list expanded=false focusable hasPopup=listbox value="Pear"',
  ),
  one("pointer_area", node("pointer_area", { on_press: true }, [text("area")])),
  one(
    "pointer_area that is a button",
    node("pointer_area", { on_press: true, a11y: { role: "button" } }, [text("Press me")]),
    'button "Press me" focusable',
  ),
  one(
    "tooltip describes its child",
    node("tooltip", { id: "@tip", tip: "Saves the file" }, [node("button", { label: "Save" })]),
    'button "Save" describedby=@tip description="Saves the file" focusable',
  ),
  one(
    "tooltip and a description from the app",
    [
      text("Ctrl+S", "@d"),
      node("tooltip", { id: "@tip", tip: "Saves" }, [node("button", { label: "Save", a11y: { described_by: "@d" } })]),
    ],
    'button "Save" describedby=@d,@tip description="Ctrl+S Saves" focusable',
  ),
  one(
    "overlay",
    node("overlay", {}, [text("anchor", "@a"), node("button", { label: "Over" })]),
    'button "Over" focusable',
  ),
  one(
    "table of nodes",
    node("table", { id: "@tab", columns, sort_by: "n", sort_order: "desc" }, [
      node("table_row", {}, cells("a.txt", "3")),
    ]),
    "table",
    "row",
    'columnheader "Name" sort=descending',
    'button "Name" focusable',
    'columnheader "Size"',
    "rowgroup",
    "row",
    'cell "a.txt"',
    'cell "3"',
  ),
  one(
    "table of values",
    node("table", { id: "@tab", width: 100, columns: [{ key: "n" }], header: false, rows: [{ n: 1 }] }),
    "table",
    "rowgroup",
    "row",
    'cell "1"',
  ),
  one(
    "canvas that only shows",
    node("canvas", { height: 10, alt: "Chart", description: "Rising" }, [node("rect", { id: "@r", w: 5, h: 5 })]),
    'image "Chart" description="Rising"',
  ),
  one(
    "canvas with elements; the role of the drawing does not hide them",
    node("canvas", { height: 20, alt: "Map", a11y: { role: "canvas" } }, [
      node("group", { id: "@e", on_click: true, a11y: { label: "Rome", role: "button" } }, [
        node("rect", { id: "@r", w: 5, h: 5, fill: "#ff0000" }),
      ]),
    ]),
    'group "Map" focusable',
    'button "Rome"',
  ),
  one("what nobody knows", node("no_such_widget")),
];

const field = (a11y: WireProps): WireNode => node("text_input", { value: "", a11y: { label: "F", ...a11y } });
const button = (a11y: WireProps): WireNode => node("button", { label: "B", a11y });

const fields: readonly Row[] = [
  one("description", button({ description: "Why" }), 'button "B" description="Why" focusable'),
  one(
    "hidden takes everything below away",
    node("container", { a11y: { hidden: true } }, [node("button", { label: "B" })]),
  ),
  one("expanded", button({ expanded: true }), 'button "B" expanded=true focusable'),
  one("required", field({ required: true }), 'textbox "F" focusable required'),
  one("busy", node("container", { a11y: { label: "G", busy: true } }), 'group "G" busy=1'),
  one("live", node("text", { content: "x", a11y: { role: "status", live: "assertive" } }), "status live=assertive"),
  one("live: unknown words are dropped", node("text", { content: "x", a11y: { live: "off" } })),
  one("invalid", field({ invalid: true }), 'textbox "F" focusable invalid=true'),
  one("read_only", field({ read_only: true }), 'textbox "F" focusable readonly'),
  one("modal makes a dialog", node("container", { a11y: { label: "G", modal: false } }), 'group "G"'),
  one("mnemonic", button({ mnemonic: "b" }), 'button "B" focusable keyshortcuts=Alt+B'),
  one("mnemonic of two characters is dropped", button({ mnemonic: "bb" }), 'button "B" focusable'),
  one(
    "toggled checkbox",
    node("checkbox", { label: "C", a11y: { toggled: true } }),
    'checkbox "C" checked=true focusable',
  ),
  one("toggled button", button({ toggled: true }), 'button "B" focusable pressed=true'),
  one("selected", node("container", { a11y: { role: "tab", label: "T", selected: true } }), 'tab "T" selected'),
  one(
    "value",
    node("slider", { value: 3, label: "V", a11y: { value: "three" } }),
    'slider "V" focusable orientation=horizontal value=3 valuemax=100 valuetext=three',
  ),
  one(
    "orientation",
    node("container", { a11y: { role: "toolbar", label: "T", orientation: "vertical" } }),
    'toolbar "T" orientation=vertical',
  ),
  one("disabled", button({ disabled: true }), 'button "B" disabled focusable'),
  one("place in a set", button({ position_in_set: 2, size_of_set: 5 }), 'button "B" focusable posinset=2 setsize=5'),
  one("has_popup", button({ has_popup: "menu" }), 'button "B" focusable hasPopup=menu'),
  one(
    "labelled_by, the label before",
    [text("Street", "@l"), node("text_input", { a11y: { labelled_by: "@l" } })],
    'textbox "Street" focusable labelledby=@l',
  ),
  one(
    "labelled_by, the label later in the same tree",
    [node("text_input", { a11y: { labelled_by: "@l" } }), text("City", "@l")],
    'textbox "City" focusable labelledby=@l',
  ),
  one(
    "described_by, later in the same tree",
    [button({ described_by: "@d" }), text("Really", "@d")],
    'button "B" describedby=@d description="Really" focusable',
  ),
  one(
    "error_message that is a node, later in the same tree",
    [field({ invalid: true, error_message: "@e" }), text("Too short", "@e")],
    'textbox "F" errormessage=@e focusable invalid=true',
  ),
  one(
    "error_message that is a text",
    field({ invalid: true, error_message: "Too young" }),
    'textbox "F" description="Too young" focusable invalid=true',
  ),
  one(
    "active_descendant, later in the same tree",
    [
      node("container", { a11y: { role: "tree", label: "T", active_descendant: "@i" } }, [
        node("container", { id: "@i", a11y: { role: "tree_item", label: "I" } }),
      ]),
    ],
    'tree "T" activedescendant=@i orientation=vertical',
    'treeitem "I" level=1',
  ),
  one(
    "radio_group and the active_descendant that comes with it",
    ["a", "b"].map((value) =>
      node("radio", {
        id: `@${value}`,
        value,
        selected: "b",
        a11y: { label: value, radio_group: ["@a", "@b"], active_descendant: "@b" },
      }),
    ),
    'radio "a" checked=false focusable posinset=1 setsize=2',
    'radio "b" checked=true focusable posinset=2 setsize=2',
  ),
  one(
    "bad fields are dropped one by one",
    button({ expanded: "yes", level: "x", orientation: 3, label: "Good" }),
    'button "Good" focusable',
  ),
  one(
    "an explicit field wins over the view",
    node("checkbox", { label: "C", a11y: { label: "Other" } }),
    'checkbox "Other" checked=false focusable',
  ),
  one(
    "a long label stays one name",
    node("checkbox", { label: "word ".repeat(200), width: 100 }),
    `checkbox "${"word ".repeat(200).trim()}" checked=false focusable`,
  ),
  one(
    "a right-to-left text",
    node("text_input", { value: "שלום", text_direction: "rtl", a11y: { label: "שם" } }),
    'textbox "שם" focusable value="שלום"',
  ),
];

/** Roles that mean something in their surroundings only. */
const AROUND: Readonly<Record<string, string>> = { list_item: "list", tree_item: "tree" };

const roles: readonly Row[] = Object.entries(ROLES).map(([role, expected]) => {
  const inner = node("container", { id: "@i", a11y: { role, label: "N" } });
  const around = AROUND[role];
  return one(
    role,
    around === undefined ? inner : node("container", { a11y: { role: around, label: "A" } }, [inner]),
    expected ?? "group",
  );
});

const ROWS: readonly Row[] = [...widgets, ...fields, ...roles];

let browser: TestBrowser;
let page: Page;
let found: ReadonlyMap<string, readonly string[]>;

async function show(nodes: readonly WireNode[]): Promise<void> {
  await page.evaluate(async (json: string) => {
    window.widgets.show([]);
    window.widgets.show(JSON.parse(json));
    // Overlays, lazily loaded parts and what was found out before painting.
    for (let frame = 0; frame < 3; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
  }, JSON.stringify(nodes));
}

beforeAll(async () => {
  browser = await launchPage(new URL("./widgets-page.ts", import.meta.url).href);
  page = await browser.open({ viewport: { width: 800, height: 600 } });
  const shown = ROWS.map((row, index) => {
    const nodes = JSON.stringify(row.nodes).replaceAll('"@', `"r${index}-`);
    // Parsed text of nodes is nodes.
    return { id: `r${index}-`, type: "column", props: {}, children: JSON.parse(nodes) as WireNode[] };
  });
  await show(shown);
  await page.waitForFunction(() => document.querySelector("h1") !== null);
  found = await axLines(page, /^(r\d+-)/);
});
afterAll(() => browser.close());

function linesOf(row: Row): readonly string[] {
  return found.get(`r${ROWS.indexOf(row)}-`) ?? [];
}

describe("every widget in the accessibility tree", () => {
  test.each(widgets)("$name", (row) => {
    expect(linesOf(row)).toEqual(row.expected);
  });
});
describe("every field of a11y", () => {
  test.each(fields)("$name", (row) => {
    expect(linesOf(row)).toEqual(row.expected);
  });
});
describe("every role", () => {
  test.each(roles)("$name", (row) => {
    const line = linesOf(row).at(-1) ?? "";
    expect(line.split(" ")[0]).toBe(row.expected[0]);
  });
});

/** The tree as it is now, for nodes with ids that start with `x-`. */
const linesNow = async (): Promise<readonly string[]> => (await axLines(page, /^(x-)/)).get("x-") ?? [];
const at = (id: string, shown: WireNode): WireNode => ({ ...shown, id: `x-${id}` });
const change = (index: number, props: WireProps): Promise<void> =>
  page.evaluate(([which, json]) => window.widgets.change(which, JSON.parse(json)), [
    index,
    JSON.stringify(props),
  ] as const);

describe("changes", () => {
  test("a relation follows a node that comes later, and goes with the field", async () => {
    await show([at("f", node("text_input", { a11y: { labelled_by: "x-l" } }))]);
    expect(await linesNow()).toEqual(["textbox focusable"]);
    await page.evaluate(() =>
      window.widgets.showMore({ id: "x-l", type: "text", props: { content: "Name" }, children: [] }),
    );
    expect(await linesNow()).toEqual(['textbox "Name" focusable labelledby=@l']);
    await change(0, { a11y: null });
    expect(await linesNow()).toEqual(["textbox focusable"]);
  });

  test("a description comes and goes beside that of a tooltip", async () => {
    const button = at("b", node("button", { label: "Save" }));
    await show([at("d", text("Ctrl+S")), at("tip", node("tooltip", { tip: "Saves" }, [button]))]);
    const describe = (a11y: WireProps | null): Promise<void> =>
      page.evaluate((json) => window.widgets.changeAt([0, 1, 0], JSON.parse(json)), JSON.stringify({ a11y }));
    const plain = 'button "Save" describedby=@tip description="Saves" focusable';
    expect(await linesNow()).toEqual([plain]);
    await describe({ described_by: "x-d" });
    const both = 'button "Save" describedby=@d,@tip description="Ctrl+S Saves" focusable';
    expect(await linesNow()).toEqual([both]);
    await describe({ described_by: "x-d", busy: false });
    expect(await linesNow()).toEqual([both]);
    await describe(null);
    expect(await linesNow()).toEqual([plain]);
  });

  test.each(["polite", "assertive"])("announcements are %s", async (politeness) => {
    await show([]);
    const region = page.locator(`.pl-live[aria-live=${politeness}]`);
    const other = page.locator(`.pl-live:not([aria-live=${politeness}])`);
    const before = await other.textContent();
    const heard = await page.evaluate(async (kind) => {
      const texts: (string | null)[] = [];
      const live = document.querySelector(`.pl-live[aria-live=${kind}]`);
      if (live === null) throw new Error("There is no live region.");
      new MutationObserver(() => texts.push(live.textContent)).observe(live, { childList: true, subtree: true });
      const frames = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      for (let time = 0; time < 2; time++) {
        window.widgets.perform("announce", "", { text: "Saved", politeness: kind });
        await frames();
      }
      return texts;
    }, politeness);
    // The same text twice is two changes.
    expect(heard).toEqual(["Saved", "", "Saved"]);
    expect(await region.textContent()).toBe("Saved");
    expect(await other.textContent()).toBe(before);
  });

  test("announcements within one frame are all heard, also the same one twice", async () => {
    await show([]);
    await page.evaluate(async () => {
      for (const said of ["Saved", "Sent", "Saved"]) {
        window.widgets.perform("announce", "", { text: said, politeness: "polite" });
      }
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    });
    expect(await page.locator(".pl-live[aria-live=polite] > *").allTextContents()).toEqual(["Saved", "Sent", "Saved"]);
  });

  test("progress and live texts change in place, so that they are heard", async () => {
    await show([
      at("p", node("progress_bar", { value: 1, label: "Copying" })),
      at("s", node("text", { content: "one", a11y: { role: "status", live: "polite" } })),
    ]);
    await page.evaluate(() => {
      for (const element of document.querySelectorAll("[aria-live]")) element.setAttribute("data-mark", "1");
    });
    await change(0, { value: 2 });
    await change(1, { content: "two" });
    expect(await page.locator("[role=progressbar][data-mark]").getAttribute("aria-valuetext")).toBe("2%");
    expect(await page.locator("[role=status][data-mark]").textContent()).toBe("two");
  });

  test("an open list tells its options and the highlighted one", async () => {
    await show([at("p", node("pick_list", { options, selected: "Pear", a11y: { label: "Fruit" } }))]);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const [control] = await linesNow();
    expect(control).toMatch(
      /^combobox "Fruit" activedescendant=\S+ controls=\S+ expanded=true focusable hasPopup=listbox value="Pear"$/,
    );
    const lists = (await axLines(page, /^(x-)/)).get("") ?? [];
    expect(lists).toEqual(['listbox "Fruit" orientation=vertical', 'option "Apple"', 'option "Pear" selected']);
    await page.keyboard.press("Escape");
  });

  test("windows: the page has the title, others are dialogs", async () => {
    await page.evaluate(() => {
      const inner = (id: string) => ({ id, type: "button", props: { label: id }, children: [] });
      window.widgets.showRoot({
        id: "root",
        type: "column",
        props: {},
        children: [
          { id: "x-1", type: "window", props: { title: "Main" }, children: [inner("x-one")] },
          { id: "x-2", type: "window", props: { title: "Tools" }, children: [inner("x-two")] },
        ],
      });
    });
    expect(await page.title()).toBe("Main");
    expect(await linesNow()).toEqual([
      'button "x-one" focusable',
      'dialog "Tools" focusable',
      'group "Tools" description="Arrow keys move the window, with Shift they resize it" focusable roledescription=title bar',
      'button "Close window" focusable',
      'button "x-two" focusable',
    ]);
  });

  test("a modal part is a dialog that takes the focus", async () => {
    const dialog = node("container", { a11y: { label: "Sure?", modal: true } }, [
      at("y", node("button", { label: "Yes" })),
    ]);
    await show([at("b", node("button", { label: "Behind" })), at("d", dialog)]);
    expect(await linesNow()).toEqual(['button "Behind" focusable', 'dialog "Sure?" modal', 'button "Yes" focusable']);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Yes");
  });
});

describe("the tables are complete", () => {
  const catalog: {
    readonly a11y_keys: Readonly<Record<string, unknown>>;
    readonly enums: {
      readonly a11y_role: readonly string[];
      readonly a11y_role_aliases: Readonly<Record<string, string>>;
    };
  } = JSON.parse(readFileSync(new URL("../../src/protocol/catalog/widgets.json", import.meta.url), "utf8"));
  const all = (nodes: readonly WireNode[]): readonly WireNode[] =>
    nodes.flatMap((each) => [each, ...all(each.children)]);
  const used = all(ROWS.flatMap((row) => row.nodes));

  test("every widget of the catalog has a row", () => {
    const types = new Set(used.map(({ type }) => findWidget(type)?.type));
    const missing = WIDGETS.filter(({ isShape, type }) => !isShape && type !== "window" && !types.has(type));
    expect(missing.map(({ type }) => type)).toEqual([]);
  });
  test("every a11y field of the catalog has a row", () => {
    const keys = new Set(used.flatMap(({ props }) => Object.keys((props["a11y"] as WireProps | undefined) ?? {})));
    expect(Object.keys(catalog.a11y_keys).filter((key) => !keys.has(key))).toEqual([]);
  });
  test("every role of the catalog and every other name of one has a row", () => {
    const names = [...catalog.enums.a11y_role, ...Object.keys(catalog.enums.a11y_role_aliases)];
    expect(names.filter((name) => !Object.hasOwn(ROLES, name))).toEqual([]);
  });
});
