import type { WireNode, WireValue } from "../protocol/index.ts";
import { checkedState, isDisabled, textOf } from "./node-facts.ts";
import { plainTree } from "./plain-tree.ts";
import type { Instruction } from "./script-grammar.ts";
import { describeSelector, missing, type Selector, selectAll, selectOne, toQuery } from "./selector.ts";
import { TestFailure } from "./test-failure.ts";

/** Looks at a tree; returns what is wrong with it, or nothing. May throw a `TestFailure` instead. */
export type Check = (root: WireNode | null) => string | undefined;

/** Assertions about a widget. Each must be awaited; each holds as soon as the app has settled in that state. */
export interface Expectation {
  toExist(): Promise<void>;
  toBeAbsent(): Promise<void>;
  /** The text it shows: its own, or that of the texts inside, joined by spaces. */
  toHaveText(text: string | RegExp): Promise<void>;
  /** The prop `value`, as of a text field or slider. */
  toHaveValue(value: WireValue): Promise<void>;
  /** A prop by its wire name; `undefined`: absent. */
  toHaveProp(name: string, value: WireValue | undefined): Promise<void>;
  toBeChecked(): Promise<void>;
  toBeUnchecked(): Promise<void>;
  toBeDisabled(): Promise<void>;
  toBeEnabled(): Promise<void>;
}

export function createExpectation(
  selector: Selector,
  /** Looks until the check is content; `instruction` is how a script says the same. */
  run: (check: Check, instruction?: Instruction) => Promise<void>,
): Expectation {
  const target = toQuery(selector);
  const one = (
    purpose: string,
    look: (node: WireNode) => string | undefined,
    instruction?: Instruction,
  ): Promise<void> => run((root) => look(selectOne(root, selector, purpose)), instruction);
  const prop = (
    purpose: string,
    name: string,
    value: WireValue | undefined,
    instruction?: Instruction,
  ): Promise<void> =>
    one(
      purpose,
      (node) => {
        const [found, wanted] = [plainText(node.props[name]), plainText(value)];
        return found === wanted ? undefined : `${purpose}: "${node.id}" has ${name} ${found}, expected ${wanted}.`;
      },
      instruction,
    );
  const state = (purpose: string, isSo: (node: WireNode) => boolean, instruction: Instruction): Promise<void> =>
    one(purpose, (node) => (isSo(node) ? undefined : `${purpose}: "${node.id}" is not.`), instruction);
  return {
    toExist: () =>
      run((root) => (selectAll(root, selector).length > 0 ? undefined : `toExist: ${missing(root, selector)}`), {
        do: "expect exists",
        target,
      }),
    toBeAbsent: () =>
      run(
        (root) => {
          const [found] = selectAll(root, selector);
          return found === undefined ? undefined : `toBeAbsent: "${found.id}" has ${describeSelector(selector)}.`;
        },
        { do: "expect not exists", target },
      ),
    toHaveText: (text) =>
      one(
        "toHaveText",
        (node) => {
          const found = textOf(node);
          const isSame = typeof text === "string" ? found === text : new RegExp(text).test(found);
          return isSame
            ? undefined
            : `toHaveText: "${node.id}" shows ${JSON.stringify(found)}, expected ${String(typeof text === "string" ? JSON.stringify(text) : text)}.`;
        },
        // A script has no patterns.
        typeof text === "string" ? { do: "expect text", target, text } : undefined,
      ),
    toHaveValue: (value) => prop("toHaveValue", "value", value, { do: "expect value", target, value }),
    toHaveProp: (name, value) => prop("toHaveProp", name, value),
    toBeChecked: () => checked("toBeChecked", true),
    toBeUnchecked: () => checked("toBeUnchecked", false),
    toBeDisabled: () => state("toBeDisabled", isDisabled, { do: "expect disabled", target }),
    toBeEnabled: () => state("toBeEnabled", (node) => !isDisabled(node), { do: "expect enabled", target }),
  };

  function checked(purpose: string, wanted: boolean): Promise<void> {
    return one(
      purpose,
      (node) => {
        const found = checkedState(node);
        // Waiting does not help: a widget keeps its type.
        if (found === undefined)
          throw new TestFailure(`${purpose}: "${node.id}" is a ${node.type} and cannot be checked.`);
        return found === wanted ? undefined : `${purpose}: "${node.id}" is not.`;
      },
      { do: wanted ? "expect checked" : "expect unchecked", target },
    );
  }
}

function plainText(value: WireValue | undefined): string {
  if (value === undefined) return "absent";
  return JSON.stringify(plainTree({ id: "", type: "", props: { value }, children: [] }).props["value"]);
}
