import type { WireProps, WireValue } from "../../protocol/index.ts";
import { type AriaTargets, attributesOf } from "./accessibility.ts";
import type { AttributeOverride } from "./mounted.ts";
import { readRecord } from "./props.ts";
import type { CopyHole } from "./widget.ts";

/** Fields that are an attribute and nothing else, and none that a widget writes for a prop copies may differ in. */
const PLAIN_FIELDS: ReadonlySet<string> = new Set(
  (
    "role label description value hidden expanded required busy invalid read_only selected disabled level " +
    "position_in_set size_of_set live orientation"
  ).split(" "),
);

const NO_TARGETS: AriaTargets = { domId: (id) => id, mounted: () => undefined };

/** How copies differ in the texts and numbers of their `a11y` prop. `undefined`: nodes with this one are not copied. */
export function a11yHole(value: WireValue | undefined): CopyHole | undefined {
  const own = readRecord(value);
  if (own === undefined || Object.keys(own).some((name) => !PLAIN_FIELDS.has(name))) return undefined;
  const names = [...attributesOf(own, NO_TARGETS).keys()].join();
  return {
    accepts(other) {
      const fields = readRecord(other);
      if (fields === undefined || fields["role"] !== own["role"]) return false;
      if (Object.keys(fields).some((name) => !PLAIN_FIELDS.has(name))) return false;
      return [...attributesOf(fields, NO_TARGETS).keys()].join() === names;
    },
    write(element, other) {
      for (const [name, text] of attributesOf(readRecord(other) ?? {}, NO_TARGETS)) {
        if (name !== "role" && element.getAttribute(name) !== text) element.setAttribute(name, text);
      }
    },
  };
}

/** What a copy's attributes replaced, from what those of the original did. */
export function copiedOverrides(
  original: ReadonlyMap<string, AttributeOverride>,
  props: WireProps,
): Map<string, AttributeOverride> {
  const texts = attributesOf(readRecord(props["a11y"]) ?? {}, NO_TARGETS);
  const copied = new Map<string, AttributeOverride>();
  for (const [name, { explicit, native }] of original)
    copied.set(name, { explicit: texts.get(name) ?? explicit, native });
  return copied;
}
