import { readRecord } from "../props.ts";
import type { CanvasElement } from "./scene.ts";

/** What assistive technology would miss. */
export interface Advice {
  readonly code: string;
  readonly message: string;
}

/** A state without which the role means nothing. */
const STATES: Readonly<Record<string, { readonly field: string; readonly code: string } | undefined>> = {
  switch: { field: "toggled", code: "canvas_switch_no_toggled" },
  check_box: { field: "toggled", code: "canvas_checkbox_no_toggled" },
  radio: { field: "selected", code: "canvas_radio_no_selected" },
  radio_button: { field: "selected", code: "canvas_radio_no_selected" },
};
/** Roles that come in sets. */
const MEMBERS: ReadonlySet<unknown> = new Set(["radio", "radio_button", "tab", "menu_item", "list_item", "tree_item"]);

/** The first thing that is missing of an element. */
export function adviceFor({ id, props }: CanvasElement): Advice | undefined {
  const a11y = readRecord(props["a11y"]);
  if (a11y === undefined) {
    const message = `The element "${id}" has no a11y; assistive technology gets a guess.`;
    return { code: "canvas_no_a11y", message };
  }
  const role = a11y["role"];
  const state = typeof role === "string" && Object.hasOwn(STATES, role) ? STATES[role] : undefined;
  if (state !== undefined && typeof a11y[state.field] !== "boolean") {
    return {
      code: state.code,
      message: `The element "${id}" is a ${String(role)} and does not say if it is ${state.field}.`,
    };
  }
  const hasPosition = a11y["position_in_set"] !== undefined;
  const hasSize = a11y["size_of_set"] !== undefined;
  if (hasPosition !== hasSize) {
    const message = `The element "${id}" has only one of position_in_set and size_of_set.`;
    return { code: "canvas_partial_set_position", message };
  }
  if (MEMBERS.has(role) && !hasPosition) {
    const message = `The element "${id}" is one of several and does not say which (position_in_set, size_of_set).`;
    return { code: "canvas_no_set_position", message };
  }
  return undefined;
}
