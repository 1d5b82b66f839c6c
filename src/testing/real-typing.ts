import type { WireNode } from "../protocol/index.ts";
import type { Harness } from "./harness.ts";
import { type Interaction, interactionWith, widgetActions } from "./interaction.ts";
import type { Selector } from "./selector.ts";

/** What a field shows, under one of these names. */
const FIELD_PROPS = ["value", "content"] as const;

interface Field<Model, Incoming> {
  readonly harness: Harness<Model, Incoming>;
  readonly root: () => WireNode | null;
  readonly selector: Selector;
}

/** Types over what a field has: a click, everything selected, then key by key. */
export async function typeOver<Model, Incoming>(
  { harness, root, selector }: Field<Model, Incoming>,
  text: string,
): Promise<void> {
  let field: Interaction | undefined;
  let isFilled = false;
  await harness.interact(() => {
    field = interactionWith(root(), selector, widgetActions.type(text));
    isFilled = textIn(nodeOf(root(), field.target)) !== "";
    return [{ action: "click", ...targetOf(field), payload: {} }];
  });
  if (field === undefined) return;
  if (isFilled) await harness.command(field.target ?? "", "select_all");
  const keys: Interaction = text === "" ? { action: "type_key", payload: { combo: "Backspace" } } : field;
  // An empty field that stays empty needs no key.
  if (text !== "" || isFilled) await harness.interact(() => [keys]);
}

/** Return in a field, after typing `value` when it has another text. */
export async function submitReal<Model, Incoming>(
  field: Field<Model, Incoming>,
  value: string | undefined,
): Promise<void> {
  const { harness, root, selector } = field;
  const submission = (): Interaction => interactionWith(root(), selector, widgetActions.submit(value));
  await harness.quiet();
  const { target } = submission();
  if (value !== undefined && textIn(nodeOf(root(), target)) !== value) await typeOver(field, value);
  await harness.interact(() => [submission()]);
}

function targetOf({ target }: Interaction): { readonly target?: string } {
  return target === undefined ? {} : { target };
}

function nodeOf(node: WireNode | null, id: string | undefined): WireNode | undefined {
  if (node === null || node.id === id) return node ?? undefined;
  for (const child of node.children) {
    const found = nodeOf(child, id);
    if (found !== undefined) return found;
  }
  return undefined;
}

function textIn(node: WireNode | undefined): string {
  for (const name of FIELD_PROPS) {
    const value = node?.props[name];
    if (typeof value === "string") return value;
  }
  return "";
}
