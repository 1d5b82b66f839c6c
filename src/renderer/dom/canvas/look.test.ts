import { describe, expect, test } from "vitest";
import {
  mergeOverrides,
  overrideLook,
  readCanvasGradient,
  readDash,
  readLineLook,
  readLook,
  readOverride,
  readStroke,
} from "./look.ts";

describe("looks", () => {
  test("without fill and stroke a shape is white, with a stroke alone it is hollow", () => {
    expect(readLook({})).toMatchObject({ fill: "#ffffff", stroke: undefined, opacity: 1, rule: "nonzero" });
    expect(readLook({ stroke: { color: "#ff0000" } })).toMatchObject({ fill: undefined, stroke: { width: 1 } });
  });

  test("a line without stroke is one white pixel", () => {
    expect(readLineLook({}).stroke).toMatchObject({ color: "#ffffff", width: 1, cap: "butt", join: "miter" });
  });

  test("only strict hex is a color", () => {
    expect(readLook({ fill: "red" }).fill).toBe("#ffffff");
    expect(readLook({ fill: "AABBCC" }).fill).toBe("#aabbcc");
    expect(readStroke({ width: 3 })).toBeUndefined();
  });

  test("opacity stays between 0 and 1", () => {
    expect(readLook({ opacity: 7 }).opacity).toBe(1);
    expect(readLook({ opacity: -1 }).opacity).toBe(0);
  });
});

describe("dashes", () => {
  test("are cut at 64 segments; only the integer part of the offset counts", () => {
    const dash = readDash({ segments: Array.from({ length: 70 }, () => 2), offset: 3.9 });
    expect(dash?.segments).toHaveLength(64);
    expect(dash).toMatchObject({ offset: 3, isCut: true });
  });

  test("empty or negative ones leave the line solid", () => {
    expect(readDash({ segments: [] })).toBeUndefined();
    expect(readDash({ segments: [3, -1] })).toBeUndefined();
    expect(readDash(null)).toBeUndefined();
  });
});

describe("gradients", () => {
  const stops = [
    [0, "#000000"],
    [2, "#ffffff"],
  ];

  test("keep canvas pixels and bring offsets into range", () => {
    const gradient = readCanvasGradient({ type: "linear", start: [0, 0], end: [100, 0], stops });
    expect(gradient).toEqual({
      from: [0, 0],
      to: [100, 0],
      stops: [
        [0, "#000000"],
        [1, "#ffffff"],
      ],
    });
  });

  test("one bad stop discards all of it, and eight are enough", () => {
    const frame = { type: "linear", start: [0, 0], end: [1, 0] };
    expect(readCanvasGradient({ ...frame, stops: [...stops, [0.5, "red"]] })).toBeUndefined();
    expect(readCanvasGradient({ ...frame, stops: [] })).toBeUndefined();
    expect(
      readCanvasGradient({ ...frame, stops: Array.from({ length: 12 }, () => [0, "#000000"]) })?.stops,
    ).toHaveLength(8);
  });
});

describe("state styles", () => {
  test("a stronger style wins field by field", () => {
    const hover = readOverride({ fill: "#111111", opacity: 0.5 });
    const pressed = readOverride({ fill: "#222222" });
    expect(mergeOverrides(hover, pressed)).toMatchObject({ fill: "#222222", opacity: 0.5 });
    expect(mergeOverrides(hover, undefined)).toBe(hover);
  });

  test("what has no inside takes no fill", () => {
    const over = readOverride({ fill: "#111111", stroke: { color: "#00ff00", width: 4 } });
    const line = overrideLook(readLineLook({}), over, false);
    expect(line).toMatchObject({ fill: undefined, stroke: { color: "#00ff00", width: 4 } });
    expect(overrideLook(readLook({}), over, true).fill).toBe("#111111");
  });
});
