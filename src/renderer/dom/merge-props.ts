import type { WireProps } from "../../protocol/index.ts";

/** Props after an update: `null` deletes. */
export function mergeProps(props: WireProps, change: WireProps): WireProps {
  const merged: Record<string, WireProps[string]> = { ...props };
  for (const name in change) {
    const value = change[name];
    if (value === undefined) continue;
    if (value === null) delete merged[name];
    else merged[name] = value;
  }
  return merged;
}
