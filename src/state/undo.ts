/** A value with its past and future. Plain data: it may be part of a model, stored, and sent. */
export interface Undo<Value> {
  readonly present: Value;
  /** Oldest first. */
  readonly past: readonly UndoEntry<Value>[];
  /** What was undone, the next to redo last. */
  readonly future: readonly UndoEntry<Value>[];
  /** What led to `present`, to join the next change with. */
  readonly last: UndoMark | null;
}

export interface UndoEntry<Value> {
  readonly value: Value;
  /** What led away from this value, in words for a menu. */
  readonly label: string | null;
}

export interface UndoMark {
  readonly kind: string | null;
  readonly at: number;
  readonly label: string | null;
}

export interface UndoStep {
  /** Changes of one kind that follow each other quickly are one step: `"typing"`. Absent: always a step of its own. */
  readonly kind?: string;
  /** The moment of the change in milliseconds; needed to join. */
  readonly at?: number;
  /** The longest pause between two changes of one step, in milliseconds; default 500. */
  readonly within?: number;
  readonly label?: string;
  /** Steps kept at most; default 100. */
  readonly limit?: number;
}

const DEFAULT_WITHIN_MS = 500;
const DEFAULT_LIMIT = 100;

/** A history that begins with this value. */
export function createUndo<Value>(present: Value): Undo<Value> {
  return { present, past: [], future: [], last: null };
}

/** Goes on with another value, which can be undone. What was undone before is gone. The same value changes nothing. */
export function change<Value>(history: Undo<Value>, present: Value, step: UndoStep = {}): Undo<Value> {
  if (Object.is(present, history.present)) return history;
  const { kind = null, at = 0, within = DEFAULT_WITHIN_MS, label = null, limit = DEFAULT_LIMIT } = step;
  if (!(Number.isInteger(limit) && limit >= 1)) {
    throw new RangeError(`An undo history keeps a whole number of steps from 1 up; the limit is ${String(limit)}.`);
  }
  const { last, past } = history;
  const isJoined =
    kind !== null &&
    last?.kind === kind &&
    step.at !== undefined &&
    at - last.at <= within &&
    history.future.length === 0;
  const mark = { kind: step.at === undefined ? null : kind, at, label: isJoined ? last.label : label };
  if (isJoined) return { ...history, present, last: mark };
  return { present, past: [...past, { value: history.present, label }].slice(-limit), future: [], last: mark };
}

/** Goes on with another value that is no step: a correction by the program. The next step undoes to what was before it. */
export function amend<Value>(history: Undo<Value>, present: Value): Undo<Value> {
  return Object.is(present, history.present) ? history : { ...history, present };
}

/** The value before the last step. At the beginning nothing changes. */
export function undo<Value>(history: Undo<Value>): Undo<Value> {
  const entry = history.past.at(-1);
  if (entry === undefined) return history;
  return {
    present: entry.value,
    past: history.past.slice(0, -1),
    future: [...history.future, { value: history.present, label: entry.label }],
    last: null,
  };
}

/** The value that was undone last. At the end nothing changes. */
export function redo<Value>(history: Undo<Value>): Undo<Value> {
  const entry = history.future.at(-1);
  if (entry === undefined) return history;
  return {
    present: entry.value,
    past: [...history.past, { value: history.present, label: entry.label }],
    future: history.future.slice(0, -1),
    last: null,
  };
}

export function canUndo(history: Undo<unknown>): boolean {
  return history.past.length > 0;
}

export function canRedo(history: Undo<unknown>): boolean {
  return history.future.length > 0;
}

/** What `undo` would take back, for a menu: `null` without a label or a step. */
export function undoLabel(history: Undo<unknown>): string | null {
  return history.past.at(-1)?.label ?? null;
}

export function redoLabel(history: Undo<unknown>): string | null {
  return history.future.at(-1)?.label ?? null;
}
