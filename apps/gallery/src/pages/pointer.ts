import type { Element } from "plushie";
import { type Model, ui } from "../model.ts";
import { caption, labelled, page, patched, section, status } from "../parts.ts";

const { container, pointerArea, row, sensor, slider, text } = ui;

const CURSORS = [
  "pointer",
  "grab",
  "crosshair",
  "text",
  "move",
  "not_allowed",
  "help",
  "zoom_in",
  "resizing_horizontally",
] as const;

const place = (value: { readonly x: number; readonly y: number }) => `${Math.round(value.x)}, ${Math.round(value.y)}`;
const told = (model: Model, last: string) => patched(model, "pointer", { last });

export function pointerPage(model: Model): Element<Model> {
  const { last, inside, width, sensed } = model.pointer;
  return page(model, "Pointer & sensors", [
    [
      section("area", "Pointer area", [
        pointerArea(
          "area",
          {
            cursor: "crosshair",
            onPress: (now, event) => told(now, `Pressed at ${place(event.value)}`),
            onRelease: (now, event) => told(now, `Released at ${place(event.value)}`),
            onRightPress: (now, event) => told(now, `Right button at ${place(event.value)}`),
            onDoubleClick: (now, event) => told(now, `Double click at ${place(event.value)}`),
            onScroll: (now, event) => told(now, `Wheel by ${Math.round(event.value.deltaY)}`),
            onEnter: (now) => patched(now, "pointer", { inside: true }),
            onExit: (now) => patched(now, "pointer", { inside: false }),
            a11y: { role: "group", label: "Area for the pointer" },
          },
          [
            container(
              {
                width: "fill",
                height: 150,
                alignX: "center",
                alignY: "center",
                style: inside ? "primary" : "bordered_box",
              },
              [text(inside ? "Inside" : "Outside")],
            ),
          ],
        ),
        status("last", last === "" ? "Press, scroll or double click it" : last),
      ]),
    ],
    [
      section("cursors", "Cursors", [
        row({ width: "fill", spacing: 6, wrap: true }, [
          ...CURSORS.map((cursor) =>
            pointerArea(`cursor-${cursor}`, { cursor }, [
              container({ padding: [6, 10], style: "rounded_box" }, [text(cursor.replaceAll("_", " "), { size: 13 })]),
            ]),
          ),
        ]),
      ]),
      section("sensor", "Sensor of size", [
        labelled(
          "width",
          "Width of the box",
          slider("width", width, {
            range: [80, 280],
            a11y: { labelledBy: "width-label" },
            onSlide: (now, event) => patched(now, "pointer", { width: event.value }),
          }),
        ),
        sensor(
          "sensor",
          {
            onResize: (now, event) =>
              patched(now, "pointer", {
                sensed: `${Math.round(event.value.width)} × ${Math.round(event.value.height)}`,
              }),
          },
          [container({ width, height: 60, style: "success", alignX: "center", alignY: "center" }, [text(`${width}`)])],
        ),
        caption(sensed === "" ? "Nothing changed yet" : `Changed to ${sensed}`),
      ]),
    ],
  ]);
}
