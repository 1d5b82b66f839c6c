import { alone, type Check, startUp } from "./support/check.ts";
import { SETTINGS } from "./support/conversation.ts";
import { encodeFrame } from "./support/frames.ts";
import { absent, text } from "./support/match.ts";
import { conformance } from "./support/run.ts";
import * as say from "./support/steps.ts";
import type { Codec } from "./support/target.ts";
import { BUTTON } from "./support/trees.ts";

const ASK = { type: "query", id: "q", target: "tree" };
const ANSWER = say.expect({ type: "query_response", id: "q", target: "tree", data: null });
const MAX_FRAME_BYTES = 64 * 1024 * 1024;

const line = (message: unknown): string => JSON.stringify(message);

/** Each byte in a write of its own, with a character of several bytes among them. */
function bytewise(codec: Codec): Check {
  const tree = { id: "main", type: "window", props: { title: "é漢🎛" } };
  const bytes = encodeFrame({ type: "snapshot", tree }, codec);
  return alone(
    "[1.2/R241/R242] a message may arrive byte by byte",
    { codec },
    ...Array.from(bytes, (byte) => say.sendBytes(Uint8Array.of(byte))),
    say.expectTree(tree),
  );
}

function together(codec: Codec): Check {
  const messages = [{ type: "snapshot", tree: BUTTON }, ASK, { ...ASK, id: "r" }];
  const bytes = Buffer.concat(messages.map((message) => encodeFrame(message, codec)));
  const data = say.complete(BUTTON);
  return alone(
    "[1.2/R241/R242] several messages may arrive in one chunk",
    { codec },
    say.sendBytes(bytes),
    say.expect({ type: "query_response", id: "q", target: "tree", data }),
    say.expect({ type: "query_response", id: "r", target: "tree", data }),
  );
}

function ends(codec: Codec, name: string, ...bytes: (Uint8Array | string)[]): Check {
  return alone(name, { codec }, ...bytes.map(say.sendBytes), say.expectEnd(0));
}

function prefix(length: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  return bytes;
}

conformance("framing and the life of the process", [
  bytewise("json"),
  bytewise("msgpack"),
  together("json"),
  together("msgpack"),
  alone("[1.2] blank lines are skipped", { codec: "json" }, say.sendBytes(`\n\n  \n\t\n${line(ASK)}\n\n`), ANSWER),
  alone(
    "[1.2] lines may end with carriage return and newline",
    { codec: "json" },
    say.sendBytes(`${line(ASK)}\r\n`),
    ANSWER,
  ),
  alone("[1.2] a line is trimmed", { codec: "json" }, say.sendBytes(`   ${line(ASK)} \t \n`), ANSWER),
  alone(
    "[1.2] a last line without newline is a message",
    { codec: "json" },
    say.sendBytes(line(ASK)),
    say.closeInput,
    ANSWER,
    say.expectEnd(0),
  ),
  startUp(
    "[1.2/2.4] settings as last line without newline are refused like any other",
    { codec: "json" },
    say.sendBytes('{"type":"settings","settings":{"protocol_version":7}}'),
    say.expectHello,
    say.closeInput,
    say.expect({
      type: "error",
      session: absent,
      message: "protocol version mismatch: host sent 7, renderer expects 1",
    }),
    say.expectEnd(0),
  ),
  ends(
    "json",
    "[1.2] a line that is not UTF-8 ends the stream",
    Uint8Array.of(0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d, 0x0a),
  ),
  ends("msgpack", "[1.2] an empty frame ends the stream", prefix(0)),
  ends("msgpack", "[1.2/10] a frame over 64 MiB ends the stream before it has arrived", prefix(MAX_FRAME_BYTES + 1)),
  ends("msgpack", "[1.2/10] a frame of 4 GiB ends the stream before it has arrived", prefix(0xffffffff)),
  ends("json", "[1.2/10] a line over 64 MiB ends the stream", "x".repeat(MAX_FRAME_BYTES + 1)),
  alone(
    "[1.2] a frame cut off by the end of input ends the process",
    { codec: "msgpack" },
    say.sendBytes(Buffer.concat([prefix(100), Buffer.alloc(10, 0x80)])),
    say.closeInput,
    say.expectEnd(0),
  ),
  alone(
    "[1.2] a prefix cut off by the end of input ends the process",
    { codec: "msgpack" },
    say.sendBytes(Uint8Array.of(0, 0)),
    say.closeInput,
    say.expectEnd(0),
  ),
  ends(
    "msgpack",
    "[1.2] nothing behind an empty frame is worked through",
    Buffer.concat([prefix(0), encodeFrame(ASK, "msgpack")]),
  ),
  alone(
    "[1.2] what is complete before a fatal error is worked through",
    { codec: "msgpack" },
    say.sendBytes(Buffer.concat([encodeFrame(ASK, "msgpack"), prefix(0)])),
    ANSWER,
    say.expectEnd(0),
  ),
  alone("[1.8] the renderer ends when its input ends, with exit code 0", {}, say.closeInput, say.expectEnd(0)),
  alone(
    "[1.8] what was sent before the end of input is answered",
    {},
    say.send({ type: "snapshot", tree: BUTTON }, ASK),
    say.closeInput,
    say.expect({ type: "query_response", id: "q", target: "tree", data: say.complete(BUTTON) }),
    say.expectEnd(0),
  ),
  startUp(
    "[1.8] a refused start has exit code 0",
    {},
    say.send({ type: "settings", settings: {} }),
    say.expectHello,
    say.expect({ type: "error", session: absent, message: text(/./) }),
    say.expectEnd(0),
  ),
  startUp(
    "[1.8] the end of input right after the settings is orderly",
    {},
    say.send(SETTINGS),
    say.closeInput,
    say.expectHello,
    say.expectEnd(0),
  ),
  alone(
    "[3.5] the exit op is ignored without windows",
    {},
    say.send({ type: "widget_op", op: "exit" }),
    say.expectNothing,
  ),
]);
