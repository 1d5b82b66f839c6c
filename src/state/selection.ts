/** Which of a list's items are chosen. Plain data: it may be part of a model. */
export interface Selection {
  readonly mode: "single" | "multi";
  /** Ids, in the order they were chosen. */
  readonly ids: readonly string[];
  /** Where a range begins: the item chosen last without Shift. */
  readonly anchor: string | null;
}

/** Nothing chosen. `single`: choosing one gives up the other. */
export function createSelection(mode: Selection["mode"] = "multi"): Selection {
  return { mode, ids: [], anchor: null };
}

/** Chooses this one alone: a plain click. */
export function selectOnly(selection: Selection, id: string): Selection {
  if (selection.ids.length === 1 && selection.ids[0] === id && selection.anchor === id) return selection;
  return { ...selection, ids: [id], anchor: id };
}

/** Chooses it or gives it up, the others stay: a click with Control, or a check box. */
export function toggleSelected(selection: Selection, id: string): Selection {
  if (selection.ids.includes(id))
    return { ...selection, ids: selection.ids.filter((other) => other !== id), anchor: id };
  return selection.mode === "single"
    ? selectOnly(selection, id)
    : { ...selection, ids: [...selection.ids, id], anchor: id };
}

/** Chooses everything from the anchor to here in the order given, and nothing else: a click with Shift. */
export function extendSelection(selection: Selection, id: string, order: readonly string[]): Selection {
  const to = order.indexOf(id);
  const from = selection.anchor === null ? -1 : order.indexOf(selection.anchor);
  if (selection.mode === "single" || to < 0 || from < 0) return selectOnly(selection, id);
  return { ...selection, ids: order.slice(Math.min(from, to), Math.max(from, to) + 1) };
}

/** Chooses all of these. A single selection is left alone. */
export function selectAll(selection: Selection, order: readonly string[]): Selection {
  return selection.mode === "single" ? selection : { ...selection, ids: [...order] };
}

export function clearSelection(selection: Selection): Selection {
  return selection.ids.length === 0 && selection.anchor === null ? selection : { ...selection, ids: [], anchor: null };
}

/** Gives up what is not among these: after a search or a deletion, so that nothing chosen is out of sight. */
export function keepSelected(selection: Selection, existing: Iterable<string>): Selection {
  const left = new Set(existing);
  const ids = selection.ids.filter((id) => left.has(id));
  const anchor = selection.anchor !== null && left.has(selection.anchor) ? selection.anchor : null;
  return ids.length === selection.ids.length && anchor === selection.anchor ? selection : { ...selection, ids, anchor };
}

/** A function that tells quickly whether an item is chosen, for use in a view. */
export function selectedIn({ ids }: Selection): (id: string) => boolean {
  const set = new Set(ids);
  return (id) => set.has(id);
}
