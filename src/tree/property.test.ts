import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AUTO_ROOT_ID } from "../protocol/ids.ts";
import type { WireNode, WireProps, WireValue } from "../protocol/node.ts";
import { apply, findOrderViolation } from "./apply.ts";
import { diff } from "./diff.ts";
import { equal } from "./equal.ts";
import type { AnyElement, AnyView } from "./flatten.ts";
import { hash } from "./hash.ts";
import { normalize } from "./normalize.ts";
import { nodesOf } from "./query.ts";
import { createTree, type RenderResult } from "./tree.ts";

const RUNS = { seed: 20_260, numRuns: 400 };

const value: fc.Arbitrary<WireValue> = fc.letrec<{ value: WireValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<WireValue>(null, true, false, 0, 1, 1.5, "", "a", "b"),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("x", "y", "id"), tie("value"), { maxKeys: 3 }),
  ),
})).value;

const props: fc.Arbitrary<WireProps> = fc.dictionary(fc.constantFrom("p", "q", "r"), value, { maxKeys: 3 });

/** Trees with few distinct ids, so that children are kept, moved, removed and sometimes have the same id. */
const wireTree: fc.Arbitrary<WireNode> = fc.letrec<{ node: WireNode }>((tie) => ({
  node: fc.record({
    id: fc.constantFrom("a", "b", "c", "d", "e", "f", "g"),
    type: fc.constantFrom("column", "column", "text"),
    props,
    children: fc.oneof(
      { depthSize: "small", maxDepth: 4 },
      fc.constant<WireNode[]>([]),
      fc.array(tie("node"), { maxLength: 7 }),
    ),
  }),
})).node;

const element: fc.Arbitrary<AnyElement> = fc.letrec<{ element: AnyElement }>((tie) => ({
  element: fc.record({
    type: fc.constantFrom("column", "row", "radio"),
    id: fc.constantFrom(undefined, undefined, "a", "b", "c", "d", "", "b/d"),
    props: fc.oneof(
      fc.constant(undefined),
      fc.record({
        spacing: fc.constantFrom<unknown>(1, 2, Number.NaN, undefined),
        padding: fc.constantFrom<unknown>(4, [1, 2], { top: 3 }, null),
        group: fc.constantFrom("g", "h"),
        value: fc.constantFrom("x", "y"),
        selected: fc.constantFrom("x", "y"),
        a11y: fc.constantFrom<unknown>(undefined, { labelledBy: "a" }, { label: "l" }),
      }),
    ),
    children: fc.oneof(
      { depthSize: "small", maxDepth: 4 },
      fc.constant(undefined),
      fc.array(fc.oneof(tie("element"), tie("element"), tie("element"), fc.constant(null)), { maxLength: 6 }),
    ),
  }),
})).element;

const window: fc.Arbitrary<AnyElement> = fc.record({
  type: fc.constant("window"),
  id: fc.constantFrom("main", "main", "main", "second", undefined),
  props: fc.record({ title: fc.constantFrom("t", "u") }),
  children: fc.array(element, { maxLength: 4 }),
});

const view: fc.Arbitrary<AnyView> = fc.oneof(
  { weight: 6, arbitrary: window },
  { weight: 2, arbitrary: fc.array(window, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constant(null) },
);

function applied(root: WireNode | null, ops: readonly unknown[]): WireNode | null {
  const result = apply(root, ops);
  if (result.kind === "rejected") throw new Error(`order rule broken: ${JSON.stringify(result.violation)}`);
  expect(result.skipped).toEqual([]);
  return result.root;
}

function shown(before: WireNode | null, result: RenderResult): WireNode | null {
  if (result.kind === "snapshot") return result.root;
  return result.kind === "unchanged" ? before : applied(before, result.ops);
}

describe("diff and apply", () => {
  test("[R047] applying the difference of two trees gives the second", () => {
    fc.assert(
      fc.property(wireTree, wireTree, (a, b) => {
        const ops = diff(a, b);
        expect(findOrderViolation(ops)).toBeUndefined();
        expect(equal(applied(a, ops), b)).toBe(true);
        expect(equal(applied(a, JSON.parse(JSON.stringify(ops))), b)).toBe(true);
      }),
      RUNS,
    );
  });

  test("[R048] equal trees have no difference, also as copies", () => {
    fc.assert(
      fc.property(wireTree, (a) => {
        expect(diff(a, a)).toEqual([]);
        expect(diff(a, JSON.parse(JSON.stringify(a)))).toEqual([]);
      }),
      RUNS,
    );
  });

  test("trees of which a child list was shuffled differ by ops that lead there", () => {
    const lists = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 30 });
    fc.assert(
      fc.property(lists, lists, (first, second) => {
        const a = list(first);
        const b = list(second);
        expect(equal(applied(a, diff(a, b)), b)).toBe(true);
      }),
      RUNS,
    );
  });
});

describe("render", () => {
  test("[R028] rendering an equal view again changes nothing", () => {
    fc.assert(
      fc.property(view, (first) => {
        const tree = createTree();
        tree.render(first);
        expect(tree.render(structuredClone(first)).kind).toBe("unchanged");
        const once = normalize(first).root;
        const twice = normalize(structuredClone(first)).root;
        expect(twice).toEqual(once);
      }),
      RUNS,
    );
  });

  test("patches lead to what normalize gives for the next view", () => {
    fc.assert(
      fc.property(fc.array(view, { minLength: 2, maxLength: 6 }), (views) => {
        const tree = createTree();
        let screen: WireNode | null = null;
        let remote: WireNode | null = null;
        for (const next of views) {
          const result = tree.render(next);
          screen = shown(screen, result);
          remote = shown(remote, JSON.parse(JSON.stringify(result)));
          const expected = normalize(next).root;
          expect(tree.root()).toEqual(expected);
          expect(equal(screen, expected)).toBe(true);
          expect(equal(remote, expected)).toBe(true);
          expect(hash(screen)).toBe(hash(expected));
          const lost = [...nodesOf(expected)].filter(({ id }) => id !== AUTO_ROOT_ID && tree.find(id)?.id !== id);
          expect(lost).toEqual([]);
        }
      }),
      { ...RUNS, numRuns: 1500 },
    );
  });

  test("elements that are kept from the last view give the same result as new ones", () => {
    fc.assert(
      fc.property(
        fc.array(element, { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(5), { maxLength: 8 }),
        (pool, picks) => {
          const tree = createTree();
          const show = (children: readonly AnyElement[]): AnyElement => ({ type: "window", id: "main", children });
          let screen = shown(null, tree.render(show(pool)));
          const next = show(picks.flatMap((pick) => pool[pick] ?? []));
          screen = shown(screen, tree.render(next));
          expect(equal(screen, normalize(next).root)).toBe(true);
        },
      ),
      RUNS,
    );
  });
});

/** One change of a long list, of which everything else is the same elements as before. */
const edit = fc.record({
  kind: fc.constantFrom(
    ...["remove", "insert", "swap", "change", "moveToEnd", "gap", "nest", "unname", "reverse", "none"],
    ...["removeMany", "insertMany", "moveMany", "duplicate", "changeMany", "replace"],
  ),
  at: fc.nat(60),
  to: fc.nat(60),
});

const naming = fc.constantFrom("all", "all", "most", "none");

const lengths = fc.integer({ min: 30, max: 60 });

describe("long lists", () => {
  test("patches lead to the next view when most elements are the same objects", () => {
    fc.assert(
      fc.property(lengths, naming, fc.array(edit, { minLength: 1, maxLength: 8 }), (length, named, edits) => {
        let serial = 0;
        const fresh = (id: string | undefined): AnyElement => {
          serial += 1;
          return { type: "row", id, props: { spacing: serial }, children: [{ type: "text", props: { content: "x" } }] };
        };
        let children: unknown[] = Array.from({ length }, (_, i) =>
          fresh(named === "all" || (named === "most" && i % 5 > 0) ? `row-${i}` : undefined),
        );
        const tree = createTree();
        // The list comes from outside, and elements hold what authors put in.
        const show = (): AnyElement => ({ type: "window", id: "main", children: children as AnyElement[] });
        let screen = shown(null, tree.render(show()));
        for (const { kind, at, to } of edits) {
          children = edited(children, kind, at % children.length, to % children.length, fresh);
          const next = show();
          screen = shown(screen, tree.render(next));
          expect(equal(screen, normalize(next).root)).toBe(true);
          expect(tree.root()).toEqual(screen);
        }
      }),
      RUNS,
    );
  });
});

function edited(
  before: readonly unknown[],
  kind: string,
  at: number,
  to: number,
  fresh: (id: string | undefined) => AnyElement,
): unknown[] {
  const children = before.slice();
  const [one, other] = [before[at], before[to]];
  switch (kind) {
    case "remove":
      return children.length > 1 ? children.toSpliced(at, 1) : children;
    case "insert":
      return children.toSpliced(at, 0, fresh(`new-${at}-${children.length}`));
    case "swap":
      return children.with(at, other).with(to, one);
    case "change":
      return children.with(at, fresh(`row-${at}`));
    case "moveToEnd":
      return [...children.toSpliced(at, 1), one];
    case "gap":
      return children.toSpliced(at, 0, null);
    case "nest":
      return children.with(at, [one, fresh(undefined)]);
    case "unname":
      return children.with(at, fresh(undefined));
    case "reverse":
      return children.reverse();
    case "removeMany":
      return children.toSpliced(Math.max(1, at), to);
    case "insertMany":
      return children.toSpliced(at, 0, ...Array.from({ length: to }, (_, i) => fresh(`many-${at}-${to}-${i}`)));
    case "moveMany":
      return [...children.slice(at), ...children.slice(0, at)];
    case "duplicate":
      return children.toSpliced(to, 0, one);
    case "changeMany":
      return children.map((child, i) => (i % 10 === at % 10 ? fresh(`row-${i}`) : child));
    case "replace":
      return children.map((_, i) => fresh(i % 3 === 0 ? undefined : `other-${at}-${i}`));
    default:
      return children;
  }
}

function list(ids: readonly number[]): WireNode {
  const children = ids.map((id) => ({
    id: `row-${id}`,
    type: "text",
    props: { content: "x".repeat(60) },
    children: [],
  }));
  return { id: "list", type: "column", props: {}, children };
}
