import { describe, expect, test } from "vitest";
import { Coordinates } from "./coordinates.ts";
import { type PathTarget, pathBox, readPath, trace } from "./path.ts";

function record(commands: Parameters<typeof readPath>[0]): readonly string[] {
  const calls: string[] = [];
  const log =
    (name: string) =>
    (...values: readonly unknown[]): void => {
      calls.push(
        `${name}(${values.map((value) => (typeof value === "number" ? Math.round(value * 100) / 100 : value))})`,
      );
    };
  const target: PathTarget = {
    closePath: log("closePath"),
    moveTo: log("moveTo"),
    lineTo: log("lineTo"),
    bezierCurveTo: log("bezierCurveTo"),
    quadraticCurveTo: log("quadraticCurveTo"),
    arc: log("arc"),
    arcTo: log("arcTo"),
    ellipse: log("ellipse"),
    roundRect: log("roundRect"),
  };
  trace(target, readPath(commands, new Coordinates()));
  return calls;
}

describe("path commands", () => {
  test("every command has its counterpart; degrees become radians", () => {
    expect(
      record([
        ["move_to", 1, 2],
        ["line_to", 3, 4],
        ["bezier_to", 1, 2, 3, 4, 5, 6],
        ["quadratic_to", 1, 2, 3, 4],
        ["arc", 1, 2, 3, 0, 180],
        ["arc_to", 1, 2, 3, 4, 5],
        ["ellipse", 1, 2, 3, 4, 90, 180, 0],
        ["rounded_rect", 1, 2, 3, 4, 5],
        "close",
        ["close"],
      ]),
    ).toEqual([
      "moveTo(1,2)",
      "lineTo(3,4)",
      "bezierCurveTo(1,2,3,4,5,6)",
      "quadraticCurveTo(1,2,3,4)",
      "arc(1,2,3,0,3.14,false)",
      "arcTo(1,2,3,4,5)",
      "ellipse(1,2,3,4,1.57,3.14,0,true)",
      "roundRect(1,2,3,4,5,5,5,5)",
      "closePath()",
      "closePath()",
    ]);
  });

  test("invalid entries are skipped", () => {
    const bad = [["line_to", 1], ["line_to", "a", 2], ["fly_to", 1, 2], ["arc", 0, 0, -1, 0, 9], 7, null, "open"];
    expect(record([...bad, ["line_to", 1, 2]])).toEqual(["lineTo(1,2)"]);
    expect(record("close")).toEqual([]);
  });

  test("the box takes in control points and whole circles", () => {
    const steps = readPath(
      [
        ["move_to", 0, 0],
        ["quadratic_to", 50, -20, 10, 10],
        ["arc", 0, 0, 5, 0, 10],
      ],
      new Coordinates(),
    );
    expect(pathBox(steps)).toEqual({ left: -5, top: -20, right: 50, bottom: 10 });
    expect(pathBox([])).toBeUndefined();
  });
});
