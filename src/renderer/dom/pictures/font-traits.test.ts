import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { familyOfFile } from "./font.ts";
import { fontTraits } from "./font-traits.ts";

const require = createRequire(import.meta.url);
const file = (name: string): Uint8Array => readFileSync(require.resolve(name));

/** A font of these tables, each with its bytes. */
function fontOf(tables: Readonly<Record<string, readonly number[]>>): Uint8Array {
  const entries = Object.entries(tables);
  const bytes = [0, 1, 0, 0, 0, entries.length, 0, 0, 0, 0, 0, 0];
  let start = 12 + entries.length * 16;
  for (const [tag, content] of entries) {
    bytes.push(...new TextEncoder().encode(tag), 0, 0, 0, 0, 0, 0, start >> 8, start & 255, 0, 0, 0, content.length);
    start += content.length;
  }
  return Uint8Array.from([...bytes, ...entries.flatMap(([, content]) => content)]);
}

/** The table with weight and style. */
function os2(weight: number, isItalic: boolean): readonly number[] {
  const table = Array.from({ length: 78 }, () => 0);
  table[4] = weight >> 8;
  table[5] = weight & 255;
  table[63] = isItalic ? 1 : 0;
  return table;
}

describe("weight and style of a font", () => {
  test("are read from its header", () => {
    expect(fontTraits(fontOf({ "OS/2": os2(700, false) }))).toEqual({ weight: "700", style: "normal" });
    expect(fontTraits(fontOf({ "OS/2": os2(400, true) }))).toEqual({ weight: "400", style: "italic" });
  });

  test("of a variable font are a range", () => {
    const axis = [..."wght"].map((letter) => letter.charCodeAt(0));
    const fvar = [0, 1, 0, 0, 0, 16, 0, 2, 0, 1, 0, 20, 0, 0, 0, 0, ...axis];
    fvar.push(0, 100, 0, 0, 1, 144, 0, 0, 3, 132, 0, 0, 0, 0, 0, 0);
    expect(fontTraits(fontOf({ "OS/2": os2(400, false), fvar }))).toEqual({ weight: "100 900", style: "normal" });
  });

  test("of a compressed variable font are the usual range", () => {
    const inter = file("@fontsource-variable/inter/files/inter-latin-wght-normal.woff2");
    expect(fontTraits(inter)).toEqual({ weight: "100 900", style: "normal" });
  });

  test("come out of any bytes without failing", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(fontTraits(bytes).weight).toMatch(/^\d+( \d+)?$/);
        expect(fontTraits(Uint8Array.from([0x77, 0x4f, 0x46, 0x32, ...bytes])).style).toBe("normal");
      }),
    );
  });
});

test("the name of a compressed font is the name of its file", () => {
  expect(familyOfFile("fonts/Inter.woff2")).toBe("Inter");
  expect(familyOfFile("Inter")).toBe("Inter");
});
