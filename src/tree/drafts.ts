import type { WireProps } from "../protocol/node.ts";
import type { PatchOp, Path } from "../protocol/patch.ts";
import { nodeOf, type TreeRecord } from "./record.ts";

/** An op whose node is made when the render is complete. */
type Draft =
  | PatchOp
  | { readonly op: "replace_record"; readonly path: Path; readonly record: TreeRecord }
  | { readonly op: "insert_record"; readonly path: Path; readonly index: number; readonly record: TreeRecord };

/** The ops of one render, in order. While silenced nothing is added: an op further up carries the whole node. */
export class Drafts {
  /** Child indices of the node that is being looked at. */
  readonly path: number[] = [];
  #drafts: Draft[] = [];
  #silence = 0;

  get isSilent(): boolean {
    return this.#silence > 0;
  }

  get length(): number {
    return this.#drafts.length;
  }

  silence(): void {
    this.#silence += 1;
  }

  unsilence(): void {
    this.#silence -= 1;
  }

  update(props: WireProps): void {
    if (this.#silence === 0) this.#drafts.push({ op: "update_props", path: this.path.slice(), props });
  }

  replace(record: TreeRecord): void {
    if (this.#silence === 0) this.#drafts.push({ op: "replace_record", path: this.path.slice(), record });
  }

  insert(index: number, record: TreeRecord): void {
    if (this.#silence === 0) this.#drafts.push({ op: "insert_record", path: this.path.slice(), index, record });
  }

  remove(index: number): void {
    if (this.#silence === 0) this.#drafts.push({ op: "remove_child", path: this.path.slice(), index });
  }

  /** Drops what was added since `length` was `mark`. */
  truncate(mark: number): void {
    this.#drafts.length = mark;
  }

  clear(): void {
    this.#drafts = [];
    this.path.length = 0;
    this.#silence = 0;
  }

  /** Whether some op puts this record, or one around it, on the wire as a whole. */
  carries(record: TreeRecord): boolean {
    for (const draft of this.#drafts) {
      if (draft.op !== "replace_record" && draft.op !== "insert_record") continue;
      for (let at: TreeRecord | null = record; at !== null; at = at.parent) if (at === draft.record) return true;
    }
    return false;
  }

  hasInsertAt(path: Path): boolean {
    return this.#drafts.some(
      (draft) =>
        draft.op === "insert_record" &&
        draft.path.length === path.length &&
        draft.path.every((at, i) => at === path[i]),
    );
  }

  finish(): PatchOp[] {
    return this.#drafts.map((draft): PatchOp => {
      if (draft.op === "replace_record") return { op: "replace_node", path: draft.path, node: nodeOf(draft.record) };
      if (draft.op !== "insert_record") return draft;
      return { op: "insert_child", path: draft.path, index: draft.index, node: nodeOf(draft.record) };
    });
  }
}
