import { expect, test } from "vitest";
import { keyHolder } from "./key-holder.ts";

const ada = { fingerprint: "SHA256:ada" };

test("who comes back with a key is the same person", () => {
  expect(keyHolder(ada, []).id).toBe(keyHolder(ada, [{ id: "guest" }]).id);
  expect(keyHolder(ada, []).id).not.toBe(keyHolder({ fingerprint: "SHA256:bert" }, []).id);
});

test("windows that are open at the same time have ids of their own", () => {
  const first = keyHolder(ada, []);
  const second = keyHolder(ada, [first]);
  const third = keyHolder(ada, [first, second]);
  expect(new Set([first.id, second.id, third.id]).size).toBe(3);
  expect(keyHolder(ada, [first, third]).id).toBe(second.id);
});
