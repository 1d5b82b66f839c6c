import type { WireNode, WireProps } from "../protocol/node.ts";
import type { CompositeInstance } from "./composites.ts";
import type { AnyElement } from "./flatten.ts";
import type { Place } from "./ids.ts";

const NO_NODES: readonly WireNode[] = Object.freeze([]);

/** What is kept of one node between renders. All members are set in the constructor, so that all have one shape. */
export class TreeRecord implements Place {
  /** Id among the siblings, by which a later render finds this record again. */
  readonly local: string;
  readonly id: string;
  readonly isGenerated: boolean;
  readonly inner: string;
  /** The id as the author wrote it: compared first, it needs no checking again. */
  readonly key: string | undefined;
  /** What ids of the siblings begin with. */
  readonly scope: string;
  readonly type: string;
  /** True when a text stands for an element that is too deep. */
  readonly isCut: boolean;
  readonly parent: TreeRecord | null;
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
  /** A composite here or below has a new state. */
  isDirty = false;

  constructor(
    parent: TreeRecord | null,
    start: Place,
    place: Place,
    content: {
      readonly element: AnyElement;
      readonly source: AnyElement;
      readonly type: string;
      readonly props: WireProps;
      readonly scope: string;
      readonly isCut: boolean;
      readonly instances: readonly CompositeInstance[];
    },
  ) {
    this.local = start.local;
    this.id = place.id;
    this.isGenerated = place.isGenerated;
    this.inner = place.inner;
    this.key = content.element.id;
    this.scope = content.scope;
    this.type = content.type;
    this.isCut = content.isCut;
    this.parent = parent;
    this.element = content.element;
    this.source = content.source;
    this.base = content.props;
    this.props = content.props;
    this.children = NO_RECORDS;
    this.instances = content.instances;
  }
}

export const NO_RECORDS: readonly TreeRecord[] = Object.freeze([]);

/** The wire node of a record, made from what is known and kept. */
export function nodeOf(record: TreeRecord): WireNode {
  if (record.node !== null) return record.node;
  const children = record.children.length === 0 ? NO_NODES : record.children.map(nodeOf);
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
