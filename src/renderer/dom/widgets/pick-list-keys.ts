import type { KeyFacts } from "../keys.ts";

/** What keys do to the highlighted row of a menu. Pure. */
export type PickKey = "up" | "down" | "first" | "last" | "page_up" | "page_down";

export const PICK_KEYS: Readonly<Record<string, PickKey>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  Home: "first",
  End: "last",
  PageUp: "page_up",
  PageDown: "page_down",
};

/** Alt and Down open a list as it is, Alt and Up close it with what is highlighted, as in lists of the system. */
export function opensOrCloses(event: KeyFacts, isOpen: boolean): boolean {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false;
  return event.key === (isOpen ? "ArrowUp" : "ArrowDown");
}

/** Single steps wrap around, pages and ends do not. -1: nothing is highlighted. */
export function moveHighlight(count: number, current: number, key: PickKey, rowsPerPage: number): number {
  if (count === 0) return -1;
  switch (key) {
    case "up":
      return current <= 0 ? count - 1 : current - 1;
    case "down":
      return current >= count - 1 ? 0 : current + 1;
    case "first":
      return 0;
    case "last":
      return count - 1;
    case "page_up":
      return Math.max(0, current - rowsPerPage);
    case "page_down":
      return Math.min(count - 1, current + rowsPerPage);
  }
}

/** The next option that starts with what was typed; the same letter again goes through those that start with it. */
export function typeahead(options: readonly string[], current: number, typed: string): number {
  const letters = [...typed.toLowerCase()];
  const isRepeated = letters.every((letter) => letter === letters[0]);
  const wanted = isRepeated ? (letters[0] ?? "") : letters.join("");
  // One letter moves on; more letters narrow down where the highlight is.
  const from = isRepeated ? current + 1 : Math.max(0, current);
  for (let step = 0; step < options.length; step++) {
    const index = (from + step) % options.length;
    if (options[index]?.toLowerCase().startsWith(wanted) === true) return index;
  }
  return current;
}
