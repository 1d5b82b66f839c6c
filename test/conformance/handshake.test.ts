import { alone, type Check, startUp } from "./support/check.ts";
import { SETTINGS } from "./support/conversation.ts";
import { absent, text } from "./support/match.ts";
import { conformance } from "./support/run.ts";
import * as say from "./support/steps.ts";
import { BUTTON } from "./support/trees.ts";

/** The renderer says why and ends. The text stands without a session. */
function expectRefusal(message: RegExp | string): say.Step[] {
  const pattern = typeof message === "string" ? message : text(message);
  return [say.expect({ type: "error", session: absent, message: pattern }), say.expectEnd(0)];
}

const settings = (fields: say.Fields): say.Fields => ({ type: "settings", settings: fields });
const MISSING_VERSION = "missing or invalid protocol_version in Settings (expected 1)";

function refuses(name: string, first: unknown, message: RegExp | string): Check {
  return startUp(`[2.3/2.4] ${name}`, {}, say.send(first), say.expectHello, expectRefusal(message));
}

const WRONG_FIRST: Readonly<Record<string, say.Fields>> = {
  snapshot: { tree: BUTTON },
  patch: { ops: [] },
  subscribe: { kind: "on_event", tag: "t" },
  query: { id: "q", target: "tree" },
  reset: { id: "r" },
};

/** What the first settings may carry without being refused, and without a word about it. */
const ACCEPTED: Readonly<Record<string, say.Fields>> = {
  "a token that nobody asked for": { protocol_version: 1, token_sha256: "00".repeat(32) },
  "every key of the table": {
    protocol_version: 1,
    default_text_size: 15.5,
    default_event_rate: 60,
    antialiasing: true,
    vsync: false,
    scale_factor: 1.25,
    theme: "dark",
    widget_config: { gauge: { max: 10 } },
    required_widgets: [],
    log_level: "debug",
  },
  "required widgets that are built in": { protocol_version: 1, required_widgets: ["button", "canvas", "window"] },
};

conformance("handshake", [
  startUp("[2.1] hello answers the first settings", {}, say.send(SETTINGS), say.expectHello, say.expectNothing),
  startUp(
    "[2.1/1.3] hello comes with the first byte, before the settings are complete",
    { codec: "json" },
    say.sendBytes("{"),
    say.expectHello,
    say.sendBytes('"type":"settings","settings":{"protocol_version":1}}\n'),
    say.expectNothing,
  ),
  startUp(
    "[2.1/1.3] hello comes with the first byte, before the settings are complete",
    { codec: "msgpack" },
    say.sendBytes(Uint8Array.of(0)),
    say.expectHello,
  ),
  startUp("[2.1] with --json hello comes before any byte", { codec: "json", args: ["--json"] }, say.expectHello),
  startUp(
    "[2.1] with --msgpack hello comes before any byte",
    { codec: "msgpack", args: ["--msgpack"] },
    say.expectHello,
  ),
  refuses(
    "another protocol version is refused, with both numbers",
    settings({ protocol_version: 2 }),
    "protocol version mismatch: host sent 2, renderer expects 1",
  ),
  refuses(
    "protocol version 0 is refused",
    settings({ protocol_version: 0 }),
    "protocol version mismatch: host sent 0, renderer expects 1",
  ),
  refuses("settings without protocol version are refused", settings({}), MISSING_VERSION),
  refuses("a protocol version that is text is refused", settings({ protocol_version: "1" }), MISSING_VERSION),
  refuses("a protocol version with a fraction is refused", settings({ protocol_version: 1.5 }), MISSING_VERSION),
  refuses("null as protocol version is refused", settings({ protocol_version: null }), MISSING_VERSION),
  refuses("true as protocol version is refused", settings({ protocol_version: true }), MISSING_VERSION),
  refuses("a protocol version over 32 bits is refused", settings({ protocol_version: 4294967297 }), MISSING_VERSION),
  ...Object.entries(WRONG_FIRST).map(([type, fields]) =>
    refuses(
      `${type} as first message is refused`,
      { type, ...fields },
      `expected settings as first message, got ${type}`,
    ),
  ),
  refuses(
    "an unknown first message is refused",
    { type: "frobnicate" },
    /^failed to (decode|parse) initial settings: ./,
  ),
  refuses("settings without settings are refused", { type: "settings" }, /./),
  startUp(
    "[2.3/2.4] a first message that is no object is refused",
    { args: ["--json"], codec: "json" },
    say.expectHello,
    say.send([1, 2]),
    expectRefusal(/^failed to (decode|parse) initial settings: ./),
  ),
  startUp(
    "[2.4] a first line that is no JSON is refused",
    { codec: "json" },
    say.sendBytes("{nonsense\n"),
    say.expectHello,
    expectRefusal(/^failed to (decode|parse) initial settings: ./),
  ),
  startUp(
    "[2.4] a first frame that is no MessagePack is refused",
    { codec: "msgpack" },
    say.sendPayload({ msgpack: Uint8Array.of(0xc1) }),
    say.expectHello,
    expectRefusal(/^failed to (decode|parse) initial settings: ./),
  ),
  startUp(
    "[2.4] an empty first frame is refused",
    { codec: "msgpack" },
    say.sendBytes(Uint8Array.of(0, 0, 0, 0)),
    say.expectHello,
    expectRefusal(/^failed to read initial settings: ./),
  ),
  startUp(
    "[2.4] the end of input before the settings is said",
    { codec: "json", args: ["--json"] },
    say.expectHello,
    say.closeInput,
    expectRefusal("stdin closed before settings received"),
  ),
  startUp(
    "[2.4] the end of input before the settings is said",
    { codec: "msgpack", args: ["--msgpack"] },
    say.expectHello,
    say.closeInput,
    expectRefusal("stdin closed before settings received"),
  ),
  startUp(
    "[2.4] nothing sent behind a refused message is answered",
    {},
    say.send(settings({}), { type: "query", id: "q", target: "tree" }, SETTINGS),
    say.expectHello,
    expectRefusal(MISSING_VERSION),
  ),
  ...Object.entries(ACCEPTED).map(([name, fields]) =>
    startUp(`[2.3/3.1] ${name} is accepted`, {}, say.send(settings(fields)), say.expectHello, say.expectNothing),
  ),
  startUp(
    "[2.3] required widgets that are missing are named and not fatal",
    {},
    say.send(settings({ protocol_version: 1, required_widgets: ["gauge", "button", "dial"] })),
    say.expectHello,
    say.expectDiagnostic("required_widgets_missing", "warn", { missing: ["gauge", "dial"] }),
    say.snapshot(BUTTON),
    say.expectTree(BUTTON),
  ),
  alone(
    "[2.3] required widgets of later settings are not looked at",
    {},
    say.send(settings({ protocol_version: 1, required_widgets: ["gauge"] })),
    say.expectNothing,
  ),
  alone(
    "[2.3] the version of later settings is not looked at",
    {},
    say.send(settings({ protocol_version: 2 })),
    say.expectNothing,
  ),
  alone("[2.3] later settings need no version", {}, say.send(settings({ default_text_size: 12 })), say.expectNothing),
  alone("[2.2] hello is said once", {}, say.send(SETTINGS, SETTINGS), say.snapshot(BUTTON), say.expectTree(BUTTON)),
  startUp(
    "[2.3] messages may follow the settings without waiting for hello",
    {},
    say.send(SETTINGS, { type: "snapshot", tree: BUTTON }, { type: "query", id: "q", target: "tree" }),
    say.expectHello,
    say.expect({ type: "query_response", id: "q", target: "tree", data: say.complete(BUTTON) }),
  ),
]);
