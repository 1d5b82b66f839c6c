import { type Random, seededRandom } from "../../src/base/index.ts";
import { type CodecName, createCodec } from "../../src/wire/index.ts";
import { type Example, nested } from "./wire-examples.ts";

/** An endless, repeatable supply of damaged messages. */
export interface Mutator {
  /** One payload: bytes or text as the codec frames it. */
  next(): Uint8Array | string;
}

type Json = unknown;

/** Of ten messages three have damaged bytes and seven a damaged structure. */
const BYTES_SHARE = 0.3;
const LONG_TEXT = "x".repeat(70_000);
const TOO_DEEP = nested(200);

export function createMutator(examples: readonly Example[], codec: CodecName, seed: number): Mutator {
  const random = seededRandom(seed);
  const { encode } = createCodec(codec);
  const payloads = examples.map(({ message }) => bytesOf(encode(message)));
  const values = examples.flatMap(({ message }) => Object.values(message));
  return {
    next() {
      for (;;) {
        if (random() < BYTES_SHARE) return damagedBytes(pick(payloads, random), codec, random);
        const { message } = pick(examples, random);
        let damaged: Json = structuredClone(message);
        for (let count = 1 + Math.floor(random() * 3); count > 0; count -= 1) damaged = damage(damaged, values, random);
        const payload = encode(damaged);
        // What cannot be written down at all (a cycle, a function) is not a message that somebody could send.
        if (payload.ok) return payload.value;
      }
    },
  };
}

function damagedBytes(payload: Uint8Array, codec: CodecName, random: Random): Uint8Array | string {
  const bytes = Uint8Array.from(payload);
  for (let count = 1 + Math.floor(random() * 4); count > 0; count -= 1) {
    bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
  }
  // An empty frame is bad framing, which ends a connection.
  const kept = random() < 0.2 ? bytes.subarray(0, 1 + Math.floor(random() * (bytes.length - 1))) : bytes;
  if (codec === "msgpack") return kept;
  // A line end in the middle would make two lines of it; both are framed by the caller, so it stays one.
  return new TextDecoder().decode(kept).replaceAll("\n", " ");
}

/** One random change at one random place. */
function damage(value: Json, values: readonly Json[], random: Random): Json {
  if (typeof value !== "object" || value === null || random() < 0.15) return replacement(value, values, random);
  const keys = Object.keys(value);
  const key = keys[Math.floor(random() * keys.length)];
  if (key === undefined) return replacement(value, values, random);
  const copy: Record<string, Json> | Json[] = Array.isArray(value) ? [...value] : { ...value };
  const slot = copy as Record<string, Json>;
  const dice = random();
  if (dice < 0.15) delete slot[key];
  else if (dice < 0.25 && !Array.isArray(copy)) slot[`${key}${Math.floor(random() * 10)}`] = slot[key];
  else if (dice < 0.35 && Array.isArray(copy)) copy.push(...copy.slice(0, 50));
  else slot[key] = damage(slot[key], values, random);
  return copy;
}

function replacement(value: Json, values: readonly Json[], random: Random): Json {
  const choices: readonly (() => Json)[] = [
    () => null,
    () => random() < 0.5,
    () => Math.floor(random() * 10),
    () => -1 - Math.floor(random() * 1000),
    () => random() * 1e308,
    () => 2 ** 53,
    () => "",
    () => "main",
    () => "\u0000\u202e ~#/",
    () => (typeof value === "string" ? value.slice(1) : String(value)),
    () => [],
    () => ({}),
    () => [[]],
    () => ({ unexpected: 1 }),
    () => JSON.parse('{"__proto__":{"polluted":true}}'),
    () => structuredClone(pick(values, random)),
    () => structuredClone(pick(values, random)),
    () => (random() < 0.05 ? LONG_TEXT : "long"),
    () => (random() < 0.2 ? TOO_DEEP : 0),
  ];
  return pick(choices, random)();
}

function pick<Item>(items: readonly Item[], random: Random): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError("nothing to choose from");
  return item;
}

function bytesOf(payload: ReturnType<ReturnType<typeof createCodec>["encode"]>): Uint8Array {
  if (!payload.ok) throw payload.error;
  return typeof payload.value === "string" ? new TextEncoder().encode(payload.value) : payload.value;
}
