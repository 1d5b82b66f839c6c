import type { CompositeInstance } from "./composites.ts";
import type { TreeRecord } from "./record.ts";

/** Which record has which id, and which composite is where. Radios are listed, their peers depend on each other. */
export class Registry {
  readonly radios = new Set<TreeRecord>();
  readonly #records = new Map<string, TreeRecord>();
  readonly #instances = new Map<string, CompositeInstance>();
  /** Composites that listen to sources of their own, in the order of their appearance. */
  readonly subscribers = new Set<CompositeInstance>();

  get(id: string): TreeRecord | undefined {
    return this.#records.get(id);
  }

  has(id: string): boolean {
    return this.#records.has(id);
  }

  instance(id: string, level: number): CompositeInstance | undefined {
    return this.#instances.get(instanceKey(id, level));
  }

  /**
   * Takes out the removed records with all below them, then puts in the created ones, so that an id may go from one to
   * another. The answer is `false` when an id is taken; then `rebuild` has to follow.
   */
  exchange(removed: readonly TreeRecord[], created: readonly TreeRecord[]): boolean {
    for (const record of removed) this.#remove(record);
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
      for (const child of record.children) add(child);
    };
    for (const window of top.children) add(window);
  }

  #remove(record: TreeRecord): void {
    this.#records.delete(record.id);
    if (record.type === "radio") this.radios.delete(record);
    for (const instance of record.instances) {
      this.#records.delete(instance.id);
      this.#instances.delete(instanceKey(instance.id, instance.level));
      this.subscribers.delete(instance);
    }
    for (const child of record.children) this.#remove(child);
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

function instanceKey(id: string, level: number): string {
  return `${level} ${id}`;
}
