// Spellings of other generations and of present SDKs. They are taken without complaint and mean what the present ones mean.

import { createHash } from "node:crypto";
import { type Check, check } from "./support/check.ts";
import { inAnyOrder, Matcher, text } from "./support/match.ts";
import { conformance } from "./support/run.ts";
import * as say from "./support/steps.ts";
import { MODE, perMode } from "./support/target.ts";
import { BUTTON, FORM } from "./support/trees.ts";

/** Messages whose effect cannot be seen without windows: they must not be complained about. */
const TAKEN: Readonly<Record<string, say.Fields>> = {
  extension_command: { type: "extension_command", node_id: "main#panes", op: "pane_restore", payload: {} },
  extension_commands: {
    type: "extension_commands",
    commands: [{ node_id: "main#panes", op: "pane_restore", payload: {} }],
  },
  widget_command: { type: "widget_command", node_id: "main#panes", op: "pane_restore", payload: {} },
  widget_commands: {
    type: "widget_commands",
    commands: [{ node_id: "main#panes", op: "pane_restore", payload: {} }],
  },
  "window_op with settings": { type: "window_op", op: "open", window_id: "other", settings: { width: 300 } },
  "system_op with settings": { type: "system_op", op: "allow_automatic_tabbing", settings: { enabled: false } },
  "move_cursor_to with a bare number": { type: "command", id: "main#form/email", family: "move_cursor_to", value: 2 },
  "move_cursor_to with an object": {
    type: "command",
    id: "main#form/email",
    family: "move_cursor_to",
    value: { position: 2 },
  },
  "select_range with start and end": {
    type: "command",
    id: "main#form/email",
    family: "select_range",
    value: { start: 0, end: 2 },
  },
  "scroll_to with offsets": {
    type: "command",
    id: "main#log",
    family: "scroll_to",
    value: { offset_x: 0, offset_y: 9 },
  },
  "scroll_by with offsets": {
    type: "command",
    id: "main#log",
    family: "scroll_by",
    value: { offset_x: 0, offset_y: 9 },
  },
  "set_icon with icon_data": {
    type: "window_op",
    op: "set_icon",
    window_id: "main",
    payload: { icon_data: "/wAA/w==", width: 1, height: 1 },
  },
  "a window mode hidden": { type: "window_op", op: "set_mode", window_id: "main", payload: { mode: "hidden" } },
  "an informational request for attention": {
    type: "window_op",
    op: "request_attention",
    window_id: "main",
    payload: { urgency: "informational" },
  },
  "load_font in flat form": { type: "load_font", family: "Inter", data: "AAEAAAASAQAABAAg" },
  "widget_op focus_element": {
    type: "widget_op",
    op: "focus_element",
    payload: { target: "main#chart", element_id: "bar" },
  },
  "settings with extension_config": { type: "settings", settings: { extension_config: { gauge: {} } } },
  "settings with a font as text": { type: "settings", settings: { default_font: "monospace" } },
  "the subscription on_mouse_move": { type: "subscribe", kind: "on_mouse_move", tag: "t" },
  "the subscription on_mouse_button": { type: "subscribe", kind: "on_mouse_button", tag: "t" },
  "the subscription on_mouse_scroll": { type: "subscribe", kind: "on_mouse_scroll", tag: "t" },
  "the subscription on_touch": { type: "subscribe", kind: "on_touch", tag: "t" },
  "a command without value": { type: "command", id: "main#form/email", family: "focus" },
  "an op inside the payload of widget_op": { type: "widget_op", op: "focus_next", payload: { op: "focus_next" } },
};

/** A screen loads fonts, and these bytes are none; and what has the focus says so. */
function taken(name: string): say.Step {
  const isFont = name.startsWith("load_font");
  const headless = isFont ? say.expectFontRefused : say.expectFocusOnly;
  return perMode({ mock: say.expectNothing, headless });
}

function isTaken([name, message]: readonly [string, say.Fields]): Check {
  return check(`[12] ${name} is taken`, say.snapshot(FORM), say.send(message), taken(name));
}

const listed = (...handles: readonly string[]): say.Step[] => [
  ...say.send({ type: "image_op", op: "list", tag: "t" }),
  say.expect({ type: "op_query_response", kind: "list_images", tag: "t", data: { handles: inAnyOrder(...handles) } }),
];
const clearImages = say.send({ type: "image_op", op: "clear" });

const rgba = new Matcher("640 x 480 pixels", (value) => pixelsOf(value).length === 640 * 480 * 4);

function pixelsOf(value: unknown): Uint8Array {
  if (typeof value === "string") return Buffer.from(value, "base64");
  return value instanceof Uint8Array ? value : new Uint8Array();
}

/** The hash belongs to the picture, so the two are looked at together. */
const picture = new Matcher("an answer whose hash is that of its picture", (value) => {
  if (typeof value !== "object" || value === null) return false;
  const { hash, rgba: pixels } = value as { readonly hash?: unknown; readonly rgba?: unknown };
  return createHash("sha256").update(pixelsOf(pixels)).digest("hex") === hash;
});

const screenshot = (size: say.Fields = {}): say.Step[] =>
  say.send({ type: "screenshot", id: "p", name: "home", ...size });
const stub = say.expect({ type: "screenshot_response", id: "p", name: "home", hash: "", width: 0, height: 0 });

const screenshots: readonly Check[] = [
  check("[8.7] without a tree a screenshot is the stub", screenshot(), stub),
  { ...check("[8.7] in mock a screenshot is the stub", say.snapshot(BUTTON), screenshot(), stub), mode: "mock" },
  {
    ...check(
      "[8.7] in mock the asked size does not matter",
      say.snapshot(BUTTON),
      screenshot({ width: 640, height: 480 }),
      stub,
    ),
    mode: "mock",
  },
  {
    ...check(
      "[8.7] in headless a screenshot has the asked size",
      say.snapshot(BUTTON),
      screenshot({ width: 640, height: 480 }),
      say.expect({
        type: "screenshot_response",
        id: "p",
        name: "home",
        hash: text(/^[0-9a-f]{64}$/),
        width: 640,
        height: 480,
        rgba,
      }),
    ),
    mode: "headless",
  },
  {
    ...check(
      "[8.7] in headless the hash is that of the picture",
      say.snapshot(BUTTON),
      screenshot(),
      say.expectMatching(picture),
    ),
    mode: "headless",
  },
  {
    ...check(
      "[8.7] in headless a picture is 1024 x 768 unless it says otherwise",
      say.snapshot(BUTTON),
      screenshot(),
      say.expectMatching(
        new Matcher(
          "1024 x 768",
          (value) => JSON.stringify(value).includes('"width":1024') && JSON.stringify(value).includes('"height":768'),
        ),
      ),
    ),
    mode: "headless",
  },
];

conformance(`tolerance and pictures, ${MODE}`, [
  ...Object.entries(TAKEN).map(isTaken),
  check(
    "[12] image_op in flat form creates",
    clearImages,
    say.send({ type: "image_op", op: "create_image", handle: "flat", pixels: "/wAA/w==", width: 1, height: 1 }),
    listed("flat"),
  ),
  check(
    "[12] image_op in flat form deletes",
    clearImages,
    say.send({
      type: "image_op",
      op: "create_image",
      payload: { handle: "flat", pixels: "/wAA/w==", width: 1, height: 1 },
    }),
    say.send({ type: "image_op", op: "delete_image", handle: "flat" }),
    listed(),
  ),
  check(
    "[12/R283] unsubscribe without tag takes all entries of the kind away",
    say.send(
      { type: "subscribe", kind: "on_animation_frame", tag: "a" },
      { type: "subscribe", kind: "on_animation_frame", tag: "b" },
      { type: "advance_frame", timestamp: 0 },
    ),
    say.discard,
    say.send({ type: "unsubscribe", kind: "on_animation_frame" }, { type: "advance_frame", timestamp: 16 }),
    say.expectNothing,
  ),
  check(
    "[12/R283] unsubscribe without tag leaves other kinds",
    say.send({ type: "subscribe", kind: "on_event", tag: "a" }, { type: "advance_frame", timestamp: 0 }),
    say.discard,
    say.send({ type: "unsubscribe", kind: "on_theme_change" }, { type: "advance_frame", timestamp: 16 }),
    say.expectEvent("animation_frame", "", { timestamp: 16 }, { tag: "a" }),
  ),
  check(
    "[12] the selector of interact may be an empty object",
    say.snapshot(FORM),
    say.send({ type: "interact", id: "i", action: "move_to", selector: {}, payload: {} }),
    say.expect({
      type: "interact_response",
      id: "i",
      // A pointer on a screen is told to who asks for it; nobody has.
      events: perMode({
        mock: [{ type: "event", session: "", family: "cursor_moved", id: "", value: { x: 0, y: 0 } }],
        headless: [],
      }),
    }),
  ),
  ...screenshots,
]);
