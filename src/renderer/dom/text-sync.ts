import { applyEdit, diffText, type TextEdit } from "./echo-diff.ts";
import { differences, mapPosition } from "./text-differences.ts";

/**
 * A text that several people edit, seen from one editor. What is typed goes to the app at once, as numbered batches of
 * edits, each made on a revision that the app named with the batches before it on top. The app answers with its newest
 * text and the number of the last batch in it:
 *
 * | the app's text …                             | what happens                                                    |
 * |----------------------------------------------|-----------------------------------------------------------------|
 * | has every batch                              | shown, with what was not told yet on top, which is told now     |
 * | has some, and nothing of anybody else        | those are done with; the others stand on the new revision       |
 * | lacks some, and has changes of others        | waits for the answer that has everything; typing waits with it  |
 * | is the first after the app was out of reach  | the first batch it lacks is told again, carried over to it; its |
 * |                                              | answer tells which of the others arrived; the rest is told anew |
 *
 * So both sides always know which text an edit was made on, and nobody has to guess. A batch that is told twice is taken
 * once, by its number. During composition (input methods) nothing is told and nothing shown.
 */
export interface TextSync {
  /** What the field shows. */
  readonly shown: string;
  /** The app's text that everything below is made on. */
  readonly base: string;
  readonly revision: number;
  /** Of the last batch that is in `base`, or 0. */
  readonly answered: number;
  /** Told, and not in `base`. */
  readonly sent: readonly TextBatch[];
  /** Typed and not told, in order, each on the text after the one before. */
  readonly typed: readonly TextEdit[];
  /** Of the last batch. */
  readonly number: number;
  /**
   * `waits`: the app has changes of others. `lost`: it is out of reach. `asks`: it is back, and only the first of `sent` was
   * told again. In these what is typed is not told.
   */
  readonly mode: "talks" | "waits" | "lost" | "asks";
  /** How often the app was out of reach. */
  readonly attempt: number;
  readonly isComposing: boolean;
  /** The newest text of the app that came during composition. */
  readonly waiting: AppText | null;
}

/** What the app says: its text, the revision of it, and the last batch of this editor that is in it. */
export interface AppText {
  readonly text: string;
  readonly revision: number;
  /** Number of that batch; 0 for none. */
  readonly answered: number;
  /** Of the newest attempt at a batch that the app has taken; everything it got before that is in the text. */
  readonly attempt: number;
}

export interface TextBatch {
  /** Counts upwards from 1. */
  readonly number: number;
  /** The batch of this editor that it follows, or 0. */
  readonly after: number;
  /** The revision that this batch, and those before it that the revision lacks, are made on. */
  readonly revision: number;
  /** How often the app was out of reach before it was told; more for a batch that is told again. */
  readonly attempt: number;
  /** Each is made on the text after the one before. */
  readonly changes: readonly TextEdit[];
}

export interface TextSyncStep {
  readonly state: TextSync;
  /** A text to put in the field, when it is not what it shows already. */
  readonly show?: string;
  readonly send?: TextBatch;
}

/** A batch has at most this many edits; more become one that replaces what lies between them. */
export const MAX_BATCH_EDITS = 64;
/** With more unanswered batches than this, what is typed waits. */
export const MAX_SENT_BATCHES = 128;

export function createTextSync({ text, revision }: AppText): TextSync {
  return {
    shown: text,
    base: text,
    revision,
    answered: 0,
    sent: [],
    typed: [],
    number: 0,
    mode: "talks",
    attempt: 0,
    isComposing: false,
    waiting: null,
  };
}

/** The person changed the field's text. `caret` is where the edit ended. */
export function onSyncEdit(state: TextSync, text: string, caret?: number): TextSyncStep {
  if (state.isComposing || text === state.shown) return { state };
  const typed = withEdit(state, diffText(state.shown, text, caret));
  return told({ ...state, shown: text, typed }, text);
}

export function onSyncValue(state: TextSync, value: AppText): TextSyncStep {
  if (state.isComposing) return { state: { ...state, waiting: value } };
  const done = state.sent.filter((batch) => batch.number <= value.answered);
  const rest = state.sent.slice(done.length);
  const from = withBatches(state.base, done);
  const answered = Math.max(state.answered, value.answered);
  const [first] = rest;
  if (first === undefined) return told(carried(state, from, value, { answered, sent: [], mode: "talks" }), state.shown);
  switch (state.mode) {
    case "lost": {
      const next = carried(state, from, value, { answered, sent: rest, mode: "asks" });
      const [again] = next.sent;
      return { ...shows(next, state.shown), ...(again === undefined ? {} : { send: again }) };
    }
    case "asks": {
      if (value.attempt < state.attempt) return { state };
      // All that the app ever got is in its text: the rest was lost, and is as if it was typed now.
      const next = carried(state, from, value, { answered, sent: rest, mode: "talks" });
      const typed = [...next.sent.flatMap((batch) => batch.changes), ...next.typed];
      return told({ ...next, sent: [], typed }, state.shown);
    }
    default: {
      if (value.text !== from) return { state: { ...state, mode: "waits" } };
      // With the changes of the others not there yet, everything told is made on this revision as well.
      return { state: { ...state, base: from, revision: value.revision, answered, sent: rest } };
    }
  }
}

/** Tells what waits, because something else is about to be told that has to come after it. */
export function onSyncFlush(state: TextSync): TextSyncStep {
  return state.mode === "waits" ? told({ ...state, mode: "talks" }, state.shown) : { state };
}

export function onSyncCompositionStart(state: TextSync): TextSync {
  return { ...state, isComposing: true };
}

/** The composition ended with this text in the field. */
export function onSyncCompositionEnd(state: TextSync, text: string, caret?: number): TextSyncStep {
  const { waiting } = state;
  const composed: TextSync = {
    ...state,
    isComposing: false,
    waiting: null,
    ...(text === state.shown ? {} : { shown: text, typed: withEdit(state, diffText(state.shown, text, caret)) }),
  };
  return waiting === null ? told(composed, text) : onSyncValue(composed, waiting);
}

/** Nothing that is told now arrives; the next value of the app says what it has. */
export function onSyncLost(state: TextSync): TextSync {
  return { ...state, mode: "lost", attempt: state.attempt + 1 };
}

/** Everything that `value` lacks, on top of it instead of `from`. */
function carried(
  state: TextSync,
  from: string,
  value: AppText,
  next: Pick<TextSync, "answered" | "sent" | "mode">,
): TextSync {
  const { text, revision } = value;
  let before = from;
  let after = text;
  let previous = next.answered;
  const move = (edits: readonly TextEdit[]): readonly TextEdit[] => {
    const moved = moveEdits(edits, before, after);
    before = edits.reduce(applyEdit, before);
    after = moved.reduce(applyEdit, after);
    return moved;
  };
  const sent = next.sent.map((batch): TextBatch => {
    const changes = move(batch.changes);
    const again = { number: batch.number, after: previous, revision, attempt: state.attempt, changes };
    previous = batch.number;
    return again;
  });
  const typed = move(state.typed);
  return { ...state, ...next, base: text, revision, sent, typed, shown: after };
}

/** Tells what was typed, if now is the time. */
function told(state: TextSync, shownBefore: string): TextSyncStep {
  const { mode, sent, typed, revision } = state;
  if (mode !== "talks" || typed.length === 0 || sent.length >= MAX_SENT_BATCHES) return shows(state, shownBefore);
  const number = state.number + 1;
  const after = sent.at(-1)?.number ?? state.answered;
  const batch: TextBatch = { number, after, revision, attempt: state.attempt, changes: typed };
  return { ...shows({ ...state, sent: [...sent, batch], typed: [], number }, shownBefore), send: batch };
}

function shows(state: TextSync, shownBefore: string): TextSyncStep {
  return state.shown === shownBefore ? { state } : { state, show: state.shown };
}

function withBatches(text: string, batches: readonly TextBatch[]): string {
  return batches.reduce((result, batch) => batch.changes.reduce(applyEdit, result), text);
}

/** Typing on, and taking back what was just typed, make no new edit. */
function withEdit(state: TextSync, edit: TextEdit): readonly TextEdit[] {
  const { typed } = state;
  const last = typed.at(-1);
  if (last !== undefined) {
    const { start, insert } = last;
    const end = start + insert.length;
    if (edit.start >= start && edit.end <= end) {
      const merged = insert.slice(0, edit.start - start) + edit.insert + insert.slice(edit.end - start);
      return [...typed.slice(0, -1), { ...last, insert: merged }];
    }
  }
  if (typed.length < MAX_BATCH_EDITS) return [...typed, edit];
  return [diffText(withBatches(state.base, state.sent), applyEdit(state.shown, edit))];
}

/** Edits on `from`, made on `to` instead. Those that only take away what is gone already are left out. */
function moveEdits(edits: readonly TextEdit[], from: string, to: string): readonly TextEdit[] {
  const moved: TextEdit[] = [];
  let before = from;
  let after = to;
  for (const edit of edits) {
    const between = differences(before, after);
    const start = mapPosition(between, edit.start);
    const end = edit.start === edit.end ? start : Math.max(start, mapPosition(between, edit.end, "before"));
    const next: TextEdit = { start, end, insert: edit.insert };
    if (end > start || edit.insert !== "") moved.push(next);
    before = applyEdit(before, edit);
    after = applyEdit(after, next);
  }
  return moved;
}
