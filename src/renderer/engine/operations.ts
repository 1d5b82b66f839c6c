import type { WireNode, WireProps, WireValue } from "../../protocol/index.ts";
import type { WidgetOperation } from "../surface.ts";
import { field, isRecord, isUnsigned, numberField, textField } from "./record.ts";
import { canvasOf, nodeById, ownerOf } from "./select.ts";

/** Operations that go to the widget with exactly the given id, with what becomes of their values. */
const BUILT_IN: Readonly<Record<string, (value: WireValue | undefined) => WireValue>> = {
  select_all: () => null,
  move_cursor_to_front: () => null,
  move_cursor_to_end: () => null,
  move_cursor_to: (value) => (isUnsigned(value) ? value : 0),
  select_range: (value) => ({ start_pos: position(value, "start_pos"), end_pos: position(value, "end_pos") }),
  scroll_to: offset,
  scroll_by: offset,
  snap_to: (value) => {
    const x = numberField(value, "x");
    const y = numberField(value, "y");
    return { ...(x === undefined ? {} : { x: ratio(x) }), ...(y === undefined ? {} : { y: ratio(y) }) };
  },
  snap_to_end: () => null,
};

/** The operation a `command` means; `undefined` when the tree has no such widget. */
export function commandOperation(
  root: WireNode | null,
  command: { readonly id: string; readonly family: string; readonly value?: WireValue | undefined },
): WidgetOperation | undefined {
  const { id, family, value } = command;
  if (family === "focus") return focusOperation(root, id);
  const normalize = Object.hasOwn(BUILT_IN, family) ? BUILT_IN[family] : undefined;
  if (normalize !== undefined) {
    return nodeById(root, id) === undefined ? undefined : { target: id, name: family, value: normalize(value) };
  }
  const owner = ownerOf(root, id);
  return owner === undefined ? undefined : { target: owner.node.id, name: family, value: value ?? null };
}

/** A `widget_op` that a surface performs; `undefined` for names it cannot know or without what they need. */
export function widgetOperation(op: string, payload: WireProps): WidgetOperation | undefined {
  switch (op) {
    case "focus_next":
    case "focus_previous":
      return { name: op, value: null };
    case "focus_next_within":
    case "focus_previous_within": {
      const scope = textField(payload, "scope");
      return scope === undefined ? undefined : { name: op, value: { scope } };
    }
    case "announce":
      return { name: op, value: announcement(payload) };
    default:
      return undefined;
  }
}

export function announcement(payload: WireProps): WireProps {
  return { text: textField(payload, "text") ?? "", politeness: textField(payload, "politeness") ?? "assertive" };
}

/** An id inside a canvas is offered to the canvas as one of its elements. */
function focusOperation(root: WireNode | null, id: string): WidgetOperation | undefined {
  const canvas = canvasOf(root, id);
  if (canvas !== undefined) return { target: canvas.id, name: "focus", value: { element: id } };
  return nodeById(root, id) === undefined ? undefined : { target: id, name: "focus", value: null };
}

function offset(value: WireValue | undefined): WireValue {
  return { x: numberField(value, "x") ?? 0, y: numberField(value, "y") ?? 0 };
}

function position(value: WireValue | undefined, name: string): number {
  const found = isRecord(value) ? field(value, name) : undefined;
  return isUnsigned(found) ? found : 0;
}

function ratio(value: number): number {
  return Math.min(1, Math.max(0, value));
}
