import { expect, test } from "vitest";
import { settleProps } from "./animation.ts";

test("a descriptor counts as the value it ends with", () => {
  const { props, settled } = settleProps({
    spacing: { type: "transition", to: 12, duration: 200, delay: 50, on_complete: "done" },
    color: { type: "spring", to: "#112233" },
    width: {
      type: "sequence",
      steps: [
        { type: "transition", to: 1, duration: 5 },
        { type: "transition", to: 2, duration: 6 },
      ],
    },
    height: 4,
  });
  expect(props).toEqual({ spacing: 12, color: "#112233", width: 2, height: 4 });
  expect(settled.map((one) => [one.prop, one.tag])).toEqual([
    ["spacing", "done"],
    ["color", undefined],
    ["width", undefined],
  ]);
});

test("props without descriptors stay the same object", () => {
  const props = {
    style: { base: "primary" },
    background: { type: "linear" },
    exit: { type: "transition", to: 1 },
    x: null,
  };
  expect(settleProps(props).props).toBe(props);
});
