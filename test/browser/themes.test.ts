import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { WireNode, WireProps, WireValue } from "../../src/protocol/index.ts";
import { type Color, parseColor } from "../../src/renderer/dom/color.ts";
import { themeLook } from "../../src/renderer/dom/theme.ts";
import type { TestBrowser } from "./support/chromium.ts";
import { boxes, launchDom, node, patch, perform, settled, show, windowNode } from "./support/dom-harness.ts";

declare const document: Document;

let browser: TestBrowser;
let page: Page;

beforeAll(async () => {
  browser = await launchDom();
  // Colors must not be on their way when they are read.
  page = await browser.open({ reducedMotion: "reduce", viewport: { width: 400, height: 300 } });
});
afterAll(() => browser.close());
beforeEach(async () => {
  await page.mouse.move(399, 299);
  await show(page, null);
});

type Status = "active" | "hovered" | "pressed" | "focused" | "disabled" | "opened" | "dragged";

interface Part {
  /** Below the node's element; the element itself when empty. */
  readonly selector?: string;
  readonly pseudo?: "::before" | "::after";
  readonly property: string;
}

/** What a part looks like in each status: a theme variable, with `/50` for half of it, or a color. */
type ByStatus = Partial<Readonly<Record<Status, string>>>;

/** A widget of one style, and its parts. */
interface Look {
  readonly name: string;
  readonly type: string;
  readonly props: WireProps;
  readonly parts: readonly (readonly [Part, ByStatus])[];
}

const FAMILIES = ["primary", "secondary", "success", "warning", "danger"] as const;
const FILL: Part = { property: "background-color" };
const TEXT: Part = { property: "color" };
const BORDER: Part = { pseudo: "::after", property: "border-top-color" };
const NONE = "#00000000";

function looks(name: string, type: string, props: WireProps, parts: Look["parts"]): Look[] {
  return [{ name, type, props, parts }];
}

const BUTTONS: readonly Look[] = [
  ...FAMILIES.flatMap((style) =>
    looks(`button ${style}`, "button", { label: "x", style }, [
      [
        FILL,
        {
          active: `--${style}-base`,
          hovered: `--${style}-strong`,
          pressed: `--${style}-base`,
          focused: `--${style}-base`,
          disabled: `--${style}-base/50`,
        },
      ],
      [
        TEXT,
        {
          active: `--${style}-base-text`,
          hovered: `--${style}-strong-text`,
          pressed: `--${style}-base-text`,
          disabled: `--${style}-base-text/50`,
        },
      ],
      [BORDER, { focused: `--focus-ring-on-${style}` }],
    ]),
  ),
  ...looks("button text", "button", { label: "x", style: "text" }, [
    [FILL, { active: NONE, hovered: NONE, pressed: NONE, disabled: NONE }],
    [
      TEXT,
      {
        active: "--bg-base-text",
        hovered: "--bg-base-text-dim",
        pressed: "--bg-base-text",
        disabled: "--bg-base-text/50",
      },
    ],
  ]),
  ...looks("button background", "button", { label: "x", style: "background" }, [
    [FILL, { active: "--bg-base", hovered: "--bg-weak", pressed: "--bg-strong", disabled: "--bg-base/50" }],
  ]),
  ...looks("button subtle", "button", { label: "x", style: "subtle" }, [
    [FILL, { active: "--bg-weakest", hovered: "--bg-weaker", pressed: "--bg-strong", disabled: "--bg-weakest/50" }],
  ]),
  ...looks("button without style", "button", { label: "x" }, [[FILL, { active: "--primary-base" }]]),
  ...looks("button of an unknown style", "button", { label: "x", style: "fancy" }, [
    [FILL, { active: "--primary-base" }],
  ]),
];

const FIELDS: readonly Look[] = ["text_input", "text_editor", "combo_box"].flatMap((type) =>
  looks(type, type, { value: "x", content: "x", options: ["x"], selected: "x", height: 40 }, [
    [FILL, { active: "--bg-base", hovered: "--bg-base", focused: "--bg-base", disabled: "--bg-weak" }],
    [TEXT, { active: "--bg-base-text", focused: "--cursor", disabled: "--secondary-base" }],
    [
      BORDER,
      { active: "--bg-strong", hovered: "--bg-base-text", focused: "--focus-ring-on-bg-base", disabled: "--bg-strong" },
    ],
  ]),
);

const BOX: Part = { selector: ".pl-check-box", property: "background-color" };
const EDGE: Part = { selector: ".pl-check-box", property: "box-shadow" };
const MARK: Part = { selector: ".pl-check-box", pseudo: "::before", property: "background-color" };
const CHECKED: readonly (readonly [string, string, string, string, string])[] = [
  ["primary", "--primary-base", "--primary-strong", "--bg-strong", "--primary-base-text"],
  ["secondary", "--bg-strong", "--bg-strong", "--bg-weak", "--bg-base-text"],
  ["success", "--success-base", "--success-strong", "--success-weak", "--success-base-text"],
  ["danger", "--danger-base", "--danger-strong", "--danger-weak", "--danger-base-text"],
];

const TOGGLES: readonly Look[] = [
  ...CHECKED.flatMap(([style, active, hovered, disabled, mark]) => [
    ...looks(`checkbox ${style}`, "checkbox", { label: "x", style }, [
      [BOX, { active: "--bg-base", hovered: "--bg-weak", disabled: "--bg-weaker" }],
      [EDGE, { active: style === "success" ? "--bg-weak" : "--bg-strong", disabled: "--bg-weak" }],
    ]),
    ...looks(`checked checkbox ${style}`, "checkbox", { label: "x", style, checked: true }, [
      [BOX, { active, hovered, disabled }],
      [MARK, { active: mark }],
    ]),
  ]),
  ...looks("toggler", "toggler", { label: "x" }, [
    [
      { selector: ".pl-toggler-track", property: "background-color" },
      { active: "--bg-strong", hovered: "--bg-strong", disabled: "--bg-weak" },
    ],
    [
      { selector: ".pl-toggler-track", pseudo: "::before", property: "background-color" },
      { active: "--bg-base", hovered: "--bg-weak", disabled: "--bg-weakest" },
    ],
  ]),
  ...looks("toggler that is on", "toggler", { label: "x", is_toggled: true }, [
    [
      { selector: ".pl-toggler-track", property: "background-color" },
      { active: "--primary-base", hovered: "--primary-base", disabled: "--bg-strong" },
    ],
    [
      { selector: ".pl-toggler-track", pseudo: "::before", property: "background-color" },
      { active: "--primary-base-text", hovered: "--primary-base-text/50", disabled: "--bg-weakest" },
    ],
  ]),
  ...looks("radio", "radio", { value: "x", selected: "x" }, [
    [
      { selector: ".pl-radio-disc", property: "background-color" },
      { active: NONE, hovered: "--primary-weak" },
    ],
    [{ selector: ".pl-radio-disc", property: "box-shadow" }, { active: "--primary-strong" }],
    [{ selector: ".pl-radio-disc", pseudo: "::before", property: "background-color" }, { active: "--primary-strong" }],
  ]),
];

const OTHERS: readonly Look[] = [
  ...["slider", "vertical_slider"].flatMap((type) =>
    looks(type, type, { range: [0, 100], value: 50, ...(type === "slider" ? {} : { height: 100 }) }, [
      [
        { selector: ".pl-slider-handle", property: "background-color" },
        {
          active: "--primary-base",
          hovered: "--primary-strong",
          focused: "--primary-strong",
          dragged: "--primary-weak",
        },
      ],
      [
        { selector: ".pl-slider-fill", property: "background-color" },
        { active: "--primary-base", hovered: "--primary-strong", dragged: "--primary-weak" },
      ],
      [
        { selector: ".pl-slider-rail", property: "background-color" },
        { active: "--bg-strong", hovered: "--bg-strong" },
      ],
    ]),
  ),
  ...looks("pick_list", "pick_list", { options: ["x", "y"], selected: "x" }, [
    [FILL, { active: "--bg-weak", hovered: "--bg-weak", opened: "--bg-weak", disabled: "--bg-weaker" }],
    [TEXT, { active: "--bg-weak-text", disabled: "--bg-strongest" }],
    [
      BORDER,
      {
        active: "--bg-strong",
        hovered: "--primary-strong",
        focused: "--focus-ring-on-bg-weak",
        disabled: "--bg-weak",
      },
    ],
  ]),
  ...looks("pick_list without a choice", "pick_list", { options: ["x"], placeholder: "p" }, [
    [
      { selector: ".pl-placeholder", property: "color" },
      { active: "--placeholder-on-bg-weak", disabled: "--bg-strongest" },
    ],
  ]),
  ...FAMILIES.flatMap((style) => [
    ...looks(`progress_bar ${style}`, "progress_bar", { value: 50, style }, [
      [FILL, { active: "--bg-strong" }],
      [{ selector: ":scope>div", property: "background-color" }, { active: `--${style}-base` }],
    ]),
    ...looks(`container ${style}`, "container", { style, width: 20, height: 20 }, [
      [FILL, { active: `--${style}-base` }],
      [TEXT, { active: `--${style}-base-text` }],
    ]),
    ...["text", "rich_text"].flatMap((type) =>
      looks(`${type} ${style}`, type, { content: "x", spans: [{ text: "x" }], style }, [
        [TEXT, { active: style === "secondary" ? "--secondary-base" : `--seed-${style}` }],
      ]),
    ),
  ]),
  ...looks("container rounded_box", "container", { style: "rounded_box", width: 20, height: 20 }, [
    [FILL, { active: "--bg-weak" }],
    [TEXT, { active: "--bg-weak-text" }],
  ]),
  ...looks("container bordered_box", "container", { style: "bordered_box", width: 20, height: 20 }, [
    [FILL, { active: "--bg-weakest" }],
    [{ property: "box-shadow" }, { active: "--bg-weak" }],
  ]),
  ...looks("container dark", "container", { style: "dark", width: 20, height: 20 }, [
    [FILL, { active: "#111111" }],
    [TEXT, { active: "#ffffff" }],
  ]),
  ...looks("container transparent", "container", { style: "transparent", width: 20, height: 20 }, [
    [FILL, { active: NONE }],
    [TEXT, { active: "--bg-base-text" }],
  ]),
  ...looks("rule", "rule", {}, [[FILL, { active: "--bg-strong" }]]),
  ...looks("rule weak", "rule", { style: "weak" }, [[FILL, { active: "--bg-weak" }]]),
  ...looks("text", "text", { content: "x" }, [[TEXT, { active: "--bg-base-text" }]]),
];

/** A row of controls inside a themer, so that the widget's own theme is not simply that of the page. */
function scene(theme: string, type: string, props: WireProps): WireNode {
  return windowNode({ theme: "light" }, [
    node("themer", { theme }, [node("column", { padding: 20, width: 200 }, [node(type, { ...props, id: "w" })])]),
  ]);
}

async function bring(status: Status): Promise<void> {
  if (status === "active" || status === "disabled") return;
  const [box] = await boxes(page, '[data-id="w"]');
  const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2];
  if (status === "hovered" || status === "pressed" || status === "dragged") await page.mouse.move(x, y);
  if (status === "pressed" || status === "dragged") await page.mouse.down();
  if (status === "focused" || status === "opened") await page.keyboard.press("Tab");
  if (status === "opened") await page.keyboard.press("Enter");
}

async function leave(status: Status): Promise<void> {
  if (status === "active" || status === "disabled") return;
  await page.mouse.move(399, 299);
  if (status === "pressed" || status === "dragged") await page.mouse.up();
  if (status === "opened") await page.keyboard.press("Escape");
}

/** The colors of parts as channels of 255, whatever the notation of the computed style. */
function read(...parts: readonly Part[]): Promise<readonly (readonly number[])[]> {
  return page.evaluate((list) => {
    const root = document.querySelector('[data-id="w"]');
    const context = document.createElement("canvas").getContext("2d");
    if (context === null) throw new Error("no canvas");
    return list.map(({ selector, pseudo, property }) => {
      const element = selector === undefined ? root : root?.querySelector(selector);
      if (element === null || element === undefined) throw new Error(`no ${selector}`);
      const value = getComputedStyle(element, pseudo).getPropertyValue(property);
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = /^(?:rgba?|color)\([^)]*\)/.exec(value)?.[0] ?? value;
      context.fillRect(0, 0, 1, 1);
      return [...context.getImageData(0, 0, 1, 1).data];
    });
  }, parts);
}

function wanted(theme: string, expected: string): Color {
  const [name = "", share] = expected.split("/");
  const color = parseColor(name.startsWith("--") ? themeLook(theme, false)?.variables[name] : name);
  if (color === undefined) throw new Error(`no color ${expected}`);
  return { ...color, a: color.a * (share === undefined ? 1 : Number(share) / 100) };
}

/** Channels by opacity: what differs in color counts as far as it can be seen. */
function isSame(found: readonly number[], color: Color): boolean {
  const [r = 0, g = 0, b = 0, alpha = 0] = found;
  const opacity = alpha / 255;
  const near = (one: number, other: number): boolean => Math.abs(one - other) <= 3 / 255;
  return (
    near(opacity, color.a) &&
    near((r / 255) * opacity, color.r * color.a) &&
    near((g / 255) * opacity, color.g * color.a) &&
    near((b / 255) * opacity, color.b * color.a)
  );
}

async function check(theme: string, look: Look, status: Status): Promise<void> {
  const props: WireProps = status === "disabled" ? { ...look.props, disabled: true } : look.props;
  await show(page, null);
  await show(page, scene(theme, look.type, props));
  await bring(status);
  const wants = look.parts.flatMap(([part, by]) => (by[status] === undefined ? [] : [[part, by[status]] as const]));
  const found = await read(...wants.map(([part]) => part));
  await leave(status);
  for (const [index, [part, expected]] of wants.entries()) {
    const color = found[index] ?? [];
    const shown = isSame(color, wanted(theme, expected)) ? expected : `rgba(${color.join(", ")})`;
    expect(shown, `${theme}, ${status}: ${Object.values(part).join(" ")}`).toBe(expected);
  }
}

const STATUSES: readonly Status[] = ["active", "hovered", "pressed", "focused", "disabled", "opened", "dragged"];

describe.each([
  ["buttons", BUTTONS],
  ["fields", FIELDS],
  ["checkboxes, togglers and radios", TOGGLES],
  ["other widgets", OTHERS],
] as const)("styles of %s", (_, list) => {
  test.each(list.map((look) => [look.name, look] as const))("%s", async (_name, look) => {
    for (const status of STATUSES) {
      if (look.parts.every(([, by]) => by[status] === undefined)) continue;
      for (const theme of status === "active" ? ["light", "dark", "dracula"] : ["light", "dark"]) {
        await check(theme, look, status);
      }
    }
  });
});

/** Which fields of a StyleMap reach which part, and with which statuses. */
interface MapLook {
  readonly type: string;
  readonly props?: WireProps;
  readonly background?: Part;
  readonly text?: Part;
  readonly border?: Part;
  readonly statuses: readonly Status[];
}

const LABEL: Part = { selector: ".pl-toggle-label", property: "color" };
const MAPS: readonly MapLook[] = [
  {
    type: "button",
    props: { label: "x" },
    background: FILL,
    text: TEXT,
    border: BORDER,
    statuses: ["hovered", "pressed", "disabled"],
  },
  {
    type: "container",
    props: { width: 20, height: 20 },
    background: FILL,
    text: TEXT,
    border: { property: "box-shadow" },
    statuses: [],
  },
  {
    type: "checkbox",
    props: { label: "x" },
    background: BOX,
    text: LABEL,
    border: EDGE,
    statuses: ["hovered", "disabled"],
  },
  {
    type: "toggler",
    props: { label: "x" },
    background: { selector: ".pl-toggler-track", property: "background-color" },
    text: LABEL,
    border: { selector: ".pl-toggler-track", property: "box-shadow" },
    statuses: ["hovered", "disabled"],
  },
  {
    type: "radio",
    props: { value: "x" },
    background: { selector: ".pl-radio-disc", property: "background-color" },
    text: LABEL,
    border: { selector: ".pl-radio-disc", property: "box-shadow" },
    statuses: ["hovered"],
  },
  ...["slider", "vertical_slider"].map((type) => ({
    type,
    props: { range: [0, 100], value: 50, ...(type === "slider" ? {} : { height: 100 }) } as WireProps,
    background: { selector: ".pl-slider-handle", property: "background-color" },
    border: { selector: ".pl-slider-handle", property: "box-shadow" },
    statuses: ["hovered"] as const,
  })),
  ...["text_input", "text_editor", "combo_box"].map((type) => ({
    type,
    props: { height: 40 },
    background: FILL,
    text: TEXT,
    border: BORDER,
    statuses: ["hovered", "focused", "disabled"] as const,
  })),
  {
    type: "pick_list",
    props: { options: ["x"], selected: "x" },
    background: FILL,
    text: TEXT,
    border: BORDER,
    statuses: ["hovered"],
  },
  {
    type: "progress_bar",
    props: { value: 50 },
    background: FILL,
    text: { selector: ":scope>div", property: "background-color" },
    border: { property: "box-shadow" },
    statuses: [],
  },
  { type: "rule", background: FILL, statuses: [] },
  { type: "text", props: { content: "x" }, text: TEXT, statuses: [] },
  { type: "rich_text", props: { spans: [{ text: "x" }] }, text: TEXT, statuses: [] },
];

const OWN = { background: "#204060", text_color: "#f0e0d0", border: { color: "#a01020", width: 2, radius: 3 } };
const OTHER = { background: "#608040", text_color: "#102030", border: { color: "#10c0a0", width: 3, radius: 3 } };

function partsOf(map: MapLook, fields: typeof OWN): readonly (readonly [Part, string])[] {
  const pairs: readonly (readonly [Part | undefined, string])[] = [
    [map.background, fields.background],
    [map.text, fields.text_color],
    [map.border, fields.border.color],
  ];
  return pairs.flatMap(([part, color]) => (part === undefined ? [] : [[part, color] as const]));
}

function checkMap(map: MapLook, style: WireValue, status: Status, fields: typeof OWN, suffix = ""): Promise<void> {
  const parts = partsOf(map, fields).map(([part, color]) => [part, { [status]: `${color}${suffix}` }] as const);
  return check("dark", { name: map.type, type: map.type, props: { ...map.props, style }, parts }, status);
}

describe("style maps", () => {
  test.each(MAPS.map((map) => [map.type, map] as const))("%s: its own colors", async (_, map) => {
    await checkMap(map, OWN, "active", OWN);
  });

  test.each(MAPS.flatMap((map) => map.statuses.map((status) => [map.type, status, map] as const)))(
    "%s: other colors while %s",
    async (_, status, map) => {
      await checkMap(map, { ...OWN, [status]: OTHER }, status, OTHER);
    },
  );

  test.each(MAPS.filter((map) => map.statuses.includes("hovered")).map((map) => [map.type, map] as const))(
    "%s: hovered without colors of its own shifts the fill",
    async (_, map) => {
      // A tenth lighter, because it is dark.
      await checkMap(map, OWN, "hovered", { ...OWN, background: "#3a5a7a" });
    },
  );

  test.each(MAPS.filter((map) => map.statuses.includes("disabled")).map((map) => [map.type, map] as const))(
    "%s: disabled without colors of its own is half as visible",
    async (_, map) => {
      await checkMap(map, OWN, "disabled", OWN, "/50");
    },
  );

  test("a map starts from its base", async () => {
    await show(page, scene("dark", "button", { label: "x", style: { base: "danger", text_color: "#010203" } }));
    expect(isSame((await read(FILL))[0] ?? [], wanted("dark", "--danger-base"))).toBe(true);
    expect(isSame((await read(TEXT))[0] ?? [], wanted("dark", "#010203"))).toBe(true);
  });

  test("a gradient has the angle of the line as CSS counts it", async () => {
    const background = {
      type: "linear",
      start: [0, 0.5],
      end: [1, 0.5],
      stops: [
        [0, "#000000"],
        [1, "#ffffff"],
      ],
    };
    await show(page, scene("dark", "container", { width: 40, height: 40, background }));
    const image = await page.evaluate(
      () => getComputedStyle(document.querySelector('[data-id="w"]') as Element).backgroundImage,
    );
    expect(image).toBe("linear-gradient(0deg, rgb(0, 0, 0) 0%, rgb(255, 255, 255) 100%)");
  });
});

describe("themes", () => {
  const colors = (ids: readonly string[]): Promise<readonly string[]> =>
    page.evaluate(
      (list) =>
        list.map((id) => getComputedStyle(document.querySelector(`[data-id="${id}"]`) as Element).backgroundColor),
      ids,
    );
  const panel = (id: string, ...children: WireNode[]): WireNode =>
    node("container", { id, style: "rounded_box", padding: 4 }, children);
  const rgb = (theme: WireValue, variable = "--bg-weak"): string => {
    const color = parseColor(themeLook(theme, false)?.variables[variable]);
    return color === undefined
      ? ""
      : `rgb(${[color.r, color.g, color.b].map((part) => Math.round(part * 255)).join(", ")})`;
  };

  test("themers nest, and each counts for what is below it", async () => {
    const inner = node("themer", { theme: "nord" }, [panel("inner")]);
    const middle = node("themer", { theme: "light" }, [panel("middle", inner)]);
    await show(page, windowNode({ theme: "dracula" }, [node("row", {}, [panel("outer", middle), panel("beside")])]));
    expect(await colors(["outer", "middle", "inner", "beside"])).toEqual([
      rgb("dracula"),
      rgb("light"),
      rgb("nord"),
      rgb("dracula"),
    ]);
  });

  test("a themer that says nothing valid leaves the theme around it", async () => {
    const children = ["system", "gruvbox", "", 7].map((theme, index) =>
      node("themer", { theme }, [panel(`p${index}`)]),
    );
    await show(page, windowNode({ theme: "nord" }, [node("row", {}, children)]));
    expect(await colors(["p0", "p1", "p2", "p3"])).toEqual([rgb("nord"), rgb("nord"), rgb("nord"), rgb("nord")]);
  });

  test("a themer can be changed and taken away", async () => {
    await show(page, windowNode({ theme: "dark" }, [node("themer", { id: "t", theme: "light" }, [panel("p")])]));
    expect(await colors(["p"])).toEqual([rgb("light")]);
    await patch(page, [{ op: "update_props", path: [0], props: { theme: "ferra" } }]);
    expect(await colors(["p"])).toEqual([rgb("ferra")]);
    await patch(page, [{ op: "update_props", path: [0], props: { theme: null } }]);
    expect(await colors(["p"])).toEqual([rgb("dark")]);
  });

  test("[R144] system follows the system while it is shown", async () => {
    await page.emulateMedia({ colorScheme: "dark" });
    await show(page, windowNode({ theme: "system" }, [panel("p")]));
    expect(await colors(["p"])).toEqual([rgb("dark")]);
    await page.emulateMedia({ colorScheme: "light" });
    await settled(page);
    expect(await colors(["p"])).toEqual([rgb("light")]);
    await page.emulateMedia({ colorScheme: "dark" });
    await settled(page);
    expect(await colors(["p"])).toEqual([rgb("dark")]);
  });

  test("a theme of one's own replaces only what it names", async () => {
    const theme = {
      name: "Mine",
      base: "light",
      primary: "#008000",
      background_weak: "#fedcba",
      success_base_text: "#123456",
    };
    const children = [
      panel("weak"),
      node("container", { id: "primary", style: "primary" }),
      node("container", { id: "danger", style: "danger" }),
    ];
    await show(page, windowNode({ theme }, [node("row", {}, children)]));
    expect(await colors(["weak", "primary", "danger"])).toEqual([
      "rgb(254, 220, 186)",
      "rgb(0, 128, 0)",
      rgb("light", "--danger-base"),
    ]);
  });

  test("a theme of one's own for a part of the window", async () => {
    const theme = { base: "nord", background: "#102030" };
    await show(page, windowNode({ theme: "light" }, [node("themer", { theme }, [panel("p")])]));
    expect(await colors(["p"])).toEqual([rgb(theme)]);
  });

  test("a menu has the theme of the control that opened it", async () => {
    const list = node("pick_list", { id: "w", options: ["x"], selected: "x" });
    await show(page, windowNode({ theme: "light" }, [node("themer", { theme: "dracula" }, [list])]));
    await perform(page, "focus", "w");
    await page.keyboard.press("Enter");
    const fill = await page.evaluate(
      () => getComputedStyle(document.querySelector(".pl-menu") as Element).backgroundColor,
    );
    expect(fill).toBe(rgb("dracula"));
  });
});
