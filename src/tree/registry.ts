import { MAX_TREE_DEPTH } from "../protocol/limits.ts";
import type { CompositeInstance } from "./composites.ts";
import type { TreeRecord } from "./record.ts";

/**
 * Which record has which id, and which composite is where. Radios are listed, their peers depend on each other.
 *
 * An id is the id of a scope and a name. A record is *closed* when its children are all there is in its scope, and are
 * few widgets whose names differ. Then nobody else can have their ids, and who has one is seen at the record itself: they
 * are not listed. So of a long list the rows are listed and what is in them is not. A list that changes is listed from then on.
 */
export class Registry {
  readonly radios = new Set<TreeRecord>();
  readonly #records = new Map<string, TreeRecord>();
  readonly #instances = new Map<string, CompositeInstance>();
  /** Composites that listen to sources of their own, in the order of their appearance. */
  readonly subscribers = new Set<CompositeInstance>();

  get(id: string): TreeRecord | undefined {
    let record = this.#records.get(id);
    if (record !== undefined) return record;
    // Outward to the nearest scope that is listed, and in again.
    let end = id.length;
    for (let depth = 0; record === undefined; depth += 1) {
      end = Math.max(id.lastIndexOf("/", end - 1), id.lastIndexOf("#", end - 1));
      if (end <= 0 || depth > MAX_TREE_DEPTH) return undefined;
      record = this.#records.get(id.slice(0, end));
    }
    while (record !== undefined && record.id !== id) {
      const next = id.indexOf("/", end + 1);
      end = next < 0 ? id.length : next;
      record = record.isClosed ? childWithId(record, id.slice(0, end)) : undefined;
      if (next < 0) break;
    }
    return record;
  }

  has(id: string): boolean {
    return this.get(id) !== undefined;
  }

  instance(id: string, level: number): CompositeInstance | undefined {
    return this.#instances.get(instanceKey(id, level));
  }

  /**
   * Takes out the removed records with all below them, then puts in the created ones, so that an id may go from one to
   * another. `changed` have another list of children now. The answer is `false` when an id is taken; then `rebuild` has
   * to follow.
   */
  exchange(removed: readonly TreeRecord[], created: readonly TreeRecord[], changed: readonly TreeRecord[]): boolean {
    for (const record of removed) this.#remove(record, record.parent?.isClosed !== true);
    for (const record of changed) {
      if (!record.isClosed) continue;
      record.isClosed = false;
      for (const child of record.children) if (!this.#add(child)) return false;
    }
    for (const record of created) if (!this.#add(record)) return false;
    return true;
  }

  /** Begins anew with these records, whose ids are known to differ. */
  rebuild(top: TreeRecord): void {
    this.#records.clear();
    this.#instances.clear();
    this.radios.clear();
    this.subscribers.clear();
    const add = (record: TreeRecord): void => {
      this.#add(record);
      record.isClosed = false;
      for (const child of record.children) add(child);
    };
    for (const window of top.children) add(window);
  }

  #remove(record: TreeRecord, wasListed: boolean): void {
    if (wasListed) {
      this.#records.delete(record.id);
      if (record.type === "radio") this.radios.delete(record);
      for (const instance of record.instances) {
        this.#records.delete(instance.id);
        this.#instances.delete(instanceKey(instance.id, instance.level));
        this.subscribers.delete(instance);
      }
    }
    const { children, isClosed } = record;
    for (let i = 0; i < children.length; i += 1) {
      const child = children[i];
      if (child !== undefined) this.#remove(child, !isClosed);
    }
  }

  #add(record: TreeRecord): boolean {
    if (!this.#addId(record.id, record)) return false;
    if (record.type === "radio") this.radios.add(record);
    for (const instance of record.instances) {
      if (!this.#addId(instance.id, record)) return false;
      this.#instances.set(instanceKey(instance.id, instance.level), instance);
      if (instance.definition.subscribe !== undefined) this.subscribers.add(instance);
    }
    return true;
  }

  #addId(id: string, record: TreeRecord): boolean {
    const count = this.#records.size;
    const owner = record.instances.length === 0 ? undefined : this.#records.get(id);
    this.#records.set(id, record);
    // Nothing was added: somebody had this id, unless a composite shares it with its node.
    return this.#records.size > count || owner === record;
  }
}

function childWithId({ children }: TreeRecord, id: string): TreeRecord | undefined {
  return children.find((child) => child.id === id);
}

function instanceKey(id: string, level: number): string {
  return `${level} ${id}`;
}
