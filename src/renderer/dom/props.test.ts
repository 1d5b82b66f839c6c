import { describe, expect, test } from "vitest";
import {
  readBackground,
  readBorder,
  readColor,
  readFont,
  readLineHeight,
  readPadding,
  readRadius,
  readShadow,
} from "./props.ts";
import { styleDeclarations } from "./style-map.ts";

describe("props", () => {
  test.each([
    ["#AABBCC", "#aabbcc"],
    ["aabbcc80", "#aabbcc80"],
    ["#abc", undefined],
    ["red", undefined],
    [7, undefined],
  ])("color %j is %j", (value, expected) => {
    expect(readColor(value)).toBe(expected);
  });

  test("padding takes one size or sides, not a list", () => {
    expect(readPadding(8)).toBe("8px");
    expect(readPadding({ top: 1, left: 4 })).toBe("1px 0px 0px 4px");
    expect(readPadding([1, 2])).toBeUndefined();
    expect(readPadding(-1)).toBeUndefined();
  });

  test("one bad member makes a border or shadow absent", () => {
    expect(readBorder({ width: 2 })).toEqual({ color: "transparent", width: "2px", radius: "0px" });
    expect(readBorder({ width: -2, radius: 3 })).toBeUndefined();
    expect(readShadow({ offset: [1, 2], blur_radius: 3 })).toBe("1px 2px 3px #000000");
    expect(readShadow({ offset_x: 1 })).toBeUndefined();
    expect(readRadius({ top_left: 4 })).toBe("4px 0px 0px 0px");
  });

  test("a gradient needs all members, 0 degrees points upwards", () => {
    const gradient = {
      type: "linear",
      start: [0.5, 0],
      end: [0.5, 1],
      stops: [
        [0, "#112233"],
        [1, "#445566"],
      ],
    };
    expect(readBackground(gradient)).toBe("linear-gradient(90deg, #112233 0%, #445566 100%)");
    expect(
      readBackground({
        ...gradient,
        stops: [
          [0, "#112233"],
          [1, "blue"],
        ],
      }),
    ).toBeUndefined();
    expect(readBackground({ type: "linear" })).toBeUndefined();
  });

  test("fonts are quoted, unknown members void them", () => {
    expect(readFont("Fira Sans")?.family).toBe('"Fira Sans", var(--font-default)');
    expect(readFont('x";}')?.family).toBe('"x;}", var(--font-default)');
    expect(readFont({ family: "monospace", weight: "bold" })).toMatchObject({
      family: "var(--font-mono)",
      weight: "700",
    });
    expect(readFont({ weight: "heavy" })).toBeUndefined();
    expect(readFont({ weight: "toString" })).toBeUndefined();
  });

  test("line heights are multiples or px, and positive", () => {
    expect([readLineHeight(1.4), readLineHeight({ relative: 2 }), readLineHeight({ absolute: 20 })]).toEqual([
      "1.4",
      "2",
      "20px",
    ]);
    expect([readLineHeight(0), readLineHeight({ absolute: -1 }), readLineHeight("2")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

test("a style map takes what is valid and leaves the rest", () => {
  expect(
    styleDeclarations({ background: "#010203", text_color: "blue", border: { width: 1, color: "#ffffff" } }, false),
  ).toEqual({
    "--s-bg": "#010203",
    "--s-border-color": "#ffffff",
    "--s-border-width": "1px",
    "--s-radius": "0px",
  });
});
