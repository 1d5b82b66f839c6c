import { describe, expect, test } from "vitest";
import { memo } from "./memo.ts";

describe("memo", () => {
  test("gives the same result for the same objects and values", () => {
    let calls = 0;
    const build = memo((item: object, label: string) => {
      calls += 1;
      return { item, label };
    });
    const item = {};
    const first = build(item, "a");
    expect(build(item, "a")).toBe(first);
    expect(build({}, "a")).not.toBe(first);
    expect(build(item, "b")).not.toBe(first);
    expect(calls).toBe(3);
  });

  test("distinguishes arguments by identity, type and number", () => {
    const build = memo((...args: unknown[]) => args);
    expect(build(1)).not.toBe(build("1"));
    expect(build(null)).not.toBe(build(undefined));
    expect(build()).not.toBe(build(undefined));
    expect(build(Number.NaN)).toBe(build(Number.NaN));
    const fn = () => 1;
    expect(build(fn)).toBe(build(fn));
  });

  test("remembers results that are undefined", () => {
    let calls = 0;
    const build = memo((_n: number) => {
      calls += 1;
      return undefined;
    });
    build(1);
    build(1);
    expect(calls).toBe(1);
  });

  test("keeps 256 values and drops the one not used for the longest time", () => {
    const build = memo((n: number) => ({ n }));
    const kept = build(0);
    const dropped = build(1);
    for (let n = 2; n < 256; n += 1) build(n);
    expect(build(0)).toBe(kept);
    build(256);
    expect(build(0)).toBe(kept);
    expect(build(1)).not.toBe(dropped);
  });

  test("does not remember what throws", () => {
    let fails = true;
    const build = memo((n: number) => {
      if (fails) throw new Error("once");
      return n;
    });
    expect(() => build(1)).toThrow("once");
    fails = false;
    expect(build(1)).toBe(1);
  });
});
