import type { AsyncEvent, StreamEvent } from "./event.ts";

export type AsyncDone<Value = unknown> = Extract<AsyncEvent, { type: "done" }> & { readonly value: Value };
export type AsyncFailed = Extract<AsyncEvent, { type: "failed" }>;
export type StreamItem<Item = unknown> = Extract<StreamEvent, { type: "item" }> & { readonly value: Item };
export type StreamDone = Extract<StreamEvent, { type: "done" }>;
export type StreamFailed = Extract<StreamEvent, { type: "failed" }>;

/** A tag that knows the type of the values that come under it. */
export interface TypedTag<out Value> {
  readonly tag: string;
  /** Type level only. */
  readonly "~value"?: Value;
}
