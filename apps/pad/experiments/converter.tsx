import { column, pickList, row, text, textInput } from "plushie/ui";

interface Model {
  readonly amount: string;
  readonly unit: string;
}

/** One unit in meters; exact by definition (international yard and pound agreement, 1959). */
const meters: Readonly<Record<string, number>> = {
  meter: 1,
  kilometer: 1000,
  inch: 0.0254,
  foot: 0.3048,
  yard: 0.9144,
  mile: 1609.344,
};
const units = Object.keys(meters);

export const init = (): Model => ({ amount: "26.2", unit: "mile" });

function converted(model: Model, unit: string): string {
  const value = (Number(model.amount.replace(",", ".")) * (meters[model.unit] ?? 1)) / (meters[unit] ?? 1);
  return Number.isFinite(value)
    ? Number(value.toPrecision(7)).toLocaleString("en-US", { maximumFractionDigits: 6 })
    : "–";
}

export const view = (model: Model) =>
  column({ padding: 16, spacing: 12 }, [
    text("title", "Lengths", { size: 20 }),
    row({ spacing: 8, alignY: "center" }, [
      textInput("amount", model.amount, { width: 120, onInput: (m: Model, event) => ({ ...m, amount: event.value }) }),
      pickList("unit", units, { selected: model.unit, onSelect: (m: Model, event) => ({ ...m, unit: event.value }) }),
    ]),
    column(
      { spacing: 6 },
      units
        .filter((unit) => unit !== model.unit)
        .map((unit) =>
          row({ spacing: 8 }, [
            text(converted(model, unit), { width: 120, alignX: "right", font: "monospace" }),
            text(unit),
          ]),
        ),
    ),
  ]);
