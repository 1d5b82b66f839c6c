import { describe, expect, test } from "vitest";
import { claimSessionId, type SessionIdOptions } from "./session-id.ts";

/** One browser's locks: a name is free until somebody takes it. */
function locks(): NonNullable<SessionIdOptions["locks"]> {
  const held = new Set<string>();
  const request = async (name: string, _: unknown, callback: (lock: { name: string } | null) => unknown) => {
    if (held.has(name)) return callback(null);
    held.add(name);
    return callback({ name });
  };
  // Only the form with options is used; the platform's type has overloads.
  return { request } as unknown as NonNullable<SessionIdOptions["locks"]>;
}

function storage(initial?: string): { getItem(): string | null; setItem(name: string, value: string): void } {
  let value = initial ?? null;
  return {
    getItem: () => value,
    setItem: (_, next) => {
      value = next;
    },
  };
}

let filled = 0;
const fillRandom = (bytes: Uint8Array): void => {
  filled += 1;
  bytes.fill(filled);
};

describe("claimSessionId", () => {
  test("is 128 random bits in hex and the same after a reload", async () => {
    const tab = storage();
    const first = await claimSessionId({ storage: tab, locks: locks(), fillRandom });
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(await claimSessionId({ storage: tab, locks: locks(), fillRandom })).toBe(first);
  });

  test("is another one in a duplicated tab, and stays that", async () => {
    const browser = locks();
    const original = storage();
    const first = await claimSessionId({ storage: original, locks: browser, fillRandom });
    const duplicate = storage(first);
    const second = await claimSessionId({ storage: duplicate, locks: browser, fillRandom });
    expect(second).not.toBe(first);
    expect(duplicate.getItem()).toBe(second);
    expect(original.getItem()).toBe(first);
  });

  test("does not trust what is stored", async () => {
    expect(await claimSessionId({ storage: storage("x; path=/"), fillRandom })).toMatch(/^[0-9a-f]{32}$/);
  });

  test("does without storage, with storage that throws, and without locks", async () => {
    const broken = {
      getItem: () => {
        throw new Error("turned off");
      },
      setItem: () => {
        throw new Error("turned off");
      },
    };
    for (const options of [{}, { storage: broken }, { storage: undefined, locks: undefined }]) {
      expect(await claimSessionId({ ...options, fillRandom })).toMatch(/^[0-9a-f]{32}$/);
    }
  });

  test("does with locks that refuse", async () => {
    const refusing = { request: () => Promise.reject(new Error("not here")) };
    const id = "ab".repeat(16);
    const given = refusing as unknown as NonNullable<SessionIdOptions["locks"]>;
    expect(await claimSessionId({ storage: storage(id), locks: given, fillRandom })).toBe(id);
  });
});
