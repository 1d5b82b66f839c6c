import { Component, h, render } from "preact";
import { initialState, OPERATIONS, operate, type Row, type State, statusOf, type } from "../model.ts";
import { addLook, operationOf } from "./look.ts";
import { provide } from "./probe.ts";

interface LineProps {
  readonly item: Row;
  readonly isSelected: boolean;
}

/** Lines that stay as they are while their row does. */
abstract class Line extends Component<LineProps> {
  override shouldComponentUpdate(next: LineProps): boolean {
    return next.item !== this.props.item || next.isSelected !== this.props.isSelected;
  }
}

class TableLine extends Line {
  override render({ item, isSelected }: LineProps) {
    return h("tr", null, [
      h("td", null, item.id),
      h("td", { class: isSelected ? "selected" : "" }, item.label),
      h("td", null, item.value),
    ]);
  }
}

class ListLine extends Line {
  override render({ item, isSelected }: LineProps) {
    return h("div", { class: "line" }, [
      h("div", { class: "label" }, item.label),
      h("button", { class: isSelected ? "primary" : "" }, "Pick"),
      h("div", { class: "check", role: "checkbox", "aria-checked": String(item.isDone), tabIndex: 0 }, [
        h("i", null),
        h("span", null, "done"),
      ]),
    ]);
  }
}

type LinesProps = Pick<State, "scene" | "rows" | "selected">;

/** All lines, which stay as they are while the rows do. */
class Lines extends Component<LinesProps> {
  override shouldComponentUpdate(next: LinesProps): boolean {
    return next.rows !== this.props.rows || next.selected !== this.props.selected;
  }

  override render({ scene, rows, selected }: LinesProps) {
    return rows.map((item) =>
      h(scene === "table" ? TableLine : ListLine, { key: item.id, item, isSelected: item.id === selected }),
    );
  }
}

/** Nodes that are the same object are not looked into. */
const BUTTONS = OPERATIONS.map((name) => h("button", { "data-id": `op-${name}` }, name));

function view(state: State, dispatch: (state: State) => void) {
  const { scene, rows, selected } = state;
  const lines = h(Lines, { scene, rows, selected });
  const onClick = (event: Event): void => {
    const name = operationOf(event.target);
    const operation = OPERATIONS.find((known) => known === name);
    if (operation !== undefined) dispatch(operate(state, operation));
  };
  const onInput = (event: Event): void => {
    if (event.target instanceof HTMLInputElement) dispatch(type(state, event.target.value));
  };
  return [
    h("div", { class: "bar", onClick }, BUTTONS),
    h("input", { class: "typed", "data-id": "typed", value: state.typed, onInput }),
    h("div", { "data-id": "status" }, statusOf(state)),
    h(
      "div",
      { class: "scroll" },
      scene === "table"
        ? h("table", { class: "table" }, [
            h("thead", null, h("tr", null, [h("th", null, "Id"), h("th", null, "Label"), h("th", null, "Value")])),
            h("tbody", null, lines),
          ])
        : h("div", { class: "list" }, lines),
    ),
  ];
}

provide((scene) => {
  const root = addLook();
  const dispatch = (state: State): void => render(view(state, dispatch), root);
  dispatch(initialState(scene));
});
