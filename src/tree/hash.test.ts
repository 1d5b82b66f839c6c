import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { WireNode } from "../protocol/node.ts";
import { canonicalText, hash } from "./hash.ts";
import { sha256Hex } from "./sha256.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("sha256", () => {
  test("matches the NIST vectors", () => {
    expect(sha256Hex(bytes(""))).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(sha256Hex(bytes("abc"))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect(sha256Hex(bytes("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))).toBe(
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    );
    expect(sha256Hex(bytes("a".repeat(1_000_000)))).toBe(
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
    );
  });

  test("agrees with the platform at every length around the block size", () => {
    for (let length = 0; length < 200; length++) {
      const input = Uint8Array.from({ length }, (_, i) => (i * 37 + length) & 255);
      expect(sha256Hex(input)).toBe(createHash("sha256").update(input).digest("hex"));
    }
  });

  test("hashes a view into a larger buffer", () => {
    const whole = bytes("xxabcxx");
    expect(sha256Hex(whole.subarray(2, 5))).toBe(sha256Hex(bytes("abc")));
  });
});

describe("tree hash", () => {
  test("matches the vector of the protocol reference", () => {
    const tree: WireNode = { id: "main", type: "window", props: { width: 640, title: "Hi" }, children: [] };
    expect(canonicalText(tree)).toBe('{"children":[],"id":"main","props":{"title":"Hi","width":640},"type":"window"}');
    expect(hash(tree)).toBe("44829135ce7e624f735732bfe6c6bfd433ad1bffe66ab72ef2745e4db7cab9d7");
    expect(hash(null)).toBe("");
  });

  test("the float vector hashes as the text says", () => {
    const text = '{"children":[],"id":"n","props":{"a11y":{"label":"é","role":"label"},"size":1.0},"type":"text"}';
    expect(sha256Hex(bytes(text))).toBe("ad87ea41eb7b8e661ec758b91c04e50a86b22b3a17863756fdb0108b8950dd41");
  });

  test("does not depend on the order of keys and keeps nested lists in order", () => {
    const one: WireNode = { id: "a", type: "t", props: { b: { y: 1, x: [2, 1] }, a: 0.5 }, children: [] };
    const two: WireNode = { children: [], props: { a: 0.5, b: { x: [2, 1], y: 1 } }, type: "t", id: "a" };
    const three: WireNode = { id: "a", type: "t", props: { b: { y: 1, x: [1, 2] }, a: 0.5 }, children: [] };
    expect(hash(one)).toBe(hash(two));
    expect(hash(one)).not.toBe(hash(three));
  });

  test("prints numbers in the canonical form", () => {
    const print = (value: number) => canonicalText({ id: "", type: "", props: { v: value }, children: [] });
    const expected: readonly (readonly [number, string])[] = [
      [0, "0"],
      [-7, "-7"],
      [0.1, "0.1"],
      [1e-5, "0.00001"],
      [1e-6, "1e-6"],
      [1.5e17, "1.5e17"],
      [1e16, "1e16"],
      [2 ** 53, "9007199254740992.0"],
    ];
    for (const [value, text] of expected) expect(print(value)).toContain(`{"v":${text}}`);
  });

  test("sorts keys by their UTF-8 bytes", () => {
    const tree: WireNode = { id: "", type: "", props: { "\u{1F600}": 1, "\uFFFD": 2 }, children: [] };
    expect(canonicalText(tree)).toContain('{"\uFFFD":2,"\u{1F600}":1}');
  });
});
