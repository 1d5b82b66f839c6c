import { applyEdit, diffText, likeness, moveEdit, type TextEdit } from "./echo-diff.ts";

/**
 * Controlled text over a slow link. The field shows what a person types at once; the app answers later, possibly after
 * several more keys. Every answer is matched with the text it answers:
 *
 * | the value is …                         | it is                       | what happens                                        |
 * |----------------------------------------|-----------------------------|-----------------------------------------------------|
 * | a text in flight                       | an echo                     | settles it and those before; the field stays        |
 * | right behind an echo, in one patch     | its correction              | shown, with the edits made since on top             |
 * | close to a text in flight              | a corrected echo            | shown, with the edits made since on top             |
 * | close to the last value of the app     | a change of the app's own   | shown, with all unanswered edits on top, sent again |
 * | like nothing, after a submit           | the answer to the submit    | shown, with the edits made since on top, sent again |
 * | like nothing                           | the answer to the oldest    | the same                                            |
 *
 * "Sent again": texts in flight do not know of the app's change and will overwrite it, so the combined text follows them.
 * Their answers, recognized as late, then only settle. Nothing is applied during composition (input methods); answers wait.
 *
 * The one hole: an app that sets a text equal to one still in flight is taken for an echo. `settle` closes it after a pause.
 */
export interface EchoState {
  /** What the field shows. */
  readonly shown: string;
  /** The last value the app sent. */
  readonly confirmed: string;
  /** The text under the first unanswered edit; all edits applied to it give `shown`. */
  readonly base: string;
  /** Not yet answered, oldest first. */
  readonly sent: readonly SentText[];
  readonly composing: boolean;
  /** Values that arrived during composition. */
  readonly waiting: readonly string[];
}

export interface SentText {
  readonly text: string;
  /** What the person did since the previous entry, on top of the text shown then; `null` for a text sent again or a submit. */
  readonly edit: TextEdit | null;
  readonly kind: "edit" | "repeat" | "submit";
  /** Sent without knowing a later change of the app: its answer says nothing new. */
  readonly isLate: boolean;
}

export interface EchoStep {
  readonly state: EchoState;
  /** A text to put in the field, when it is not what it shows already. */
  readonly show?: string;
  /** A text to report to the app. */
  readonly send?: string;
}

/** Unanswered texts are remembered up to here: 17 s of typing at 15 keys per second. */
export const MAX_SENT_TEXTS = 256;
/** Of long documents fewer are remembered, so that a silent app costs 16 MiB at most. */
const MAX_SENT_CHARS = 8_388_608;
/** A corrected echo shares at least this part of its characters with what was typed. */
const MIN_SHARED = 0.5;

export function createEcho(value: string): EchoState {
  return { shown: value, confirmed: value, base: value, sent: [], composing: false, waiting: [] };
}

/** The person changed the field's text. `caret` is where the edit ended. */
export function onUserEdit(state: EchoState, text: string, caret?: number): EchoStep {
  if (state.composing || text === state.shown) return { state };
  const entry: SentText = { text, edit: diffText(state.shown, text, caret), kind: "edit", isLate: false };
  return { state: bounded({ ...state, shown: text, sent: [...state.sent, entry] }), send: text };
}

/** The field's text was submitted; what the app sets next may be its answer to that. */
export function onSubmit(state: EchoState): EchoState {
  const entry: SentText = { text: state.shown, edit: null, kind: "submit", isLate: false };
  return bounded({ ...state, sent: [...state.sent, entry] });
}

export function onCompositionStart(state: EchoState): EchoState {
  return { ...state, composing: true };
}

/**
 * The composition ended with this text in the field. What waited is applied first, with the composed text on top, and the whole
 * is reported: the app may take for granted that whoever reports a text has seen the values before it.
 */
export function onCompositionEnd(state: EchoState, text: string, caret?: number): EchoStep {
  let current: EchoState = { ...state, composing: false, waiting: [] };
  let composed = text === state.shown ? null : diffText(state.shown, text, caret);
  let send: string | undefined;
  for (const value of state.waiting) {
    const step = onProp(current, value);
    if (composed !== null) composed = moveEdit(composed, current.shown, step.state.shown);
    current = step.state;
    send = step.send ?? send;
  }
  if (composed === null) return finish(current, text, send);
  const typed = onUserEdit(current, applyEdit(current.shown, composed));
  return finish(typed.state, text, typed.send ?? send);
}

/**
 * The app said its value again without a change: it refused a text. Only an app side that repeats itself after each report
 * does so; without it a refusal is silent and `settle` has to do.
 */
export function onRepeatedProp(state: EchoState, value: string): EchoStep {
  const isRefusal = !state.composing && state.sent.length > 0 && value === state.confirmed;
  if (!isRefusal || state.sent.some((entry) => entry.text === value)) return onProp(state, value);
  const match = closest(state, value, null);
  const index = Math.max(0, match.index);
  // A text typed on after a submit still has what was submitted, and would bring it back.
  const isCleared = state.sent[index]?.kind === "submit";
  return answer(state, index, value, isCleared && match.isOwnChange);
}

/**
 * The app's value came together with, and after, a text of ours: the app heard that text and chose this value instead. What
 * was typed since goes on top; the app will answer it.
 */
export function onCorrection(state: EchoState, value: string): EchoStep {
  return state.composing || state.sent.length === 0 ? onProp(state, value) : answer(state, -1, value, false);
}

/**
 * The app is out of reach: what was in flight is lost, and so are its answers. The field keeps what it shows until the next
 * value, which wins whatever it is.
 */
export function onHostLost(state: EchoState): EchoState {
  return { ...createEcho(state.shown), composing: state.composing };
}

/** The app's value arrived. */
export function onProp(state: EchoState, value: string): EchoStep {
  if (state.composing) {
    const waiting = [...state.waiting, value].slice(-MAX_SENT_TEXTS);
    return { state: { ...state, waiting } };
  }
  if (state.sent.length === 0) return finish(createEcho(value), state.shown);
  const echo = state.sent.findIndex((entry) => entry.kind !== "submit" && entry.text === value);
  if (echo >= 0) return answer(state, echo, value, false);
  const expected = expectedAnswers(state).indexOf(value);
  if (expected >= 0) return answer(state, expected, value, false);
  if (value === state.confirmed) return { state };
  const match = closest(state, value, state.confirmed);
  return answer(state, match.index, value, match.isOwnChange);
}

/**
 * Gives up waiting for answers: the app has said what it had to say. Call it after a pause that is long compared with the
 * answers seen so far; an answer that comes later still is applied as a change of the app's own.
 */
export function settle(state: EchoState): EchoStep {
  if (state.composing || state.sent.length === 0) return { state };
  return finish(createEcho(state.confirmed), state.shown);
}

const NOT_ALIKE = { cost: Number.POSITIVE_INFINITY, kept: 0 };

/** What the app may answer to each entry, seeing how it corrected those before; `null` where nothing can be said. */
function expectedAnswers(state: EchoState): readonly (string | null)[] {
  let local = state.base;
  return state.sent.map((entry) => {
    if (entry.edit !== null) local = applyEdit(local, entry.edit);
    return entry.kind === "submit" || entry.isLate ? null : local;
  });
}

/** `unanswered`: the value before any of the texts in flight, when `value` may be made from that. */
function closest(
  state: EchoState,
  value: string,
  unanswered: string | null,
): { readonly index: number; readonly isOwnChange: boolean } {
  let bestIndex = -1;
  let best = unanswered === null ? NOT_ALIKE : likeness(unanswered, value);
  const expected = expectedAnswers(state);
  state.sent.forEach((entry, index) => {
    if (entry.kind === "submit") return;
    const asSent = likeness(entry.text, value);
    const local = expected[index] ?? null;
    const asExpected = local === null ? asSent : likeness(local, value);
    const candidate = asExpected.cost < asSent.cost ? asExpected : asSent;
    // On equal terms an answer is likelier than a change out of the blue, and the oldest is answered first.
    if (candidate.cost < best.cost || (candidate.cost === best.cost && bestIndex < 0)) {
      best = candidate;
      bestIndex = index;
    }
  });
  if (value.length > 0 && best.kept >= value.length * MIN_SHARED) {
    return { index: bestIndex, isOwnChange: bestIndex < 0 };
  }
  const submitted = state.sent.findIndex((entry) => entry.kind === "submit" && !entry.isLate);
  return { index: Math.max(0, submitted), isOwnChange: true };
}

/** `index` is the newest entry the app had seen (-1: none) when it chose `value`. */
function answer(state: EchoState, index: number, value: string, isOwnChange: boolean): EchoStep {
  const settled = state.sent.slice(0, index + 1);
  const rest = state.sent.slice(index + 1);
  const local = settled.reduce((text, entry) => (entry.edit === null ? text : applyEdit(text, entry.edit)), state.base);
  if (settled.at(-1)?.isLate === true && !isOwnChange) {
    return { state: { ...state, confirmed: value, base: local, sent: rest } };
  }
  let before = local;
  let after = value;
  const moved = rest.map((entry): SentText => {
    if (entry.edit === null) return entry;
    const edit = moveEdit(entry.edit, before, after);
    before = applyEdit(before, entry.edit);
    after = applyEdit(after, edit);
    return { ...entry, edit };
  });
  const next: EchoState = { ...state, shown: after, confirmed: value, base: value, sent: moved };
  const isUnaware = isOwnChange && rest.some((entry) => entry.kind === "edit" && !entry.isLate);
  if (!isUnaware) return finish(next, state.shown);
  const late = moved.map((entry): SentText => ({ ...entry, isLate: true }));
  const repeat: SentText = { text: after, edit: null, kind: "repeat", isLate: false };
  return finish(bounded({ ...next, sent: [...late, repeat] }), state.shown, after);
}

function finish(state: EchoState, shownBefore: string, send?: string): EchoStep {
  return {
    state,
    ...(state.shown === shownBefore ? {} : { show: state.shown }),
    ...(send === undefined ? {} : { send }),
  };
}

function bounded(state: EchoState): EchoState {
  const excess =
    state.sent.length - Math.min(MAX_SENT_TEXTS, Math.max(1, Math.floor(MAX_SENT_CHARS / state.shown.length)));
  if (excess <= 0) return state;
  const dropped = state.sent.slice(0, excess);
  const base = dropped.reduce((text, entry) => (entry.edit === null ? text : applyEdit(text, entry.edit)), state.base);
  return { ...state, base, sent: state.sent.slice(excess) };
}
