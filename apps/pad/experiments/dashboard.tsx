import { button, column, container, progressBar, row, space, text } from "plushie/ui";

interface Model {
  readonly cpu: readonly number[];
  readonly step: number;
}

export const init = (): Model => ({ cpu: [42, 71, 13, 88], step: 1 });

const nextLoad = (load: number, index: number, step: number) => (load * 7 + 29 * (index + 1) + 13 * step) % 101;

const refresh = (model: Model): Model => ({
  cpu: model.cpu.map((load, index) => nextLoad(load, index, model.step)),
  step: model.step + 1,
});

const styleOf = (load: number) => (load > 80 ? "danger" : load > 60 ? "warning" : "success");

const meter = (load: number, index: number) =>
  container(`core-${index}`, { width: "fill", padding: 10, style: "bordered_box" }, [
    column({ width: "fill", spacing: 6 }, [
      row({ width: "fill" }, [
        text(`Core ${index + 1}`, { size: 13 }),
        space({ width: "fill" }),
        text(`${load} %`, { size: 13 }),
      ]),
      progressBar(load, { range: [0, 100], width: "fill", height: 10, style: styleOf(load) }),
    ]),
  ]);

export const view = (model: Model) => {
  const average = Math.round(model.cpu.reduce((sum, load) => sum + load, 0) / model.cpu.length);
  return column({ padding: 16, spacing: 12, width: "fill" }, [
    row({ width: "fill", alignY: "center" }, [
      text("title", "System monitor", { size: 20 }),
      space({ width: "fill" }),
      button("refresh", "Refresh", { onClick: refresh }),
    ]),
    text("average", `Average load ${average} %, sample ${model.step}`, { size: 13 }),
    ...model.cpu.map(meter),
  ]);
};
