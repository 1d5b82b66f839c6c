/** One row. Never mutated: a change makes a new row and a new list. */
export interface Row {
  readonly id: string;
  readonly label: string;
  readonly value: number;
  readonly isDone: boolean;
}

/** `table`: rows of texts below a header. `list`: rows of a text, a button and a checkbox. */
export type Scene = "table" | "list";

export const SCENES: readonly Scene[] = ["table", "list"];

export interface State {
  readonly scene: Scene;
  readonly rows: readonly Row[];
  readonly selected: string;
  readonly typed: string;
  /** Counts what was done. It is on the screen, so that a measurement sees when an operation has arrived there. */
  readonly done: number;
  readonly nextId: number;
}

export const OPERATIONS = [
  "create",
  "replace",
  "update",
  "select",
  "swap",
  "remove",
  "append",
  "clear",
  "createMany",
] as const;

/** What has a button. Typing has a field instead. */
export type Operation = (typeof OPERATIONS)[number];

export const ROWS = 1_000;
export const MANY_ROWS = 10_000;

export function initialState(scene: Scene): State {
  return { scene, rows: [], selected: "", typed: "", done: 0, nextId: 1 };
}

export function operate(state: State, operation: Operation): State {
  const { rows, nextId } = state;
  const next = { ...state, done: state.done + 1 };
  const fresh = (count: number): Pick<State, "rows" | "nextId"> => ({
    rows: rowsFrom(nextId, count),
    nextId: nextId + count,
  });
  switch (operation) {
    case "create":
    case "replace":
      return { ...next, ...fresh(ROWS) };
    case "createMany":
      return { ...next, ...fresh(MANY_ROWS) };
    case "append": {
      const more = fresh(ROWS);
      return { ...next, ...more, rows: [...rows, ...more.rows] };
    }
    case "update":
      return { ...next, rows: rows.map((row, i) => (i % 10 === 0 ? { ...row, label: `${row.label} !` } : row)) };
    case "select":
      return { ...next, selected: rows[4]?.id ?? "" };
    case "swap": {
      const second = rows[1];
      const late = rows[998];
      if (second === undefined || late === undefined) return next;
      return { ...next, rows: rows.with(1, late).with(998, second) };
    }
    case "remove":
      return { ...next, rows: rows.filter((_, i) => i !== 5) };
    case "clear":
      return { ...next, rows: [] };
  }
}

export function type(state: State, typed: string): State {
  return { ...state, typed, done: state.done + 1 };
}

/** What the page shows beside the rows. */
export function statusOf(state: State): string {
  return `${state.done} done, typed: ${state.typed}`;
}

const SIZES = ["large", "small", "tall", "short", "plain", "fancy", "quiet", "cheap", "clean", "helpful", "odd"];
const COLORS = ["red", "yellow", "blue", "green", "pink", "brown", "purple", "white", "black", "orange"];
const THINGS = ["table", "chair", "house", "desk", "car", "keyboard", "mouse", "cookie", "sandwich", "burger", "pizza"];

/** The same rows in every implementation. */
function rowsFrom(first: number, count: number): readonly Row[] {
  return Array.from({ length: count }, (_, i) => {
    const n = first + i;
    const pick = (words: readonly string[], by: number): string => words[(n * by) % words.length] ?? "";
    return {
      id: `r${n}`,
      label: `${pick(SIZES, 7)} ${pick(COLORS, 3)} ${pick(THINGS, 5)}`,
      value: (n * 37) % 1_000,
      isDone: n % 3 === 0,
    };
  });
}
