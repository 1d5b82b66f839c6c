import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ScriptError } from "./script-error.ts";
import { GRAMMAR, type Instruction, type InstructionName, slotsOf } from "./script-grammar.ts";
import { formatInstruction, parseInstruction } from "./script-line.ts";
import { formatScript, MAX_SCRIPT_CHARS, parseScript } from "./script-parser.ts";
import { by } from "./selector.ts";

const SEED = 20_260_612;
const head = "app: ./counter.ts\n-----\n";

function problemsOf(text: string) {
  try {
    parseScript(text, "a.plushie");
  } catch (thrown) {
    if (thrown instanceof ScriptError) return thrown;
    throw thrown;
  }
  throw new Error("the script was taken");
}

describe("reading a script", () => {
  test("headers, comments, empty lines and instructions", () => {
    const script = parseScript(
      [
        "# What it is about",
        "app: ./counter.ts#counter",
        "viewport: 800x600",
        "theme: dark",
        "backend: mock",
        "format: json",
        'options: {"start": 1}',
        "-----",
        "",
        "# first",
        "click #increment",
        '  expect text #count "Count: 1"  ',
      ].join("\r\n"),
    );
    expect(script.header).toEqual({
      app: "./counter.ts#counter",
      viewport: { width: 800, height: 600 },
      theme: "dark",
      backend: "mock",
      format: "json",
      options: { start: 1 },
    });
    expect(script.steps).toEqual([
      { line: 11, text: "click #increment", instruction: { do: "click", target: by.id("increment") } },
      {
        line: 12,
        text: 'expect text #count "Count: 1"',
        instruction: { do: "expect text", target: by.id("count"), text: "Count: 1" },
      },
    ]);
  });

  test.each<[string, Instruction]>([
    ['click "Save all"', { do: "click", target: by.text("Save all") }],
    ["click role:button", { do: "click", target: by.role("button") }],
    ['click role:button:"Save all"', { do: "click", target: by.role("button", { name: "Save all" }) }],
    ['click label:"Save"', { do: "click", target: by.label("Save") }],
    ["click label:Save", { do: "click", target: by.label("Save") }],
    ["click text:Save", { do: "click", target: by.text("Save") }],
    ["click #main#form/save", { do: "click", target: by.id("main#form/save") }],
    ['type focused "a\\nb \\"c\\""', { do: "type", target: by.focused(), text: 'a\nb "c"' }],
    ["toggle #on", { do: "toggle", target: by.id("on") }],
    ["toggle #on off", { do: "toggle", target: by.id("on"), value: false }],
    ["select #color green", { do: "select", target: by.id("color"), value: "green" }],
    ["slide #volume -2.5", { do: "slide", target: by.id("volume"), value: -2.5 }],
    ["press Control+s", { do: "press", combo: "Control+s" }],
    ["press #", { do: "press", combo: "#" }],
    ["canvas_press #c 4 5 right", { do: "canvas_press", target: by.id("c"), x: 4, y: 5, button: "right" }],
    ['stub file_open {"path": "/a b"}', { do: "stub", effect: "file_open", response: { path: "/a b" } }],
    ["expect not exists #gone", { do: "expect not exists", target: by.id("gone") }],
    ["expect model todos.0.done true", { do: "expect model", path: "todos.0.done", value: true }],
    ["advance_frame", { do: "advance_frame" }],
    ["expect value #n null", { do: "expect value", target: by.id("n"), value: null }],
  ])("%s", (line, instruction) => {
    expect(parseInstruction(line)).toEqual(instruction);
  });
});

describe("what is wrong is told", () => {
  test("with file, line, text and what was probably meant", () => {
    expect(problemsOf(`${head}\nclik #increment`).message).toBe(
      'a.plushie:4: unknown instruction "clik"\n    clik #increment\n  Did you mean "click"?',
    );
  });

  test("all of it at once", () => {
    const { problems } = problemsOf("ap: ./x.ts\n-----\nclick\nfly\n");
    expect(problems.map(({ line, reason }) => [line, reason])).toEqual([
      [1, 'unknown header "ap"'],
      [3, "click needs target"],
      [4, 'unknown instruction "fly"'],
    ]);
  });

  test.each([
    ["click save", '"save" is no selector', "For an id write #save."],
    ["click xyz:save", '"xyz:" is no kind of selector', "A selector is #id"],
    ["click label:", 'nothing follows "label:"', "A selector is"],
    ["click #a b", 'click ends before "b"', "Write: click target"],
    ['click "a', "no second quotation mark", undefined],
    ['type #a "\\x"', "is no text", "Escapes are those of JSON"],
    ['type #a "x"y', 'text is followed by "y" without a space', undefined],
    ["slide #a fast", 'value is no number: "fast"', undefined],
    ["slide #a 1e3", 'value is no number: "1e3"', undefined],
    ["toggle #a maybe", 'value is "maybe"', "Write on or off."],
    ["canvas_press #a 1 2 third", 'no pointer has a button "third"', "left"],
    ["stub file_open {path: 1}", "response is no JSON", "Texts need quotation marks"],
    ["expect value #a 1e999", "too large", undefined],
    ["expect txt #a b", 'unknown instruction "expect txt"', 'Did you mean "expect text"?'],
    ["expect not there #a", 'unknown instruction "expect not there"', undefined],
  ])("%s", (line, reason, suggestion) => {
    const [problem] = problemsOf(head + line).problems;
    expect(problem?.reason).toContain(reason);
    if (suggestion !== undefined) expect(problem?.suggestion).toContain(suggestion);
    expect(problem).toMatchObject({ file: "a.plushie", line: 3, text: line });
  });

  test.each([
    ["viewport: 0x600", "is no viewport"],
    ["viewport: wide", "is no viewport"],
    ["theme: blue", '"blue" is no theme'],
    ["backend: wasm", '"wasm" is no backend'],
    ["app:", "app has no module"],
    ["options: {", "options is no JSON"],
    ["click #a", "this is no header"],
    ["theme: dark\ntheme: dark", "is there twice"],
    ["__proto__: x", 'unknown header "__proto__"'],
  ])("%s", (line, reason) => {
    expect(problemsOf(`${line}\n-----\n`).problems[0]?.reason).toContain(reason);
  });

  test("a text without a line of dashes, and one that is too long", () => {
    expect(problemsOf("click #a").message).toContain("no line of dashes");
    expect(problemsOf("x".repeat(MAX_SCRIPT_CHARS + 1)).message).toContain("more than");
  });
});

const selectors = fc.oneof(
  fc.string({ minLength: 1, unit: "grapheme" }).map((id) => by.id(id)),
  fc.string().map((text) => by.text(text)),
  fc.string({ minLength: 1 }).map((label) => by.label(label)),
  fc.tuple(fc.string({ minLength: 1 }), fc.string()).map(([role, name]) => by.role(role, { name })),
  fc.string({ minLength: 1 }).map((role) => by.role(role)),
  fc.constant(by.focused()),
);
const slots = {
  selector: selectors,
  text: fc.string(),
  number: fc.oneof(
    fc.integer(),
    fc
      .double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })
      .map((n) => Math.round(n * 1000) / 1000 + 0),
  ),
  state: fc.boolean(),
  button: fc.constantFrom("left", "middle", "right"),
  json: fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value))),
};
// The keys of the grammar are its names.
const instructions = fc.constantFrom(...(Object.keys(GRAMMAR) as InstructionName[])).chain((name) =>
  fc.record({
    do: fc.constant(name),
    ...Object.fromEntries(slotsOf(name).map(([key, kind]) => [key, slots[kind]])),
  }),
);

describe("fuzzing", () => {
  test("what is written is read back as it was", () => {
    fc.assert(
      fc.property(instructions, (instruction) => {
        expect(parseInstruction(formatInstruction(instruction as Instruction))).toEqual(instruction);
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });

  test("a whole script survives too", () => {
    fc.assert(
      fc.property(fc.array(instructions, { maxLength: 20 }), (list) => {
        const text = formatScript({ app: "./a.ts", viewport: { width: 10, height: 20 } }, list as Instruction[]);
        const script = parseScript(text);
        expect(script.steps.map(({ instruction }) => instruction)).toEqual(list);
        expect(
          formatScript(
            script.header,
            script.steps.map(({ instruction }) => instruction),
          ),
        ).toBe(text);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  test("no text does more than to be refused", () => {
    const words = fc.constantFrom(
      ...Object.keys(GRAMMAR),
      "#a",
      '"',
      "role:",
      ":",
      "\\",
      "1",
      "{",
      "-----",
      "\n",
      " ",
      "app: x",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.array(words, { maxLength: 30 }).map((all) => all.join(" ")),
        ),
        (text) => {
          for (const script of [text, head + text]) {
            try {
              parseScript(script);
            } catch (thrown) {
              expect(thrown).toBeInstanceOf(ScriptError);
            }
          }
        },
      ),
      { seed: SEED, numRuns: 3000 },
    );
  });
});
