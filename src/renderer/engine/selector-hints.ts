import type { WireNode, WireValue } from "../../protocol/index.ts";
import { clip, isRecord, textField } from "./record.ts";

/** Trees may be large; who mistyped an id is helped by the first part of one. */
const MAX_NODES = 5_000;
const MAX_NAME = 60;
const MAX_SUGGESTIONS = 2;

/** ` {by: "id", value: "sav"}`, for the end of a message. */
export function describeSelector(selector: WireValue | undefined): string {
  if (!isRecord(selector)) return "";
  const parts = ["by", "value", "window_id"].flatMap((name) => {
    const value = textField(selector, name);
    return value === undefined ? [] : [`${name}: ${JSON.stringify(clip(value))}`];
  });
  return parts.length === 0 ? "" : ` {${parts.join(", ")}}`;
}

/** Ids of widgets that somebody who wrote `selector` may have meant, the nearest ones. */
export function suggestIds(root: WireNode, selector: WireValue | undefined): readonly string[] {
  const value = textField(selector, "by") === "id" ? textField(selector, "value") : undefined;
  if (value === undefined || value === "" || value.length > MAX_NAME) return [];
  const wanted = localName(value).toLowerCase();
  // Something of it has to be right.
  const limit = Math.min(wanted.length - 1, Math.round(wanted.length * 0.4));
  const near: { readonly id: string; readonly distance: number }[] = [];
  let left = MAX_NODES;
  const visit = (node: WireNode, isInWindow: boolean): void => {
    left -= 1;
    if (left < 0) return;
    const isInside = isInWindow || node.type === "window";
    const name = localName(node.id).toLowerCase();
    if (isInside && !node.id.startsWith("auto:") && name !== "" && name.length <= MAX_NAME) {
      const distance = name === wanted ? 0 : distanceOf(name, wanted);
      if (distance <= limit) near.push({ id: node.id, distance });
    }
    for (const child of node.children) visit(child, isInside);
  };
  visit(root, false);
  const best = Math.min(...near.map(({ distance }) => distance));
  const nearest = near.filter(({ distance }) => distance === best).map(({ id }) => id);
  return [...new Set(nearest)].slice(0, MAX_SUGGESTIONS);
}

function localName(id: string): string {
  return id.slice(Math.max(id.lastIndexOf("/"), id.lastIndexOf("#")) + 1);
}

/** How many characters must be put in, taken out or exchanged to make one of the other. */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 1; at <= one.length; at += 1) {
    const next = [at];
    for (let column = 1; column <= other.length; column += 1) {
      const exchanged = (row[column - 1] ?? 0) + (one[at - 1] === other[column - 1] ? 0 : 1);
      next.push(Math.min(exchanged, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
