import { alone, type Check, check } from "./support/check.ts";
import { update } from "./support/ops.ts";
import { conformance } from "./support/run.ts";
import * as say from "./support/steps.ts";

const subscribe = (kind: string, tag: string, more: say.Fields = {}): say.Step[] =>
  say.send({ type: "subscribe", kind, tag, ...more });
const unsubscribe = (kind: string, tag: string): say.Step[] => say.send({ type: "unsubscribe", kind, tag });

/** The first frame only sets the base of time, so that what it says is left open. */
const firstFrame: readonly say.Step[] = [...say.send({ type: "advance_frame", timestamp: 0 }), say.discard];
const frame = (timestamp: number): say.Step[] => say.send({ type: "advance_frame", timestamp });
const expectFrame = (timestamp: number, tag: string): say.Step =>
  say.expectEvent("animation_frame", "", { timestamp }, { tag });

const themed = (theme: unknown): say.Node => ({ id: "main", type: "window", props: { theme } });
const expectTheme = (value: string, tag: string): say.Step => say.expectEvent("theme_changed", "", value, { tag });

const SILENT_KINDS = [
  "on_key_press",
  "on_key_release",
  "on_modifiers_changed",
  "on_pointer_move",
  "on_pointer_button",
  "on_pointer_scroll",
  "on_pointer_touch",
  "on_ime",
  "on_window_event",
  "on_window_open",
  "on_window_close",
  "on_window_move",
  "on_window_resize",
  "on_window_focus",
  "on_window_unfocus",
  "on_file_drop",
];

function isSilent(kind: string): Check {
  return check(
    `[6] ${kind} is accepted, and delivers nothing without windows`,
    subscribe(kind, "t"),
    say.snapshot(themed("light")),
    firstFrame,
    frame(16),
    say.snapshot({ id: "other", type: "window" }),
    say.expectNothing,
    unsubscribe(kind, "t"),
    say.expectNothing,
  );
}

conformance("subscriptions and frames", [
  ...SILENT_KINDS.map(isSilent),
  check("[3.4] subscribe is not answered", subscribe("on_animation_frame", "f"), say.expectNothing),
  check("[3.4] unsubscribe of nothing is not answered", unsubscribe("on_animation_frame", "f"), say.expectNothing),
  check(
    "[3.13/5.5] a frame is delivered with its time and tag",
    subscribe("on_animation_frame", "f"),
    firstFrame,
    frame(16),
    expectFrame(16, "f"),
  ),
  check("[3.13] a frame that nobody asked for is silent", firstFrame, frame(16), say.expectNothing),
  check(
    "[6] every matching entry gets its own event",
    subscribe("on_animation_frame", "a"),
    subscribe("on_animation_frame", "b"),
    firstFrame,
    frame(16),
    say.expectSet(
      { type: "event", family: "animation_frame", id: "", value: { timestamp: 16 }, tag: "a" },
      { type: "event", family: "animation_frame", id: "", value: { timestamp: 16 }, tag: "b" },
    ),
  ),
  check(
    "[6] on_event and a specific kind give two events",
    subscribe("on_event", "all"),
    subscribe("on_animation_frame", "f"),
    firstFrame,
    frame(16),
    say.expectSet(
      { type: "event", family: "animation_frame", id: "", value: { timestamp: 16 }, tag: "all" },
      { type: "event", family: "animation_frame", id: "", value: { timestamp: 16 }, tag: "f" },
    ),
  ),
  check(
    "[6] subscribing again does not add an entry",
    subscribe("on_animation_frame", "f"),
    subscribe("on_animation_frame", "f", { max_rate: 30 }),
    firstFrame,
    frame(16),
    expectFrame(16, "f"),
  ),
  check(
    "[6] the same tag under two kinds is two entries",
    subscribe("on_animation_frame", "x"),
    subscribe("on_theme_change", "x"),
    unsubscribe("on_theme_change", "x"),
    firstFrame,
    frame(16),
    expectFrame(16, "x"),
  ),
  check(
    "[3.4] unsubscribe ends the delivery",
    subscribe("on_animation_frame", "f"),
    firstFrame,
    unsubscribe("on_animation_frame", "f"),
    frame(16),
    say.expectNothing,
  ),
  check(
    "[3.4] unsubscribe leaves other tags of the kind",
    subscribe("on_animation_frame", "a"),
    subscribe("on_animation_frame", "b"),
    firstFrame,
    unsubscribe("on_animation_frame", "a"),
    frame(16),
    expectFrame(16, "b"),
  ),
  check(
    "[6] unsubscribe of a specific kind leaves on_event",
    subscribe("on_event", "f"),
    unsubscribe("on_animation_frame", "f"),
    firstFrame,
    frame(16),
    expectFrame(16, "f"),
  ),
  check(
    "[6] an entry bound to a window gets no frames",
    subscribe("on_animation_frame", "f", { window_id: "main" }),
    firstFrame,
    frame(16),
    say.expectNothing,
  ),
  check(
    "[6] subscribing again without window takes the bond off",
    subscribe("on_animation_frame", "f", { window_id: "main" }),
    subscribe("on_animation_frame", "f"),
    firstFrame,
    frame(16),
    expectFrame(16, "f"),
  ),
  check(
    "[6] subscribing again with a window puts the bond on",
    subscribe("on_animation_frame", "f"),
    subscribe("on_animation_frame", "f", { window_id: "main" }),
    firstFrame,
    frame(16),
    say.expectNothing,
  ),
  check(
    "[6] unknown kinds are stored without error",
    subscribe("on_full_moon", "m"),
    firstFrame,
    frame(16),
    say.expectNothing,
  ),
  check(
    "[5.8] without windows nothing is held back, whatever the rate",
    subscribe("on_animation_frame", "f", { max_rate: 1 }),
    firstFrame,
    [16, 17, 18].flatMap(frame),
    [16, 17, 18].map((timestamp) => expectFrame(timestamp, "f")),
  ),
  check(
    "[5.8] without windows a rate of 0 does not mute",
    subscribe("on_animation_frame", "f", { max_rate: 0 }),
    firstFrame,
    frame(16),
    expectFrame(16, "f"),
  ),
  check(
    "[5.8] without windows default_event_rate does not hold back",
    say.send({ type: "settings", settings: { default_event_rate: 1 } }),
    subscribe("on_animation_frame", "f"),
    firstFrame,
    [16, 17].flatMap(frame),
    [16, 17].map((timestamp) => expectFrame(timestamp, "f")),
  ),
  check(
    "[3.13] the time of a frame is the one given",
    subscribe("on_animation_frame", "f"),
    firstFrame,
    [1000, 4294967296].flatMap(frame),
    [1000, 4294967296].map((timestamp) => expectFrame(timestamp, "f")),
  ),
  check(
    "[6] entries survive a snapshot",
    subscribe("on_animation_frame", "f"),
    firstFrame,
    say.snapshot(themed("light")),
    frame(16),
    expectFrame(16, "f"),
  ),
  check(
    "[6/8.8] entries are dropped by a reset",
    subscribe("on_animation_frame", "f"),
    say.send({ type: "reset", id: "r" }),
    say.expect({ type: "reset_response", id: "r", status: "ok" }),
    firstFrame,
    frame(16),
    say.expectNothing,
  ),
  ...(["dark", "light"] as const).map((theme) =>
    check(
      `[6] a new theme of the root is told: ${theme}`,
      say.snapshot(themed(theme === "dark" ? "light" : "dark")),
      subscribe("on_theme_change", "t"),
      say.patch(update([], { theme })),
      expectTheme(theme, "t"),
    ),
  ),
  check(
    "[6] any theme but the light one is told as dark",
    say.snapshot(themed("light")),
    subscribe("on_theme_change", "t"),
    say.patch(update([], { theme: "nord" })),
    expectTheme("dark", "t"),
  ),
  check(
    "[6] a theme that stays is not told",
    say.snapshot(themed("dark")),
    subscribe("on_theme_change", "t"),
    say.snapshot(themed("dark")),
    say.expectNothing,
  ),
  check(
    "[6] a theme changed by a snapshot is told",
    say.snapshot(themed("dark")),
    subscribe("on_theme_change", "t"),
    say.snapshot(themed("light")),
    expectTheme("light", "t"),
  ),
  check(
    "[6] the theme of a node below the root is not told",
    say.snapshot({ ...themed("light"), children: [{ id: "main#t", type: "themer", props: { theme: "light" } }] }),
    subscribe("on_theme_change", "t"),
    say.patch(update([0], { theme: "dark" })),
    say.expectNothing,
  ),
  check(
    "[6] an entry bound to a window gets no theme",
    say.snapshot(themed("light")),
    subscribe("on_theme_change", "t", { window_id: "main" }),
    say.patch(update([], { theme: "dark" })),
    say.expectNothing,
  ),
  check(
    "[6] on_event gets the theme",
    say.snapshot(themed("light")),
    subscribe("on_event", "all"),
    say.patch(update([], { theme: "dark" })),
    expectTheme("dark", "all"),
  ),
  alone(
    "[4.1] subscription events carry the session of the message that caused them",
    {},
    say.send({ type: "subscribe", kind: "on_animation_frame", tag: "f", session: "s1" }),
    say.send({ type: "advance_frame", timestamp: 0, session: "s1" }),
    say.discard,
    say.send({ type: "advance_frame", timestamp: 16, session: "s1" }),
    say.expectEvent("animation_frame", "", { timestamp: 16 }, { tag: "f", session: "s1" }),
  ),
]);
