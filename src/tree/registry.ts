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
   * another. When an id is taken nothing is changed and the answer is `false`.
   */
  exchange(removed: readonly TreeRecord[], created: readonly TreeRecord[]): boolean {
    const freed: [string, TreeRecord][] = [];
    const added: string[] = [];
    const gone: TreeRecord[] = [];
    for (const record of removed) this.#free(record, freed, gone);
    for (const record of created) {
      if (this.#add(record, added)) continue;
      for (const id of added) this.#records.delete(id);
      for (const [id, owner] of freed) this.#records.set(id, owner);
      return false;
    }
    for (const record of gone) {
      this.radios.delete(record);
      for (const instance of record.instances) {
        this.#instances.delete(instanceKey(instance.id, instance.level));
        this.subscribers.delete(instance);
      }
    }
    for (const record of created) {
      if (record.type === "radio") this.radios.add(record);
      for (const instance of record.instances) {
        this.#instances.set(instanceKey(instance.id, instance.level), instance);
        if (instance.definition.subscribe !== undefined) this.subscribers.add(instance);
      }
    }
    return true;
  }

  #free(record: TreeRecord, freed: [string, TreeRecord][], gone: TreeRecord[]): void {
    gone.push(record);
    this.#freeId(record.id, record, freed);
    for (const instance of record.instances) this.#freeId(instance.id, record, freed);
    for (const child of record.children) this.#free(child, freed, gone);
  }

  #freeId(id: string, record: TreeRecord, freed: [string, TreeRecord][]): void {
    if (this.#records.get(id) !== record) return;
    this.#records.delete(id);
    freed.push([id, record]);
  }

  #add(record: TreeRecord, added: string[]): boolean {
    if (!this.#addId(record.id, record, added)) return false;
    for (const instance of record.instances) if (!this.#addId(instance.id, record, added)) return false;
    return true;
  }

  #addId(id: string, record: TreeRecord, added: string[]): boolean {
    const owner = this.#records.get(id);
    if (owner === record) return true;
    if (owner !== undefined) return false;
    this.#records.set(id, record);
    added.push(id);
    return true;
  }
}

function instanceKey(id: string, level: number): string {
  return `${level} ${id}`;
}
