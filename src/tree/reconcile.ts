/**
 * One pass over what `view` returned, next to what was kept of the last render: finds what changed, notes the ops, and
 * makes records for what is new. Nothing here is final before `commit`: `rollBack` restores the tree as it was, so a
 * view that throws halfway, or ids that turn out to be taken, leave no trace.
 *
 * An element that is the same object as last time is not looked into. In the normal mode ids are computed for new elements
 * only. Whether one is taken is known at the end, when all removed ids are free again; then the pass is repeated in
 * careful mode, which names every element in document order and gives later ones a suffix.
 */
import { COMPOSITE_TYPE } from "../app/composite.ts";
import { AUTO_ID_PREFIX } from "../protocol/ids.ts";
import type { WireProps } from "../protocol/node.ts";
import {
  type AnyDefinition,
  CompositeInstance,
  type Expansion,
  expand,
  type InstanceSource,
  sameShallow,
} from "./composites.ts";
import { Drafts } from "./drafts.ts";
import { EncodeContext } from "./encode/context.ts";
import { NO_PROPS, PropEncoder } from "./encode/props.ts";
import { changedProps } from "./equal.ts";
import { type AnyElement, type FlatList, flatten, knownFlat } from "./flatten.ts";
import { claim, type Place, placeChild, placeChildren, placeOf, TOP } from "./ids.ts";
import { checkPosition, DEPTH_PLACEHOLDER, reportDepth, scopeAround, WINDOW_DEPTH, windowPlace } from "./normalize.ts";
import { invalidate, Journal, NO_RECORDS, nodeOf, TreeRecord } from "./record.ts";
import { Registry } from "./registry.ts";
import { sameProps } from "./same.ts";
import { longestIncreasing } from "./sequence.ts";
import { nodeBytes, savedByReplacing } from "./size.ts";

const NO_ELEMENTS: readonly AnyElement[] = Object.freeze([]);
const NO_INSTANCES: readonly CompositeInstance[] = Object.freeze([]);
const TOP_ELEMENT: AnyElement = Object.freeze({ type: "container" });

export class Reconciler implements InstanceSource {
  readonly context = new EncodeContext();
  readonly drafts = new Drafts();
  readonly registry = new Registry();
  /** Holds the windows. On the wire only when there are several. */
  readonly top = new TreeRecord(null, TOP, TOP, {
    element: TOP_ELEMENT,
    source: TOP_ELEMENT,
    props: NO_PROPS,
    isCut: false,
    instances: NO_INSTANCES,
  });
  /** Whether radios, or the order of nodes, may have changed in this pass. */
  hasMovedNodes = false;
  hasTouchedRadios = false;
  /** Some composite has a new state, so that equal elements have to be looked into. */
  hasDirty = false;
  readonly #encoder = new PropEncoder(this.context);
  readonly #journal = new Journal();
  readonly #maxDepth: number;
  #created: TreeRecord[] = [];
  #removed: TreeRecord[] = [];
  /** Ids given so far; only in careful mode. */
  #used: Set<string> | undefined;
  #isRegistryBroken = false;
  /** The instances that stood for the node that is being opened. */
  #previous: readonly CompositeInstance[] = NO_INSTANCES;

  constructor(maxDepth: number) {
    this.#maxDepth = maxDepth;
  }

  /** Compares; `true` when the root as a whole has to go over the wire. */
  reconcile(windows: readonly AnyElement[], isCareful: boolean): boolean {
    this.#used = isCareful ? new Set() : undefined;
    const before = this.top.children;
    const isSingle = before.length === 1 && windows.length === 1;
    const keepsRoot = isSingle || (before.length > 1 && windows.length > 1);
    if (!keepsRoot) this.drafts.silence();
    const isListed = this.#children(this.top, windows, WINDOW_DEPTH);
    return !keepsRoot || !isListed || (isSingle && before[0] !== this.top.children[0]);
  }

  /** Makes ids of what is new known and forgets what left. `false`: an id is taken, and nothing was changed. */
  register(): boolean {
    this.#isRegistryBroken = !this.registry.exchange(this.#removed, this.#created);
    return !this.#isRegistryBroken;
  }

  commit(): void {
    this.#journal.forget();
    this.#reset();
  }

  rollBack(): void {
    this.#journal.rollBack();
    forgetNodes(this.top);
    if (this.#isRegistryBroken) this.registry.rebuild(this.top);
    this.#isRegistryBroken = false;
    this.drafts.clear();
    this.#reset();
  }

  #reset(): void {
    this.#created = [];
    this.#removed = [];
    this.#previous = NO_INSTANCES;
    this.#used = undefined;
    this.hasMovedNodes = false;
    this.hasTouchedRadios = false;
  }

  // Composites

  show(place: Place, level: number, definition: AnyDefinition, element: AnyElement, props: unknown): CompositeInstance {
    const known = this.#previous[level];
    const kept = known?.id === place.id ? known : this.registry.instance(place.id, level);
    const instance =
      kept !== undefined && kept.definition === definition
        ? kept
        : new CompositeInstance(place.id, level, definition, element, props);
    if (instance === kept) {
      if (instance.element === element && instance.state === instance.shownState) return instance;
      const { element: oldElement, props: oldProps, output, shownState } = instance;
      this.#journal.noteUndo(() => {
        instance.element = oldElement;
        instance.props = oldProps;
        instance.output = output;
        instance.shownState = shownState;
      });
      instance.element = element;
      if (instance.state === shownState && sameShallow(oldProps, props)) return instance;
    }
    instance.props = props;
    instance.output = definition.view(props, instance.state);
    instance.shownState = instance.state;
    return instance;
  }

  claim(place: Place, type: string): Place {
    return this.#used === undefined ? place : claim(this.context, this.#used, place, type);
  }

  // Nodes

  /** Brings a record up to date with its element. Another record is returned when the node had to be replaced. */
  #update(record: TreeRecord, element: AnyElement, depth: number): TreeRecord {
    if (element === record.element && !record.isDirty && this.#used === undefined) return record;
    const type = element.type;
    if (type === COMPOSITE_TYPE || record.instances !== NO_INSTANCES)
      return this.#updateComposite(record, element, depth);
    if (type !== record.source.type) return this.#replace(record, element, depth, undefined);
    this.#journal.noteElement(record);
    return this.#updateSource(record, element, element, depth, undefined);
  }

  #updateComposite(record: TreeRecord, element: AnyElement, depth: number): TreeRecord {
    const start = this.#startOf(record, element);
    this.#previous = record.instances;
    const expansion = expand(this.context, element, start, this);
    const isSame =
      expansion.place.id === record.id &&
      expansion.element.type === record.source.type &&
      expansion.instances.length === record.instances.length &&
      expansion.instances.every((instance, i) => instance === record.instances[i]);
    if (!isSame) return this.#replace(record, element, depth, expansion);
    if (
      element === record.element &&
      expansion.element === record.source &&
      !record.isDirty &&
      this.#used === undefined
    ) {
      return record;
    }
    this.#journal.note(record);
    return this.#updateSource(record, element, expansion.element, depth, expansion);
  }

  #updateSource(
    record: TreeRecord,
    element: AnyElement,
    source: AnyElement,
    depth: number,
    expansion: Expansion | undefined,
  ): TreeRecord {
    const before = record.source;
    record.element = element;
    record.source = source;
    const children = source.children;
    const hasSameChildren = before.children === children && !record.isDirty && this.#used === undefined;
    if (depth >= this.#maxDepth && !hasSameChildren) {
      const isCut = flatten(this.context, children).length > 0;
      if (isCut !== record.isCut) return this.#replace(record, element, depth, expansion);
    }
    if (record.isCut) return record;
    const mark = this.drafts.length;
    if (!sameProps(before.props, source.props)) this.#encode(record);
    if (hasSameChildren) return record;
    if (children === undefined && record.children === NO_RECORDS) return record;
    this.context.enter(record.id, record.type, record.scope);
    const elements = flatten(this.context, children, before.children);
    if (!this.#children(record, elements, depth + 1, knownFlat(before.children))) {
      this.drafts.truncate(mark);
      this.drafts.replace(record);
    }
    return record;
  }

  #encode(record: TreeRecord): void {
    this.context.enter(record.id, record.type, record.scope);
    const base = this.#encoder.encode(record.source.props);
    let props = base;
    if (record.type === "radio") {
      this.hasTouchedRadios = true;
      // Peers are filled in when the whole tree is known.
      const filled = record.props["a11y"];
      if (filled !== undefined) props = { ...base, a11y: filled };
    }
    const changes = changedProps(record.props, props);
    if (changes === undefined && record.type !== "radio") return;
    this.#journal.note(record);
    record.base = base;
    if (changes !== undefined) this.setProps(record, props, changes);
  }

  setProps(record: TreeRecord, props: WireProps, changes: WireProps): void {
    record.props = props;
    invalidate(record);
    this.drafts.update(changes);
  }

  #replace(record: TreeRecord, element: AnyElement, depth: number, expansion: Expansion | undefined): TreeRecord {
    const parent = record.parent ?? this.top;
    const fresh = this.#build(parent, element, this.#startOf(record, element), depth, expansion);
    this.#removed.push(record);
    this.drafts.replace(fresh);
    return fresh;
  }

  #startOf(record: TreeRecord, element: AnyElement): Place {
    const parent = record.parent ?? this.top;
    const isWindow = parent === this.top && element.type === "window";
    return placeOf(parent, record.local, record.local.startsWith(AUTO_ID_PREFIX), isWindow);
  }

  #build(
    parent: TreeRecord,
    element: AnyElement,
    start: Place,
    depth: number,
    opened: Expansion | undefined,
  ): TreeRecord {
    const context = this.context;
    let expansion = opened;
    if (expansion === undefined && element.type === COMPOSITE_TYPE) {
      this.#previous = NO_INSTANCES;
      expansion = expand(context, element, start, this);
    }
    const source = expansion?.element ?? element;
    const place = expansion === undefined ? start : windowPlace(expansion.place, source.type, parent);
    const scope = expansion === undefined ? parent.inner : scopeAround(expansion.place, start, parent);
    context.enter(place.id, source.type, scope);
    checkPosition(context, parent);
    const props = this.#encoder.encode(source.props);
    const elements = flatten(context, source.children);
    const isCut = depth >= this.#maxDepth && elements.length > 0;
    if (isCut) reportDepth(context, this.#maxDepth);
    const record = new TreeRecord(parent, start, place, {
      element,
      source,
      props: isCut ? DEPTH_PLACEHOLDER : props,
      isCut,
      instances: expansion?.instances ?? NO_INSTANCES,
    });
    this.#created.push(record);
    if (source.type === "radio") this.hasTouchedRadios = true;
    if (!isCut && elements.length > 0) record.children = this.#buildAll(record, elements, depth + 1);
    return record;
  }

  #buildAll(parent: TreeRecord, elements: readonly AnyElement[], depth: number): readonly TreeRecord[] {
    const places = this.#used === undefined ? undefined : placeChildren(this.context, parent, elements, this.#used);
    const records: TreeRecord[] = [];
    // Most children have ids, and then nothing is counted.
    let ordinals = NO_ORDINALS;
    for (let i = 0; i < elements.length; i += 1) {
      const element = elements[i];
      if (element === undefined) continue;
      if (ordinals === NO_ORDINALS && !hasId(element)) ordinals = new Map();
      const place = places?.[i] ?? placeChild(this.context, parent, element, ordinals);
      records.push(this.#build(parent, element, place, depth, undefined));
    }
    return records;
  }

  // Child lists

  /** False when replacing the parent is cheaper than what changed in the list; then no ops were noted. */
  #children(parent: TreeRecord, elements: readonly AnyElement[], depth: number, known?: FlatList): boolean {
    const before = parent.children;
    const places = this.#used === undefined ? undefined : placeChildren(this.context, parent, elements, this.#used);
    // Comparing two lists is cheaper than asking each record what it shows.
    const earlier = places === undefined && known?.elements.length === before.length ? known : undefined;
    const shown = earlier?.elements ?? NO_ELEMENTS;
    const shorter = Math.min(before.length, elements.length);
    let same = 0;
    while (
      same < shorter &&
      (shown[same] === elements[same] || continues(before[same], elements[same], places?.[same]))
    ) {
      same += 1;
    }
    if (same === before.length && same === elements.length) {
      this.#updateInPlace(parent, elements, shown, depth);
      return true;
    }
    return this.#rearrange(parent, elements, earlier, places, same, depth);
  }

  #updateInPlace(
    parent: TreeRecord,
    elements: readonly AnyElement[],
    shown: readonly AnyElement[],
    depth: number,
  ): void {
    const before = parent.children;
    const path = this.drafts.path;
    const isRoot = parent === this.top && before.length === 1;
    let after: TreeRecord[] | undefined;
    for (let i = 0; i < before.length; i++) {
      const element = elements[i];
      if (shown[i] === element && !this.hasDirty) continue;
      const record = before[i];
      if (record === undefined || element === undefined) continue;
      if (element === record.element && !record.isDirty && this.#used === undefined) continue;
      if (!isRoot) path.push(i);
      const now = this.#update(record, element, depth);
      if (!isRoot) path.pop();
      if (now === record) continue;
      after ??= before.slice();
      after[i] = now;
    }
    if (after !== undefined) this.#setChildren(parent, after);
  }

  #setChildren(parent: TreeRecord, children: readonly TreeRecord[]): void {
    this.#journal.note(parent);
    parent.children = children.length === 0 ? NO_RECORDS : children;
    this.hasMovedNodes = true;
    invalidate(parent);
  }

  /** The first `same` children continue in order; the rest is matched by local id. */
  #rearrange(
    parent: TreeRecord,
    elements: readonly AnyElement[],
    earlier: FlatList | undefined,
    named: readonly Place[] | undefined,
    same: number,
    depth: number,
  ): boolean {
    const before = parent.children;
    // Without ids the order alone says which is which.
    const shown = earlier?.areNamed === true ? earlier.elements : NO_ELEMENTS;
    const tail = named === undefined ? commonTail(before, elements, shown, same) : 0;
    const { places, sources } = this.#match(parent, elements, shown, named, same, tail);
    const stays = longestIncreasing(sources);
    const leaves = new Uint8Array(before.length).fill(1);
    let inserts = 0;
    for (let i = 0; i < stays.length; i++) {
      if (stays[i] === 1) leaves[sources[i] ?? 0] = 0;
      else inserts += 1;
    }
    const removes = before.length - (elements.length - inserts);
    const budget = savedByReplacing(removes, inserts, this.drafts.path.length);
    const replaces = !this.drafts.isSilent && budget > 0 && stayingBytes(parent, sources, stays, budget) < budget;
    if (replaces) this.drafts.silence();

    const isKept = new Uint8Array(before.length);
    for (const source of sources) if (source >= 0) isKept[source] = 1;
    for (let i = before.length - 1; i >= 0; i--) {
      const record = before[i];
      if (leaves[i] === 1) this.drafts.remove(i);
      if (isKept[i] !== 1 && record !== undefined) this.#removed.push(record);
    }
    const after = this.#place(parent, elements, shown, places, sources, stays, depth);
    for (let i = 0; i < after.length; i++) {
      const record = after[i];
      if (stays[i] !== 1 && record !== undefined) this.drafts.insert(i, record);
    }
    this.#setChildren(parent, after);
    if (replaces) this.drafts.unsilence();
    return !replaces;
  }

  /** Updates what was there, in silence when it moves, and builds what is new; in document order. */
  #place(
    parent: TreeRecord,
    elements: readonly AnyElement[],
    shown: readonly AnyElement[],
    places: readonly (Place | undefined)[],
    sources: Int32Array,
    stays: Uint8Array,
    depth: number,
  ): TreeRecord[] {
    const after: TreeRecord[] = [];
    const before = parent.children;
    const kept = this.hasDirty ? NO_ELEMENTS : shown;
    let index = 0;
    for (let i = 0; i < elements.length; i++) {
      const element = elements[i];
      const source = sources[i] ?? -1;
      const known = before[source];
      if (element === undefined) continue;
      if (known !== undefined && stays[i] === 1) {
        if (kept[source] === element) after.push(known);
        else {
          this.drafts.path.push(index);
          after.push(this.#update(known, element, depth));
          this.drafts.path.pop();
        }
        index += 1;
        continue;
      }
      const place = places[i];
      this.drafts.silence();
      if (known !== undefined) after.push(this.#update(known, element, depth));
      else if (place !== undefined) after.push(this.#build(parent, element, place, depth, undefined));
      this.drafts.unsilence();
    }
    return after;
  }

  /**
   * The old position of each child, `-1` for what is new, and the places of those between the first `same` and the last
   * `tail` that could not be told by looking at the next old one.
   */
  #match(
    parent: TreeRecord,
    elements: readonly AnyElement[],
    shown: readonly AnyElement[],
    named: readonly Place[] | undefined,
    same: number,
    tail: number,
  ): { readonly places: readonly (Place | undefined)[]; readonly sources: Int32Array } {
    const before = parent.children;
    const { length } = elements;
    const sources = new Int32Array(length).fill(-1);
    for (let i = 0; i < same; i++) sources[i] = i;
    for (let i = 1; i <= tail; i++) sources[length - i] = before.length - i;
    const places: (Place | undefined)[] = named?.slice() ?? new Array(length);
    const isTaken = new Uint8Array(before.length);
    const ordinals = new Map<string, number>();
    let positions: Map<string, number> | undefined;
    let lookUps = 0;
    /** Where the next child is when nothing moved. */
    let next = same;
    const end = length - tail;
    const endBefore = before.length - tail;
    for (let i = shown === NO_ELEMENTS ? 0 : same; i < end; i++) {
      // As little as possible for those that follow each other as before: this runs once for each child of a long list.
      while (i < end && next < endBefore && shown[next] === elements[i] && isTaken[next] === 0) {
        sources[i] = next;
        isTaken[next] = 1;
        i += 1;
        next += 1;
      }
      const element = elements[i];
      if (i >= end || element === undefined) continue;
      if (i < same) {
        // Elements before the middle count for the generated ids in it.
        if (named === undefined && before[i]?.local.startsWith(AUTO_ID_PREFIX)) {
          placeChild(this.context, parent, element, ordinals);
        }
        continue;
      }
      const isNext = next < endBefore && isTaken[next] === 0;
      if (isNext && named === undefined && isNamedAlike(before[next], element)) {
        sources[i] = next;
        isTaken[next] = 1;
        next += 1;
        continue;
      }
      const place = named?.[i] ?? placeChild(this.context, parent, element, ordinals);
      places[i] = place;
      let position: number;
      if (lookUps < FEW && positions === undefined) {
        // Whoever has the id now is asked where it stands: cheaper than a list of all as long as few have moved.
        lookUps += 1;
        const record = this.registry.get(place.id);
        position = record?.parent === parent && record.local === place.local ? before.indexOf(record, same) : -1;
      } else {
        positions ??= positionsOf(before, same, tail);
        position = positions.get(place.local) ?? -1;
      }
      // A second element with this id is a new one; its id turns out to be taken.
      if (position < same || position >= endBefore || isTaken[position] === 1) continue;
      sources[i] = position;
      isTaken[position] = 1;
      // After what was removed the others follow at once; what came from far away is an exception.
      next = position >= next && position - next <= NEAR ? position + 1 : next + 1;
    }
    return { places, sources };
  }
}

/** Never written to: an element without a usable id gets a map of its own list. */
const NO_ORDINALS = new Map<string, number>();

/** Whether an element can have a place of its own, without counting those before it. */
function hasId({ id }: AnyElement): boolean {
  return typeof id === "string" && id !== "";
}

/** So many children are looked for one by one. */
const FEW = 4;
/** How many may have been removed in one place before all that follows is looked up by name. */
const NEAR = 16;

/** Whether an element with an id has the one of a record, told without looking at the characters that are allowed. */
function isNamedAlike(record: TreeRecord | undefined, element: AnyElement): boolean {
  return record !== undefined && element.id !== undefined && element.id === record.key && record.key === record.local;
}

function positionsOf(before: readonly TreeRecord[], same: number, tail: number): Map<string, number> {
  const positions = new Map<string, number>();
  for (let i = same; i < before.length - tail; i++) {
    const record = before[i];
    if (record !== undefined) positions.set(record.local, i);
  }
  return positions;
}

/** Whether an element goes on with a record at the same position, told without computing its id. */
function continues(record: TreeRecord | undefined, element: AnyElement | undefined, place: Place | undefined): boolean {
  if (record === undefined || element === undefined) return false;
  if (place !== undefined) return place.local === record.local;
  if (record.element === element) return true;
  if (element.id !== record.key) return false;
  return (element.id !== undefined && element.id !== "") || element.type === record.element.type;
}

/** How many children at the end go on in order. Generated ids count from the front and end the run. */
function commonTail(
  before: readonly TreeRecord[],
  elements: readonly AnyElement[],
  shown: readonly AnyElement[],
  same: number,
): number {
  const most = Math.min(before.length, elements.length) - same;
  let tail = 0;
  while (tail < most) {
    if (shown.length > 0 && shown[before.length - 1 - tail] === elements[elements.length - 1 - tail]) {
      tail += 1;
      continue;
    }
    const record = before[before.length - 1 - tail];
    const element = elements[elements.length - 1 - tail];
    if (record === undefined || element === undefined || record.local.startsWith(AUTO_ID_PREFIX)) break;
    if (element.id !== record.key) break;
    tail += 1;
  }
  return tail;
}

/** About how many bytes the children take that would stay untouched; counting stops at `limit`. */
function stayingBytes(parent: TreeRecord, sources: Int32Array, stays: Uint8Array, limit: number): number {
  let bytes = nodeBytes({ id: parent.id, type: parent.type, props: parent.props, children: [] }, limit);
  for (let i = 0; i < stays.length && bytes < limit; i++) {
    const record = parent.children[sources[i] ?? -1];
    if (stays[i] === 1 && record !== undefined) bytes += nodeBytes(nodeOf(record), limit - bytes);
  }
  return bytes;
}

function forgetNodes(record: TreeRecord): void {
  record.node = null;
  for (const child of record.children) forgetNodes(child);
}
