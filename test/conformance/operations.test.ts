import { type Check, check } from "./support/check.ts";
import { including } from "./support/match.ts";
import { conformance } from "./support/run.ts";
import * as say from "./support/steps.ts";
import { perMode } from "./support/target.ts";
import { FORM } from "./support/trees.ts";

const widgetOp = (op: string, payload?: unknown): say.Step[] =>
  say.send({ type: "widget_op", op, ...(payload === undefined ? {} : { payload }) });

/** Operations that are neither answered nor complained about without windows. */
const SILENT_WIDGET_OPS: Readonly<Record<string, unknown>> = {
  focus_next: undefined,
  focus_previous: {},
  focus_next_within: { scope: "main#form" },
  focus_previous_within: { scope: "main#form" },
  focus: { target: "main#form/email" },
  scroll_to: { target: "main#log", offset_x: 0, offset_y: 20 },
  scroll_by: { target: "main#log", offset_x: 0, offset_y: 20 },
  snap_to: { target: "main#log", x: 0, y: 1 },
  snap_to_end: { target: "main#log" },
  select_all: { target: "main#form/email" },
  move_cursor_to_front: { target: "main#form/email" },
  move_cursor_to_end: { target: "main#form/email" },
  move_cursor_to: { target: "main#form/email", position: 1 },
  select_range: { target: "main#form/email", start: 0, end: 2 },
  exit: undefined,
};

const COMMANDS: Readonly<Record<string, { readonly id: string; readonly value?: unknown }>> = {
  focus: { id: "main#form/email", value: null },
  select_all: { id: "main#form/email" },
  move_cursor_to_front: { id: "main#form/email" },
  move_cursor_to_end: { id: "main#form/email" },
  move_cursor_to: { id: "main#form/email", value: 3 },
  select_range: { id: "main#form/email", value: { start_pos: 0, end_pos: 2 } },
  scroll_to: { id: "main#log", value: { x: 0, y: 400 } },
  scroll_by: { id: "main#log", value: { x: 0, y: -10 } },
  snap_to: { id: "main#log", value: { y: 1 } },
  snap_to_end: { id: "main#log" },
  pane_restore: { id: "main#panes", value: null },
};

const WINDOW_ACTIONS: Readonly<Record<string, unknown>> = {
  open: { title: "Settings", width: 480, height: 320 },
  update: { width: 500 },
  close: undefined,
  resize: { width: 300, height: 200 },
  move: { x: 10, y: 20 },
  maximize: { maximized: true },
  minimize: undefined,
  set_mode: { mode: "fullscreen" },
  toggle_maximize: undefined,
  toggle_decorations: undefined,
  gain_focus: undefined,
  drag: undefined,
  show_system_menu: undefined,
  set_level: { level: "always_on_top" },
  drag_resize: { direction: "south_east" },
  request_attention: { urgency: "critical" },
  set_resizable: { resizable: false },
  set_min_size: { width: 100, height: 100 },
  set_max_size: { width: 1000, height: 1000 },
  set_resize_increments: { width: 5, height: 5 },
  mouse_passthrough: { enabled: true },
  set_icon: { data: "/wAA/w==", width: 1, height: 1 },
};

const WINDOW_QUERIES = [
  "get_size",
  "get_position",
  "is_maximized",
  "is_minimized",
  "get_mode",
  "get_scale_factor",
  "monitor_size",
  "raw_id",
];

const silently = (name: string, ...steps: say.Step[][]): Check =>
  check(name, say.snapshot(FORM), ...steps, say.expectNothing, say.expectTree(FORM));

conformance("operations", [
  check(
    "[3.7] a window is pictured where something is drawn, and the request is ignored elsewhere",
    say.snapshot(FORM),
    say.send({ type: "window_op", op: "screenshot", window_id: "main", payload: { tag: "shot" } }),
    perMode<readonly say.Step[]>({
      mock: [],
      headless: [
        say.expect({
          type: "effect_response",
          id: "main",
          status: "ok",
          result: including({ op: "screenshot", request_id: "shot", width: 1024, height: 768 }),
        }),
      ],
    }),
    say.expectNothing,
  ),
  ...Object.entries(SILENT_WIDGET_OPS).map(([op, payload]) =>
    silently(`[3.5] widget_op ${op} is ignored without windows`, widgetOp(op, payload)),
  ),
  check(
    "[3.5] the focus ops are ignored before the first tree",
    widgetOp("focus_next"),
    widgetOp("focus_previous"),
    say.expectNothing,
  ),
  check(
    "[3.5/5.7] an announcement is echoed as an event",
    widgetOp("announce", { text: "Saved", politeness: "polite" }),
    say.expectEvent("announce", "", { text: "Saved", politeness: "polite" }),
  ),
  check(
    "[3.5/5.7] an announcement is assertive unless it says otherwise",
    widgetOp("announce", { text: "Saved" }),
    say.expectEvent("announce", "", { text: "Saved", politeness: "assertive" }),
  ),
  check(
    "[3.5] find_focused answers with null without windows",
    say.snapshot(FORM),
    widgetOp("find_focused", { tag: "where" }),
    say.expect({ type: "op_query_response", kind: "find_focused", tag: "where", data: { focused: null } }),
  ),
  check(
    "[3.5] the tag of find_focused is find_focused unless it says otherwise",
    widgetOp("find_focused"),
    say.expect({ type: "op_query_response", kind: "find_focused", tag: "find_focused", data: { focused: null } }),
  ),
  check(
    "[3.5] find_focused answers with null whatever was focused",
    say.snapshot(FORM),
    widgetOp("focus_next"),
    say.send({ type: "command", id: "main#form/email", family: "focus" }),
    widgetOp("find_focused"),
    say.expect({ type: "op_query_response", kind: "find_focused", tag: "find_focused", data: { focused: null } }),
  ),
  silently("[3.5] widget_op tree_hash has no answer without windows", widgetOp("tree_hash", { tag: "h" })),
  check(
    "[3.5] an unknown widget_op is only logged",
    say.snapshot(FORM),
    widgetOp("levitate", {}),
    say.expectLogged,
    say.expectTree(FORM),
  ),
  check(
    "[3.5] close_window exists no more",
    say.snapshot(FORM),
    widgetOp("close_window", { window_id: "main" }),
    say.expectLogged,
    say.expectTree(FORM),
  ),

  ...Object.entries(COMMANDS).map(([family, { id, value }]) =>
    silently(
      `[3.6] command ${family} has no answer`,
      say.send({ type: "command", id, family, ...(value === undefined ? {} : { value }) }),
    ),
  ),
  silently(
    "[3.6] a batch of commands has no answer",
    say.send({
      type: "commands",
      commands: [
        { id: "main#form/email", family: "focus", value: null },
        { id: "main#log", family: "snap_to_end" },
      ],
    }),
  ),
  silently("[3.6] an empty batch has no answer", say.send({ type: "commands", commands: [] })),
  silently(
    "[3.6] a focus command for a widget that is not there has no answer",
    say.send({ type: "command", id: "main#nowhere", family: "focus" }),
  ),
  silently(
    "[3.6] a custom command for a widget that is not there has no answer",
    say.send({ type: "command", id: "main#nowhere", family: "set_needle", value: { angle: 90 } }),
  ),
  silently(
    "[3.6] a custom command for a widget that does not know it has no answer",
    say.send({ type: "command", id: "main#form/save", family: "set_needle", value: 1 }),
  ),

  ...Object.entries(WINDOW_ACTIONS).map(([op, payload]) =>
    silently(
      `[3.7] window_op ${op} is ignored without windows`,
      say.send({ type: "window_op", op, window_id: "main", ...(payload === undefined ? {} : { payload }) }),
    ),
  ),
  ...WINDOW_QUERIES.map((op) =>
    silently(
      `[3.7] window_op ${op} has no answer without windows`,
      say.send({ type: "window_op", op, window_id: "main", payload: { tag: "t" } }),
    ),
  ),
  silently(
    "[3.7] a query for a window that is not there has no answer without windows",
    say.send({ type: "window_op", op: "get_size", window_id: "nowhere", payload: { tag: "t" } }),
  ),
  check(
    "[3.7] an unknown window_op is only logged",
    say.snapshot(FORM),
    say.send({ type: "window_op", op: "explode", window_id: "main" }),
    say.expectLogged,
  ),
  check(
    "[3.7] a window_op with an incomplete payload is only logged",
    say.snapshot(FORM),
    say.send({ type: "window_op", op: "resize", window_id: "main", payload: { width: 10 } }),
    say.expectLogged,
  ),
  silently(
    "[3.8] allow_automatic_tabbing is ignored without windows",
    say.send({ type: "system_op", op: "allow_automatic_tabbing", payload: { enabled: false } }),
  ),
  check("[3.8] an unknown system_op is only logged", say.send({ type: "system_op", op: "shutdown" }), say.expectLogged),
  ...["get_system_theme", "get_system_info"].map((op) =>
    silently(
      `[3.9] ${op} has no answer without windows`,
      say.send({ type: "system_query", op, payload: { tag: "t" } }),
    ),
  ),
  check(
    "[3.9] an unknown system_query is only logged",
    say.send({ type: "system_query", op: "get_weather" }),
    say.expectLogged,
  ),
  silently(
    "[5.7] without windows the end of the last window is not told",
    say.snapshot({ id: "auto:root", type: "container" }),
    say.snapshot(FORM),
  ),
]);
