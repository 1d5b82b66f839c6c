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
import { type AnyElement, type FlatList, flatten, knownFlat, type Span } from "./flatten.ts";
import { claim, type Place, placeChild, placeChildren, placeOf, TOP } from "./ids.ts";
import { GOES, type Match, type Middle, match, plainId, STAYS } from "./match.ts";
import { checkPosition, DEPTH_PLACEHOLDER, reportDepth, scopeAround, WINDOW_DEPTH } from "./normalize.ts";
import { CUT, GENERATED, invalidate, Journal, NO_RECORDS, nodeOf, SCOPED, TreeRecord, WINDOW } from "./record.ts";
import { Registry } from "./registry.ts";
import { sameProps } from "./same.ts";
import { NODE_BYTES, nodeBytes, savedByReplacing } from "./size.ts";

const NO_ELEMENTS: readonly AnyElement[] = Object.freeze([]);
const NO_INSTANCES: readonly CompositeInstance[] = Object.freeze([]);
const TOP_ELEMENT: AnyElement = Object.freeze({ type: "container" });

export class Reconciler implements InstanceSource {
  readonly context = new EncodeContext();
  readonly drafts = new Drafts();
  readonly registry = new Registry();
  /** Holds the windows. On the wire only when there are several. */
  readonly top = new TreeRecord(null, TOP.local, TOP.id, GENERATED, TOP_ELEMENT, TOP_ELEMENT, NO_PROPS, NO_INSTANCES);
  /** Whether radios, or the order of nodes, may have changed in this pass. */
  hasMovedNodes = false;
  hasTouchedRadios = false;
  /** Some composite has a new state, so that equal elements have to be looked into. */
  hasDirty = false;
  readonly #encoder = new PropEncoder(this.context);
  readonly #journal = new Journal();
  readonly #maxDepth: number;
  /** Except those that the registry does not list. */
  #created: TreeRecord[] = [];
  #removed: TreeRecord[] = [];
  /** Records with another list of children. */
  #changed: TreeRecord[] = [];
  /** What the two lists that are being compared have in common. */
  readonly #span: Span = { head: 0, tail: 0 };
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
    this.#isRegistryBroken = !this.registry.exchange(this.#removed, this.#created, this.#changed);
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
    this.#changed = [];
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
    const known = knownFlat(before.children);
    const elements = flatten(this.context, children, known, this.#span);
    if (!this.#children(record, elements, depth + 1, known)) {
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
    let expansion = opened;
    if (expansion === undefined && element.type === COMPOSITE_TYPE) {
      this.#previous = NO_INSTANCES;
      expansion = expand(this.context, element, start, this);
    }
    const isWindow = (expansion?.element ?? element).type === "window" && parent === this.top;
    const windowFlag = isWindow ? WINDOW : 0;
    if (expansion === undefined) {
      const flags = windowFlag | (start.isGenerated ? GENERATED : 0);
      return this.#create(parent, start.local, start.id, flags, parent.inner, element, element, NO_INSTANCES, depth);
    }
    const { element: source, instances, place } = expansion;
    const scope = scopeAround(place, start, parent);
    const isScoped = instances.length > 0 && place.id !== start.id;
    const flags = windowFlag | (place.isGenerated ? GENERATED : 0) | (isScoped ? SCOPED : 0);
    return this.#create(parent, start.local, place.id, flags, scope, element, source, instances, depth);
  }

  /** Makes the record of a new node and everything below it, with the wire nodes. */
  #create(
    parent: TreeRecord,
    local: string,
    id: string,
    flags: number,
    scope: string,
    element: AnyElement,
    source: AnyElement,
    instances: readonly CompositeInstance[],
    depth: number,
  ): TreeRecord {
    const { context } = this;
    context.enter(id, source.type, scope);
    checkPosition(context, parent);
    const props = this.#encoder.encode(source.props);
    const elements = source.children === undefined ? NO_ELEMENTS : flatten(context, source.children);
    const isCut = depth >= this.#maxDepth && elements.length > 0;
    if (isCut) reportDepth(context, this.#maxDepth);
    const cutFlag = isCut ? CUT : 0;
    const shownProps = isCut ? DEPTH_PLACEHOLDER : props;
    const record = new TreeRecord(parent, local, id, flags | cutFlag, element, source, shownProps, instances);
    if (!parent.isClosed) this.#created.push(record);
    if (source.type === "radio") this.hasTouchedRadios = true;
    if (!isCut && elements.length > 0) this.#buildAll(record, elements, depth + 1);
    nodeOf(record);
    return record;
  }

  #buildAll(parent: TreeRecord, elements: readonly AnyElement[], depth: number): void {
    const places = this.#used === undefined ? undefined : placeChildren(this.context, parent, elements, this.#used);
    const { inner } = parent;
    const { length } = elements;
    const records = new Array<TreeRecord>(length);
    const isClosed = places === undefined && !parent.isGenerated && areClosed(elements);
    if (isClosed) parent.isClosed = true;
    // Most children have ids, and then nothing is counted.
    let ordinals = NO_ORDINALS;
    for (let i = 0; i < length; i += 1) {
      const element = elements[i];
      if (element === undefined) continue;
      let place = places?.[i];
      if (place === undefined) {
        const id = isClosed ? element.id : plainId(element);
        if (id !== undefined) {
          records[i] = this.#buildNamed(parent, inner, id, element, depth);
          continue;
        }
        if (ordinals === NO_ORDINALS) ordinals = new Map();
        place = placeChild(this.context, parent, element, ordinals);
      }
      records[i] = this.#build(parent, element, place, depth, undefined);
    }
    parent.children = records;
  }

  /** A new child whose id can be used as it is. */
  #buildNamed(parent: TreeRecord, inner: string, local: string, element: AnyElement, depth: number): TreeRecord {
    const id = inner + local;
    if (element.type !== COMPOSITE_TYPE && element.type !== "window") {
      return this.#create(parent, local, id, 0, inner, element, element, NO_INSTANCES, depth);
    }
    return this.#build(parent, element, { local, id, isGenerated: false, inner: `${id}/` }, depth, undefined);
  }

  // Child lists

  /** False when replacing the parent is cheaper than what changed in the list; then no ops were noted. */
  #children(parent: TreeRecord, elements: readonly AnyElement[], depth: number, known?: FlatList): boolean {
    const before = parent.children;
    const places = this.#used === undefined ? undefined : placeChildren(this.context, parent, elements, this.#used);
    // Comparing two lists is cheaper than asking each record what it shows.
    const isKnown = places === undefined && !this.hasDirty && known?.elements.length === before.length;
    const shown = isKnown ? known.elements : NO_ELEMENTS;
    const head = isKnown ? this.#span.head : 0;
    const tail = isKnown ? this.#span.tail : 0;
    const end = Math.min(before.length, elements.length) - tail;
    let at = head;
    while (at < end && (shown[at] === elements[at] || continues(before[at], elements[at], places?.[at]))) at += 1;
    if (at === end && before.length === elements.length) {
      this.#updateInPlace(parent, elements, shown, head, end, depth);
      return true;
    }
    // Without ids the order alone says which is which.
    const isNamed = isKnown && known.areNamed;
    const middle: Middle = {
      parent,
      elements,
      shown: isNamed ? shown : NO_ELEMENTS,
      places,
      head,
      tail: isNamed ? tail : 0,
      same: at - head,
    };
    return this.#rearrange(middle, depth);
  }

  /** Those from `start` on may have other elements than before; all go on. */
  #updateInPlace(
    parent: TreeRecord,
    elements: readonly AnyElement[],
    shown: readonly AnyElement[],
    start: number,
    end: number,
    depth: number,
  ): void {
    const before = parent.children;
    const path = this.drafts.path;
    const isRoot = parent === this.top && before.length === 1;
    let after: TreeRecord[] | undefined;
    for (let i = start; i < end; i++) {
      const element = elements[i];
      if (shown[i] === element) continue;
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
    this.#changed.push(parent);
    parent.children = children.length === 0 ? NO_RECORDS : children;
    this.hasMovedNodes = true;
    invalidate(parent);
  }

  /** The children of the middle are matched by local id; the others go on in order. */
  #rearrange(middle: Middle, depth: number): boolean {
    const { parent, head, tail } = middle;
    const before = parent.children;
    const matched = match(this.context, this.registry, middle);
    const { sources, fates, staying } = matched;
    const { drafts } = this;
    const removes = fates.length - staying;
    const budget = savedByReplacing(removes, sources.length - staying, drafts.path.length);
    const replaces = !drafts.isSilent && budget > 0 && isCheaper(middle, matched, budget);
    if (replaces) drafts.silence();
    for (let i = fates.length - 1, left = removes; left > 0; i--) {
      const fate = fates[i];
      if (fate === STAYS) continue;
      left -= 1;
      drafts.remove(head + i);
      const record = before[head + i];
      if (fate === GOES && record !== undefined) this.#removed.push(record);
    }
    const placed = this.#place(middle, matched, depth);
    this.#setChildren(parent, tail === 0 ? placed : placed.concat(before.slice(before.length - tail)));
    if (replaces) drafts.unsilence();
    return !replaces;
  }

  /** The children up to the tail: updates what was there, in silence when it moves, and builds what is new. */
  #place({ parent, elements, shown, head }: Middle, { sources, fates, places }: Match, depth: number): TreeRecord[] {
    const { drafts } = this;
    const { inner } = parent;
    const before = parent.children;
    const after = before.slice(0, head);
    /** Where something is put in. */
    const inserts: number[] = [];
    for (let i = 0; i < sources.length; i++) {
      const element = elements[head + i];
      const source = sources[i] ?? -1;
      const known = source < 0 ? undefined : before[head + source];
      if (element === undefined) continue;
      if (known !== undefined && fates[source] === STAYS) {
        if (shown[head + source] === element) {
          after.push(known);
          continue;
        }
        drafts.path.push(head + i - inserts.length);
        after.push(this.#update(known, element, depth));
        drafts.path.pop();
        continue;
      }
      drafts.silence();
      const place = places[i];
      if (known !== undefined) after.push(this.#update(known, element, depth));
      else if (place === undefined) after.push(this.#buildNamed(parent, inner, element.id ?? "", element, depth));
      else after.push(this.#build(parent, element, place, depth, undefined));
      drafts.unsilence();
      inserts.push(head + i);
    }
    for (const index of inserts) {
      const record = after[index];
      if (record !== undefined) drafts.insert(index, record);
    }
    return after;
  }
}

/** So many names are compared with each other. */
const MAX_CLOSED = 8;

/** Whether these, as children of a scope, leave it closed: few widgets with plain ids that differ. */
function areClosed(elements: readonly AnyElement[]): boolean {
  if (elements.length > MAX_CLOSED) return false;
  for (let i = 0; i < elements.length; i += 1) {
    const element = elements[i];
    if (element === undefined || element.type === COMPOSITE_TYPE || element.type === "radio") return false;
    if (plainId(element) === undefined) return false;
    for (let j = 0; j < i; j += 1) if (elements[j]?.id === element.id) return false;
  }
  return true;
}

/** Never written to: an element without a usable id gets a map of its own list. */
const NO_ORDINALS = new Map<string, number>();

/** Whether an element goes on with a record at the same position, told without computing its id. */
function continues(record: TreeRecord | undefined, element: AnyElement | undefined, place: Place | undefined): boolean {
  if (record === undefined || element === undefined) return false;
  if (place !== undefined) return place.local === record.local;
  if (record.element === element) return true;
  if (element.id !== record.key) return false;
  return (element.id !== undefined && element.id !== "") || element.type === record.element.type;
}

/** Whether the children that would stay untouched take fewer bytes, about, than replacing their parent saves. */
function isCheaper({ parent, head, tail }: Middle, { fates, staying }: Match, budget: number): boolean {
  const { children } = parent;
  if ((head + staying + tail) * NODE_BYTES >= budget) return false;
  let bytes = nodeBytes({ id: parent.id, type: parent.type, props: parent.props, children: [] }, budget);
  const end = children.length - tail;
  for (let i = 0; i < children.length && bytes < budget; i++) {
    const record = children[i];
    if (record === undefined || (i >= head && i < end && fates[i - head] !== STAYS)) continue;
    bytes += nodeBytes(nodeOf(record), budget - bytes);
  }
  return bytes < budget;
}

function forgetNodes(record: TreeRecord): void {
  record.node = null;
  for (const child of record.children) forgetNodes(child);
}
