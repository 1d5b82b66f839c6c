import { describe, expect, test } from "vitest";
import type { WireProps } from "../../protocol/index.ts";
import { validateProps } from "./prop-validator.ts";

function warningsOf(type: string, props: WireProps): readonly string[] {
  return validateProps({ id: "x", type, props, children: [] });
}

describe("props", () => {
  test.each<[string, WireProps]>([
    ["text", { content: "x", size: 12, color: "#ff0000", width: "fill", wrapping: "word", size_unknown: 1 }],
    ["text", { content: "x", x: 3, y: 4 }],
    ["button", { label: "x", disabled: true, width: { fill_portion: 2 }, padding: [1, 2], a11y: { label: "Go" } }],
    ["slider", { range: [0, 10], value: 3, step: 0.5 }],
    ["container", { max_width: { type: "transition", to: 3 }, background: null }],
    ["their_gauge", { anything: [1] }],
  ])("of %s %j", (type, props) => {
    const { size_unknown, ...good } = props;
    expect(warningsOf(type, good)).toEqual([]);
    if (size_unknown !== undefined) expect(warningsOf(type, props)).toEqual(["prop_unknown: size_unknown"]);
  });

  test.each<[string, WireProps, string]>([
    ["text", { size: "large" }, 'prop_type_mismatch: size: expected number, found "large"'],
    ["button", { labbel: "x" }, "prop_unknown: labbel"],
    ["button", { disabled: 1 }, "prop_type_mismatch: disabled: expected bool, found 1"],
    ["container", { width: "wide" }, 'prop_type_mismatch: width: expected Length, found "wide"'],
    ["container", { width: -1 }, "prop_range_exceeded: width: expected Length, found -1"],
    ["image", { opacity: 1.5 }, "prop_range_exceeded: opacity: expected number 0..1, found 1.5"],
    ["grid", { num_columns: 0 }, "prop_range_exceeded: num_columns: expected integer>=1, found 0"],
    ["slider", { range: [10, 0] }, "prop_range_exceeded: range: expected [min,max], found array (2 items)"],
    ["column", { align_x: "up" }, 'prop_type_mismatch: align_x: expected one of left, center, right, found "up"'],
  ])("of %s that are wrong are named: %j", (type, props, warning) => {
    expect(warningsOf(type, props)).toEqual([warning]);
  });

  test("that are wrong by the hundred give a bounded list", () => {
    const props = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`p${index}`, 1]));
    expect(warningsOf("text", props)).toHaveLength(32);
  });
});
