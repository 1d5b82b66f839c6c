import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { WireNode, WireProps, WireValue } from "../../src/protocol/index.ts";
import type { PropsPage } from "./props/page.ts";
import { node, type Row, type Table } from "./props/rows.ts";
import { tables } from "./props/tables.ts";
import { launchPage, type TestBrowser } from "./support/chromium.ts";

// Inside the page; the test's own globals know nothing of it.
declare const window: { readonly props: PropsPage };

interface CatalogWidget {
  readonly type: string;
  readonly category: string;
  readonly props: readonly {
    readonly name: string;
    readonly default: WireValue;
    readonly values?: readonly WireValue[];
  }[];
}

const catalog: { readonly widgets: readonly CatalogWidget[] } = JSON.parse(
  readFileSync(new URL("../../src/protocol/catalog/widgets.json", import.meta.url), "utf8"),
);
const nameOf = ({ type, category }: CatalogWidget): string => (category === "canvas_shape" ? `canvas/${type}` : type);

describe("[R75] every prop of the catalog", () => {
  test.each(catalog.widgets.map((widget) => [nameOf(widget), widget] as const))("%s", (name, widget) => {
    const entry = tables.find(({ type }) => type === name) ?? { type: name, rows: [], without: {} };
    const known = widget.props.map((prop) => prop.name);
    const rows = new Set(entry.rows.map((row) => row.prop));
    const missing = known.filter((prop) => !rows.has(prop) && entry.without[prop] === undefined);
    const both = known.filter((prop) => rows.has(prop) && entry.without[prop] !== undefined);
    const strange = [...rows, ...Object.keys(entry.without)].filter((prop) => !known.includes(prop));
    const shown = (prop: string) => entry.rows.filter((row) => row.prop === prop).map((row) => row.value);
    const values = widget.props.flatMap((prop) =>
      rows.has(prop.name) && prop.values !== undefined
        ? prop.values
            .filter((value) => value !== prop.default && !shown(prop.name).includes(value))
            .filter((value) => entry.without[`${prop.name}=${value}`] === undefined)
            .map((value) => `${prop.name}=${value}`)
        : [],
    );
    expect({ missing, both, strange: strange.filter((prop) => !prop.includes("=")), values }).toEqual({
      missing: [],
      both: [],
      strange: [],
      values: [],
    });
  });
});

let browser: TestBrowser;
/** Pages that nobody looks at now. Most of the time goes by waiting for frames, and pages wait side by side. */
const idle: Page[] = [];
const waiting: ((page: Page) => void)[] = [];
const PAGES = 4;

/** Does something with a page of its own. */
async function withPage(work: (page: Page) => Promise<void>): Promise<void> {
  const page = idle.pop() ?? (await new Promise<Page>((resolve) => waiting.push(resolve)));
  try {
    await work(page);
  } finally {
    const next = waiting.shift();
    if (next === undefined) idle.push(page);
    else next(page);
  }
}

beforeAll(async () => {
  browser = await launchPage(new URL("./props/page.ts", import.meta.url).href);
  for (let count = 0; count < PAGES; count += 1) {
    // Colors must not be on their way when they are read.
    const page = await browser.open({ reducedMotion: "reduce", viewport: { width: 800, height: 600 } });
    await page.evaluate(() => window.props.uploadPicture());
    idle.push(page);
  }
});
afterAll(() => browser.close());

function scene(type: string, row: Row, props: WireProps): WireNode {
  const { children = [], around } = row.options;
  const widget = node(type.replace("canvas/", ""), "w", props, children);
  const placed = around?.(widget) ?? widget;
  if (type === "window" || placed.type === "window" || placed.type === "windows") return placed;
  const column = node("column", "column", { width: "fill", height: "fill" }, [placed]);
  return node("window", "main", { theme: "light" }, [column]);
}

function pathTo(root: WireNode): readonly number[] {
  if (root.id === "w") return [];
  for (const [index, child] of root.children.entries()) {
    if (child.id === "w") return [index];
    const below = pathTo(child);
    if (below.length > 0) return [index, ...below];
  }
  return [];
}

interface Seen {
  readonly print: string;
  readonly look: WireValue;
}

/** Shows the tree, changes it, lets a person act, and looks. */
async function see(page: Page, row: Row, root: WireNode, change?: WireProps, act = row.options.act): Promise<Seen> {
  const { late } = row.options;
  const path = pathTo(root);
  const steps = { root, path, change: change ?? null, late: late === true, see: row.see, looks: act === undefined };
  if (act !== undefined) await page.mouse.move(799, 599);
  const seen = await page.evaluate(async (json) => {
    const { root, path, change, late, see, looks } = JSON.parse(json);
    window.props.show(null);
    window.props.show(root);
    if (change !== null) {
      if (late) await window.props.settle();
      else window.props.print();
      window.props.patch(path, change);
    }
    if (late) await window.props.settle();
    const print = window.props.print();
    return JSON.stringify({ print, look: looks ? window.props.look(see) : null });
  }, JSON.stringify(steps));
  const { print, look }: Seen = JSON.parse(seen);
  if (act === undefined) return { print, look };
  await act(page);
  const after = await page.evaluate(
    async ([what, waits]) => {
      if (waits) await window.props.settle();
      return JSON.stringify(window.props.look(what));
    },
    [row.see, late === true] as const,
  );
  await page.mouse.up();
  return { print, look: JSON.parse(after) };
}

/** What one print says that the other does not. */
function differences(print: string, other: string): readonly string[] {
  if (print === other) return [];
  const [lines, others] = [print.split("\n"), other.split("\n")];
  if (lines.length !== others.length) {
    const gone = others.filter((line) => !lines.includes(line)).map((line) => `gone: ${line.slice(0, 120)}`);
    const extra = lines.filter((line) => !others.includes(line)).map((line) => `extra: ${line.slice(0, 120)}`);
    return [...gone, ...extra, `${lines.length} lines instead of ${others.length}`];
  }
  return lines.flatMap((line, index) => {
    const parts = new Set((others[index] ?? "").split(/[;|{}[\]]/));
    const own = line.split(/[;|{}[\]]/);
    const gone = [...parts].filter((part) => !own.includes(part));
    const extra = own.filter((part) => !parts.has(part));
    return extra.length + gone.length === 0 ? [] : [`${own[0]?.trim()}: ${extra} instead of ${gone}`];
  });
}

/** What the default looks like, by the scene; several values of a prop share it. */
const defaults = new Map<string, { readonly seen: Promise<Seen>; readonly act: Row["options"]["act"] }>();

function seeDefault(page: Page, row: Row, root: WireNode): Promise<Seen> {
  const key = JSON.stringify([root, row.see, row.options.late]);
  const known = defaults.get(key);
  if (known !== undefined && known.act === row.options.act) return known.seen;
  const seen = see(page, row, root);
  defaults.set(key, { seen, act: row.options.act });
  return seen;
}

/** The way back from one value is the way back from all of an enum. */
const wentBack = new Set<string>();

const nothing = async (): Promise<void> => {};

const titles = (entry: Table): readonly (readonly [string, Row])[] =>
  entry.rows.map((row) => [`${row.prop} ${JSON.stringify(row.value)}`.slice(0, 90), row] as const);

/** Colors and fonts of the theme, as the browser says them. */
async function resolved(page: Page, value: WireValue): Promise<WireValue> {
  if (typeof value !== "string" || !/^var[ -]/.test(value)) return value;
  return page.evaluate(
    (name) => window.props.variable(name),
    value.replace("var-mono", "--font-mono").replace("var ", ""),
  );
}

/** Shows the value, patches it in, takes it back, and tries a value of no use. */
async function check(page: Page, type: string, row: Row): Promise<void> {
  const base: WireProps = row.options.with ?? {};
  const plain = scene(type, row, base);
  const full = scene(type, row, { ...base, [row.prop]: row.value });

  const before = await seeDefault(page, row, plain);
  const fresh = await see(page, row, full);
  const is = await resolved(page, row.is);
  expect(fresh.look).toEqual(is);
  expect(before.look, "the default shows the same").not.toEqual(is);
  if (row.options.onlyAtFirst === true) {
    const patched = await see(page, row, plain, { [row.prop]: row.value });
    expect(patched.look, "later").toEqual(before.look);
    if (row.options.updates !== true) return;
    await see(page, row, plain);
    const updated = await page.evaluate(
      ([props, what]) => {
        window.props.updateWindow(JSON.parse(props));
        return JSON.stringify(window.props.look(what));
      },
      [JSON.stringify({ [row.prop]: row.value }), row.see] as const,
    );
    expect(JSON.parse(updated), "after `update`").toEqual(is);
    return;
  }
  const patched = await see(page, row, plain, { [row.prop]: row.value });
  expect(patched.look, "after a patch").toEqual(is);
  expect(differences(patched.print, fresh.print), "after a patch").toEqual([]);
  const way = `${type} ${row.prop} ${typeof row.value} ${row.see}`;
  if (wentBack.has(way)) return;
  wentBack.add(way);
  // What `with` says about the prop itself is what it goes back to.
  const back = await see(page, row, full, { [row.prop]: base[row.prop] ?? null });
  expect(back.look, "back again").toEqual(before.look);
  expect(differences(back.print, before.print), "back again").toEqual([]);
  if (row.options.takesAll === true || base[row.prop] !== undefined) return;
  const malformed = await see(page, row, scene(type, row, { ...base, [row.prop]: [[]] }), undefined, nothing);
  expect(differences(malformed.print, before.print), "a value of no use is the default").toEqual([]);
}

describe.concurrent.each(tables.map((entry) => [entry.type, entry] as const))("%s", (type, entry) => {
  test.each(titles(entry))("%s", (_, row) => withPage((page) => check(page, type, row)));
});

describe("settings", () => {
  const TEXTS: readonly (readonly [type: string, props: WireProps, see: string])[] = [
    ["text", { content: "x" }, "&"],
    ["rich_text", { spans: [{ text: "x" }] }, "& span"],
    ["button", { label: "x" }, "&"],
    ["text_input", { value: "x" }, "& input"],
    ["text_editor", { content: "x" }, "& textarea"],
    ["checkbox", { label: "x" }, "& .pl-toggle-label"],
    ["toggler", { label: "x" }, "& .pl-toggle-label"],
    ["radio", { value: "x" }, "& .pl-toggle-label"],
    ["pick_list", { options: ["x"], selected: "x" }, "&"],
    ["combo_box", { options: ["x"], selected: "x" }, "& input"],
    ["markdown", { content: "x" }, "& p"],
  ];
  const SETTINGS = [
    { name: "default_text_size", settings: { defaultTextSize: 24 }, property: "font-size", is: "24px" },
    { name: "default_font", settings: { defaultFont: { family: "serif" } }, property: "font-family", is: "serif" },
  ] as const;
  const cases = SETTINGS.flatMap((setting) => TEXTS.map(([type, props, css]) => ({ ...setting, type, props, css })));

  test.each(cases)("$name of $type, before it is shown and after", ({ settings, property, is, type, props, css }) =>
    withPage(async (page) => {
      const root = node("window", "main", { theme: "light" }, [node(type, "w", props)]);
      const looks = await page.evaluate(
        async (json) => {
          const { root, settings, see } = JSON.parse(json);
          const look = async (): Promise<unknown> => {
            await window.props.settle();
            return window.props.look(see);
          };
          window.props.show(null);
          window.props.show(root);
          const plain = await look();
          window.props.configure(settings);
          const after = await look();
          window.props.show(null);
          window.props.show(root);
          const before = await look();
          window.props.configure({});
          return { before, after, plain, reset: await look() };
        },
        JSON.stringify({ root, settings, see: `css ${css} ${property}` }),
      );
      expect(looks).toEqual({ before: is, after: is, plain: looks.reset, reset: looks.plain });
      expect(looks.plain).not.toBe(is);
    }),
  );

  test("scale_factor enlarges windows that have none of their own", () =>
    withPage(async (page) => {
      const root = node("window", "main", { theme: "light" }, [node("space", "w", { width: 50, height: 20 })]);
      const places = await page.evaluate((json) => {
        window.props.show(null);
        window.props.show(JSON.parse(json));
        window.props.configure({ scaleFactor: 2 });
        const large = window.props.look("place &");
        window.props.configure({});
        return [large, window.props.look("place &")];
      }, JSON.stringify(root));
      expect(places).toEqual(["0 0 100 40", "0 0 50 20"]);
    }));
});
