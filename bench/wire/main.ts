// What it costs to write and read messages, and to cut a stream of bytes into them.
//
// Codecs: from a snapshot message that is there to its payload (text for JSON, bytes for MessagePack) and back to a checked
// message. Not counted: view, normalize, framing, the socket. Ratios are to Y, JSON.stringify of the same wire tree.
// Framing: from chunks that are there to whole frames. Not counted: decoding what is in them.
import type { ToRenderer, WireNode } from "../../src/protocol/index.ts";
import { createTree } from "../../src/tree/index.ts";
import {
  type CodecName,
  decodeMessage,
  encodeFrame,
  encodeMessage,
  type Frame,
  FrameReader,
  type Framing,
} from "../../src/wire/index.ts";
import { measureInTurns, ms, printTable, times } from "../measure.ts";
import { rowsOf, SHAPES, type Shape } from "../render/shapes.ts";

const KIBIBYTE = 1024;
const MEBIBYTE = 1024 * KIBIBYTE;
const CHUNK_BYTES = 64 * KIBIBYTE;

/** Targets that the project holds itself to. */
const MAX_ENCODE_RATIO = 1.6;
const MAX_LARGE_FRAME_MS = 150;

for (const nodes of [1_000, 10_000]) for (const shape of SHAPES) measureCodecs(shape, nodes);
measureLargeFrame();
measureNaive();
measureSmallMessages();

function measureCodecs(shape: Shape, nodes: number): void {
  const tree = treeOf(shape, nodes);
  const message: ToRenderer = { type: "snapshot", tree };
  const text = encoded(message, "json");
  const bytes = encoded(message, "msgpack");
  const plain = JSON.stringify(tree);
  const cases = {
    "JSON.stringify (Y)": () => JSON.stringify(tree),
    "encode, JSON": () => encodeMessage(message, "json"),
    "encode, MessagePack": () => encodeMessage(message, "msgpack"),
    "JSON.parse": () => JSON.parse(plain) as unknown,
    "decode, JSON": () => decodeMessage(text, "to-renderer"),
    "decode, MessagePack": () => decodeMessage(bytes, "to-renderer"),
  };
  measureInTurns(nodes > 5_000 ? 15 : 60, cases);
  const medians = measureInTurns(nodes > 5_000 ? 41 : 201, cases);
  const yardstick = medians["JSON.stringify (Y)"];
  const parse = medians["JSON.parse"];
  const size = (payload: Frame) => `${(Buffer.byteLength(payload) / KIBIBYTE).toFixed(0)} KiB`;
  console.log(`\nSnapshot, ${shape.name}, ${countOf(tree)} nodes`);
  printTable(
    ["", "median", "Y", "JSON.parse", "size"],
    [
      ["JSON.stringify (Y)", ms(yardstick), "1.00x", "", size(plain)],
      ["encode, JSON", ms(medians["encode, JSON"]), times(medians["encode, JSON"], yardstick), "", size(text)],
      [
        `encode, MessagePack (target ${MAX_ENCODE_RATIO})`,
        ms(medians["encode, MessagePack"]),
        times(medians["encode, MessagePack"], yardstick),
        "",
        size(bytes),
      ],
      ["JSON.parse", ms(parse), times(parse, yardstick), "1.00x", ""],
      ...(["decode, JSON", "decode, MessagePack"] as const).map((name) => {
        return [name, ms(medians[name]), times(medians[name], yardstick), times(medians[name], parse), ""];
      }),
    ],
  );
}

function measureLargeFrame(): void {
  console.log(`\nOne frame of 32 MiB in chunks of 64 KiB (target ${MAX_LARGE_FRAME_MS} ms)`);
  const size = 32 * MEBIBYTE;
  const bytes = chunksOf([payloadOf("length", size)]);
  const ascii = chunksOf([payloadOf("lines", size)]);
  const umlauts = chunksOf([
    payloadOf("lines", size, "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich. "),
  ]);
  const medians = measureInTurns(9, {
    length: () => read("length", bytes, 1),
    "lines, ASCII": () => read("lines", ascii, 1),
    "lines, umlauts": () => read("lines", umlauts, 1),
    "one copy of the bytes": () => Buffer.concat(bytes),
  });
  printTable(
    ["framing", "median", "one copy"],
    Object.entries(medians).map(([name, time]) => [name, ms(time), times(time, medians["one copy of the bytes"])]),
  );
}

function measureNaive(): void {
  console.log("\nOne frame of 4 MiB in chunks of 64 KiB, beside a buffer that is joined again for each chunk");
  const inputs = {
    length: chunksOf([payloadOf("length", 4 * MEBIBYTE)]),
    lines: chunksOf([payloadOf("lines", 4 * MEBIBYTE)]),
  };
  const medians = measureInTurns(15, {
    length: () => read("length", inputs.length, 1),
    "length, joined": () => readJoining("length", inputs.length, 1),
    lines: () => read("lines", inputs.lines, 1),
    "lines, joined": () => readJoining("lines", inputs.lines, 1),
  });
  printTable(
    ["framing", "reader", "joined buffer", "ratio"],
    (["length", "lines"] as const).map((framing) => {
      const joined = medians[`${framing}, joined`];
      return [framing, ms(medians[framing]), ms(joined), times(joined, medians[framing])];
    }),
  );
}

function measureSmallMessages(): void {
  const count = 50_000;
  console.log(`\n${count} messages of 150 bytes in chunks of 64 KiB`);
  const inputs = {
    length: chunksOf(Array.from({ length: count }, () => payloadOf("length", 150))),
    lines: chunksOf(Array.from({ length: count }, () => payloadOf("lines", 150))),
  };
  const medians = measureInTurns(9, {
    length: () => read("length", inputs.length, count),
    lines: () => read("lines", inputs.lines, count),
  });
  printTable(
    ["framing", "median", "per message"],
    (["length", "lines"] as const).map((name) => [
      name,
      ms(medians[name]),
      `${((medians[name] * 1_000) / count).toFixed(2)} µs`,
    ]),
  );
}

function treeOf(shape: Shape, nodes: number): WireNode {
  const tree = createTree();
  tree.render(shape.view(rowsOf(Math.round(nodes / shape.nodesPerRow)).map(shape.row)));
  const root = tree.root();
  if (root === null) throw new Error("the benchmark's view shows nothing");
  return root;
}

function countOf(node: WireNode): number {
  return 1 + (node.children ?? []).reduce((sum, child) => sum + countOf(child), 0);
}

function encoded(message: ToRenderer, codec: CodecName): Frame {
  const payload = encodeMessage(message, codec);
  if (!payload.ok) throw payload.error;
  const back = decodeMessage(payload.value, "to-renderer");
  if (!back.ok) throw back.error;
  return payload.value;
}

/** A payload of this size. Text that is not all ASCII takes another way through the decoder. */
function payloadOf(framing: Framing, bytes: number, sentence = "The quick brown fox jumps over the lazy dog. "): Frame {
  if (framing === "length") return new Uint8Array(bytes).fill(0xa5);
  const text = sentence.repeat(Math.floor(bytes / Buffer.byteLength(sentence)));
  return text + "x".repeat(bytes - Buffer.byteLength(text));
}

/** Frames as the pieces a socket would give: each with memory of its own. */
function chunksOf(payloads: readonly Frame[]): readonly Uint8Array[] {
  const stream = Buffer.concat(
    payloads.map((payload) => {
      const frame = encodeFrame(payload);
      if (!frame.ok) throw frame.error;
      return frame.value;
    }),
  );
  const chunks: Uint8Array[] = [];
  for (let start = 0; start < stream.length; start += CHUNK_BYTES) {
    chunks.push(Uint8Array.from(stream.subarray(start, start + CHUNK_BYTES)));
  }
  return chunks;
}

function read(framing: Framing, chunks: readonly Uint8Array[], expected: number): number {
  const reader = new FrameReader(framing);
  let count = 0;
  for (const chunk of chunks) {
    const { frames, error } = reader.push(chunk);
    if (error !== undefined) throw error;
    count += frames.length;
  }
  if (count !== expected) throw new Error(`${count} frames instead of ${expected}`);
  return count;
}

/** How one would write it first: all that is pending in one buffer. */
function readJoining(framing: Framing, chunks: readonly Uint8Array[], expected: number): number {
  let pending = Buffer.alloc(0);
  let count = 0;
  for (const chunk of chunks) {
    pending = Buffer.concat([pending, chunk]);
    for (;;) {
      const end = framing === "lines" ? pending.indexOf(10) : endOfLengthFrame(pending);
      if (end < 0) break;
      if (framing === "lines") pending.toString("utf8", 0, end);
      pending = pending.subarray(framing === "lines" ? end + 1 : end);
      count += 1;
    }
  }
  if (count !== expected) throw new Error(`${count} frames instead of ${expected}`);
  return count;
}

function endOfLengthFrame(pending: Buffer): number {
  if (pending.length < 4) return -1;
  const end = 4 + pending.readUInt32BE(0);
  return pending.length < end ? -1 : end;
}
