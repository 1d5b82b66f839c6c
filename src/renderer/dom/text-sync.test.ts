import { describe, expect, test } from "vitest";
import {
  type AppText,
  createTextSync,
  MAX_BATCH_EDITS,
  MAX_SENT_BATCHES,
  onSyncCompositionEnd,
  onSyncCompositionStart,
  onSyncEdit,
  onSyncFlush,
  onSyncLost,
  onSyncValue,
  type TextSync,
} from "./text-sync.ts";

const value = (text: string, revision: number, answered = 0, attempt = 0): AppText => ({
  text,
  revision,
  answered,
  attempt,
});
const start = (text: string) => createTextSync(value(text, 4));
const typedInto = (state: TextSync, ...texts: readonly string[]) =>
  texts.reduce((current, text) => onSyncEdit(current, text).state, state);
const inserted = (at: number, insert: string) => [{ start: at, end: at, insert }];

describe("a text in numbered edits", () => {
  test("each edit is told at once, on the revision the app named and the batches before it", () => {
    const first = onSyncEdit(start("ab"), "axb", 2);
    expect(first.send).toEqual({ number: 1, after: 0, revision: 4, attempt: 0, changes: inserted(1, "x") });
    const second = onSyncEdit(first.state, "axyb", 3);
    expect(second.send).toEqual({ number: 2, after: 1, revision: 4, attempt: 0, changes: inserted(2, "y") });
    expect(second.show).toBeUndefined();
  });

  test("an answer with nothing but own edits moves what is under way to its revision", () => {
    const { state } = onSyncValue(typedInto(start("ab"), "axb", "axyb"), value("axb", 5, 1));
    expect(state).toMatchObject({ base: "axb", revision: 5, answered: 1, sent: [{ number: 2 }] });
    expect(onSyncEdit(state, "axyzb", 4).send).toMatchObject({ number: 3, after: 2, revision: 5 });
  });

  test("once others have changed something, typing waits for the answer that has everything", () => {
    let { state, ...step } = onSyncValue(typedInto(start("ab"), "axb"), value("Bert: ab", 5));
    expect(step.show).toBeUndefined();
    ({ state, ...step } = onSyncEdit(state, "axyb", 3));
    expect(step.send).toBeUndefined();
    const done = onSyncValue(state, value("Bert: axb", 6, 1));
    expect(done.show).toBe("Bert: axyb");
    expect(done.send).toEqual({ number: 2, after: 1, revision: 6, attempt: 0, changes: inserted(8, "y") });
  });

  test("what waits is told before anything that has to come after it", () => {
    const waiting = onSyncEdit(onSyncValue(typedInto(start("ab"), "axb"), value("Bert: ab", 5)).state, "axyb", 3).state;
    expect(onSyncFlush(waiting).send).toMatchObject({ number: 2, after: 1, revision: 4, changes: inserted(2, "y") });
    expect(onSyncFlush(start("ab")).send).toBeUndefined();
    expect(onSyncFlush(onSyncLost(waiting)).send).toBeUndefined();
  });

  test("with nothing under way the app's text is shown", () => {
    expect(onSyncValue(start("ab"), value("abc", 5))).toMatchObject({
      show: "abc",
      state: { base: "abc", revision: 5, shown: "abc" },
    });
  });

  test("an app that leaves a batch out has the last word", () => {
    expect(onSyncValue(typedInto(start("ab"), "axb"), value("ab", 4, 1))).toMatchObject({
      show: "ab",
      state: { sent: [] },
    });
  });

  test("a run of keys that waits is one edit, also with keys taken back; edits in two places stay two", () => {
    const lost = onSyncLost(start("one two"));
    const run = typedInto(lost, "aone two", "abone two", "abcone two", "abone two", "abxone two");
    expect(run.typed).toEqual(inserted(0, "abx"));
    expect(typedInto(run, "abxone two2").typed).toEqual([...inserted(0, "abx"), ...inserted(10, "2")]);
  });

  test("more edits than a batch may have become one", () => {
    const lines = "line\n".repeat(MAX_BATCH_EDITS + 2);
    let state = onSyncLost(start(lines));
    for (let line = 0; line <= MAX_BATCH_EDITS; line += 1) {
      const at = line * 6;
      state = onSyncEdit(state, `${state.shown.slice(0, at)}y${state.shown.slice(at)}`, at + 1).state;
    }
    expect(state.typed).toHaveLength(1);
    const step = onSyncValue(state, value(lines, 4));
    expect(step.state.shown).toBe(state.shown);
    expect(step.send?.number).toBe(1);
  });

  test("an app that never answers is told no more than so much; the rest waits", () => {
    let text = "";
    let state = start(text);
    let told = 0;
    for (let key = 0; key < MAX_SENT_BATCHES + 10; key += 1) {
      text += "x";
      const step = onSyncEdit(state, text);
      state = step.state;
      if (step.send !== undefined) told += 1;
    }
    expect(told).toBe(MAX_SENT_BATCHES);
    expect(onSyncValue(state, value("x".repeat(told), 9, told)).send?.changes).toEqual([
      { start: told, end: told, insert: "x".repeat(10) },
    ]);
  });
});

describe("after the app was out of reach", () => {
  test("the first batch it lacks is told again; its answer says which others arrived, and the rest is told anew", () => {
    let state = onSyncLost(typedInto(start("ab"), "axb", "axyb", "axyzb"));
    expect(onSyncEdit(state, "axyz!b", 5).send).toBeUndefined();
    state = onSyncEdit(state, "axyz!b", 5).state;
    const back = onSyncValue(state, value("12ab", 9));
    expect(back.show).toBe("12axyz!b");
    expect(back.send).toEqual({ number: 1, after: 0, revision: 9, attempt: 1, changes: inserted(3, "x") });
    // The text has the first, but not yet what the second attempt at it says.
    expect(onSyncValue(back.state, value("12axb", 10, 1))).toEqual({ state: back.state });
    const answered = onSyncValue(back.state, value("12axyb", 11, 2, 1));
    expect(answered.show).toBeUndefined();
    expect(answered.state.shown).toBe("12axyz!b");
    expect(answered.send).toMatchObject({ number: 4, after: 2, revision: 11, attempt: 1 });
    expect(answered.state.typed).toEqual([]);
  });

  test("when it has everything, what was typed meanwhile is told", () => {
    const state = onSyncEdit(onSyncLost(typedInto(start("ab"), "abc")), "abcd").state;
    expect(onSyncValue(state, value("abc", 5, 1)).send).toMatchObject({ number: 2, changes: inserted(3, "d") });
  });
});

describe("composition", () => {
  test("nothing is told or shown; afterwards both are there", () => {
    let state = onSyncCompositionStart(start("ab"));
    expect(onSyncEdit(state, "anb").send).toBeUndefined();
    const step = onSyncValue(state, value("Bert: ab", 5));
    expect(step.show).toBeUndefined();
    state = step.state;
    const done = onSyncCompositionEnd(state, "a日b", 2);
    expect(done.show).toBe("Bert: a日b");
    expect(done.send).toMatchObject({ number: 1, revision: 5, changes: inserted(7, "日") });
  });
});
