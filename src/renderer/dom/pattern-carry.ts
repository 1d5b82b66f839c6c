import type { WireNode } from "../../protocol/index.ts";
import { type Part, ruleOf } from "./pattern-part.ts";
import type { CopyHole } from "./widget.ts";

/**
 * Lone texts in cells are drawn by the cells. All of them or none: a row with one that needs its own element is another pattern,
 * which takes every row.
 */
export function carryBelow(top: Part): void {
  const found: [Part, Part][] = [];
  const visit = (part: Part): void => {
    const [inner] = part.parts;
    if (inner !== undefined && part.parts.length === 1 && canCarry(part, inner)) found.push([part, inner]);
    else for (const each of part.parts) visit(each);
  };
  // The element of a copy itself belongs to a view.
  for (const part of top.parts) visit(part);
  const isPossible = found.every(([, { holes, props }]) =>
    holes.every(({ name, rule }) => carriedRule(rule).accepts(props[name] ?? null)),
  );
  if (isPossible) for (const [part, inner] of found) carry(part, inner);
}

function canCarry(part: Part, inner: Part): boolean {
  const { element } = part;
  const own = inner.element;
  if (part.module.copies?.carries?.(element) !== true || inner.module.copies?.carried?.(inner.props) !== true)
    return false;
  const isAlone = element.childNodes.length === 1 && own.firstElementChild === null && inner.parts.length === 0;
  return isAlone && own.getAttributeNames().every((name) => name === "class" || !element.hasAttribute(name));
}

function carry(part: Part, inner: Part): void {
  const { element } = part;
  const own = inner.element;
  inner.carried = { own, around: element.className };
  inner.holes = inner.holes.map((hole) => ({ ...hole, rule: carriedRule(hole.rule) }));
  inner.element = element;
  for (const name of own.getAttributeNames()) {
    if (name !== "class") element.setAttribute(name, own.getAttribute(name) ?? "");
  }
  // Sizes are those of the cell.
  const sizes = inner.item.classes.split(" ");
  const look = own.className.split(" ").filter((name) => !sizes.includes(name));
  element.className += ` ${look.join(" ")}`;
  element.replaceChildren(...own.cloneNode(true).childNodes);
}

function carriedRule(rule: CopyHole): CopyHole {
  const { acceptsCarried } = rule;
  return acceptsCarried === undefined ? rule : { ...rule, accepts: acceptsCarried };
}

/** Gives a part that was carried its own element, as it would be had it never been without. */
export function putDown(part: Part, holder: HTMLElement, node: WireNode): HTMLElement | null {
  const { carried } = part;
  if (carried === undefined) return null;
  // A copy of the same kind.
  const own = carried.own.cloneNode(true) as HTMLElement;
  for (const name in part.module.copies?.holes) {
    const value = node.props[name];
    if (value !== part.props[name]) ruleOf(part, name)?.write(own, value ?? null);
  }
  for (const name of own.getAttributeNames()) if (name !== "class") holder.removeAttribute(name);
  holder.className = carried.around;
  holder.replaceChildren(own);
  return own;
}
