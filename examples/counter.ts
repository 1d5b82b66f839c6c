import { app, isClick } from "plushie";
import { button, column, row, text, window } from "plushie/ui";

interface Model {
  readonly count: number;
}

/** A number and two buttons. */
export default app<Model>({
  name: "Counter",

  init: () => ({ count: 0 }),

  update(model, event) {
    if (isClick(event, "increment")) return { ...model, count: model.count + 1 };
    if (isClick(event, "decrement")) return { ...model, count: model.count - 1 };
    return model;
  },

  view: (model) =>
    window("main", { title: "Counter", size: [300, 160] }, [
      column({ padding: 16, spacing: 8 }, [
        text("count", `Count: ${model.count}`),
        row({ spacing: 8 }, [button("decrement", "-"), button("increment", "+")]),
      ]),
    ]),
});
