import type { WireValue } from "../../protocol/node.ts";
import { describe, type TreeDiagnostic, type TreeDiagnosticCode } from "../diagnostic.ts";

/** A reference from one element's accessibility props to another element, checked when the whole tree is known. */
export interface Reference {
  readonly id: string;
  readonly type: string;
  readonly key: string;
  readonly target: string;
}

/** Where encoding is at the moment and where it reports. One object per tree, moved from node to node. */
export class EncodeContext {
  /** Wire id and type of the node being encoded. */
  id = "";
  type = "";
  /** What a plain id in an accessibility reference is prefixed with. */
  scope = "";
  readonly diagnostics: TreeDiagnostic[] = [];
  readonly references: Reference[] = [];
  /** Encoded forms of style-like objects that authors share between elements, by identity. */
  readonly shared = new WeakMap<object, WireValue>();

  /** Moves to the next node. */
  enter(id: string, type: string, scope: string): void {
    this.id = id;
    this.type = type;
    this.scope = scope;
  }

  report(code: TreeDiagnosticCode, message: string, prop?: string): void {
    const place = { code, id: this.id, type: this.type, message };
    this.diagnostics.push(prop === undefined ? place : { ...place, prop });
  }

  /** Reports a value of the wrong kind; returns `undefined`, which leaves the prop out. */
  reject(prop: string, expected: string, value: unknown): undefined {
    this.mismatch(prop, expected, value, "It is left out.");
    return undefined;
  }

  mismatch(prop: string, expected: string, value: unknown, consequence: string): void {
    const message = `${this.type} "${this.id}": prop ${prop} expects ${expected} and got ${describe(value)}. ${consequence}`;
    this.report("prop_type_mismatch", message, prop);
  }
}
