import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { WireProps } from "../../src/protocol/index.ts";
import type { PicturesPage } from "./pictures-page.ts";
import { launchPage, type TestBrowser } from "./support/chromium.ts";
import { boxes, node, patch, perform, settled, show, take, windowNode } from "./support/dom-harness.ts";

declare const window: { readonly pictures: PicturesPage };
declare const document: Document;

let browser: TestBrowser;
let page: Page;
beforeAll(async () => {
  browser = await launchPage(new URL("./pictures-page.ts", import.meta.url).href);
  page = await browser.open({ viewport: { width: 600, height: 600 } });
});
afterAll(() => browser.close());
beforeEach(async () => {
  await show(page, null);
  await perform(page, "clear_images");
  await take(page);
});

async function markdown(content: string, props: WireProps = {}): Promise<void> {
  await show(page, windowNode({ theme: "light" }, [node("markdown", { id: "m", content, ...props })]));
  await expect.poll(() => page.locator(".pl-md-block").count()).toBeGreaterThan(0);
}
const setProps = (props: WireProps) => patch(page, [{ op: "update_props", path: [0], props }]);
const css = (selector: string, name: string): Promise<string> =>
  page
    .locator(selector)
    .first()
    .evaluate((element, property) => getComputedStyle(element).getPropertyValue(property), name);

describe("blocks", () => {
  test("of every kind become elements", async () => {
    await markdown(
      "# One\n\ntext *soft* **hard** ~~gone~~ `code`\n\n- a\n- b\n\n3. c\n4. d\n\n> said\n\n---\n\n```\nplain\n```\n\n" +
        "| left | mid |\n|:-----|:---:|\n| 1 | 2 |\n",
    );
    for (const name of ["h1", "p", "em", "strong", "s", "p code", "ul > li", "blockquote p", "hr", "pre code", "th"]) {
      expect(await page.locator(`.pl-markdown ${name}`).count(), name).toBeGreaterThan(0);
    }
    expect(await page.locator("ol").getAttribute("start")).toBe("3");
    expect(await css("td:nth-child(2)", "text-align")).toBe("center");
    expect(await page.locator(".pl-markdown[role=document]").count()).toBe(1);
    expect(await page.getByRole("heading", { level: 1, name: "One" }).count()).toBe(1);
  });

  test("task lists have boxes", async () => {
    await markdown("- [x] done\n- [ ] open\n- [link](/a)\n");
    expect(await page.getByRole("checkbox", { name: "done", checked: true }).count()).toBe(1);
    expect(await page.getByRole("checkbox", { name: "open", checked: false }).count()).toBe(1);
    expect(await page.getByRole("checkbox").count()).toBe(2);
    expect(await page.locator("li").first().textContent()).toBe("done");
  });

  test("it fills its width, or takes the one it is given", async () => {
    await markdown("text");
    expect(await boxes(page, ".pl-markdown")).toMatchObject([{ width: 600 }]);
    await setProps({ width: 200 });
    expect(await boxes(page, ".pl-markdown")).toMatchObject([{ width: 200 }]);
  });

  test("text can be selected", async () => {
    await markdown("some text");
    expect(await css(".pl-markdown", "user-select")).toBe("text");
    await page.locator("p").selectText();
    expect(await page.evaluate(() => String(document.getSelection()))).toBe("some text");
  });
});

describe("look", () => {
  const sizes = async (): Promise<readonly string[]> =>
    Promise.all(["p", "h1", "h2", "h3", "h4", "h5", "pre"].map((name) => css(`.pl-markdown ${name}`, "font-size")));
  const CONTENT = "p\n\n# 1\n\n## 2\n\n### 3\n\n#### 4\n\n##### 5\n\n```\ncode\n```";

  test("sizes follow the text size", async () => {
    await markdown(CONTENT);
    expect(await sizes()).toEqual(["16px", "32px", "28px", "24px", "20px", "16px", "12px"]);
    await setProps({ text_size: 20 });
    expect(await sizes()).toEqual(["20px", "40px", "35px", "30px", "25px", "20px", "15px"]);
  });

  test("h1_size, h2_size, h3_size, code_size and spacing win", async () => {
    await markdown(CONTENT, { h1_size: 50, h2_size: 40, h3_size: 30, code_size: 18, spacing: 7 });
    expect(await sizes()).toEqual(["16px", "50px", "40px", "30px", "20px", "16px", "18px"]);
    const [first, second] = await boxes(page, ".pl-md-block");
    expect((second?.y ?? 0) - (first?.y ?? 0) - (first?.height ?? 0)).toBe(7);
  });

  test("link_color, else the theme's accent", async () => {
    await markdown("[a](/b)");
    const accent = await css(".pl-link", "color");
    await setProps({ link_color: "#ff0000" });
    expect(await css(".pl-link", "color")).toBe("rgb(255, 0, 0)");
    expect(accent).not.toBe("rgb(255, 0, 0)");
  });

  test("code is dark and colored; code_theme changes both", async () => {
    await markdown("```ts\nconst one = 1; // note\n```");
    await expect.poll(() => page.locator(".pl-code-keyword").count()).toBe(1);
    expect(await css("pre", "background-color")).toBe("rgb(17, 17, 17)");
    expect(await page.locator("pre").textContent()).toBe("const one = 1; // note");
    const keyword = await css(".pl-code-keyword", "color");
    const others = await Promise.all([".pl-code-number", ".pl-code-comment", "pre"].map((one) => css(one, "color")));
    expect(new Set([keyword, ...others]).size).toBe(4);
    await setProps({ code_theme: "inspired_github" });
    expect(await css("pre", "background-color")).toBe("rgb(255, 255, 255)");
    expect(await css(".pl-code-keyword", "color")).not.toBe(keyword);
  });
});

describe("links", () => {
  test("are reported by pointer and key, and never followed", async () => {
    await markdown('[docs](https://example.org/a?b "Title") and [here](/page)');
    await page.getByRole("link", { name: "docs" }).click();
    await page.getByRole("link", { name: "here" }).focus();
    await page.keyboard.press("Enter");
    expect(await take(page)).toEqual([
      { channel: "widget", family: "link_click", id: "m", value: { link: "https://example.org/a?b" } },
      { channel: "widget", family: "link_click", id: "m", value: { link: "/page" } },
    ]);
    expect(await page.locator("a").count()).toBe(0);
    expect(new URL(page.url()).pathname).toBe("/");
  });

  test("of other schemes are text", async () => {
    await markdown("[a](javascript:alert(1)) [b](app:run) [c](file:///etc) [d](//evil.example) <ftp://x.y>");
    expect(await page.getByRole("link").count()).toBe(0);
  });
});

describe("what is not to be trusted", () => {
  test("markup is text", async () => {
    await markdown('<img src=x onerror="document.title=1"> <script>document.title=2</script>\n\n<b>x</b>\n\n&lt;i&gt;');
    expect(await page.locator(".pl-markdown :is(img,script,b,i)").count()).toBe(0);
    expect(await page.locator(".pl-markdown").textContent()).toContain('onerror="document.title=1"');
    expect(await page.title()).not.toMatch(/^[12]$/);
    expect(await page.locator("[style*='text-align']").count()).toBe(0);
  });

  test("pictures are uploaded ones or files of the app, else their text", async () => {
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    await page.evaluate(() => window.pictures.upload("logo", 30, 10, [255, 0, 0, 255]));
    await markdown("![logo](handle:logo) ![file](red.png) ![away](https://example.org/a.png) ![up](../x.png)");
    await expect.poll(() => boxes(page, "img[src]")).toMatchObject([{ width: 30 }, { width: 40 }]);
    // Their text alone, without the browser's icon for broken pictures.
    expect(await boxes(page, "img:not([src])")).toMatchObject([{ width: 0 }, { width: 0 }]);
    expect(await page.locator(".pl-markdown").innerText()).toMatch(/^\s*away up$/);
    // Only blobs, and parts of the page itself that are loaded late.
    const own = (address: string): boolean => address.startsWith(page.url()) && address.endsWith(".js");
    expect(requests.filter((address) => !address.startsWith("blob:") && !own(address))).toEqual([]);
  });
});

describe("changes", () => {
  test("touch only the blocks that changed", async () => {
    await markdown("# One\n\ntwo\n\nthree");
    await page
      .locator(".pl-md-block")
      .evaluateAll((blocks) => blocks.forEach((block, at) => void block.setAttribute("id", `b${at}`)));
    await setProps({ content: "# One\n\ntwo and more\n\nnew\n\nthree" });
    await settled(page);
    expect(await page.locator(".pl-md-block").evaluateAll((blocks) => blocks.map((block) => block.id))).toEqual([
      "b0",
      "",
      "",
      "b2",
    ]);
  });

  test("a link that is defined later becomes one in an old block", async () => {
    await markdown("see [it][r]\n\nend");
    expect(await page.getByRole("link").count()).toBe(0);
    await setProps({ content: "see [it][r]\n\nend\n\n[r]: /there" });
    expect(await page.getByRole("link", { name: "it" }).count()).toBe(1);
  });

  test("equal content changes nothing", async () => {
    await markdown("text\n\nmore");
    const changes = await page.evaluate(async () => {
      const target = document.querySelector(".pl-markdown");
      let count = 0;
      const observer = new MutationObserver((list) => {
        count += list.length;
      });
      if (target !== null) observer.observe(target, { childList: true, subtree: true, characterData: true });
      (globalThis as unknown as Window).dom.patch([
        { op: "update_props", path: [0], props: { content: "text\n\nmore", text_size: 17 } },
      ]);
      await Promise.resolve();
      observer.disconnect();
      return count;
    });
    expect(changes).toBe(0);
  });
});
