/** Puts elements where they belong without losing focus, scroll offsets or selections on the way. */
export function moveInto(parent: Element, element: Element, before: Element | null): void {
  if (!element.isConnected || !parent.isConnected) {
    parent.insertBefore(element, before);
    return;
  }
  // Not in every engine yet, so looked up by name.
  const move: unknown = Reflect.get(parent, "moveBefore");
  if (typeof move === "function") {
    move.call(parent, element, before);
    return;
  }
  const restore = remember(element);
  parent.insertBefore(element, before);
  restore();
}

function remember(element: Element): () => void {
  const scrolled: [Element, number, number][] = [];
  for (const inner of [element, ...element.querySelectorAll(".pl-scroll-port, textarea, .cm-scroller")]) {
    if (inner.scrollTop !== 0 || inner.scrollLeft !== 0) scrolled.push([inner, inner.scrollLeft, inner.scrollTop]);
  }
  const active = element.ownerDocument.activeElement;
  const focused = active instanceof HTMLElement && element.contains(active) ? active : undefined;
  const field = focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement ? focused : undefined;
  const selection = field === undefined ? undefined : ([field.selectionStart, field.selectionEnd] as const);
  return () => {
    for (const [inner, left, top] of scrolled) {
      inner.scrollLeft = left;
      inner.scrollTop = top;
    }
    focused?.focus({ preventScroll: true });
    // Some kinds of fields have no selection; they answer null.
    if (field !== undefined && selection !== undefined && selection[0] !== null) field.setSelectionRange(...selection);
  };
}

/** Positions in `values` that form a longest rising run; negative values never belong to it. The rest has to move. */
export function longestRise(values: readonly number[]): ReadonlySet<number> {
  const tails: number[] = [];
  const before: number[] = new Array<number>(values.length).fill(-1);
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? -1;
    if (value < 0) continue;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    before[at] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = at;
  }
  const kept = new Set<number>();
  for (let at = tails[tails.length - 1] ?? -1; at >= 0; at = before[at] ?? -1) kept.add(at);
  return kept;
}
