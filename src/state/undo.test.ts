import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { amend, canRedo, canUndo, change, createUndo, redo, redoLabel, type Undo, undo, undoLabel } from "./index.ts";

const typed = (history: Undo<string>, text: string, at: number) => change(history, text, { kind: "typing", at });

describe("undo", () => {
  test("goes back and forth through the values", () => {
    const history = change(change(createUndo("a"), "b"), "c");
    expect(undo(history).present).toBe("b");
    expect(undo(undo(history)).present).toBe("a");
    expect(redo(undo(undo(history))).present).toBe("b");
    expect(redo(redo(undo(undo(history)))).present).toBe("c");
  });

  test("nothing happens at both ends, and for the same value", () => {
    const history = createUndo("a");
    expect(undo(history)).toBe(history);
    expect(redo(history)).toBe(history);
    expect(change(history, "a")).toBe(history);
    expect([canUndo(history), canRedo(history)]).toEqual([false, false]);
  });

  test("a change after an undo gives up what was undone", () => {
    const history = change(undo(change(createUndo("a"), "b")), "c");
    expect(canRedo(history)).toBe(false);
    expect(undo(history).present).toBe("a");
  });

  test("changes of one kind within 500 ms are one step", () => {
    const history = [["h", 0] as const, ["he", 400] as const, ["hel", 900] as const].reduce(
      (all, [text, at]) => typed(all, text, at),
      createUndo(""),
    );
    expect(undo(history).present).toBe("");
    expect(undo(typed(history, "hell", 1401)).present).toBe("hel");
  });

  test("another kind, no time, or an undo in between begins a new step", () => {
    const history = typed(createUndo(""), "a", 0);
    expect(undo(change(history, "A", { kind: "case", at: 10 })).present).toBe("a");
    expect(undo(change(history, "ab", { kind: "typing" })).present).toBe("a");
    const back = redo(undo(history));
    expect(undo(typed(back, "ab", 20)).present).toBe("a");
  });

  test("labels name the step on both sides", () => {
    const history = change(change(createUndo(1), 2, { label: "Add" }), 3, { label: "Remove" });
    expect([undoLabel(history), redoLabel(history)]).toEqual(["Remove", null]);
    expect([undoLabel(undo(history)), redoLabel(undo(history))]).toEqual(["Add", "Remove"]);
  });

  test("the oldest steps are forgotten", () => {
    let history = createUndo(0);
    for (let value = 1; value <= 10; value += 1) history = change(history, value, { limit: 3 });
    for (let count = 0; count < 5; count += 1) history = undo(history);
    expect(history.present).toBe(7);
    expect(() => change(history, 1, { limit: 0 })).toThrow("limit is 0");
  });

  test("an amendment is no step", () => {
    const history = amend(change(createUndo("a"), "b"), "B");
    expect(undo(history).present).toBe("a");
    expect(redo(undo(history)).present).toBe("B");
  });

  test("undoing everything and redoing everything gives the same values", () => {
    const values = fc.array(fc.record({ value: fc.nat(5), at: fc.nat(2000), kind: fc.constantFrom("a", "b") }));
    fc.assert(
      fc.property(values, (steps) => {
        const history = steps.reduce((all, { value, at, kind }) => change(all, value, { at, kind }), createUndo(0));
        let back = history;
        const seen = [back.present];
        while (canUndo(back)) {
          back = undo(back);
          seen.push(back.present);
        }
        let forth = back;
        const again = [forth.present];
        while (canRedo(forth)) {
          forth = redo(forth);
          again.push(forth.present);
        }
        expect(again.reverse()).toEqual(seen);
        expect(forth.present).toBe(history.present);
      }),
      { seed: 31, numRuns: 200 },
    );
  });

  test("survives JSON", () => {
    const history = undo(change(createUndo("a"), "b", { label: "x", kind: "k", at: 1 }));
    expect(JSON.parse(JSON.stringify(history))).toEqual(history);
  });
});
