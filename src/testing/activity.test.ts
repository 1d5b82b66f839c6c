import { describe, expect, test } from "vitest";
import { Activity, deadlineIn } from "./activity.ts";

describe("waiting for the next thing", () => {
  test("what happens between looking and waiting is not missed", async () => {
    const activity = new Activity();
    const seen = activity.count;
    activity.happened();
    expect(await activity.next(seen, deadlineIn(60_000))).toBe("active");
  });

  test("what happens while waiting ends it, and the deadline does", async () => {
    const activity = new Activity();
    const waiting = activity.next(activity.count, deadlineIn(60_000));
    activity.happened();
    expect(await waiting).toBe("active");
    expect(await activity.next(activity.count, deadlineIn(1))).toBe("late");
  });
});
