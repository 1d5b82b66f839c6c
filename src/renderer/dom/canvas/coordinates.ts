import { MAX_CANVAS_COORDINATE, type WireProps, type WireValue } from "../../../protocol/index.ts";
import { readNumber } from "../props.ts";

/** A number that was brought back into the range of coordinates. */
export interface RangeFault {
  readonly id: string;
  readonly type: string;
  readonly prop: string;
  readonly raw: number;
  readonly clamped: number;
}

/** Reads places and sizes. What no drawing can need is brought back to the end of the range; the first time is remembered. */
export class Coordinates {
  #id = "";
  #type = "";
  #fault: RangeFault | undefined;

  /** What is read next belongs to this node. */
  of(node: { readonly id: string; readonly type: string }): this {
    this.#id = node.id;
    this.#type = node.type;
    return this;
  }

  read(value: WireValue | undefined, prop: string): number | undefined {
    const raw = readNumber(value);
    if (raw === undefined || (raw <= MAX_CANVAS_COORDINATE && raw >= -MAX_CANVAS_COORDINATE)) return raw;
    const clamped = Math.sign(raw) * MAX_CANVAS_COORDINATE;
    this.#fault ??= { id: this.#id, type: this.#type, prop, raw, clamped };
    return clamped;
  }

  /** Zero when there is none. */
  prop(props: WireProps, name: string): number {
    return this.read(props[name], name) ?? 0;
  }

  /** The first fault since the last call. */
  take(): RangeFault | undefined {
    const fault = this.#fault;
    this.#fault = undefined;
    return fault;
  }
}
