import type { Element } from "plushie";
import { type Model, ui } from "../model.ts";
import { caption, page, patched, section, status } from "../parts.ts";

const { canvas, canvasText, circle, group, layer, line, path, rect } = ui;

const INK = "#1f2937";
const PAPER = "#f8fafc";
const BARS = [
  ["Mon", 40],
  ["Tue", 64],
  ["Wed", 52],
  ["Thu", 90],
  ["Fri", 74],
] as const;
const KNOB = { minX: 20, maxX: 280, minY: 20, maxY: 80 };

export function canvasPage(model: Model): Element<Model> {
  const { selected, knob, moved } = model.canvas;
  return page(model, "Canvas", [
    [section("shapes", "Shapes", [shapes()]), section("layers", "Layers", [layers()])],
    [
      section("chart", "Elements, for pointer and keys", [
        chart(selected),
        status("selected", selected === "" ? "Nothing selected" : `Selected ${selected}`),
      ]),
      section("drag", "Dragged, within bounds", [
        canvas("board", { width: 300, height: 100, background: PAPER, alt: "A knob to drag" }, [
          group(
            "knob",
            {
              draggable: true,
              dragBounds: KNOB,
              cursor: "grab",
              tooltip: "Drag me",
              hoverStyle: { fill: "#3b5bdb" },
              a11y: { role: "button", label: "Knob" },
              onDrag: (now, event) => patched(now, "canvas", { knob: { x: event.value.x, y: event.value.y } }),
            },
            [circle({ x: knob.x, y: knob.y, r: 14, fill: "#5c7cfa", stroke: { color: INK, width: 2 } })],
          ),
        ]),
        caption(`At ${Math.round(knob.x)}, ${Math.round(knob.y)}`),
      ]),
      section("pointer", "Raw pointer", [
        canvas("pad", {
          width: 300,
          height: 60,
          background: PAPER,
          alt: "Tells where the pointer is",
          onMove: (now, event) =>
            patched(now, "canvas", { moved: `${Math.round(event.value.x)}, ${Math.round(event.value.y)}` }),
        }),
        caption(moved === "" ? "Not moved yet" : `Moved to ${moved}`),
      ]),
    ],
  ]);
}

function shapes(): Element<Model> {
  return canvas(
    "shapes",
    { width: 300, height: 200, background: PAPER, alt: "Rectangles, circles, lines, paths and text" },
    [
      rect({ x: 12, y: 12, w: 70, h: 44, radius: 8, fill: "#74c0fc" }),
      rect({ x: 94, y: 12, w: 70, h: 44, stroke: { color: INK, width: 2, dash: { segments: [6, 4] } } }),
      rect({
        x: 176,
        y: 12,
        w: 110,
        h: 44,
        radius: 4,
        fill: {
          type: "linear",
          start: [176, 0],
          end: [286, 0],
          stops: [
            [0, "#f783ac"],
            [1, "#9775fa"],
          ],
        },
      }),
      circle({ x: 40, y: 96, r: 26, fill: "#63e6be", stroke: { color: INK, width: 2 } }),
      circle({ x: 110, y: 96, r: 26, fill: "#ffa94d", opacity: 0.5 }),
      line({ x1: 150, y1: 74, x2: 284, y2: 74, stroke: { color: INK, width: 1 } }),
      line({ x1: 150, y1: 92, x2: 284, y2: 92, stroke: { color: INK, width: 6, cap: "round" } }),
      path({
        commands: [
          ["move_to", 150, 120],
          ["bezier_to", 190, 90, 230, 150, 284, 116],
        ],
        stroke: { color: "#e8590c", width: 3 },
      }),
      path({
        commands: [["move_to", 20, 190], ["line_to", 60, 140], ["line_to", 100, 190], "close"],
        fill: "#ffd43b",
        stroke: { color: INK, width: 2, join: "round" },
      }),
      group(
        {
          transforms: [
            { type: "translate", x: 136, y: 166 },
            { type: "rotate", angle: -12 },
          ],
        },
        [rect({ x: -28, y: -16, w: 56, h: 32, fill: "#a9e34b", stroke: { color: INK } })],
      ),
      canvasText("Text on a canvas", { x: 290, y: 148, size: 14, fill: INK, alignX: "right" }),
      canvasText("שלום", { x: 290, y: 172, size: 14, fill: INK, alignX: "right" }),
    ],
  );
}

function layers(): Element<Model> {
  return canvas("layers", { width: 300, height: 130, alt: "Three layers above each other" }, [
    layer({ name: "1-ground" }, [
      rect({ x: 0, y: 0, w: 300, h: 130, fill: "#1b2a41" }),
      ...Array.from({ length: 12 }, (_, index) =>
        circle({ x: 14 + ((index * 67) % 280), y: 10 + ((index * 29) % 70), r: 1 + (index % 2), fill: "#ffffff" }),
      ),
    ]),
    layer({ name: "2-hills" }, [
      circle({ x: 230, y: 40, r: 18, fill: "#ffe8a3" }),
      path({
        commands: [["move_to", 0, 130], ["quadratic_to", 80, 40, 160, 130], "close"],
        fill: "#324a5f",
      }),
      path({
        commands: [["move_to", 90, 130], ["quadratic_to", 200, 30, 300, 130], "close"],
        fill: "#0c1821",
      }),
    ]),
    layer({ name: "3-words" }, [canvasText("Night", { x: 150, y: 112, size: 14, alignX: "center" })]),
  ]);
}

function chart(selected: string): Element<Model> {
  return canvas(
    "chart",
    {
      width: 300,
      height: 150,
      background: PAPER,
      alt: "Visitors by day",
      role: "group",
      arrowMode: "wrap",
      a11y: { role: "radio_group", label: "Day" },
    },
    BARS.map(([day, value], index) => {
      const x = 18 + index * 56;
      const isSelected = selected === day;
      return group(
        `bar-${day}`,
        {
          onClick: (now) => patched(now, "canvas", { selected: day }),
          tooltip: `${day}: ${value}`,
          hitRect: { x, y: 10, w: 40, h: 136 },
          hoverStyle: { fill: "#4263eb" },
          a11y: { role: "radio_button", label: `${day}, ${value} visitors`, toggled: isSelected },
        },
        [
          rect({ x, y: 120 - value, w: 40, h: value, radius: 3, fill: isSelected ? "#d6336c" : "#748ffc" }),
          canvasText(day, { x: x + 20, y: 126, size: 13, fill: INK, alignX: "center" }),
        ],
      );
    }),
  );
}
