import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  createEcho,
  type EchoState,
  type EchoStep,
  MAX_SENT_TEXTS,
  onCompositionEnd,
  onCompositionStart,
  onCorrection,
  onHostLost,
  onProp,
  onRepeatedProp,
  onSubmit,
  onUserEdit,
  settle,
} from "./echo.ts";
import { mapSelection } from "./echo-diff.ts";

fc.configureGlobal({ seed: 20_011, numRuns: 200 });

const KEY_INTERVAL = 1000 / 15;

interface FakeApp {
  value: string;
  input(text: string): void;
  submit?(): void;
}

type Key = { readonly type: string } | { readonly press: "enter" | "backspace" | "left" | "home" | "end" };

/** A field and an app with a delay between them, in simulated time. Both directions keep their order. */
function simulate(options: {
  readonly app: FakeApp;
  readonly delay: number;
  readonly keys: readonly Key[];
  readonly interval?: number;
  /** The app renders at multiples of this only, so that several texts get one answer. */
  readonly renderEvery?: number;
  /** The app says its value again when it did not take a text. */
  readonly repeats?: boolean;
}) {
  const { app, delay, keys } = options;
  const interval = options.interval ?? KEY_INTERVAL;
  const queue: { at: number; order: number; run: () => void }[] = [];
  let order = 0;
  const schedule = (at: number, run: () => void) => queue.push({ at, order: order++, run });
  let state: EchoState = createEcho(app.value);
  let caret = { start: app.value.length, end: app.value.length };
  let lastPatched = app.value;
  let now = 0;
  const screens: { readonly at: number; readonly text: string; readonly caret: number; readonly typed: boolean }[] = [];

  const toApp = (run: () => void) =>
    schedule(now + delay / 2, () => {
      run();
      const every = options.renderEvery ?? 0;
      if (every === 0) answer();
      else if (!isRenderDue) schedule(Math.ceil(now / every) * every, answer);
      isRenderDue = true;
    });
  let isRenderDue = false;
  const answer = () => {
    isRenderDue = false;
    const value = app.value;
    const isSame = value === lastPatched;
    if (isSame && options.repeats !== true) return;
    lastPatched = value;
    schedule(now + delay / 2, () => take(isSame ? onRepeatedProp(state, value) : onProp(state, value), false));
  };
  const take = (step: EchoStep, typed: boolean) => {
    if (step.show !== undefined) caret = mapSelection(state.shown, step.show, caret.start, caret.end);
    state = step.state;
    if (step.send !== undefined) {
      const text = step.send;
      toApp(() => app.input(text));
    }
    screens.push({ at: now, text: state.shown, caret: caret.start, typed });
  };
  const edit = (text: string, at: number) => {
    caret = { start: at, end: at };
    take(onUserEdit(state, text, at), true);
  };
  keys.forEach((key, index) => {
    schedule(index * interval, () => {
      const { shown } = state;
      if ("type" in key)
        return edit(shown.slice(0, caret.start) + key.type + shown.slice(caret.end), caret.start + key.type.length);
      switch (key.press) {
        case "enter":
          state = onSubmit(state);
          return toApp(() => app.submit?.());
        case "backspace":
          return edit(
            shown.slice(0, Math.max(0, caret.start - 1)) + shown.slice(caret.end),
            Math.max(0, caret.start - 1),
          );
        case "left":
          caret = { start: Math.max(0, caret.start - 1), end: Math.max(0, caret.start - 1) };
          return undefined;
        case "home":
          caret = { start: 0, end: 0 };
          return undefined;
        case "end":
          caret = { start: shown.length, end: shown.length };
          return undefined;
      }
    });
  });
  while (queue.length > 0) {
    queue.sort((a, b) => a.at - b.at || a.order - b.order);
    const next = queue.shift();
    if (next === undefined) break;
    now = next.at;
    next.run();
  }
  return { shown: state.shown, state, screens, caret: caret.start, app };
}

const typing = (text: string): Key[] => [...text].map((type) => ({ type }));

const echoing = (value = ""): FakeApp => ({
  value,
  input(text) {
    this.value = text;
  },
});
const uppercasing = (): FakeApp => ({
  value: "",
  input(text) {
    this.value = text.toUpperCase();
  },
});
const rejectingDigits = (): FakeApp => ({
  value: "",
  input(text) {
    this.value = text.replace(/\d/g, "");
  },
});
const clearing = (submitted: string[]): FakeApp => ({
  value: "",
  input(text) {
    this.value = text;
  },
  submit() {
    submitted.push(this.value);
    this.value = "";
  },
});

const delays = [0, 80, 400];
const words = fc.string({ unit: fc.constantFrom(..."abcde fgh"), minLength: 1, maxLength: 30 });

describe.each(delays)("with %i ms between field and app", (delay) => {
  test("an app that echoes: the field shows exactly what was typed, at every moment", () => {
    fc.assert(
      fc.property(words, (text) => {
        const run = simulate({ app: echoing(), delay, keys: typing(text) });
        expect(run.screens.filter((screen) => screen.typed).map((screen) => screen.text)).toEqual(
          [...text].map((_, index) => text.slice(0, index + 1)),
        );
        expect(run.screens.every((screen) => screen.caret === screen.text.length)).toBe(true);
        expect(run.shown).toBe(text);
        expect(run.app.value).toBe(text);
        expect(run.state.sent).toEqual([]);
      }),
    );
  });

  test("an app that echoes: edits anywhere in the text arrive as made, and answers never change the field", () => {
    const key = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(..."ab").map((type): Key => ({ type })) },
      fc.constantFrom<Key>({ press: "backspace" }, { press: "left" }, { press: "home" }, { press: "end" }),
    );
    fc.assert(
      fc.property(fc.array(key, { maxLength: 40 }), (keys) => {
        const run = simulate({ app: echoing("ab"), delay, keys });
        const local = simulate({ app: echoing("ab"), delay: 0, keys });
        expect(run.screens.filter((screen) => screen.typed)).toEqual(
          local.screens.filter((screen) => screen.typed).map((screen) => ({ ...screen, at: expect.any(Number) })),
        );
        expect(run.shown).toBe(local.shown);
        expect(run.app.value).toBe(run.shown);
      }),
    );
  });

  test("an app that sets upper case: no character is lost or doubled, and the upper case arrives", () => {
    fc.assert(
      fc.property(words, (text) => {
        const run = simulate({ app: uppercasing(), delay, keys: typing(text) });
        let typed = 0;
        for (const screen of run.screens) {
          if (screen.typed) typed++;
          expect(screen.text.toLowerCase()).toBe(text.slice(0, typed));
          expect(screen.caret).toBe(typed);
        }
        expect(run.shown).toBe(text.toUpperCase());
        expect(run.app.value).toBe(run.shown);
      }),
    );
  });

  test("an app that sets upper case while somebody types in the middle keeps the caret in its place", () => {
    const keys: Key[] = [...typing("hello"), { press: "left" }, { press: "left" }, ...typing("xyz")];
    const run = simulate({ app: uppercasing(), delay, keys });
    expect(run.shown).toBe("HELXYZLO");
    expect(run.caret).toBe(6);
  });

  test("an app that rejects digits: letters are neither lost nor doubled, and the digits go", () => {
    const mixed = fc.array(fc.constantFrom(..."abc123"), { maxLength: 24 }).map((keys) => `${keys.join("")}z`);
    fc.assert(
      fc.property(mixed, (text) => {
        const run = simulate({ app: rejectingDigits(), delay, keys: typing(text) });
        let typed = 0;
        for (const screen of run.screens) {
          if (screen.typed) typed++;
          expect(screen.text.replace(/\d/g, "")).toBe(text.slice(0, typed).replace(/\d/g, ""));
        }
        expect(run.app.value).toBe(text.replace(/\d/g, ""));
        expect(settle(run.state).state.shown).toBe(run.app.value);
      }),
    );
  });

  test("an app that rejects digits and says so: the field shows the app's text in the end without any wait", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."abc123"), maxLength: 24 }), (text) => {
        const run = simulate({ app: rejectingDigits(), delay, keys: typing(text), repeats: true });
        let typed = 0;
        for (const screen of run.screens) {
          if (screen.typed) typed++;
          expect(screen.text.replace(/\d/g, "")).toBe(text.slice(0, typed).replace(/\d/g, ""));
        }
        expect(run.shown).toBe(text.replace(/\d/g, ""));
        expect(run.app.value).toBe(run.shown);
      }),
    );
  });

  test("an app that clears on Enter: the field empties and what is typed on stays", () => {
    fc.assert(
      fc.property(words, words, (first, second) => {
        const submitted: string[] = [];
        const keys: Key[] = [...typing(first), { press: "enter" }, ...typing(second)];
        const run = simulate({ app: clearing(submitted), delay, keys });
        expect(submitted).toEqual([first]);
        expect(run.shown).toBe(second);
        expect(run.app.value).toBe(second);
        expect(run.state.sent).toEqual([]);
      }),
    );
  });

  test("an app that clears on Enter: line after line with a pause arrives as typed", () => {
    const submitted: string[] = [];
    const lines = ["one", "two", "three"];
    const pause = Array.from({ length: 10 }, (): Key => ({ press: "end" }));
    const keys = lines.flatMap((line): Key[] => [...typing(line), { press: "enter" }, ...pause]);
    const run = simulate({ app: clearing(submitted), delay, keys });
    expect(submitted).toEqual(lines);
    expect(run.shown).toBe("");
  });

  test("a program sending 20 keys 10 ms apart and Enter: everything arrives and the field is empty", () => {
    const submitted: string[] = [];
    const text = "the quick brown foxes";
    const run = simulate({
      app: clearing(submitted),
      delay,
      keys: [...typing(text), { press: "enter" }],
      interval: 10,
    });
    expect(submitted).toEqual([text]);
    expect(run.shown).toBe("");
  });
});

describe.each(delays)("with %i ms to an app that renders only now and then", (delay) => {
  const rates = fc.constantFrom(50, 150, 400);

  test("an echo: the field shows what was typed, at every moment", () => {
    fc.assert(
      fc.property(words, rates, (text, renderEvery) => {
        const run = simulate({ app: echoing(), delay, keys: typing(text), renderEvery });
        let typed = 0;
        for (const screen of run.screens) {
          if (screen.typed) typed++;
          expect(screen.text).toBe(text.slice(0, typed));
        }
        expect(run.state.sent).toEqual([]);
      }),
    );
  });

  test("upper case: nothing is lost or doubled", () => {
    fc.assert(
      fc.property(words, rates, (text, renderEvery) => {
        const run = simulate({ app: uppercasing(), delay, keys: typing(text), renderEvery });
        let typed = 0;
        for (const screen of run.screens) {
          if (screen.typed) typed++;
          expect(screen.text.toLowerCase()).toBe(text.slice(0, typed));
        }
        expect(run.shown).toBe(text.toUpperCase());
      }),
    );
  });

  test("a text and Enter between two renders: the field is empty in the end when the app repeats its value", () => {
    fc.assert(
      fc.property(words, rates, (text, renderEvery) => {
        const submitted: string[] = [];
        const keys: Key[] = [...typing(text), { press: "enter" }];
        const run = simulate({ app: clearing(submitted), delay, keys, renderEvery, repeats: true, interval: 10 });
        expect(submitted).toEqual([text]);
        expect(run.shown).toBe("");
      }),
    );
  });
});

describe("changes of the app's own", () => {
  test("arrive when nothing is in flight, even the same text twice", () => {
    let state = createEcho("a");
    state = onProp(state, "b").state;
    expect(state.shown).toBe("b");
    expect(onProp(state, "")).toMatchObject({ show: "" });
  });

  test("made before the app saw the edits in flight are shown under them and sent again once", () => {
    let state = createEcho("hello world");
    state = onUserEdit(state, "hello world!").state;
    state = onUserEdit(state, "hello world!?").state;
    const step = onProp(state, "oh, hello world");
    expect(step).toMatchObject({ show: "oh, hello world!?", send: "oh, hello world!?" });
    state = step.state;
    for (const late of ["hello world!", "hello world!?"]) {
      const next = onProp(state, late);
      expect(next.show).toBeUndefined();
      expect(next.send).toBeUndefined();
      state = next.state;
    }
    expect(onProp(state, "oh, hello world!?").state).toMatchObject({ shown: "oh, hello world!?", sent: [] });
  });

  test("of something else in the node are no answer", () => {
    const state = onUserEdit(createEcho("a"), "ab").state;
    expect(onProp(state, "a")).toEqual({ state });
  });

  test("an app that answers every text with a new one does not start an endless exchange", () => {
    let state = createEcho("");
    const inbox: string[] = [];
    for (const text of ["x", "xy", "xyz"]) {
      const step = onUserEdit(state, text);
      state = step.state;
      inbox.push(text);
    }
    let answers = 0;
    while (inbox.length > 0 && answers < 1000) {
      inbox.shift();
      const step = onProp(state, `#${answers++}`);
      state = step.state;
      if (step.send !== undefined) inbox.push(step.send);
    }
    expect(answers).toBeLessThan(8);
    expect(settle(state).state.shown).toBe(state.confirmed);
  });
});

describe("a value said again", () => {
  test("clears what was submitted, and a text typed meanwhile does not bring it back", () => {
    let state = onUserEdit(createEcho(""), "hi").state;
    state = onSubmit(state);
    state = onUserEdit(state, "hi y").state;
    const step = onRepeatedProp(state, "");
    expect(step).toMatchObject({ show: " y", send: " y" });
    const late = onProp(step.state, "hi y");
    expect(late.show).toBeUndefined();
    expect(onProp(late.state, " y").state).toMatchObject({ shown: " y", sent: [] });
  });

  test("refuses a text without a submit and sends nothing again", () => {
    let state = onUserEdit(createEcho(""), "1").state;
    state = onUserEdit(state, "1a").state;
    const step = onRepeatedProp(state, "");
    expect(step).toMatchObject({ show: "a" });
    expect(step.send).toBeUndefined();
  });
});

describe("a value right behind an echo", () => {
  test("answers all texts up to the echo; what was typed since stays on top and is not sent again", () => {
    let state = createEcho("4");
    for (const text of ["4 ", "4 1", "4 1a"]) state = onUserEdit(state, text).state;
    state = onUserEdit(onProp(state, "4 1").state, "4 1ab").state;
    const step = onCorrection(state, "x ");
    expect(step).toMatchObject({ show: "x ab", state: { confirmed: "x ", base: "x " } });
    expect(step.send).toBeUndefined();
    expect(step.state.sent.map(({ text }) => text)).toEqual(["4 1a", "4 1ab"]);
  });

  test("without anything in flight it is shown", () => {
    expect(onCorrection(createEcho("a1"), "a")).toMatchObject({ show: "a", state: { sent: [] } });
  });

  test("waits for the end of a composition", () => {
    const state = onCompositionStart(onUserEdit(createEcho(""), "a").state);
    expect(onCorrection(state, "A").state.waiting).toEqual(["A"]);
  });
});

describe("an app out of reach", () => {
  test("the field keeps its text, and the next value wins without anything being sent", () => {
    let state = onUserEdit(createEcho("ab"), "abc").state;
    state = onHostLost(onUserEdit(state, "abcd").state);
    expect(state).toMatchObject({ shown: "abcd", sent: [] });
    for (const value of ["ab", "abc", "other"]) {
      const step = onProp(state, value);
      expect(step).toEqual({ state: createEcho(value), show: value });
    }
    expect(onProp(state, "abcd").show).toBeUndefined();
    expect(onRepeatedProp(state, "ab")).toMatchObject({ show: "ab" });
  });

  test("a composition goes on without the values that waited", () => {
    let state = onCompositionStart(onUserEdit(createEcho(""), "a").state);
    state = onHostLost(onProp(state, "old").state);
    const step = onCompositionEnd(onProp(state, "A").state, "aに", 2);
    expect(step).toMatchObject({ show: "Aに", send: "Aに" });
  });
});

describe("composition", () => {
  test("several changes of the app's own are all in the text that is reported", () => {
    let state = onCompositionStart(onProp(createEcho("one"), "one").state);
    state = onProp(onProp(state, "zero one").state, "zero one two").state;
    const step = onCompositionEnd(state, "o日ne", 2);
    expect(step).toMatchObject({ show: "zero o日ne two", send: "zero o日ne two" });
    expect(step.state).toMatchObject({ confirmed: "zero one two", sent: [{ text: "zero o日ne two" }] });
  });

  test("values wait until it ends, and the composed text is put on top of them", () => {
    let state = onUserEdit(createEcho(""), "a").state;
    state = onCompositionStart(state);
    expect(onUserEdit(state, "aに")).toEqual({ state });
    const waiting = onProp(state, "a");
    expect(waiting.show).toBeUndefined();
    const step = onCompositionEnd(waiting.state, "a日", 2);
    expect(step).toMatchObject({ send: "a日" });
    expect(step.show).toBeUndefined();
    expect(step.state).toMatchObject({ shown: "a日", confirmed: "a", composing: false });
  });

  test("an own change that came meanwhile is shown with the composed text on top", () => {
    const state = onProp(onCompositionStart(createEcho("ab")), "AB").state;
    const step = onCompositionEnd(state, "abに", 3);
    expect(step).toMatchObject({ show: "ABに", send: "ABに" });
  });

  test("a cancelled one reports nothing", () => {
    const step = onCompositionEnd(onCompositionStart(createEcho("ab")), "ab", 2);
    expect(step.send).toBeUndefined();
    expect(step.show).toBeUndefined();
  });
});

test("the list of texts in flight is bounded, and echoes still settle it", () => {
  let state = createEcho("");
  let text = "";
  for (let index = 0; index < MAX_SENT_TEXTS + 50; index++) {
    text += "x";
    state = onUserEdit(state, text).state;
  }
  expect(state.sent.length).toBe(MAX_SENT_TEXTS);
  expect(onProp(state, text)).toMatchObject({ state: { shown: text, sent: [] } });
});

test("fewer texts are remembered of a long document", () => {
  let state = createEcho("");
  const page = "x".repeat(1_000_000);
  for (let index = 0; index < 20; index++) state = onUserEdit(state, page + "y".repeat(index)).state;
  expect(state.sent.length).toBe(8);
  expect(onProp(state, page + "y".repeat(19)).state.sent).toEqual([]);
});

test("settling shows the app's value when it never answered", () => {
  const state = onUserEdit(createEcho("ab"), "ab1").state;
  expect(settle(state)).toMatchObject({ show: "ab", state: { sent: [] } });
});
