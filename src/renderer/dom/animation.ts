import type { WireProps, WireValue } from "../../protocol/index.ts";
import { readArray, readRecord, readString } from "./props.ts";

/*
 * Animation descriptors. This surface does not interpolate: a descriptor counts as the value it ends with, at once, as with
 * reduced motion. Completion is reported, so that apps which wait for it go on.
 */

/** One prop that holds a descriptor. */
export interface Settled {
  readonly prop: string;
  /** Tag to report when the descriptor asks for it; `undefined` for none. */
  readonly tag: string | undefined;
  /** Tells a new descriptor from one that was there before. */
  readonly key: string;
}

export interface SettledProps {
  readonly props: WireProps;
  readonly settled: readonly Settled[];
}

/** The props with every descriptor replaced by its end value. Props without descriptors come back as the same object. */
export function settleProps(props: WireProps): SettledProps {
  let plain: Record<string, WireValue> | undefined;
  let settled: Settled[] | undefined;
  for (const name in props) {
    const value = props[name];
    if (typeof value !== "object" || value === null || name === "exit" || name.startsWith("__")) continue;
    const end = endOf(value);
    if (end === undefined) continue;
    plain ??= { ...props };
    settled ??= [];
    plain[name] = end.to;
    settled.push({ prop: name, tag: end.tag, key: JSON.stringify(value) });
  }
  return { props: plain ?? props, settled: settled ?? NOTHING };
}

const NOTHING: readonly Settled[] = [];

function endOf(value: WireValue): { readonly to: WireValue; readonly tag: string | undefined } | undefined {
  const record = readRecord(value);
  if (record === undefined) return undefined;
  const tag = readString(record["on_complete"]);
  if (record["type"] === "sequence") {
    const last = readArray(record["steps"])?.at(-1);
    const end = last === undefined ? undefined : endOf(last);
    return end === undefined ? undefined : { to: end.to, tag };
  }
  if (record["type"] !== "transition" && record["type"] !== "spring") return undefined;
  const to = record["to"];
  // Numbers and colors are what can be animated.
  return typeof to === "number" || typeof to === "string" ? { to, tag } : undefined;
}
