import { describe, expect, test } from "vitest";
import { colorCode } from "./highlight.ts";
import { isLinkAllowed, parseBlocks, unchanged } from "./parse.ts";

const keys = (content: string): readonly string[] => parseBlocks(content).map(({ key }) => key);

describe("blocks of a document", () => {
  test("are its top-level parts", () => {
    const types = parseBlocks("# a\n\nb\nb\n\n- c\n- d\n\n  e\n\n***").map(({ tokens }) => tokens[0]?.type);
    expect(types).toEqual(["heading_open", "paragraph_open", "bullet_list_open", "hr"]);
  });

  test("have equal keys when they look equal, wherever they stand", () => {
    expect(keys("a\n\nb")).toEqual([...keys("b\n\na")].reverse());
    expect(keys("a")).not.toEqual(keys("# a"));
    expect(keys("a\r\n\r\nb")).toEqual(keys("a\n\nb"));
  });

  test("know the links that are defined elsewhere", () => {
    expect(keys("[a]\n\n[a]: /x")).not.toEqual(keys("[a]\n\n[a]: /y"));
  });

  test("an empty document has none", () => {
    expect(parseBlocks("")).toEqual([]);
  });

  test("deep nesting ends somewhere", () => {
    expect(parseBlocks(`${"> ".repeat(5000)}x`).length).toBeLessThanOrEqual(2);
    expect(parseBlocks("[".repeat(20_000))).toHaveLength(1);
  });
});

test("what stays is found at both ends", () => {
  const list = (text: string) => [...text].map((key) => ({ key }));
  expect(unchanged(list("abc"), list("abc"))).toEqual({ start: 3, end: 0 });
  expect(unchanged(list("abc"), list("axyc"))).toEqual({ start: 1, end: 1 });
  expect(unchanged(list("aa"), list("aaa"))).toEqual({ start: 2, end: 0 });
  expect(unchanged([], list("a"))).toEqual({ start: 0, end: 0 });
});

describe("links", () => {
  test.each(["https://a.b", "HTTP://a", "mailto:a@b", "tel:1", "/page", "page#x", "#x", "?q=a:b", "a/b:c"])(
    "%s",
    (link) => {
      expect(isLinkAllowed(link)).toBe(true);
    },
  );
  test.each(["javascript:x", "java\nscript:x", " javascript:x", "data:text/html,x", "vbscript:x", "app:x", "//evil"])(
    "%j is none",
    (link) => {
      expect(isLinkAllowed(link)).toBe(false);
    },
  );
});

describe("colors of code", () => {
  test.each(["ts", "json", "tsx", "unknown", ""])("%j keeps the text", (language) => {
    const code = '{ "a": [1, true] }\n// b\nconst c = <d/>;';
    expect(
      colorCode(code, language)
        .map(({ text }) => text)
        .join(""),
    ).toBe(code);
  });

  test("names what the pieces are", () => {
    const pieces = colorCode('const a = "b"; // c', "ts").filter(({ name }) => name !== "");
    expect(pieces.map(({ text, name }) => `${name} ${text}`)).toEqual(
      expect.arrayContaining(["keyword const", 'string "b"', "comment // c"]),
    );
  });

  test("of very long code are left out", () => {
    expect(colorCode("1;".repeat(60_000), "ts")).toHaveLength(1);
  });
});
