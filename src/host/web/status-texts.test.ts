import { describe, expect, test } from "vitest";
import { CLOSE_CODES } from "../../bridge/index.ts";
import type { EndReason } from "./page-connection.ts";
import { countDown, statusText } from "./status-texts.ts";

describe("what a person reads", () => {
  test("is nothing while all is well", () => {
    expect(statusText({ kind: "live" })).toBeUndefined();
  });

  test("is a text with a way on for every reason a server may have", () => {
    const reasons = [...Object.keys(CLOSE_CODES), "refused", "exit"] as EndReason[];
    for (const reason of reasons) {
      const text = statusText({ kind: "ended", reason });
      expect(text?.text, reason).toMatch(/\.$/);
      expect(text?.action, reason).toBeTruthy();
    }
  });

  test("counts whole seconds down to none", () => {
    const waiting = { kind: "waiting", retryAt: 5000 } as const;
    expect([0, 1, 4001, 4999, 6000].map((now) => countDown(waiting, now))).toEqual(["5 s", "5 s", "1 s", "1 s", "0 s"]);
    expect(countDown({ kind: "live" }, 0)).toBe("");
  });
});
