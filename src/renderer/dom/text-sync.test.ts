import { describe, expect, test } from "vitest";
import {
  createTextSync,
  MAX_BATCH_EDITS,
  onSyncCompositionEnd,
  onSyncCompositionStart,
  onSyncEdit,
  onSyncLost,
  onSyncValue,
  type TextSync,
} from "./text-sync.ts";

const start = (text: string) => createTextSync({ text, revision: 4, answered: 0 });
const typedInto = (state: TextSync, ...texts: readonly string[]) =>
  texts.reduce((current, text) => onSyncEdit(current, text).state, state);

describe("a text in numbered edits", () => {
  test("an edit is told at once, with its number and the revision it was made on", () => {
    const step = onSyncEdit(start("ab"), "axb", 2);
    expect(step.send).toEqual({ number: 1, revision: 4, changes: [{ start: 1, end: 1, insert: "x" }] });
    expect(step.show).toBeUndefined();
  });

  test("what is typed meanwhile is the next batch, when the first is in the app's text", () => {
    const waiting = onSyncEdit(onSyncEdit(start("ab"), "axb", 2).state, "axyb", 3);
    expect(waiting.send).toBeUndefined();
    const step = onSyncValue(waiting.state, { text: "Bert: axb", revision: 6, answered: 1 });
    expect(step.show).toBe("Bert: axyb");
    expect(step.send).toEqual({ number: 2, revision: 6, changes: [{ start: 8, end: 8, insert: "y" }] });
  });

  test("a text of the app without the batch under way changes nothing", () => {
    const { state } = onSyncEdit(start("ab"), "axb", 2);
    expect(onSyncValue(state, { text: "Bert: ab", revision: 5, answered: 0 })).toEqual({ state });
  });

  test("with nothing under way the app's text is shown", () => {
    expect(onSyncValue(start("ab"), { text: "abc", revision: 5, answered: 0 })).toMatchObject({
      show: "abc",
      state: { base: "abc", revision: 5, shown: "abc" },
    });
  });

  test("a run of keys is one edit, also with keys taken back", () => {
    const state = typedInto(start(""), "a", "ab", "abc", "abcd", "abc", "abcx");
    expect(state.typed).toEqual([{ start: 1, end: 1, insert: "bcx" }]);
  });

  test("edits in two places stay two", () => {
    const state = typedInto(start("one two"), "!one two", "!1one two", "!1one two2");
    expect(state.typed).toEqual([
      { start: 1, end: 1, insert: "1" },
      { start: 9, end: 9, insert: "2" },
    ]);
  });

  test("more edits than a batch may have become one", () => {
    const lines = "line\n".repeat(MAX_BATCH_EDITS + 2);
    let state = onSyncEdit(start(lines), `x${lines}`).state;
    for (let line = 0; line <= MAX_BATCH_EDITS; line += 1) {
      const at = 1 + line * 6;
      state = onSyncEdit(state, `${state.shown.slice(0, at)}y${state.shown.slice(at)}`, at + 1).state;
    }
    expect(state.typed).toHaveLength(1);
    const step = onSyncValue(state, { text: `x${lines}`, revision: 5, answered: 1 });
    expect(step.state.shown).toBe(state.shown);
    expect(step.send?.number).toBe(2);
  });

  test("an app that leaves a batch out has the last word", () => {
    const { state } = onSyncEdit(start("ab"), "axb", 2);
    expect(onSyncValue(state, { text: "ab", revision: 4, answered: 1 })).toMatchObject({
      show: "ab",
      state: { sent: null },
    });
  });

  test("after the app was out of reach the batch is told again, carried over to its text, and nothing typed is lost", () => {
    let state = onSyncEdit(start("ab"), "axb", 2).state;
    state = onSyncEdit(onSyncLost(state), "axyb", 3).state;
    const step = onSyncValue(state, { text: "12ab", revision: 9, answered: 0 });
    expect(step.show).toBe("12axyb");
    expect(step.send).toEqual({ number: 1, revision: 9, changes: [{ start: 3, end: 3, insert: "x" }] });
    const next = onSyncValue(step.state, { text: "12axb", revision: 10, answered: 1 });
    expect(next.send).toEqual({ number: 2, revision: 10, changes: [{ start: 4, end: 4, insert: "y" }] });
  });

  test("what is typed while the app is out of reach is told when it is back", () => {
    const step = onSyncEdit(onSyncLost(start("ab")), "abc");
    expect(step.send).toBeUndefined();
    expect(onSyncValue(step.state, { text: "ab", revision: 4, answered: 0 }).send).toEqual({
      number: 1,
      revision: 4,
      changes: [{ start: 2, end: 2, insert: "c" }],
    });
  });

  test("during composition nothing is told or shown; afterwards both are there", () => {
    let state = onSyncCompositionStart(start("ab"));
    expect(onSyncEdit(state, "anb").send).toBeUndefined();
    const value = onSyncValue(state, { text: "Bert: ab", revision: 5, answered: 0 });
    expect(value.show).toBeUndefined();
    state = value.state;
    const step = onSyncCompositionEnd(state, "a日b", 2);
    expect(step.show).toBe("Bert: a日b");
    expect(step.send).toEqual({ number: 1, revision: 5, changes: [{ start: 7, end: 7, insert: "日" }] });
  });
});
