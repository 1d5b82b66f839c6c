import type { Path, WireNode, WireProps, WireValue } from "../../protocol/index.ts";
import { hasDescriptors } from "../motion/index.ts";
import { a11yHole, copiedOverrides } from "./a11y-hole.ts";
import type { ItemLayout } from "./layout.ts";
import { mergeProps } from "./merge-props.ts";
import type { Mounted, MountHost } from "./mounted.ts";
import { carryBelow, putDown } from "./pattern-carry.ts";
import { type Hole, holeOf, type Part, ruleOf } from "./pattern-part.ts";
import type { CopyRules, WidgetModule } from "./widget.ts";

/** What a tree does with nodes that come to life. */
export interface PatternHost {
  readonly host: MountHost;
  /** Makes the node of a copied element. */
  adopt(node: WireNode, module: WidgetModule, element: HTMLElement, parent: Mounted): Mounted;
}

/**
 * What siblings that are alike have in common: the elements that a node and everything below it are drawn with. A copy costs a
 * fraction of building them one by one, and the nodes below stay asleep until somebody asks for them.
 */
export class Pattern {
  readonly #host: PatternHost;
  readonly #top: Part;
  readonly #marksIds: boolean;
  /** Holes that the last node that fitted differs in for the first time, with their parts. */
  #found: [Part, Hole][] = [];

  private constructor(host: PatternHost, top: Part, marksIds: boolean) {
    this.#host = host;
    this.#top = top;
    this.#marksIds = marksIds;
  }

  /** A pattern of a node that has just been made and laid out. `undefined`: something in it cannot be copied. */
  static of(node: Mounted, host: PatternHost, marksIds: boolean): Pattern | undefined {
    const { element } = node.view;
    if (!canCopy(node)) return undefined;
    // A copy of the same kind.
    const original = element.cloneNode(true) as HTMLElement;
    // Somebody refers to what is inside.
    if (original.id !== "" || original.querySelector("[id]") !== null) return undefined;
    if (marksIds)
      for (const marked of [original, ...original.querySelectorAll(`[${ID_MARK}]`)]) marked.removeAttribute(ID_MARK);
    const top = partOf(node, original, 0);
    // Ids are marks on elements, so that each node needs its own.
    if (!marksIds) carryBelow(top);
    return new Pattern(host, top, marksIds);
  }

  get module(): WidgetModule {
    return this.#top.module;
  }

  /** Whether a copy can show this. */
  fits(node: WireNode): boolean {
    this.#found.length = 0;
    return this.#fits(this.#top, node);
  }

  /** Elements for a node that fits. */
  copy(node: WireNode): HTMLElement {
    if (this.#found.length > 0) {
      for (const [part, hole] of this.#found) open(part, hole);
      this.#found.length = 0;
      findOpen(this.#top);
    }
    // A copy of the same kind.
    const element = this.#top.element.cloneNode(true) as HTMLElement;
    if (this.#top.hasOpen) fill(this.#top, element, node);
    if (this.#marksIds) eachElement(this.#top, element, node, markId);
    return element;
  }

  /** Puts the node of a copied element to sleep, with what is below it. */
  settle(copied: Mounted, node: WireNode): void {
    takeOver(copied, this.#top);
    if (node.children.length === 0) return;
    copied.dormant = node.children;
    copied.pattern = this;
  }

  /** Gives a node its children. */
  wake(node: Mounted): void {
    const nodes = node.dormant;
    if (nodes === undefined) return;
    node.dormant = undefined;
    node.pattern = undefined;
    this.#wakeBelow(this.#top, node, nodes);
  }

  #wakeBelow(part: Part, node: Mounted, nodes: readonly WireNode[]): void {
    if (part.parts.length === 0) return;
    const children: Mounted[] = [];
    node.children = children;
    let element: Element | null = node.view.element.firstElementChild;
    for (let index = 0; index < part.parts.length; index += 1) {
      const inner = part.parts[index];
      const wire = nodes[index];
      if (inner === undefined || wire === undefined) return;
      element = inner.carried === undefined ? advance(element, inner.steps) : putDown(inner, node.view.element, wire);
      const child = this.#host.adopt(wire, inner.module, element as HTMLElement, node);
      takeOver(child, inner);
      children.push(child);
      this.#wakeBelow(inner, child, wire.children);
    }
  }

  /** Shows new props of a node that sleeps. False: that needs its view. */
  update(top: Mounted, path: Path, change: WireProps): boolean {
    const nodes = top.dormant;
    if (nodes === undefined) return false;
    let part = this.#top;
    let element: Element | null = top.view.element;
    let props: WireProps = top.wireProps;
    let children = nodes;
    for (const index of path) {
      const { parts } = part;
      const next = parts[index];
      const node = children[index];
      if (next === undefined || node === undefined || element === null) return false;
      if (next.carried === undefined) {
        element = element.firstElementChild;
        for (let at = 0; at <= index; at += 1) element = advance(element, parts[at]?.steps ?? 0);
      }
      part = next;
      ({ props, children } = node);
    }
    for (const name in change) {
      const value = change[name];
      const rule = ruleOf(part, name);
      if (value === undefined || rule?.accepts(value) !== true) return false;
      if (value === null && rule.isOptional !== true) return false;
    }
    for (const name in change) {
      const value = change[name] ?? null;
      if (value !== (props[name] ?? null)) ruleOf(part, name)?.write(element as HTMLElement, value);
    }
    top.dormant = withProps(nodes, path, 0, change);
    return true;
  }

  /** Shows another list of children in a node that sleeps. False: they are of another kind. */
  renew(top: Mounted, node: WireNode): boolean {
    const before = top.dormant;
    if (before === undefined || node.children.length !== this.#top.parts.length) return false;
    for (const [index, part] of this.#top.parts.entries()) {
      const child = node.children[index];
      const old = before[index];
      if (child === undefined || child.id !== old?.id || !this.#fits(part, child)) return false;
      // Optional props may have come or gone since it was copied.
      if (!this.#fits(part, old)) return false;
      if (!haveSameIds(before[index], child)) return false;
    }
    renewBelow(this.#top, top.view.element, before, node.children);
    top.dormant = node.children;
    return true;
  }

  #fits(part: Part, node: WireNode): boolean {
    const { props, children } = node;
    if (node.type !== part.type || children.length !== part.parts.length) return false;
    if (props !== part.props && !this.#propsFit(part, props)) return false;
    for (let index = 0; index < children.length; index += 1) {
      if (!this.#fits(part.parts[index] as Part, children[index] as WireNode)) return false;
    }
    return true;
  }

  #propsFit(part: Part, props: WireProps): boolean {
    let count = 0;
    for (const name in props) {
      count += 1;
      const value = props[name];
      const own = part.props[name];
      if (value === own) continue;
      const hole = holeOf(part, name);
      if (hole === undefined || value === undefined) {
        if (!isSame(value, own)) return false;
      } else if (!hole.rule.accepts(value)) return false;
      else if (!hole.isOpen) this.#found.push([part, hole]);
    }
    return count === part.propCount;
  }
}

/** The patterns of one parent, the one that fitted last first. */
export class Patterns {
  readonly #list: Pattern[] = [];
  /** Made since one of them fitted; siblings that are all different are not worth the trouble. */
  #useless = 0;

  find(node: WireNode): Pattern | undefined {
    const list = this.#list;
    for (let index = 0; index < list.length; index += 1) {
      const pattern = list[index];
      if (pattern?.fits(node) !== true) continue;
      this.#useless = 0;
      if (index > 0) {
        list.splice(index, 1);
        list.unshift(pattern);
      }
      return pattern;
    }
    return undefined;
  }

  /** A sibling that no pattern fits has been made. */
  learn(node: Mounted, host: PatternHost, marksIds: boolean): void {
    if (this.#useless >= MAX_USELESS) return;
    this.#useless += 1;
    const pattern = Pattern.of(node, host, marksIds);
    if (pattern === undefined) return;
    this.#list.unshift(pattern);
    if (this.#list.length > MAX_PATTERNS) this.#list.pop();
  }
}

/** Kinds of rows in one list. */
const MAX_PATTERNS = 4;
const MAX_USELESS = 6;

/** The attribute with the wire id, where elements have it. */
export const ID_MARK = "data-id";

/** Generated ids would say nothing. */
export function markId(element: Element, { id }: { readonly id: string }): void {
  if (!id.includes("auto:")) element.setAttribute(ID_MARK, id);
}

function canCopy(node: Mounted): boolean {
  const { props, view, module } = node;
  const isLaidOut = node.item !== undefined && (node.scope !== undefined || node.layout.flow === "leaf");
  if (!isLaidOut || node.drawn !== undefined || view.isDetached === true) return false;
  if (hasDescriptors(node.wireProps)) return false;
  const { a11y } = node.wireProps;
  const isPlain = a11y === undefined || (view.accessible === undefined && a11yHole(a11y) !== undefined);
  if (!isPlain) return false;
  if (module.copies?.accepts(props, view) !== true) return false;
  if (node.isDormant) return false;
  for (const child of node.children)
    if (child.view.element.parentNode !== view.element || !canCopy(child)) return false;
  return true;
}

function partOf(node: Mounted, element: HTMLElement, steps: number): Part {
  const props = node.wireProps;
  const rules: CopyRules["holes"] = node.module.copies?.holes ?? {};
  const holes: Hole[] = [];
  for (const name in props) {
    const value = props[name];
    const rule = name === "a11y" ? a11yHole(value) : Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined || value === undefined || !rule.accepts(value)) continue;
    holes.push({ name, rule, isOpen: false, shown: value });
  }
  let previous = 0;
  const parts = node.children.map((child, index) => {
    const place = [...node.view.element.children].indexOf(child.view.element);
    // A copy has the same elements.
    const part = partOf(child, element.children[place] as HTMLElement, index === 0 ? place : place - previous);
    previous = place;
    return part;
  });
  return {
    module: node.module,
    type: node.type,
    props,
    propCount: Object.keys(props).length,
    holes,
    parts,
    steps,
    element,
    carried: undefined,
    // `canCopy` has seen it.
    item: node.item as ItemLayout,
    scope: node.scope,
    lengths: node.lengths,
    place: node.place,
    isTied: node.isTied,
    overrides: node.overrides,
    hasOpen: false,
  };
}

/** What the original found out about itself. */
function takeOver(copied: Mounted, { item, scope, lengths, place, isTied, overrides }: Part): void {
  copied.item = item;
  copied.scope = scope;
  copied.lengths = lengths;
  copied.place = place;
  copied.isTied = isTied;
  if (overrides !== undefined) copied.overrides = copiedOverrides(overrides, copied.props);
}

function open(part: Part, hole: Hole): void {
  if (hole.isOpen) return;
  hole.isOpen = true;
  const { blank } = hole.rule;
  if (blank === undefined) return;
  hole.rule.write(part.element, blank);
  hole.shown = blank;
}

function findOpen(part: Part): boolean {
  let hasOpen = part.holes.some(({ isOpen }) => isOpen);
  for (const inner of part.parts) if (findOpen(inner)) hasOpen = true;
  part.hasOpen = hasOpen;
  return hasOpen;
}

function advance(element: Element | null, steps: number): Element | null {
  let next = element;
  for (let step = 0; step < steps; step += 1) next = next?.nextElementSibling ?? null;
  return next;
}

function fill(part: Part, element: HTMLElement, node: WireNode): void {
  for (const { name, rule, isOpen, shown } of part.holes) {
    const value = node.props[name];
    if (isOpen && value !== undefined && value !== shown) rule.write(element, value);
  }
  const { parts } = part;
  let inner: Element | null = null;
  let steps = 0;
  for (let index = 0; index < parts.length; index += 1) {
    const next = parts[index] as Part;
    steps += next.steps;
    if (!next.hasOpen) continue;
    if (next.carried !== undefined) {
      fill(next, element, node.children[index] as WireNode);
      continue;
    }
    inner = advance(inner ?? element.firstElementChild, steps);
    steps = 0;
    fill(next, inner as HTMLElement, node.children[index] as WireNode);
  }
}

function eachElement(
  part: Part,
  element: Element,
  node: WireNode,
  visit: (element: Element, node: WireNode) => void,
): void {
  visit(element, node);
  let inner: Element | null = element.firstElementChild;
  for (const [index, next] of part.parts.entries()) {
    inner = advance(inner, next.steps);
    const child = node.children[index];
    if (inner !== null && child !== undefined) eachElement(next, inner, child, visit);
  }
}

function renewBelow(part: Part, element: HTMLElement, before: readonly WireNode[], after: readonly WireNode[]): void {
  let inner: Element | null = element.firstElementChild;
  for (const [index, next] of part.parts.entries()) {
    inner = next.carried === undefined ? advance(inner, next.steps) : element;
    const old = before[index];
    const now = after[index];
    if (old === undefined || now === undefined || old === now) continue;
    for (const { name, rule } of next.holes) {
      const value = now.props[name];
      if (value !== undefined && value !== old.props[name]) rule.write(inner as HTMLElement, value);
    }
    renewBelow(next, inner as HTMLElement, old.children, now.children);
  }
}

function haveSameIds(one: WireNode | undefined, other: WireNode | undefined): boolean {
  if (one === other) return true;
  if (one === undefined || other === undefined || one.id !== other.id) return false;
  return (
    one.children.length === other.children.length &&
    one.children.every((child, index) => haveSameIds(child, other.children[index]))
  );
}

/** Nodes are never changed, so those on the way are made anew. */
function withProps(nodes: readonly WireNode[], path: Path, depth: number, change: WireProps): readonly WireNode[] {
  const at = path[depth] ?? 0;
  const node = nodes[at];
  if (node === undefined) return nodes;
  const { id, type, props, children } = node;
  const changed = nodes.slice();
  changed[at] =
    depth === path.length - 1
      ? { id, type, props: mergeProps(props, change), children }
      : { id, type, props, children: withProps(children, path, depth + 1, change) };
  return changed;
}

/** Equal in every detail. */
export function isSame(one: WireValue | undefined, other: WireValue | undefined): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (one instanceof Uint8Array || other instanceof Uint8Array) return false;
  const own = Object.entries(one);
  const others = new Map(Object.entries(other));
  return (
    Array.isArray(one) === Array.isArray(other) &&
    own.length === others.size &&
    own.every(([name, value]) => others.has(name) && isSame(value, others.get(name)))
  );
}
