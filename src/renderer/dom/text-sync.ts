import { applyEdit, diffText, type TextEdit } from "./echo-diff.ts";
import { differences, mapPosition } from "./text-differences.ts";

/**
 * A text that several people edit, seen from one editor. What is typed goes to the app as numbered batches of edits, one
 * batch under way at a time, each made on a revision that the app named. The app answers with its newest text and the
 * number of the last batch in it:
 *
 * | the app's text comes …                         | what happens                                                  |
 * |------------------------------------------------|---------------------------------------------------------------|
 * | while nothing is under way                     | shown; what is typed later is made on it                      |
 * | before the batch under way is in it            | waits: the answer will have everything that is in it          |
 * | with the batch under way in it                 | shown, with what was typed since on top as the next batch     |
 * | after the app was out of reach, without batch  | the batch is carried over to it and told again, same number   |
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
  /** Under way; `text` is what it made of `base`. */
  readonly sent: { readonly batch: TextBatch; readonly text: string } | null;
  /** Typed since, in order, each on the text after the one before. */
  readonly typed: readonly TextEdit[];
  /** Of the last batch. */
  readonly number: number;
  readonly isComposing: boolean;
  /** The app is out of reach: what is under way may be lost. */
  readonly isLost: boolean;
  /** The newest text of the app that came during composition. */
  readonly waiting: AppText | null;
}

/** What the app says: its text, the revision of it, and the last batch of this editor that is in it; 0 for none. */
export interface AppText {
  readonly text: string;
  readonly revision: number;
  readonly answered: number;
}

export interface TextBatch {
  /** Counts from 1. */
  readonly number: number;
  /** The revision the edits are made on. */
  readonly revision: number;
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

export function createTextSync({ text, revision }: AppText): TextSync {
  return {
    shown: text,
    base: text,
    revision,
    sent: null,
    typed: [],
    number: 0,
    isComposing: false,
    isLost: false,
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
  const { sent, shown } = state;
  if (sent === null) return told(carried(state, state.base, value, null), shown);
  if (value.answered >= sent.batch.number) return told(carried(state, sent.text, value, null), shown);
  if (!state.isLost) return { state };
  const changes = moveEdits(sent.batch.changes, state.base, value.text);
  const batch: TextBatch = { number: sent.batch.number, revision: value.revision, changes };
  const text = changes.reduce(applyEdit, value.text);
  const next = carried(state, sent.text, { ...value, text }, { batch, text });
  return { ...shows({ ...next, base: value.text }, shown), send: batch };
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
  return { ...state, isLost: true };
}

/** Everything typed since, on top of `value` instead of `from`. */
function carried(state: TextSync, from: string, value: AppText, sent: TextSync["sent"]): TextSync {
  const typed = moveEdits(state.typed, from, value.text);
  const shown = typed.reduce(applyEdit, value.text);
  return { ...state, shown, base: value.text, revision: value.revision, sent, typed, isLost: false };
}

/** Sends what was typed unless something is under way. */
function told(state: TextSync, shownBefore: string): TextSyncStep {
  if (state.sent !== null || state.isLost || state.typed.length === 0) return shows(state, shownBefore);
  const number = state.number + 1;
  const batch: TextBatch = { number, revision: state.revision, changes: state.typed };
  return { ...shows({ ...state, sent: { batch, text: state.shown }, typed: [], number }, shownBefore), send: batch };
}

function shows(state: TextSync, shownBefore: string): TextSyncStep {
  return state.shown === shownBefore ? { state } : { state, show: state.shown };
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
  return [diffText(state.sent?.text ?? state.base, applyEdit(state.shown, edit))];
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
