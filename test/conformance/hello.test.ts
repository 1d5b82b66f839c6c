import { type Check, check, inCodec, startUp } from "./support/check.ts";
import { SETTINGS } from "./support/conversation.ts";
import { anything, isObject, Matcher, text, textList } from "./support/match.ts";
import { conformance } from "./support/run.ts";
import * as say from "./support/steps.ts";
import { type Codec, perMode } from "./support/target.ts";

const BUILT_IN =
  "button canvas checkbox column combo_box container float grid image keyed_column markdown overlay pane_grid pick_list pin pointer_area progress_bar qr_code radio responsive rich_text row rule scrollable sensor slider space stack svg table text text_editor text_input themer toggler tooltip vertical_slider window".split(
    " ",
  );

const FIELDS = {
  type: "hello",
  session: "",
  protocol_version: 1,
  protocol: 1,
  codec: anything,
  version: anything,
  name: anything,
  mode: anything,
  backend: anything,
  transport: anything,
  native_widgets: anything,
  widget_sets: anything,
  widgets: anything,
};

const sorted = new Matcher("sorted, without duplicates", (value) => {
  if (!textList.accepts(value) || !Array.isArray(value)) return false;
  return value.every((name, index) => index === 0 || compare(value[index - 1], name) < 0);
});

const hasBuiltIn = new Matcher("all built-in types", (value) => {
  return Array.isArray(value) && BUILT_IN.every((name) => value.includes(name));
});

function compare(left: unknown, right: unknown): number {
  return Buffer.compare(Buffer.from(String(left)), Buffer.from(String(right)));
}

function field(name: string, fields: say.Fields, codec?: Codec): Check {
  const greeting = say.expectGreeting({ ...FIELDS, extensions: optional, ...fields });
  return codec === undefined ? check(name, greeting) : inCodec(codec, name, greeting);
}

/** An older spelling of `native_widgets` that a renderer may add. */
const optional = new Matcher("absent or a list of texts", (value) => value === undefined || textList.accepts(value));

const flag = (name: string, args: readonly string[], codec: Codec, ...steps: (say.Step | say.Step[])[]): Check =>
  startUp(name, { codec, args }, ...steps);

conformance("hello and the command line", [
  field("[2.2/13] hello has all 13 fields and no more", {}),
  field("[2.2] both spellings of the protocol version are 1", { protocol_version: 1, protocol: 1 }),
  field("[2.2/1.3] the codec follows the first byte: json", { codec: "json" }, "json"),
  field("[2.2/1.3] the codec follows the first byte: msgpack", { codec: "msgpack" }, "msgpack"),
  field("[2.2] the version has three numbers", { version: text(/^\d+\.\d+\.\d+/) }),
  field("[2.2] the name is plushie-renderer", { name: "plushie-renderer" }),
  field("[2.2] the mode is the one asked for", { mode: perMode({ mock: "mock", headless: "headless" }) }),
  field("[2.2] the backend is text; that of mock is mock", {
    backend: perMode<unknown>({ mock: "mock", headless: text(/./) }),
  }),
  field("[2.2/1.5] the transport is stdio", { transport: "stdio" }),
  field("[2.2] the session is empty", { session: "" }),
  field("[2.2] native widgets are sorted", { native_widgets: sorted }),
  field("[2.2] the widget set is iced", { widget_sets: ["iced"] }),
  field("[2.2] widgets are sorted, without duplicates", { widgets: sorted }),
  field("[2.2] widgets name every built-in type", { widgets: hasBuiltIn }),
  startUp(
    "[2.2] the session of the first settings does not show in hello",
    {},
    say.send({ ...SETTINGS, session: "pool_1" }),
    say.expect({ ...FIELDS, extensions: optional }),
  ),
  flag(
    "[1.3] --json decides the codec",
    ["--json"],
    "json",
    say.expect({ ...FIELDS, extensions: optional, codec: "json" }),
    say.send(SETTINGS),
    say.expectNothing,
  ),
  flag(
    "[1.3] --msgpack decides the codec",
    ["--msgpack"],
    "msgpack",
    say.expect({ ...FIELDS, extensions: optional, codec: "msgpack" }),
    say.send(SETTINGS),
    say.expectNothing,
  ),
  flag(
    "[1.3] white space before the first brace means MessagePack",
    [],
    "msgpack",
    say.sendBytes(' {"type":"settings","settings":{"protocol_version":1}}\n'),
    say.expect({ ...FIELDS, extensions: optional, codec: "msgpack" }),
  ),
  flag(
    "[1.3] a byte order mark before the first brace means MessagePack",
    [],
    "msgpack",
    say.sendBytes(Uint8Array.of(0xef, 0xbb, 0xbf)),
    say.expect({ ...FIELDS, extensions: optional, codec: "msgpack" }),
  ),
  startUp(
    "[1.3] the codec stays as it began: a line of JSON is no frame",
    { codec: "msgpack" },
    say.send(SETTINGS),
    say.expectHello,
    say.sendPayload({ msgpack: Buffer.from('{"type":"reset","id":"r"}') }),
    say.expectInputError,
  ),
  startUp(
    "[1.6] --mock wins over --headless",
    { args: ["--headless", "--mock"] },
    say.send(SETTINGS),
    say.expect({ ...FIELDS, extensions: optional, mode: "mock", backend: "mock" }),
  ),
  startUp(
    "[1.6] unknown flags are ignored",
    { args: ["--frobnicate", "--level=9"] },
    say.send(SETTINGS),
    say.expectHello,
    say.expectNothing,
  ),
  ...["abc", "0", "-3", "1.5"].map((count) =>
    startUp(
      `[1.6] --max-sessions ${count} is one session`,
      { args: ["--max-sessions", count], codec: "json" },
      say.send(SETTINGS),
      say.expectHello,
      say.send({ type: "reset", id: "r", session: "" }),
      say.expect({ type: "reset_response", id: "r", status: "ok" }),
      say.expectNothing,
    ),
  ),
  startUp(
    "[1.6] --ready-marker is printed on standard error once the settings are good",
    { args: ["--ready-marker"] },
    say.send({ ...SETTINGS, session: "s1" }),
    say.expectHello,
    say.expectLog(
      new RegExp(
        `^plushie renderer-parent: ready mode=${perMode({ mock: "mock", headless: "headless" })} transport=stdio session="s1"$`,
        "m",
      ),
    ),
  ),
  flag(
    "[1.6] --version prints name and version and ends",
    ["--version"],
    "msgpack",
    say.expectOutput("plushie-renderer X.Y.Z", (output) => /^plushie-renderer \d+\.\d+\.\d+\S*\n$/.test(output)),
  ),
  flag(
    "[1.6] --version --json prints an object and ends",
    ["--version", "--json"],
    "msgpack",
    say.expectOutput("tool, plushie_rust_version, target, source.kind, build.profile", isIdentity),
  ),
  startUp(
    "[1.5] nothing but the protocol is on standard output",
    {},
    say.send(SETTINGS),
    say.expectHello,
    say.send({ type: "widget_op", op: "bogus" }, { type: "image_op", op: "bogus", payload: {} }),
    say.discard,
    say.closeInput,
    say.expectEnd(0),
  ),
]);

function isIdentity(output: string): boolean {
  const parsed: unknown = JSON.parse(output);
  if (!isObject(parsed) || !anyText(parsed["tool"], parsed["plushie_rust_version"], parsed["target"])) return false;
  const { source, build } = parsed;
  return isObject(source) && isObject(build) && anyText(source["kind"], build["profile"]) && output.includes("\n ");
}

function anyText(...values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === "string");
}
