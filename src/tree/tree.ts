import type { WireNode, WireProps } from "../protocol/node.ts";
import type { PatchOp } from "../protocol/patch.ts";
import type { CompositeInstance } from "./composites.ts";
import { MAX_REMEMBERED_REPORTS, type TreeDiagnostic } from "./diagnostic.ts";
import { withPeers } from "./encode/accessibility.ts";
import { handlerIn } from "./encode/props.ts";
import { changedProps } from "./equal.ts";
import { type AnyView, windowsOf } from "./flatten.ts";
import { depthLimit, groupRadios, reportUnresolved, type TreeOptions } from "./normalize.ts";
import { Reconciler } from "./reconcile.ts";
import { nodeOf, type TreeRecord } from "./record.ts";

/** What a render found. Diagnostics are given once for each place. */
export type RenderResult =
  | { readonly kind: "unchanged"; readonly diagnostics: readonly TreeDiagnostic[] }
  | { readonly kind: "patch"; readonly ops: readonly PatchOp[]; readonly diagnostics: readonly TreeDiagnostic[] }
  /** The first render, the first after `reset`, and when the view begins or ends to show nothing (`null`). */
  | { readonly kind: "snapshot"; readonly root: WireNode | null; readonly diagnostics: readonly TreeDiagnostic[] };

/** A window on the screen. `props` is the same object as long as nothing in it changed. */
export interface TreeWindow {
  readonly id: string;
  readonly props: WireProps;
}

/** A composite around a node. */
export interface CompositeHandle {
  readonly id: string;
  /** How many composites stand for the same node further out: with the id it names this one. */
  readonly level: number;
  readonly definition: CompositeInstance["definition"];
  readonly props: unknown;
  readonly state: unknown;
  /** Shown by the next render. Setting the state that is there already does nothing. */
  setState(state: unknown): void;
  /** The inline handler on the composite's element for an event that it emits. */
  handler(family: string): unknown;
}

/**
 * Keeps what is on the screen and turns each result of `view` into the patch that leads there. Costs what changed, plus
 * one comparison for each element that `view` made anew. A render that throws (a composite's `view`, an `encode`
 * of a value) leaves everything as it was.
 */
export interface Tree {
  render(view: AnyView): RenderResult;
  /** The next render gives a snapshot. States of composites stay. */
  reset(): void;
  /** The wire tree as of the last render. */
  root(): WireNode | null;
  /** The node with this wire id. */
  find(wireId: string): WireNode | undefined;
  /**
   * The inline handler of a node for an event family. Events of grouped radios come with the group in place of an id;
   * `value` then tells which radio.
   */
  handler(wireId: string, family: string, value?: unknown): unknown;
  /** The composites that the node belongs to, innermost first. */
  composites(wireId: string): readonly CompositeHandle[];
  /** The composites that listen to sources of their own. */
  subscribers(): readonly CompositeHandle[];
  windows(): readonly TreeWindow[];
}

const NONE: readonly CompositeHandle[] = [];

export function createTree(options: TreeOptions = {}): Tree {
  return new RetainedTree(depthLimit(options));
}

class RetainedTree implements Tree {
  readonly #reconciler: Reconciler;
  /** Records with a new composite state, here or below. */
  #dirty: TreeRecord[] = [];
  readonly #reported = new Set<string>();
  #view: AnyView | undefined;
  #isShown = false;
  /** Ids with a suffix are in the tree; every render has to name all elements anew until they are gone. */
  #hasDuplicates = false;

  constructor(maxDepth: number) {
    this.#reconciler = new Reconciler(maxDepth);
  }

  render(view: AnyView): RenderResult {
    if (this.#isShown && view === this.#view && this.#dirty.length === 0) return { kind: "unchanged", diagnostics: [] };
    const result = this.#attempt(view, this.#hasDuplicates) ?? this.#attempt(view, true);
    if (result === undefined) throw new Error("broken invariant: ids are unique after careful naming");
    this.#view = view;
    this.#isShown = true;
    return result;
  }

  reset(): void {
    this.#isShown = false;
  }

  root(): WireNode | null {
    const windows = this.#reconciler.top.children;
    const only = windows[0];
    if (only === undefined) return null;
    return nodeOf(windows.length === 1 ? only : this.#reconciler.top);
  }

  find(wireId: string): WireNode | undefined {
    const record = this.#reconciler.registry.get(wireId);
    return record === undefined ? undefined : nodeOf(record);
  }

  handler(wireId: string, family: string, value?: unknown): unknown {
    const record = this.#reconciler.registry.get(wireId);
    if (record !== undefined) return handlerIn(record.source.props, family);
    for (const radio of this.#reconciler.registry.radios) {
      const { group, value: own } = radio.props;
      if (group === wireId && (value === undefined || own === value)) return handlerIn(radio.source.props, family);
    }
    return undefined;
  }

  composites(wireId: string): readonly CompositeHandle[] {
    const handles: CompositeHandle[] = [];
    const start = this.#reconciler.registry.get(wireId) ?? null;
    for (let record = start; record !== null; record = record.parent) {
      for (let i = record.instances.length - 1; i >= 0; i--) {
        const instance = record.instances[i];
        if (instance !== undefined) handles.push(this.#handle(instance));
      }
    }
    return handles;
  }

  subscribers(): readonly CompositeHandle[] {
    const { subscribers } = this.#reconciler.registry;
    return subscribers.size === 0 ? NONE : [...subscribers].map((instance) => this.#handle(instance));
  }

  windows(): readonly TreeWindow[] {
    return this.#reconciler.top.children
      .filter(({ type }) => type === "window")
      .map(({ id, props }) => ({ id, props }));
  }

  #handle(instance: CompositeInstance): CompositeHandle {
    return {
      id: instance.id,
      level: instance.level,
      definition: instance.definition,
      get props() {
        return instance.props;
      },
      get state() {
        return instance.state;
      },
      setState: (state) => {
        if (Object.is(instance.state, state)) return;
        instance.state = state;
        // One that has left the tree keeps its state to itself.
        if (this.#reconciler.registry.instance(instance.id, instance.level) === instance) this.#markDirty(instance.id);
      },
      handler: (family) => instance.handler(family),
    };
  }

  #markDirty(id: string): void {
    let record: TreeRecord | null = this.#reconciler.registry.get(id) ?? null;
    for (; record !== null && !record.isDirty; record = record.parent) {
      record.isDirty = true;
      this.#dirty.push(record);
    }
  }

  /** `undefined` when the ids have to be given with care; the tree is then as before. */
  #attempt(view: AnyView, isCareful: boolean): RenderResult | undefined {
    const reconciler = this.#reconciler;
    const { context, drafts } = reconciler;
    context.diagnostics.length = 0;
    context.references.length = 0;
    context.enter("", "view", "");
    reconciler.hasDirty = this.#dirty.length > 0;
    const wasNothing = reconciler.top.children.length === 0;
    let isRootNew: boolean;
    try {
      isRootNew = reconciler.reconcile(windowsOf(context, view), isCareful);
      if (!reconciler.register()) {
        reconciler.rollBack();
        return undefined;
      }
    } catch (thrown) {
      reconciler.rollBack();
      throw thrown;
    }
    const isNothing = reconciler.top.children.length === 0;
    const isSnapshot = !this.#isShown || wasNothing !== isNothing;
    this.#fillPeers(!isSnapshot && !isRootNew);
    if (context.references.length > 0) reportUnresolved(context, (id) => reconciler.registry.has(id));
    this.#hasDuplicates = context.diagnostics.some(({ code }) => code === "duplicate_id");
    const ops = isSnapshot || isNothing ? [] : isRootNew ? this.#replaceRoot() : drafts.finish();
    drafts.clear();
    reconciler.commit();
    for (const record of this.#dirty) record.isDirty = false;
    this.#dirty = [];
    const diagnostics = this.#news(context.diagnostics);
    if (isSnapshot) return { kind: "snapshot", root: this.root(), diagnostics };
    return ops.length === 0 ? { kind: "unchanged", diagnostics } : { kind: "patch", ops, diagnostics };
  }

  #replaceRoot(): PatchOp[] {
    const root = this.root();
    return root === null ? [] : [{ op: "replace_node", path: [], node: root }];
  }

  /** The peers of radios, now that all of them are known. Their ops come last, so they must not follow an insert. */
  #fillPeers(withOps: boolean): void {
    const { registry, drafts } = this.#reconciler;
    if (registry.radios.size === 0) return;
    if (!this.#reconciler.hasTouchedRadios && !this.#reconciler.hasMovedNodes) return;
    const radios = [...registry.radios]
      .filter(({ base }) => typeof base["group"] === "string")
      .map((record) => ({ record, path: this.#pathOf(record) }))
      .sort((left, right) => comparePaths(left.path, right.path));
    const groups = groupRadios(
      radios.map(({ record }) => ({ id: record.id, props: record.base, scope: record.scope })),
    );
    const late: { record: TreeRecord; path: readonly number[]; changes: WireProps }[] = [];
    for (const record of registry.radios) {
      const props = withPeers(record.base, groups.get(record.id));
      const changes = changedProps(record.props, props);
      if (changes === undefined) continue;
      const isCarried = !withOps || drafts.carries(record);
      drafts.silence();
      this.#reconciler.setProps(record, props, changes);
      drafts.unsilence();
      if (!isCarried) late.push({ record, path: this.#pathOf(record), changes });
    }
    for (const { record, path, changes } of late) if (!drafts.carries(record)) this.#noteLate(record, path, changes);
  }

  /** The change itself, or the nearest ancestor as a whole whose siblings got no insert in this patch. */
  #noteLate(record: TreeRecord, path: readonly number[], changes: WireProps): void {
    const { drafts, top } = this.#reconciler;
    let at: TreeRecord = record;
    const position = path.slice();
    while (position.length > 0 && drafts.hasInsertAt(position.slice(0, -1))) {
      position.pop();
      at = at.parent ?? top;
    }
    drafts.path.splice(0, drafts.path.length, ...position);
    if (at === record) drafts.update(changes);
    else drafts.replace(at);
    drafts.path.length = 0;
  }

  /** Child indices on the wire. */
  #pathOf(record: TreeRecord): readonly number[] {
    const top = this.#reconciler.top;
    const path: number[] = [];
    for (let at = record; at.parent !== null; at = at.parent) {
      if (at.parent === top && top.children.length === 1) break;
      path.unshift(at.parent.children.indexOf(at));
    }
    return path;
  }

  #news(diagnostics: readonly TreeDiagnostic[]): readonly TreeDiagnostic[] {
    const news: TreeDiagnostic[] = [];
    for (const diagnostic of diagnostics) {
      const place = `${diagnostic.code} ${diagnostic.id} ${diagnostic.prop ?? ""}`;
      if (this.#reported.has(place)) continue;
      if (this.#reported.size >= MAX_REMEMBERED_REPORTS) this.#reported.clear();
      this.#reported.add(place);
      news.push(diagnostic);
    }
    return news;
  }
}

function comparePaths(left: readonly number[], right: readonly number[]): number {
  for (let i = 0; i < left.length && i < right.length; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
