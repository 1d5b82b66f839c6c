import { button, column, row, text } from "plushie/ui";

// Change something and press Save (Ctrl+S): everybody in the pad sees it at once.

interface Model {
  readonly count: number;
}

export const init = (): Model => ({ count: 0 });

const add = (step: number) => (model: Model) => ({ count: model.count + step });

export const view = (model: Model) =>
  column({ padding: 16, spacing: 12 }, [
    text("greeting", "Hello, Plushie!", { size: 24 }),
    row({ spacing: 8, alignY: "center" }, [
      button("decrement", "-", { onClick: add(-1) }),
      text("count", `Count: ${model.count}`, { size: 18 }),
      button("increment", "+", { onClick: add(1) }),
    ]),
  ]);
