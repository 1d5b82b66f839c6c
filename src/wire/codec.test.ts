import { describe, expect, expectTypeOf, test } from "vitest";
import type { ErrorCode } from "../protocol/error-codes.ts";
import { MAX_NESTING } from "../protocol/limits.ts";
import { type CodecName, createCodec, detectCodec } from "./codec.ts";
import { decodeMessage, encodeMessage } from "./decode.ts";
import { isFatal, WireError, type WireErrorCode } from "./wire-error.ts";

const CODECS: readonly CodecName[] = ["json", "msgpack"];

function through(codec: CodecName, value: unknown): unknown {
  const payload = createCodec(codec).encode(value);
  if (!payload.ok) throw payload.error;
  const decoded = createCodec(codec).decode(payload.value);
  if (!decoded.ok) throw decoded.error;
  return decoded.value;
}

function unpack(...bytes: number[]) {
  return createCodec("msgpack").decode(Uint8Array.from(bytes));
}

function pack(value: unknown): number[] {
  const payload = createCodec("msgpack").encode(value);
  if (!payload.ok || typeof payload.value === "string") throw new Error("not encoded");
  return [...payload.value];
}

function nested(levels: number, innermost: unknown): unknown {
  let value = innermost;
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

describe.each(CODECS)("%s", (codec) => {
  test("carries plain values", () => {
    const value = {
      text: 'aé漢😀\u0000\n"\\',
      long: "x".repeat(70_000),
      numbers: [
        0,
        1,
        -1,
        127,
        128,
        255,
        256,
        -32,
        -33,
        -128,
        -129,
        65_535,
        65_536,
        -32_769,
        2 ** 31,
        2 ** 32,
        -(2 ** 31),
      ],
      large: [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 2 ** 60, 2 ** 66, 1e300, 1.5, -0.1],
      nothing: null,
      yes: true,
      no: false,
      empty: [{}, [], ""],
      many: Array.from({ length: 20 }, (_, index) => index),
      wide: Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`key ${index}`, index])),
    };
    expect(through(codec, value)).toEqual(value);
  });

  test("writes numbers that are not finite as null and minus zero as zero", () => {
    expect(through(codec, [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0])).toEqual([
      null,
      null,
      null,
      0,
    ]);
  });

  test("leaves out what is undefined", () => {
    expect(through(codec, { a: undefined, b: 1 })).toEqual({ b: 1 });
  });

  test("replaces halves of surrogate pairs, which UTF-8 cannot hold", () => {
    expect(through(codec, "a\ud800b\\ud800")).toBe("a\ufffdb\\ud800");
  });

  test("carries what is nested as deep as allowed and refuses one level more, in both directions", () => {
    const fits = nested(MAX_NESTING, 1);
    expect(through(codec, fits)).toEqual(fits);
    expect(through(codec, nested(MAX_NESTING, []))).toEqual(nested(MAX_NESTING, []));
    const refused = createCodec(codec).encode(nested(MAX_NESTING + 1, 1));
    expect(refused.ok ? "" : refused.error.code).toBe("encode-too-deep");
    const generous = createCodec(codec, { maxNesting: 200 }).encode(nested(MAX_NESTING + 1, 1));
    if (!generous.ok) throw generous.error;
    const decoded = createCodec(codec).decode(generous.value);
    expect(decoded.ok ? "" : decoded.error.code).toBe("decode-too-deep");
  });

  test("refuses what is not plain data", () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    for (const value of [() => 1, Symbol("x"), 1n, new Date(0), [undefined], new Map(), undefined]) {
      const refused = createCodec(codec).encode(value);
      expect(refused.ok ? "" : refused.error.code).toBe("encode-unsupported-value");
    }
    const endless = createCodec(codec).encode(circle);
    expect(endless.ok ? "" : endless.error.code).toBe("encode-too-deep");
  });

  test("gives an error for objects that throw when looked at", () => {
    const hostile = new Proxy(
      {},
      {
        ownKeys() {
          throw new Error("no");
        },
      },
    );
    expect(createCodec(codec).encode({ hostile }).ok).toBe(false);
  });

  test("refuses keys that could reach a prototype, in both directions", () => {
    for (const key of ["__proto__", "constructor", "prototype"]) {
      const value = JSON.parse(`{"a":[{"${key}":{"polluted":1}}]}`);
      const refused = createCodec(codec).encode(value);
      expect(refused.ok ? "" : refused.error.code).toBe("encode-reserved-key");
    }
  });

  test("refuses to write more than 64 MiB", () => {
    const refused = createCodec(codec).encode(["x".repeat(33 * 1024 * 1024), "y".repeat(33 * 1024 * 1024)]);
    expect(refused.ok ? "" : refused.error.code).toBe("encode-too-large");
  });
});

describe("JSON text", () => {
  const json = createCodec("json");

  test("has these characters", () => {
    expect(json.encode({ type: "x", list: [1, 1.5, null, true], bytes: Uint8Array.of(255, 0, 1) })).toEqual({
      ok: true,
      value: '{"type":"x","list":[1,1.5,null,true],"bytes":"/wAB"}',
    });
  });

  test.each(['{"__proto__":1}', '{"a":[{"\\u005f_proto__":1}]}', '{"constructor":1}'])(
    "refuses the key in %s",
    (text) => {
      const refused = json.decode(text);
      expect(refused.ok ? "" : refused.error.code).toBe("decode-reserved-key");
    },
  );

  test("accepts those words as values", () => {
    expect(json.decode('{"a":"__proto__"}')).toEqual({ ok: true, value: { a: "__proto__" } });
  });

  test.each(["", "{", "nul", "[1,]", '{"a"}', "\ufeff{}", '"', '"\\', "1 2"])("refuses %j", (text) => {
    const refused = json.decode(text);
    expect(refused.ok ? "" : refused.error.code).toBe("decode-invalid-json");
  });

  test("does not quote the input in its error", () => {
    const refused = json.decode("secret-password");
    expect(refused.ok ? "" : refused.error.message).not.toContain("secret");
  });

  test("refuses an integer that a number would change", () => {
    const refused = json.decode("[9007199254740993]");
    expect(refused.ok ? "" : refused.error.code).toBe("decode-unsafe-integer");
    expect(json.decode("[-9007199254740993]").ok).toBe(false);
    expect(json.decode('["9007199254740993",0.12345678901234567891,1e400]').ok).toBe(true);
  });

  test("ignores brackets inside strings", () => {
    const text = JSON.stringify("[{\\".repeat(300));
    expect(json.decode(text)).toEqual({ ok: true, value: "[{\\".repeat(300) });
  });

  test("survives a million open brackets", () => {
    const refused = json.decode("[".repeat(1_000_000));
    expect(refused.ok ? "" : refused.error.code).toBe("decode-too-deep");
  });

  test("can be read from bytes", () => {
    expect(json.decode(new TextEncoder().encode('["é"]'))).toEqual({ ok: true, value: ["é"] });
    expect(json.decode(Uint8Array.of(0xff)).ok).toBe(false);
  });
});

describe("MessagePack bytes", () => {
  test("are these", () => {
    expect(pack({ a: 1 })).toEqual([0x81, 0xa1, 0x61, 0x01]);
    expect(pack([null, false, true])).toEqual([0x93, 0xc0, 0xc2, 0xc3]);
    expect(pack([127, 128, -32, -33, 256, 65_536])).toEqual([
      0x96, 0x7f, 0xcc, 0x80, 0xe0, 0xd0, 0xdf, 0xcd, 1, 0, 0xce, 0, 1, 0, 0,
    ]);
    expect(pack(0.5)).toEqual([0xcb, 0x3f, 0xe0, 0, 0, 0, 0, 0, 0]);
    expect(pack(2 ** 32)).toEqual([0xcf, 0, 0, 0, 1, 0, 0, 0, 0]);
    expect(pack("é")).toEqual([0xd9, 2, 0xc3, 0xa9]);
    expect(pack(Uint8Array.of(1, 2))).toEqual([0xc4, 2, 1, 2]);
  });

  test("of every width are read", () => {
    expect(unpack(0xca, 0x3f, 0xc0, 0, 0)).toEqual({ ok: true, value: 1.5 });
    expect(unpack(0xca, 0x7f, 0xc0, 0, 0)).toEqual({ ok: true, value: null });
    expect(unpack(0xcb, 0x7f, 0xf0, 0, 0, 0, 0, 0, 0)).toEqual({ ok: true, value: null });
    expect(unpack(0xd1, 0xff, 0xfe)).toEqual({ ok: true, value: -2 });
    expect(unpack(0xd2, 0xff, 0xff, 0xff, 0xfe)).toEqual({ ok: true, value: -2 });
    expect(unpack(0xd3, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe)).toEqual({ ok: true, value: -2 });
    expect(unpack(0xcf, 0, 0, 0, 0, 0, 0, 0, 5)).toEqual({ ok: true, value: 5 });
    expect(unpack(0xda, 0, 1, 0x61)).toEqual({ ok: true, value: "a" });
    expect(unpack(0xdb, 0, 0, 0, 1, 0x61)).toEqual({ ok: true, value: "a" });
    expect(unpack(0xdd, 0, 0, 0, 1, 1)).toEqual({ ok: true, value: [1] });
    expect(unpack(0xdf, 0, 0, 0, 1, 0xa1, 0x61, 1)).toEqual({ ok: true, value: { a: 1 } });
    expect(unpack(0xc5, 0, 1, 9)).toEqual({ ok: true, value: Uint8Array.of(9) });
  });

  test("of an integer that a number cannot hold are an error, not another number", () => {
    expect(unpack(0xcf, 0x10, 0, 0, 0, 0, 0, 0, 0)).toEqual({ ok: true, value: 2 ** 60 });
    const refused = unpack(0xcf, 0x10, 0, 0, 0, 0, 0, 0, 1);
    expect(refused.ok ? "" : refused.error.code).toBe("decode-unsafe-integer");
  });

  test("of extensions are null", () => {
    expect(unpack(0xd6, 0xff, 1, 2, 3, 4)).toEqual({ ok: true, value: null });
    expect(unpack(0x92, 0xc7, 2, 5, 1, 2, 7)).toEqual({ ok: true, value: [null, 7] });
    expect(unpack(0x92, 0xd8, ...new Array(17).fill(0), 7)).toEqual({ ok: true, value: [null, 7] });
  });

  test("of integer keys become strings; other keys are refused", () => {
    expect(unpack(0x82, 7, 1, 0xd0, 0xff, 2)).toEqual({ ok: true, value: { "7": 1, "-1": 2 } });
    expect(unpack(0x81, 0xc0, 1).ok).toBe(false);
    expect(unpack(0x81, 0x90, 1).ok).toBe(false);
  });

  test.each([
    ["nothing", []],
    ["a byte that begins no value", [0xc1]],
    ["text that is cut off", [0xa5, 0x61]],
    ["text that is not UTF-8", [0xa1, 0xff]],
    ["a number that is cut off", [0xcb, 0]],
    ["a length that is cut off", [0xdd, 0, 0]],
    ["something after the value", [1, 1]],
    ["a container that claims too much", [0xdd, 0xff, 0xff, 0xff, 0xff, 1]],
    ["a map that claims too much", [0xdf, 0xff, 0xff, 0xff, 0xff, 1]],
    ["bytes that claim too much", [0xc6, 0xff, 0xff, 0xff, 0xff]],
  ])("of %s are refused", (_, bytes) => {
    const refused = unpack(...bytes);
    expect(refused.ok ? "" : refused.error.code).toBe("decode-invalid-msgpack");
  });

  test("with a reserved key are refused", () => {
    const key = [...new TextEncoder().encode("__proto__")];
    const refused = unpack(0x81, 0xa9, ...key, 0x80);
    expect(refused.ok ? "" : refused.error.code).toBe("decode-reserved-key");
    expect(unpack(0x81, 0xd9, 9, ...key, 0x80).ok).toBe(false);
  });

  test("nested a million times are refused without recursion", () => {
    const refused = createCodec("msgpack").decode(new Uint8Array(1_000_000).fill(0x91));
    expect(refused.ok ? "" : refused.error.code).toBe("decode-too-deep");
  });

  test("in a text frame are refused", () => {
    const refused = createCodec("msgpack").decode("{}");
    expect(refused.ok ? "" : refused.error.code).toBe("decode-wrong-frame");
  });
});

describe("messages", () => {
  test("the first byte tells the codec", () => {
    expect(detectCodec(0x7b)).toBe("json");
    expect(detectCodec(0x85)).toBe("msgpack");
    expect(detectCodec(0x20)).toBe("msgpack");
  });

  test("[R287] bytes are native in MessagePack and base64 in JSON, and arrive as bytes", () => {
    const message = {
      type: "image_op",
      op: "create_image",
      payload: { handle: "dot", pixels: Uint8Array.of(255, 0, 0, 255), width: 1, height: 1 },
    } as const;
    const json = encodeMessage(message, "json");
    expect(json.ok && json.value).toContain('"pixels":"/wAA/w=="');
    for (const codec of CODECS) {
      const payload = encodeMessage(message, codec);
      if (!payload.ok) throw payload.error;
      expect(decodeMessage(payload.value, "to-renderer")).toEqual({ ok: true, value: message });
    }
  });

  test("[R237] one payload tells hello, event and other messages apart", () => {
    const hello = '{"type":"hello","protocol":1,"version":"0.7.1","name":"x"}';
    const types = [hello, '{"type":"event","family":"click","id":"a"}', '{"type":"reset_response","id":"r"}'].map(
      (payload) => {
        const message = decodeMessage(payload, "from-renderer");
        return message.ok ? message.value.type : message.error;
      },
    );
    expect(types).toEqual(["hello", "event", "reset_response"]);
  });

  test("a message for the other direction is refused", () => {
    expect(decodeMessage('{"type":"snapshot","tree":{"id":"a","type":"b"}}', "from-renderer").ok).toBe(false);
  });

  test("ops that were left out while decoding are not sent on", () => {
    const decoded = decodeMessage('{"type":"patch","ops":[{"op":"move_child","path":[0]}]}', "to-renderer");
    if (!decoded.ok) throw new Error("not decoded");
    expect(encodeMessage(decoded.value, "json")).toEqual({ ok: true, value: '{"type":"patch","ops":[]}' });
  });
});

test("errors of this layer are in the list of all, and only those of framing end a connection", () => {
  expectTypeOf<WireErrorCode>().toExtend<ErrorCode>();
  expect(isFatal(new WireError("frame-empty", ""))).toBe(true);
  expect(isFatal(new WireError("decode-invalid-json", ""))).toBe(false);
});
