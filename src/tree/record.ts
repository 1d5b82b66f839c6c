import { AUTO_ID_PREFIX } from "../protocol/ids.ts";
import type { WireNode, WireProps } from "../protocol/node.ts";
import type { CompositeInstance } from "./composites.ts";
import type { AnyElement } from "./flatten.ts";
import type { Place } from "./ids.ts";

const NO_NODES: readonly WireNode[] = Object.freeze([]);

/** The id was generated. */
export const GENERATED = 1;
/** A text stands for an element that is too deep. */
export const CUT = 2;
/** A composite here or below has a new state. */
const DIRTY = 4;
/** A window at the top: ids inside begin with its own and `#`. */
export const WINDOW = 8;
/** The node got its id from inside a composite, whose scope is around it. */
export const SCOPED = 16;
/** See `Registry`. */
const CLOSED = 32;

/**
 * What is kept of one node between renders. There are as many as nodes, so what follows from other members is computed
 * when it is asked for. All members are set in the constructor, so that all records have one shape.
 */
export class TreeRecord implements Place {
  readonly parent: TreeRecord | null;
  /** Id among the siblings, by which a later render finds this record again. */
  readonly local: string;
  readonly id: string;
  /** What the view returned here. */
  element: AnyElement;
  /** The same, or what the composites in front of it opened to. */
  source: AnyElement;
  /** Props as encoded from the element alone. */
  base: WireProps;
  /** Props as they are on the wire. */
  props: WireProps;
  children: readonly TreeRecord[];
  instances: readonly CompositeInstance[];
  /** The wire node, made when somebody asks for it; absent after a change in here or below. */
  node: WireNode | null = null;
  #flags: number;

  constructor(
    parent: TreeRecord | null,
    local: string,
    id: string,
    flags: number,
    element: AnyElement,
    source: AnyElement,
    props: WireProps,
    instances: readonly CompositeInstance[],
  ) {
    this.parent = parent;
    this.local = local;
    this.id = id;
    this.element = element;
    this.source = source;
    this.base = props;
    this.props = props;
    this.children = NO_RECORDS;
    this.instances = instances;
    this.#flags = flags;
  }

  get isGenerated(): boolean {
    return (this.#flags & GENERATED) !== 0;
  }

  get isCut(): boolean {
    return (this.#flags & CUT) !== 0;
  }

  get isDirty(): boolean {
    return (this.#flags & DIRTY) !== 0;
  }

  set isDirty(isDirty: boolean) {
    this.#flags = isDirty ? this.#flags | DIRTY : this.#flags & ~DIRTY;
  }

  /** The children are all there is in this scope, and the registry does not list them. */
  get isClosed(): boolean {
    return (this.#flags & CLOSED) !== 0;
  }

  set isClosed(isClosed: boolean) {
    this.#flags = isClosed ? this.#flags | CLOSED : this.#flags & ~CLOSED;
  }

  get type(): string {
    return this.isCut ? "text" : this.source.type;
  }

  /** The id as the author wrote it: compared first, it needs no checking again. */
  get key(): string | undefined {
    return this.element.id;
  }

  get inner(): string {
    if ((this.#flags & WINDOW) !== 0) return `${this.id}#`;
    return this.isGenerated ? (this.parent?.inner ?? "") : `${this.id}/`;
  }

  /** What ids of the siblings begin with; inside a composite, of what is beside it there. */
  get scope(): string {
    const around = this.parent?.inner ?? "";
    const isNamed = (this.#flags & SCOPED) !== 0 && !this.local.startsWith(AUTO_ID_PREFIX);
    return isNamed ? `${around}${this.local}/` : around;
  }
}

export const NO_RECORDS: readonly TreeRecord[] = Object.freeze([]);

/** The wire node of a record, made from what is known and kept. */
export function nodeOf(record: TreeRecord): WireNode {
  if (record.node !== null) return record.node;
  const { length } = record.children;
  let children = NO_NODES;
  if (length > 0) {
    const nodes = new Array<WireNode>(length);
    for (let i = 0; i < length; i++) {
      const child = record.children[i];
      if (child !== undefined) nodes[i] = nodeOf(child);
    }
    children = nodes;
  }
  record.node = { id: record.id, type: record.type, props: record.props, children };
  return record.node;
}

/** Forgets the wire nodes that contain this record. A node whose record has none is in no other's node either. */
export function invalidate(record: TreeRecord): void {
  for (let at: TreeRecord | null = record; at !== null && at.node !== null; at = at.parent) at.node = null;
}

/** Everything about a record that a render may change. */
class Saved {
  readonly element: AnyElement;
  readonly source: AnyElement;
  readonly base: WireProps;
  readonly props: WireProps;
  readonly children: readonly TreeRecord[];
  readonly instances: readonly CompositeInstance[];

  constructor(record: TreeRecord) {
    this.element = record.element;
    this.source = record.source;
    this.base = record.base;
    this.props = record.props;
    this.children = record.children;
    this.instances = record.instances;
  }
}

/**
 * What has to be undone when a render cannot be finished. Most records change in one member only, the element; for
 * those only the old element is noted, so that a render of unmemoized views stays cheap.
 */
export class Journal {
  readonly #records: TreeRecord[] = [];
  readonly #states: (AnyElement | Saved)[] = [];
  readonly #undo: (() => void)[] = [];

  /** Before `element` and `source` of a record without composites change. */
  noteElement(record: TreeRecord): void {
    this.#records.push(record);
    this.#states.push(record.element);
  }

  /** Before anything else of a record changes. */
  note(record: TreeRecord): void {
    this.#records.push(record);
    this.#states.push(new Saved(record));
  }

  noteUndo(undo: () => void): void {
    this.#undo.push(undo);
  }

  forget(): void {
    this.#records.length = 0;
    this.#states.length = 0;
    this.#undo.length = 0;
  }

  rollBack(): void {
    for (let i = this.#records.length - 1; i >= 0; i--) {
      const record = this.#records[i];
      const state = this.#states[i];
      if (record === undefined || state === undefined) continue;
      record.element = state instanceof Saved ? state.element : state;
      record.source = state instanceof Saved ? state.source : state;
      if (!(state instanceof Saved)) continue;
      record.base = state.base;
      record.props = state.props;
      record.children = state.children;
      record.instances = state.instances;
    }
    for (let i = this.#undo.length - 1; i >= 0; i--) this.#undo[i]?.();
    this.forget();
  }
}
