/** The widget event families with the shape of their values, on the wire and for authors. */

import { modifiers, NO_MODIFIERS } from "./modifiers.ts";
import {
  anyOf,
  array,
  boolean,
  type DecodeContext,
  INVALID,
  type Infer,
  integer,
  isPlainObject,
  nullable,
  number,
  object,
  oneOf,
  optionalOrNull,
  type Schema,
  string,
  withDefault,
} from "./schema.ts";

/** Reads with `schema` and then turns the value into what authors get. */
function mapped<In, Out>(schema: Schema<In>, change: (value: In) => Out): Schema<Out> {
  return {
    expected: schema.expected,
    read(value, context: DecodeContext) {
      const read = schema.read(value, context);
      return read === INVALID ? INVALID : change(read);
    },
  };
}

/** A number; other generations write `null` for one that is not finite. */
const real: Schema<number> = {
  expected: "number",
  read: (value, context) => (value === null ? 0 : number.read(value, context)),
};
const realOrZero = withDefault(number, 0);

const nothing: Schema<null> = { expected: "nothing", read: () => null };
const point = object({ x: real, y: real });
const pointer = withDefault(oneOf(["mouse", "touch", "pen", "keyboard"]), "mouse");
const held = withDefault(modifiers, NO_MODIFIERS);

const pressed = object({
  x: real,
  y: real,
  /** `left`, `right`, `middle`, `back`, `forward` or `other_<n>`. */
  button: withDefault(string, "left"),
  pointer,
  modifiers: held,
  finger: optionalOrNull(integer),
  /** The touch was taken away. */
  lost: optionalOrNull(boolean),
});

const moved = object({ x: real, y: real, pointer, modifiers: held, finger: optionalOrNull(integer) });

const scroll = mapped(
  object({ x: realOrZero, y: realOrZero, delta_x: realOrZero, delta_y: realOrZero, pointer, modifiers: held }),
  ({ x, y, delta_x, delta_y, pointer, modifiers }) => ({
    x,
    y,
    deltaX: delta_x,
    deltaY: delta_y,
    pointer,
    modifiers,
  }),
);

const scrolled = mapped(
  object({
    absolute_x: real,
    absolute_y: real,
    relative_x: realOrZero,
    relative_y: realOrZero,
    bounds_width: realOrZero,
    bounds_height: realOrZero,
    content_width: realOrZero,
    content_height: realOrZero,
  }),
  (value) => ({
    absoluteX: value.absolute_x,
    absoluteY: value.absolute_y,
    relativeX: value.relative_x,
    relativeY: value.relative_y,
    boundsWidth: value.bounds_width,
    boundsHeight: value.bounds_height,
    contentWidth: value.content_width,
    contentHeight: value.content_height,
  }),
);

const drag = mapped(
  object({
    x: real,
    y: real,
    delta_x: optionalOrNull(number),
    delta_y: optionalOrNull(number),
    dx: optionalOrNull(number),
    dy: optionalOrNull(number),
  }),
  ({ x, y, delta_x, delta_y, dx, dy }) => ({ x, y, deltaX: delta_x ?? dx ?? 0, deltaY: delta_y ?? dy ?? 0 }),
);

const EDGES = ["top", "bottom", "left", "right"] as const;
const clicked = object({ x: real, y: real, button: withDefault(string, "left") });
const elementKey = object({ key: string, modifiers: held });

/** How the value of each family is read. What authors see is inferred from it. */
export const widgetValues = {
  /** With a place for elements of a canvas, `null` for everything else. */
  click: withDefault(nullable(clicked), null),
  toggle: boolean,
  select: string,
  input: string,
  /**
   * Of a `text_editor` with `sync`, instead of `input`: what was typed since batch `after` of this editor. The first change is
   * made on the text of `revision` with the batches on top that the revision lacks, each other on the text after the one
   * before. `attempt` grows when a batch
   * is told again. Positions are UTF-16 code units.
   */
  edit: object({
    editor: string,
    number: integer,
    after: integer,
    revision: integer,
    attempt: integer,
    changes: array(object({ start: integer, end: integer, insert: string })),
  }),
  submit: string,
  paste: string,
  slide: real,
  slide_release: real,
  open: nothing,
  close: nothing,
  option_hovered: string,
  key_binding: anyOf(
    string,
    mapped(object({ binding: string }), (value) => value.binding),
  ),
  link_click: object({ link: string }),
  /** The key of the column. */
  sort: anyOf(
    string,
    mapped(object({ column: string }), (value) => value.column),
  ),
  scrolled,
  resize: object({ width: real, height: real }),
  /** `active`, `hovered`, `focused`, `pressed`, `dragged`, `disabled`, `opened`. */
  status: string,
  transition_complete: object({ tag: withDefault(nullable(string), null), prop: string }),
  press: pressed,
  release: pressed,
  double_click: moved,
  enter: withDefault(nullable(point), null),
  exit: nothing,
  move: moved,
  scroll,
  drag,
  drag_end: point,
  key_press: elementKey,
  key_release: elementKey,
  focused: nothing,
  blurred: nothing,
  /** `split` is opaque. */
  pane_resized: object({ split: string, ratio: real }),
  pane_dragged: object({
    action: oneOf(["picked", "dropped", "canceled"]),
    pane: string,
    target: optionalOrNull(string),
    region: optionalOrNull(oneOf(["center", ...EDGES])),
    edge: optionalOrNull(oneOf(EDGES)),
  }),
  pane_clicked: object({ pane: string }),
  /** `null` when scripted. */
  pane_focus_cycle: withDefault(nullable(object({ pane: string })), null),
} as const;

export type WidgetFamily = keyof typeof widgetValues;
export type WidgetValues = { readonly [F in WidgetFamily]: Infer<(typeof widgetValues)[F]> };

export const WIDGET_FAMILIES = Object.keys(widgetValues) as readonly WidgetFamily[];

export function isWidgetFamily(family: string): family is WidgetFamily {
  return Object.hasOwn(widgetValues, family);
}

/** The current name of a family of an earlier generation. */
const OLDER_FAMILIES: { readonly [older: string]: WidgetFamily } = {
  canvas_press: "press",
  canvas_release: "release",
  canvas_move: "move",
  canvas_scroll: "scroll",
  canvas_element_click: "click",
  canvas_element_enter: "enter",
  canvas_element_leave: "exit",
  canvas_element_exit: "exit",
  canvas_element_drag: "drag",
  canvas_element_drag_end: "drag_end",
  canvas_element_key_press: "key_press",
  canvas_element_key_release: "key_release",
  canvas_element_focused: "focused",
  canvas_element_blurred: "blurred",
  canvas_focused: "focused",
  canvas_blurred: "blurred",
  mouse_enter: "enter",
  mouse_exit: "exit",
  mouse_move: "move",
  mouse_scroll: "scroll",
  mouse_double_click: "double_click",
  sensor_resize: "resize",
};

/** The family under its current name. A `scroll` that reports a viewport is what is called `scrolled` today. */
export function currentWidgetFamily(family: string, value: unknown): string {
  if (family === "scroll" && isPlainObject(value) && typeof value["absolute_x"] === "number") return "scrolled";
  return (Object.hasOwn(OLDER_FAMILIES, family) ? OLDER_FAMILIES[family] : undefined) ?? family;
}
