import type { Element } from "plushie";
import { type Model, ui } from "../model.ts";
import { caption, line, page, patched, section } from "../parts.ts";

const { button, column, container, progressBar, row, slider, text, verticalSlider } = ui;

const STYLES = ["primary", "secondary", "success", "warning", "danger"] as const;
const MAX_GUESTS = 12;

const guests = (model: Model, change: number) =>
  patched(model, "numbers", { guests: Math.min(MAX_GUESTS, Math.max(0, model.numbers.guests + change)) });

export function numbersPage(model: Model): Element<Model> {
  const { volume, balance, level, guests: count } = model.numbers;
  return page(model, "Numbers", [
    [
      section("sliders", "Slider", [
        caption(`Volume ${volume}`),
        slider("volume", volume, {
          range: [0, 100],
          label: "Volume",
          default: 40,
          onSlide: (now, event) => patched(now, "numbers", { volume: event.value }),
        }),
        caption(`Balance ${balance.toFixed(1)}, in steps of 0.5`),
        slider("balance", balance, {
          range: [-5, 5],
          step: 0.5,
          label: "Balance",
          onSlide: (now, event) => patched(now, "numbers", { balance: event.value }),
        }),
        caption("Rail and handle of its own"),
        slider("own", volume, {
          range: [0, 100],
          label: "Volume, again",
          railColor: "#b5179e",
          railWidth: 8,
          circularHandle: true,
          handleRadius: 10,
          height: 22,
          onSlide: (now, event) => patched(now, "numbers", { volume: event.value }),
        }),
      ]),
      section("vertical", "Vertical slider", [
        row({ spacing: 24, height: 130, alignY: "center" }, [
          verticalSlider("level", level, {
            range: [0, 10],
            label: "Level",
            height: 130,
            onSlide: (now, event) => patched(now, "numbers", { level: event.value }),
          }),
          progressBar("level-bar", level, { range: [0, 10], vertical: true, width: 130, height: 14, label: "Level" }),
          text(`Level ${level} of 10`),
        ]),
      ]),
    ],
    [
      section("progress", "Progress bar", [
        ...STYLES.flatMap((style, index) => [
          caption(style),
          progressBar(`bar-${style}`, 20 + index * 18, { height: 12, style, label: style }),
        ]),
        caption("Volume, thick"),
        progressBar("bar-thick", volume, { height: 24, label: "Volume" }),
      ]),
      section("spin", "Composed: a spin box", [
        container({ style: "bordered_box", padding: 4 }, [
          row("spin-box", { spacing: 4, alignY: "center", a11y: { role: "group", label: "Guests" } }, [
            button("fewer", "−", {
              style: "subtle",
              disabled: count === 0,
              a11y: { label: "Fewer guests" },
              onClick: (now) => guests(now, -1),
            }),
            text("guests", `${count}`, { width: 36, alignX: "center", a11y: { role: "status", live: "polite" } }),
            button("more", "+", {
              style: "subtle",
              disabled: count === MAX_GUESTS,
              a11y: { label: "More guests" },
              onClick: (now) => guests(now, 1),
            }),
          ]),
        ]),
        caption(`0 to ${MAX_GUESTS}`),
      ]),
      section("meter", "Composed: a row of steps", [
        line(
          Array.from({ length: 6 }, (_, index) =>
            column({ spacing: 2, alignX: "center" }, [
              container({
                width: 24,
                height: 24,
                style: { base: index * 20 < volume ? "primary" : "bordered_box", border: { radius: 12, width: 1 } },
              }),
              text(`${index * 20}`, { size: 12 }),
            ]),
          ),
        ),
      ]),
    ],
  ]);
}
