import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { app, type Event } from "../../src/app/index.ts";
import { enter, type Key, keys, type Typed, typeInto } from "./typing-stack-rig.ts";

interface Model {
  readonly text: string;
  readonly lines: readonly string[];
}

/** One field under the lines that were sent from it. */
function fieldApp(accept: (text: string) => string, clears = false) {
  const update = (model: Model, event: Event): Model => {
    if (event.kind !== "widget") return model;
    if (event.type === "input") {
      const text = accept(event.value);
      return text === model.text ? model : { ...model, text };
    }
    return event.type === "submit" && clears ? { text: "", lines: [...model.lines, event.value] } : model;
  };
  return app<Model>({
    init: () => ({ text: "", lines: [] }),
    update,
    view: (model) => ({
      type: "window",
      id: "main",
      children: [
        ...model.lines.map((line, index) => ({ type: "text", id: `line${index}`, props: { content: line } })),
        { type: "text_input", id: "field", props: { value: model.text, onSubmit: update } },
      ],
    }),
  });
}

const variants = {
  echo: (text: string) => text,
  "upper case": (text: string) => text.toUpperCase(),
  "no digits": (text: string) => text.replace(/\d/g, ""),
};
const chat = fieldApp(variants.echo, true);
const delays = [0, 80, 400];
const chats = delays.flatMap((delay) => [0, 250, 1000].map((burstMs) => ({ delay, burstMs })));

/** The screen is what the app says, nothing is under way, and nobody had to wait for it longer than the line takes. */
function expectAgreement({ shown, model, inFlight, corrections }: Typed<Model>): void {
  expect({ shown, inFlight, corrections }).toEqual({ shown: model.text, inFlight: 0, corrections: 0 });
}

describe.each(delays)("15 keys per second, %i ms each way", (delay) => {
  test.each(Object.entries(variants))(
    "%s: the screen ends as the model, with every key once and in order",
    async (_, accept) => {
      const line = "the quick brown fox jumps";
      const typed = await typeInto(fieldApp(accept), keys(line), { delay });
      expect(typed.model.text).toBe(accept(line));
      expectAgreement(typed);
    },
  );

  test.each(["1", "12345", "a1", "1a", "ab12cd34", "4 apples, 11 pears, 1999"])(
    'no digits: "%s" leaves the rest',
    async (line) => {
      const typed = await typeInto(fieldApp(variants["no digits"]), keys(line), { delay });
      expect(typed.model.text).toBe(variants["no digits"](line));
      expectAgreement(typed);
    },
  );
});

describe.each(delays)("texts that arrive in bursts, %i ms each way", (delay) => {
  test.each(["12345", "a1234", "12ab34", "4 apples, 11 pears, 1999"])(
    'no digits: "%s" is refused without anybody giving up on an answer',
    async (line) => {
      const typed = await typeInto(fieldApp(variants["no digits"]), keys(line), { delay, burstMs: 400 });
      expectAgreement(typed);
      expect(typed.model.text).toBe(variants["no digits"](line));
    },
  );
});

describe.each(chats)("clear on Enter, $delay ms each way, in bursts of $burstMs ms", (line) => {
  test("every line is sent once and the field is empty after it", async () => {
    const typed = await typeInto(
      chat,
      [...keys("hello"), enter, 2000, ...keys("h"), enter, 2000, ...keys("again"), enter],
      line,
    );
    expect(typed.model).toEqual({ text: "", lines: ["hello", "h", "again"] });
    expectAgreement(typed);
  });

  test("while typing goes on: what was sent goes, what follows stays", async () => {
    const typed = await typeInto(chat, [...keys("hello"), enter, ...keys("and more")], line);
    expect(typed.model).toEqual({ text: "and more", lines: ["hello"] });
    expectAgreement(typed);
    const twice = await typeInto(chat, [...keys("hello"), enter, ...keys("and more"), 2500, enter, ...keys("x")], line);
    expect(twice.model).toEqual({ text: "x", lines: ["hello", "and more"] });
    expectAgreement(twice);
  });

  test("an Enter at once after one key, and one in the empty field", async () => {
    const typed = await typeInto(chat, [...keys("a"), enter, 2000, enter, 2000, ...keys("b")], line);
    expect(typed.model).toEqual({ text: "b", lines: ["a", ""] });
    expectAgreement(typed);
  });
});

describe("any keys on any line", () => {
  const word = fc.string({ unit: fc.constantFrom(..."abcdefgh 123"), minLength: 1, maxLength: 14 });
  const line = fc.record({ delay: fc.constantFrom(...delays), burstMs: fc.constantFrom(0, 100, 250) });

  test.each(Object.entries(variants))("%s", async (_, accept) => {
    await fc.assert(
      fc.asyncProperty(word, line, async (text, on) => {
        const { model, shown } = await typeInto(fieldApp(accept), keys(text), on);
        expect([model.text, shown]).toEqual([accept(text), accept(text)]);
      }),
      { seed: 21, numRuns: 40 },
    );
  });

  test("lines with pauses after Enter", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 3 }), line, async (words, on) => {
        const all = words.flatMap((text): Key[] => [...keys(text), enter, 2500]);
        const typed = await typeInto(chat, all, on);
        expect(typed.model).toEqual({ text: "", lines: words });
        expectAgreement(typed);
      }),
      { seed: 22, numRuns: 20 },
    );
  });
});
