import { describe, expect, expectTypeOf, test } from "vitest";
import { normalize } from "../tree/index.ts";
import {
  canvas,
  circle,
  dash,
  gradientBetween,
  group,
  Interactive,
  interactive,
  layer,
  outline,
  path,
  Rect,
  rect,
  stroke,
  transform,
  window,
} from "./index.ts";

interface Model {
  readonly count: number;
}

describe("outline", () => {
  test("gives the commands of the protocol in order", () => {
    const drawn = outline()
      .moveTo(1, 2)
      .lineTo(3, 4)
      .bezierTo(1, 2, 3, 4, 5, 6)
      .quadraticTo(1, 2, 3, 4)
      .arc(10, 10, 5, 0, 90)
      .arcTo(1, 2, 3, 4, 5)
      .ellipse(1, 2, 3, 4)
      .roundedRect(0, 0, 10, 10, { topLeft: 2 })
      .close();
    expect(drawn.commands).toEqual([
      ["move_to", 1, 2],
      ["line_to", 3, 4],
      ["bezier_to", 1, 2, 3, 4, 5, 6],
      ["quadratic_to", 1, 2, 3, 4],
      ["arc", 10, 10, 5, 0, 90],
      ["arc_to", 1, 2, 3, 4, 5],
      ["ellipse", 1, 2, 3, 4, 0, 0, 360],
      ["rounded_rect", 0, 0, 10, 10, { topLeft: 2 }],
      "close",
    ]);
  });

  test("commands that were given out do not change", () => {
    const drawn = outline().polygon([0, 0], [5, 0], [5, 5]);
    const { commands } = drawn;
    drawn.lineTo(9, 9);
    expect(commands).toEqual([["move_to", 0, 0], ["line_to", 5, 0], ["line_to", 5, 5], "close"]);
  });

  test("refuses radii that no renderer draws", () => {
    expect(() => outline().arc(0, 0, -1, 0, 90)).toThrow(new RangeError("radius must not be negative, got -1"));
    expect(() => outline().ellipse(0, 0, 1, Number.NaN)).toThrow(RangeError);
    expect(() => dash(4, -1)).toThrow(RangeError);
  });
});

test("values come to the wire as the protocol has them", () => {
  const view = window("main", [
    canvas("c", { width: 200 }, [
      layer("a", { name: "a" }, [
        interactive(
          "save",
          {
            onClick: true,
            draggable: true,
            dragBounds: { minX: 0, maxX: 10 },
            hitRect: { w: 10, h: 10 },
            transforms: [transform.translate(5, 6), transform.rotate(45), transform.scale(2), transform.scale(1, 3)],
            hoverStyle: { fill: "teal", stroke: stroke("red") },
            a11y: { role: "button", label: "Save" },
          },
          [
            path({
              commands: outline().roundedRect(0, 0, 8, 8, { bottomLeft: 3 }).commands,
              stroke: stroke("white", 2, { cap: "round", dash: dash(4, 2) }),
              fill: gradientBetween(
                [0, 0],
                [8, 0],
                [
                  [0, "black"],
                  [1, { r: 1, g: 1, b: 1 }],
                ],
              ),
            }),
          ],
        ),
      ]),
    ]),
  ]);
  const { root, diagnostics } = normalize(view);
  expect(diagnostics).toEqual([]);
  const found = root?.children[0]?.children[0]?.children[0];
  expect(found).toMatchObject({
    type: "group",
    props: {
      on_click: true,
      draggable: true,
      drag_bounds: { min_x: 0, max_x: 10 },
      hit_rect: { w: 10, h: 10 },
      transforms: [
        { type: "translate", x: 5, y: 6 },
        { type: "rotate", angle: 45 },
        { type: "scale", factor: 2 },
        { type: "scale", x: 1, y: 3 },
      ],
      hover_style: { fill: "#008080", stroke: { color: "#ff0000", width: 1 } },
    },
    children: [
      {
        type: "path",
        props: {
          commands: [["rounded_rect", 0, 0, 8, 8, { bottom_left: 3 }]],
          stroke: { color: "#ffffff", width: 2, cap: "round", dash: { segments: [4, 2] } },
          fill: {
            type: "linear",
            start: [0, 0],
            end: [8, 0],
            stops: [
              [0, "#000000"],
              [1, "#ffffff"],
            ],
          },
        },
      },
    ],
  });
});

describe("interactive", () => {
  const a11y = { role: "button", label: "Up" } as const;

  test("is a group, in both notations", () => {
    const props = { onClick: true, a11y } as const;
    const made = interactive("up", props, [rect({ w: 5, h: 5 })]);
    expect(made).toEqual(group("up", props, [rect({ w: 5, h: 5 })]));
    expect(
      <Interactive id="up" onClick a11y={a11y}>
        <Rect w={5} h={5} />
      </Interactive>,
    ).toEqual(made);
  });

  test("what cannot work does not compile", () => {
    const up = interactive("up", { onClick: (model: Model) => ({ count: model.count + 1 }), a11y }, []);
    expectTypeOf(up.type).toEqualTypeOf<string>();
    const wrong = () => {
      // @ts-expect-error nothing makes it react
      interactive("a", { a11y }, []);
      // @ts-expect-error it says nothing to those who do not see it
      interactive("a", { onClick: true }, []);
      // @ts-expect-error an element needs an id of its own
      interactive({ onClick: true, a11y }, []);
      // @ts-expect-error there is no such cursor
      interactive("a", { onClick: true, a11y, cursor: "hand" }, []);
      // @ts-expect-error a circle has a radius, not a width
      circle({ w: 5 });
      // @ts-expect-error a stroke needs a color
      rect({ stroke: { width: 2 } });
      // @ts-expect-error too few numbers
      path({ commands: [["line_to", 1]] });
      // @ts-expect-error a cap that does not exist
      stroke("red", 1, { cap: "flat" });
      // @ts-expect-error points have two numbers
      outline().polygon([0]);
      // @ts-expect-error a gradient needs two points
      gradientBetween([0, 0], [[0, "red"]]);
    };
    expectTypeOf(wrong).toBeFunction();
  });
});
