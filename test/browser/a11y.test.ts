import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { WireNode, WireProps } from "../../src/protocol/index.ts";
import { launchPage, type TestBrowser } from "./support/chromium.ts";

const VIEWPORT = { width: 800, height: 600 };

let browser: TestBrowser;
let page: Page;
beforeAll(async () => {
  browser = await launchPage(new URL("./widgets-page.ts", import.meta.url).href);
  page = await browser.open({ viewport: VIEWPORT });
});
afterAll(() => browser.close());

const node = (type: string, props: WireProps = {}, children: readonly WireNode[] = [], id = "w"): WireNode => ({
  id,
  type,
  props,
  children,
});

async function snapshot(...children: readonly WireNode[]): Promise<string> {
  await page.evaluate((json: string) => {
    window.widgets.show([]);
    window.widgets.show(JSON.parse(json));
  }, JSON.stringify(children));
  return page.locator("body").ariaSnapshot();
}

/** What assistive technology is told about the node with this role. */
async function exposed(role: string): Promise<Record<string, unknown>> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const found = nodes.find((one) => one.role?.value === role && one.ignored !== true);
  if (found === undefined) throw new Error(`No ${role} in the accessibility tree.`);
  const properties = (found.properties ?? []).map((property) => [property.name, property.value.value]);
  return {
    name: found.name?.value,
    value: found.value?.value,
    description: found.description?.value,
    ...Object.fromEntries(properties),
  };
}

describe("role, name and state", () => {
  test.each([
    ["button", node("button", { label: "Save" }), '- button "Save"'],
    ["button around a child", node("button", {}, [node("text", { content: "Open" }, [], "c")]), '- button "Open"'],
    ["disabled button", node("button", { label: "Save", disabled: true }), '- button "Save" [disabled]'],
    ["checkbox", node("checkbox", { label: "Agree" }), '- checkbox "Agree"'],
    ["checked checkbox", node("checkbox", { label: "Agree", checked: true }), '- checkbox "Agree" [checked]'],
    ["toggler", node("toggler", { label: "Wi-Fi", is_toggled: true }), '- switch "Wi-Fi" [checked]'],
    ["progress bar", node("progress_bar", { value: 45, label: "Copying" }), '- progressbar "Copying"'],
    ["rule", node("rule"), "- separator"],
    ["text", node("text", { content: "Hello" }), "- text: Hello"],
    ["link", node("rich_text", { spans: [{ text: "docs", link: "x" }] }), '- link "docs"'],
    ["field", node("text_input", { value: "abc", a11y: { label: "Name" } }), '- textbox "Name": abc'],
    ["editor", node("text_editor", { content: "abc", a11y: { label: "Note" } }), '- textbox "Note": abc'],
    [
      "pick list",
      node("pick_list", { options: ["A", "B"], selected: "B", a11y: { label: "Letter" } }),
      '- combobox "Letter"',
    ],
    [
      "role and name from the app",
      node("text", { content: "Title", a11y: { role: "heading", level: 2 } }),
      '- heading "Title" [level=2]',
    ],
  ] as const)("%s", async (_, shown, expected) => {
    expect(await snapshot(shown)).toContain(expected);
  });

  test("space is nothing, and a hidden node is gone", async () => {
    const tree = await snapshot(node("space"), node("button", { label: "Save", a11y: { hidden: true } }, [], "b"));
    expect(tree).not.toContain("button");
  });

  test("a progress bar tells its value", async () => {
    const bar = page.getByRole("progressbar");
    await snapshot(node("progress_bar", { value: 45 }));
    expect(await exposed("progressbar")).toMatchObject({ value: 45 });
    expect(await bar.getAttribute("aria-valuetext")).toBe("45%");
    await snapshot(node("progress_bar", { value: 3, range: [0, 10] }));
    expect(await bar.getAttribute("aria-valuetext")).toBe("3/10");
  });

  test("a field tells that it is required and wrong, and why", async () => {
    await snapshot(
      node("text_input", {
        value: "",
        a11y: { label: "Age", required: true, invalid: true, error_message: "Too young" },
      }),
    );
    expect(await exposed("textbox")).toMatchObject({
      name: "Age",
      required: true,
      invalid: "true",
      description: "Too young",
    });
  });

  test("a field is named by another node", async () => {
    await snapshot(node("text", { content: "Street" }, [], "l"), node("text_input", { a11y: { labelled_by: "l" } }));
    expect(await exposed("textbox")).toMatchObject({ name: "Street" });
  });

  test("a mnemonic is announced", async () => {
    await snapshot(node("button", { label: "Save", access_key: "s" }));
    expect(await page.locator(".pl-button").getAttribute("aria-keyshortcuts")).toBe("Alt+S");
  });

  test("a tooltip describes its child, shown or not", async () => {
    await snapshot(node("tooltip", { tip: "Saves the file" }, [node("button", { label: "Save" }, [], "b")]));
    expect(await exposed("button")).toMatchObject({ name: "Save", description: "Saves the file" });
  });

  test("an open pick list tells its options and the highlighted one", async () => {
    await snapshot(node("pick_list", { options: ["A", "B"], selected: "B" }));
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const tree = await page.locator("body").ariaSnapshot();
    expect(tree).toContain('- option "B" [selected]');
    expect(await exposed("combobox")).toMatchObject({ expanded: true, hasPopup: "listbox" });
    const active = await page.locator(".pl-pick").getAttribute("aria-activedescendant");
    expect(await page.locator(`[id="${active}"]`).textContent()).toBe("B");
    await page.keyboard.press("Escape");
  });

  test("the code editor keeps role and name of the field it replaces", async () => {
    await snapshot(node("text_editor", { content: "let a", highlight_syntax: "ts", a11y: { label: "Source" } }));
    await page.locator(".cm-content").waitFor();
    expect(await exposed("textbox")).toMatchObject({ name: "Source", multiline: true });
  });
});

describe("the keyboard alone", () => {
  const form = [
    node("button", { label: "One" }, [], "a"),
    node("button", { label: "Off", disabled: true }, [], "b"),
    node("text_input", { value: "" }, [], "c"),
    node("text_input", { value: "", disabled: true }, [], "d"),
    node("checkbox", { label: "Two" }, [], "e"),
    node("toggler", { label: "Three" }, [], "f"),
    node("pick_list", { options: ["A"] }, [], "g"),
    node("text_editor", { content: "" }, [], "h"),
    node("rich_text", { spans: [{ text: "docs", link: "x" }] }, [], "i"),
  ];

  test("Tab stops at everything that works, in the order of the tree, and leaves editors", async () => {
    await snapshot(...form);
    const stops: (string | null)[] = [];
    for (let index = 0; index < 7; index++) {
      await page.keyboard.press("Tab");
      stops.push(
        await page.evaluate(
          () => document.activeElement?.getAttribute("role") ?? document.activeElement?.tagName ?? null,
        ),
      );
    }
    expect(stops).toEqual(["button", "INPUT", "checkbox", "switch", "combobox", "TEXTAREA", "link"]);
  });

  test("the ring shows for the keyboard and not for the mouse", async () => {
    await snapshot(node("button", { label: "One" }));
    const ring = () =>
      page.locator(".pl-button").evaluate((element) => getComputedStyle(element, "::after").borderTopWidth);
    await page.locator(".pl-button").click();
    expect(await ring()).toBe("0px");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    expect(await ring()).toBe("2px");
  });
});
