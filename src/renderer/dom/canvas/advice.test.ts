import { describe, expect, test } from "vitest";
import type { WireProps } from "../../../protocol/index.ts";
import { Animator } from "../../motion/index.ts";
import { DrawnTree } from "../drawn.ts";
import { adviceFor } from "./advice.ts";
import { SceneBuilder } from "./scene.ts";

function codeFor(props: WireProps): string | undefined {
  const animator = new Animator({ completed: () => {}, invalid: () => {}, wake: () => {} });
  const group = { id: "g", type: "group", props: { on_click: true, ...props }, children: [] };
  const tree = new DrawnTree([group], animator, () => {});
  const [element] = new SceneBuilder().build(tree.children, "all").elements;
  if (element === undefined) throw new Error("no element");
  return adviceFor(element)?.code;
}

describe("advice on elements", () => {
  test.each([
    ["canvas_no_a11y", {}],
    ["canvas_no_a11y", { a11y: "button" }],
    [undefined, { a11y: { role: "button" } }],
    ["canvas_switch_no_toggled", { a11y: { role: "switch" } }],
    [undefined, { a11y: { role: "switch", toggled: false } }],
    ["canvas_checkbox_no_toggled", { a11y: { role: "check_box", toggled: "yes" } }],
    ["canvas_radio_no_selected", { a11y: { role: "radio_button" } }],
    ["canvas_partial_set_position", { a11y: { role: "button", position_in_set: 1 } }],
    ["canvas_no_set_position", { a11y: { role: "tab" } }],
    [undefined, { a11y: { role: "tab", position_in_set: 1, size_of_set: 2 } }],
    [undefined, { a11y: { role: "constructor" } }],
  ])("%s for %j", (code, props) => {
    expect(codeFor(props)).toBe(code);
  });
});
