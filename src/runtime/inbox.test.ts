import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Inbox } from "./inbox.ts";

interface Item {
  readonly key?: string;
  readonly amount: number;
}

function create(): Inbox<Item> {
  return new Inbox<Item>({
    keyOf: (item) => item.key,
    join: (older, newer) => ({ ...newer, amount: older.amount + newer.amount }),
  });
}

function takeAll(inbox: Inbox<Item>): Item[] {
  const taken: Item[] = [];
  for (let item = inbox.take(); item !== undefined; item = inbox.take()) taken.push(item);
  return taken;
}

describe("inbox", () => {
  test("[R106] joins items of one key and leaves those of another apart", () => {
    const inbox = create();
    for (let index = 0; index < 100; index += 1) {
      inbox.put({ key: "a", amount: 1 });
      inbox.put({ key: "b", amount: 2 });
    }
    expect(takeAll(inbox)).toEqual([
      { key: "a", amount: 100 },
      { key: "b", amount: 200 },
    ]);
  });

  test("[R106] never joins across a discrete item and keeps discrete items apart", () => {
    const inbox = create();
    inbox.put({ key: "a", amount: 1 });
    inbox.put({ amount: 10 });
    inbox.put({ amount: 20 });
    inbox.put({ key: "a", amount: 2 });
    expect(takeAll(inbox)).toEqual([{ key: "a", amount: 1 }, { amount: 10 }, { amount: 20 }, { key: "a", amount: 2 }]);
  });

  test("an item that was taken is not joined again", () => {
    const inbox = create();
    inbox.put({ key: "a", amount: 1 });
    inbox.put({ key: "b", amount: 1 });
    expect(inbox.take()).toEqual({ key: "a", amount: 1 });
    inbox.put({ key: "a", amount: 5 });
    inbox.put({ key: "b", amount: 5 });
    expect(takeAll(inbox)).toEqual([
      { key: "b", amount: 6 },
      { key: "a", amount: 5 },
    ]);
  });

  test("[R106] loses nothing and keeps the order of discrete items, however putting and taking are mixed", () => {
    const step = fc.oneof(
      fc.record({
        put: fc.record({ key: fc.option(fc.constantFrom("a", "b"), { nil: undefined }), amount: fc.nat(9) }),
      }),
      fc.constant({ take: true }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const inbox = create();
        const taken: Item[] = [];
        const put: Item[] = [];
        for (const each of steps) {
          if ("put" in each) {
            const item: Item =
              each.put.key === undefined ? { amount: each.put.amount } : { key: each.put.key, amount: each.put.amount };
            put.push(item);
            inbox.put(item);
          } else {
            const item = inbox.take();
            if (item !== undefined) taken.push(item);
          }
        }
        taken.push(...takeAll(inbox));
        const sum = (items: Item[], key: string | undefined) =>
          items.filter((item) => item.key === key).reduce((total, item) => total + item.amount, 0);
        for (const key of ["a", "b", undefined]) expect(sum(taken, key)).toBe(sum(put, key));
        expect(taken.filter((item) => item.key === undefined)).toEqual(put.filter((item) => item.key === undefined));
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
