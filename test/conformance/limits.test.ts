// What the source documents promise to authors wins over the numbers of the surveyed renderer: markdown 1 MiB, editor 10 MiB.

import { alone, type Check, check, startUp } from "./support/check.ts";
import { SETTINGS } from "./support/conversation.ts";
import { anything } from "./support/match.ts";
import { insert, update } from "./support/ops.ts";
import { conformance } from "./support/run.ts";
import * as say from "./support/steps.ts";
import { BUTTON } from "./support/trees.ts";

const KIB = 1024;
const MIB = 1024 * KIB;

interface Content {
  readonly rule: string;
  readonly type: string;
  readonly field: string;
  readonly cap: number;
}

const CONTENTS: readonly Content[] = [
  { rule: "10", type: "text_input", field: "value", cap: 64 * KIB },
  { rule: "R219", type: "text_editor", field: "content", cap: 10 * MIB },
  { rule: "R218", type: "markdown", field: "content", cap: MIB },
];

const holding = ({ type, field }: Content, text: string): say.Node => ({
  id: "main",
  type: "window",
  children: [{ id: "main#t", type, props: { [field]: text } }],
});

function exceeded({ field, cap }: Content, actual: number, truncated = cap): say.Step {
  return say.expectDiagnostic("content_length_exceeded", "warn", { id: "main#t", field, actual, cap, truncated });
}

function contentChecks(content: Content): Check[] {
  const { rule, type, cap } = content;
  const full = "x".repeat(cap);
  // One byte, then characters of three: the limit falls inside one.
  const threes = `x${"漢".repeat(Math.ceil(cap / 3))}`;
  const actual = Buffer.byteLength(threes);
  const kept = 1 + Math.floor((cap - 1) / 3) * 3;
  return [
    check(`[${rule}] ${type} takes exactly its limit`, say.snapshot(holding(content, full)), say.expectNothing),
    check(
      `[${rule}] ${type} one byte over its limit is cut and reported`,
      say.snapshot(holding(content, `${full}x`)),
      exceeded(content, cap + 1),
    ),
    check(
      `[${rule}/R224] ${type} is cut between characters`,
      say.snapshot(holding(content, threes)),
      exceeded(content, actual, kept),
    ),
    check(
      `[${rule}] ${type} is cut when a patch makes it too long`,
      say.snapshot(holding(content, "short")),
      say.patch(update([0], { [content.field]: `${full}x` })),
      exceeded(content, cap + 1),
    ),
  ];
}

/** Levels one below the other, made by patches because one message cannot nest so deep. */
function deepen(levels: number): say.Step[] {
  const ops = Array.from({ length: levels - 1 }, (_, index) =>
    insert(
      Array.from({ length: index }, () => 0),
      0,
      { id: `main#n${index}`, type: "column" },
    ),
  );
  return [...say.snapshot({ id: "main", type: "window" }), ...say.patch(...ops)];
}

interface Side {
  readonly name: string;
  readonly props: say.Fields;
}

const IN_RANGE: readonly Side[] = [
  { name: "sides of 1", props: { width: 1, height: 1 } },
  { name: "sides of 16384", props: { width: 16384, height: 16384 } },
  { name: "a position at the edge", props: { position: { x: -32768, y: 32768 } } },
  { name: "a centered position", props: { position: "centered" } },
];

const OUT_OF_RANGE: readonly (Side & { readonly rule: string })[] = [
  { rule: "R220", name: "a width of 0", props: { width: 0, height: 100 } },
  { rule: "R220", name: "a height of 20000", props: { width: 100, height: 20000 } },
  { rule: "R221", name: "an x of 40000", props: { position: { x: 40000, y: 0 } } },
  { rule: "R221", name: "a y of -40000", props: { position: { x: 0, y: -40000 } } },
];

const anyWarning = say.expect({ type: "diagnostic", session: anything, level: "warn", diagnostic: anything });

const MANY_BYTES = "x".repeat(MIB);

conformance("limits", [
  ...CONTENTS.flatMap(contentChecks),
  check(
    "[10] text of other widgets has no limit of its own",
    say.snapshot({
      id: "main",
      type: "window",
      children: [{ id: "main#t", type: "text", props: { content: MANY_BYTES } }],
    }),
    say.expectNothing,
  ),
  check("[R222] 250 levels are shown", deepen(250), say.expectNothing),
  check(
    "[R222/9] more than 256 levels are reported",
    deepen(258),
    say.expectDiagnostic("tree_depth_exceeded", "warn", { id: anything, max_depth: 256 }),
    say.discard,
  ),
  check(
    "[R222] after too many levels the renderer goes on",
    deepen(300),
    say.discard,
    say.snapshot(BUTTON),
    say.expectTree(BUTTON),
  ),
  check(
    "[10] a selector does not look deeper than 256 levels",
    deepen(300),
    say.discard,
    say.send({ type: "query", id: "q", target: "find", selector: { by: "id", value: "n290" } }),
    say.expect({ type: "query_response", id: "q", target: "find", data: null }),
  ),
  check(
    "[10] a selector finds what is 200 levels deep",
    deepen(202),
    say.send({ type: "query", id: "q", target: "find", selector: { by: "id", value: "n200" } }),
    say.expect({
      type: "query_response",
      id: "q",
      target: "find",
      data: { id: "main#n200", type: "column", props: {}, children: [] },
    }),
  ),
  ...IN_RANGE.map(({ name, props }) =>
    check(
      `[R220/R221] a window with ${name} is in range`,
      say.snapshot({ id: "main", type: "window", props }),
      say.expectNothing,
    ),
  ),
  ...OUT_OF_RANGE.map(({ rule, name, props }) =>
    check(
      `[${rule}] a window with ${name} is clamped with a warning`,
      say.snapshot({ id: "main", type: "window", props }),
      anyWarning,
    ),
  ),
  alone(
    "[1.10] a host that reads slowly loses nothing",
    {},
    say.snapshot({ id: "main", type: "window", props: { note: MANY_BYTES } }),
    Array.from({ length: 20 }, (_, index) => say.send({ type: "query", id: `${index}`, target: "tree" })).flat(),
    Array.from({ length: 20 }, (_, index) =>
      say.expect({
        type: "query_response",
        id: `${index}`,
        target: "tree",
        data: say.complete({ id: "main", type: "window", props: { note: MANY_BYTES } }),
      }),
    ),
  ),
  alone(
    "[1.10] a host that sends much at once is answered in order",
    {},
    Array.from({ length: 2000 }, (_, index) => say.send({ type: "tree_hash", id: `${index}`, name: "n" })).flat(),
    Array.from({ length: 2000 }, (_, index) =>
      say.expect({ type: "tree_hash_response", id: `${index}`, name: "n", hash: "" }),
    ),
  ),
  startUp(
    "[1.2] the first settings may be large",
    {},
    say.send({ ...SETTINGS, settings: { protocol_version: 1, widget_config: { blob: { data: MANY_BYTES } } } }),
    say.expectHello,
    say.expectNothing,
  ),
]);
