import { expect, test } from "vitest";
import type { SharedMessage, TransportListener } from "../bridge/index.ts";
import { createMemoryPair } from "./memory.ts";

const patch: SharedMessage = { type: "patch", ops: [{ op: "update_props", path: [], props: { title: "a" } }] };

function listening(told: unknown[]): TransportListener {
  return {
    onMessage: (payload) => void told.push(payload),
    onShared: (message) => void told.push(message),
    onDrain: () => {},
    onClose: ({ kind }) => void told.push(kind),
  };
}

test("ends that share hand trees over as they are, in order with what is encoded, and later", async () => {
  const { left, right } = createMemoryPair({ shares: true });
  const told: unknown[] = [];
  right.listen(listening(told));
  left.send("before");
  left.share?.(patch);
  left.send("after");
  expect(told).toEqual([]);
  await left.close();
  left.share?.(patch);
  await Promise.resolve();
  expect(told).toEqual(["before", patch, "after", "shutdown"]);
  expect(told[1]).toBe(patch);
});

test("what is shared for an end that is closed reaches nobody", async () => {
  const { left, right } = createMemoryPair({ shares: true, delivery: "manual" });
  const told: unknown[] = [];
  right.listen(listening(told));
  await right.close();
  left.share?.(patch);
  expect(right.share).toBeTypeOf("function");
  expect(told).toEqual(["shutdown"]);
});

test("nothing is shared unless it was asked for", () => {
  expect(createMemoryPair().left.share).toBeUndefined();
});
