// Payloads that are well delimited but cannot be decoded, and values that a codec has and the protocol does not.

import { type Check, check, inCodec } from "./support/check.ts";
import { conformance } from "./support/run.ts";
import * as say from "./support/steps.ts";
import { BUTTON } from "./support/trees.ts";

const NO_JSON: Readonly<Record<string, string | Uint8Array>> = {
  "an object that does not end": '{"type":"reset","id":"r"',
  "a value that is missing": '{"type":}',
  "something behind the object": '{"type":"reset","id":"r"} x',
  "two objects in one line": '{"type":"reset","id":"r"}{"type":"reset","id":"r"}',
  "a comma at the end": '{"type":"reset","id":"r",}',
  "single quotes": "{'type':'reset','id':'r'}",
  "a comment": '{"type":"reset",/* r */"id":"r"}',
  "a number that JSON does not have": '{"type":"advance_frame","timestamp":NaN}',
  "a key without quotes": '{type:"reset","id":"r"}',
  "a bare word": "reset",
  "an escape that JSON does not have": '{"type":"reset","id":"\\x41"}',
  "a control character in a text": '{"type":"reset","id":"a\u0001b"}',
};

const byte = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);
const ascii = (value: string): number[] => [0xa0 + value.length, ...Buffer.from(value)];

const NO_MESSAGE_PACK: Readonly<Record<string, Uint8Array>> = {
  "the byte that is never used": byte(0xc1),
  "a map that does not end": byte(0x82, ...ascii("type"), ...ascii("reset")),
  "a text that does not end": byte(0x81, ...ascii("type"), 0xa5, 0x72),
  "a text that claims 4 GiB": byte(0x81, ...ascii("type"), 0xdb, 0xff, 0xff, 0xff, 0xff),
  "bytes that claim 4 GiB": byte(0x81, ...ascii("data"), 0xc6, 0xff, 0xff, 0xff, 0xff),
  "a map that claims more entries than there are bytes": byte(0xdf, 0xff, 0xff, 0xff, 0xff),
  "a list that claims more items than there are bytes": byte(0x81, ...ascii("type"), 0xdd, 0x7f, 0xff, 0xff, 0xff),
  "a small list that claims more items than there are bytes": byte(0x9f),
  "a text that is not UTF-8": byte(0x82, ...ascii("type"), ...ascii("reset"), ...ascii("id"), 0xa2, 0xc3, 0x28),
  "an integer that does not end": byte(0x81, ...ascii("type"), 0xcf, 0x00),
  "a map without its value": byte(0x81, ...ascii("type")),
};

/** Lists inside each other; the message is the first level, the props are the second. */
function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}

/** Map of message, map of payload, then the lists. */
const deep = (levels: number): unknown => ({
  type: "widget_op",
  op: "focus_next",
  payload: { deep: nested(levels - 2) },
});

const windowWith = (props: say.Fields): say.Node => ({ id: "main", type: "window", props });

/** `{type: "snapshot", tree: {id: "w", type: "window", props: {v: …}}}` around bytes of our own. */
function snapshotBytes(value: Uint8Array): Uint8Array {
  const props = [0x81, ...ascii("v"), ...value];
  const tree = [0x83, ...ascii("id"), ...ascii("w"), ...ascii("type"), ...ascii("window"), ...ascii("props"), ...props];
  return byte(0x82, ...ascii("type"), ...ascii("snapshot"), ...ascii("tree"), ...tree);
}

interface Value {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly value: unknown;
}

const VALUES: readonly Value[] = [
  { name: "bin becomes base64 text", bytes: byte(0xc4, 3, 0, 255, 16), value: "AP8Q" },
  { name: "an empty bin becomes empty text", bytes: byte(0xc4, 0), value: "" },
  { name: "an extension value becomes null", bytes: byte(0xd4, 1, 7), value: null },
  { name: "a timestamp is an extension value like any other", bytes: byte(0xd6, 0xff, 0, 0, 0, 1), value: null },
  { name: "a long extension value becomes null", bytes: byte(0xc7, 3, 9, 1, 2, 3), value: null },
  { name: "integer keys become texts", bytes: byte(0x82, 0x01, 0x0a, 0xff, 0x0b), value: { "1": 10, "-1": 11 } },
  { name: "not a number becomes null", bytes: byte(0xcb, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0), value: null },
  { name: "infinity becomes null", bytes: byte(0xcb, 0x7f, 0xf0, 0, 0, 0, 0, 0, 0), value: null },
  { name: "minus infinity as 32-bit float becomes null", bytes: byte(0xca, 0xff, 0x80, 0, 0), value: null },
  { name: "32-bit floats are read", bytes: byte(0xca, 0x3f, 0xa0, 0, 0), value: 1.25 },
  { name: "64-bit floats are read", bytes: byte(0xcb, 0x3f, 0xf4, 0, 0, 0, 0, 0, 0), value: 1.25 },
  { name: "8-bit integers are read", bytes: byte(0x92, 0xcc, 0xff, 0xd0, 0x80), value: [255, -128] },
  { name: "16-bit integers are read", bytes: byte(0x92, 0xcd, 0x01, 0x00, 0xd1, 0xff, 0x00), value: [256, -256] },
  {
    name: "32-bit integers are read",
    bytes: byte(0x92, 0xce, 0x80, 0, 0, 0, 0xd2, 0x80, 0, 0, 0),
    value: [2147483648, -2147483648],
  },
  {
    name: "64-bit integers are read",
    bytes: byte(0x92, 0xcf, 0, 0, 0, 1, 0, 0, 0, 0, 0xd3, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0),
    value: [4294967296, -4294967296],
  },
  {
    name: "texts of every width are read",
    bytes: byte(0x93, 0xd9, 1, 97, 0xda, 0, 1, 98, 0xdb, 0, 0, 0, 1, 99),
    value: ["a", "b", "c"],
  },
  { name: "lists of every width are read", bytes: byte(0x92, 0xdc, 0, 1, 1, 0xdd, 0, 0, 0, 1, 2), value: [[1], [2]] },
  {
    name: "maps of every width are read",
    bytes: byte(0x92, 0xde, 0, 1, ...ascii("a"), 1, 0xdf, 0, 0, 0, 1, ...ascii("b"), 2),
    value: [{ a: 1 }, { b: 2 }],
  },
];

const values: readonly Check[] = VALUES.map(({ name, bytes, value }) =>
  inCodec(
    "msgpack",
    `[1.2] ${name}`,
    say.sendPayload({ msgpack: snapshotBytes(bytes) }),
    say.expectTree({ id: "w", type: "window", props: { v: value } }),
  ),
);

conformance("payloads", [
  ...Object.entries(NO_JSON).map(([name, json]) =>
    inCodec(
      "json",
      `[1.1/1.2] ${name} costs that line and is reported`,
      say.sendPayload({ json }),
      say.expectInputError,
    ),
  ),
  ...Object.entries(NO_MESSAGE_PACK).map(([name, msgpack]) =>
    inCodec(
      "msgpack",
      `[1.1/1.2] ${name} costs that frame and is reported`,
      say.sendPayload({ msgpack }),
      say.expectInputError,
    ),
  ),
  ...values,
  check("[1.2/10] a nesting of 120 levels is accepted", say.send(deep(120)), say.expectNothing),
  check("[1.2/10] a nesting of 130 levels is reported", say.send(deep(130)), say.expectInputError),
  check("[1.2/10] a nesting of 1000 levels is reported", say.send(deep(1000)), say.expectInputError),
  inCodec(
    "json",
    "[1.2/10] a nesting of 100000 levels is reported",
    say.sendPayload({ json: `{"type":"widget_op","op":"focus_next","payload":${"[".repeat(1e5)}${"]".repeat(1e5)}}` }),
    say.expectInputError,
  ),
  inCodec(
    "msgpack",
    "[1.2/10] a nesting of 100000 levels is reported",
    say.sendPayload({ msgpack: byte(0x81, ...ascii("payload"), ...new Uint8Array(1e5).fill(0x91), 1) }),
    say.expectInputError,
  ),
  check(
    "[1.2] a tree that is too deep to decode leaves the old one",
    say.snapshot(BUTTON),
    say.send({ type: "snapshot", tree: chain(100) }),
    say.expectInputError,
    say.expectTree(BUTTON),
  ),
  check("[1.2] a tree of 55 levels is decoded", say.snapshot(chain(55)), say.expectTree(chain(55))),
  inCodec(
    "json",
    "[1.2] keys may come in any order",
    say.sendPayload({
      json: '{"tree":{"children":[],"type":"window","id":"w","props":{}},"session":"","type":"snapshot"}',
    }),
    say.expectTree({ id: "w", type: "window" }),
  ),
  inCodec(
    "json",
    "[1.2] escapes and white space inside a line are read",
    say.sendPayload({
      json: ' { "type" : "snapshot" ,\t"tree" : { "id":"\\u0077","type":"window","props":{"t":"\\ud83c\\udf9b"} } } ',
    }),
    say.expectTree({ id: "w", type: "window", props: { t: "🎛" } }),
  ),
  inCodec(
    "json",
    "[1.2] numbers with exponent are read",
    say.sendPayload({ json: '{"type":"snapshot","tree":{"id":"w","type":"window","props":{"a":1e3,"b":-2.5E-1}}}' }),
    say.expectTree({ id: "w", type: "window", props: { a: 1000, b: -0.25 } }),
  ),
  check(
    "[1.2] a message of 4 MiB is carried both ways",
    say.snapshot(windowWith({ note: "x".repeat(4 * 1024 * 1024) })),
    say.expectTree(windowWith({ note: "x".repeat(4 * 1024 * 1024) })),
  ),
  check(
    "[R243] a line of 200000 bytes with characters of every length arrives intact",
    say.snapshot(windowWith({ note: "aé漢🎛".repeat(20_000) })),
    say.expectTree(windowWith({ note: "aé漢🎛".repeat(20_000) })),
  ),
]);

/** A tree of one child per level. A level costs two levels of nesting. */
function chain(levels: number): say.Node {
  let node: say.Node = { id: `n${levels}`, type: "text" };
  for (let level = levels - 1; level > 1; level -= 1) node = { id: `n${level}`, type: "column", children: [node] };
  return { id: "main", type: "window", children: [node] };
}
