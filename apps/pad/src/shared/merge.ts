import { ChangeSet, Text } from "@codemirror/state";

/**
 * Text that several people edit at once. Everybody's editor may lag behind; what it tells is carried over everything that
 * happened since (operational transformation; the change sets and their mapping are those of `@codemirror/state`).
 *
 * An editor that numbers its edits says which revision they were made on: `takeBatch`. One that does not tells nothing but
 * its whole new text, so the text that was edited has to be guessed: `editText` takes, among the texts the editor may have
 * shown, the one that needs the smallest change. What it may have shown, for each revision it may have had: the text of that
 * revision with the editor's own later changes on top, without those of the others. Renderers keep unanswered changes on
 * top of what they are told, so a text without them is never shown.
 *
 * Plain data: it is part of the shared model.
 */
export interface SharedText {
  readonly text: string;
  /** Counts changes. */
  readonly rev: number;
  /** The last changes, oldest first, each with its inverse. */
  readonly history: readonly Revision[];
  readonly editors: { readonly [editor: string]: Told };
  /** What was taken from each editor that numbers its edits, the one heard last at the end. */
  readonly answered: readonly Answered[];
}

/**
 * Edits that an editor numbered, each on the text after the one before. The first is made on the text of `revision` with the
 * batches on top that the editor told since. `after`: the number of the batch before it, or 0.
 */
export interface Batch {
  readonly editor: string;
  readonly number: number;
  readonly after: number;
  readonly revision: number;
  /** Grows when a batch is told again. */
  readonly attempt: number;
  readonly changes: readonly { readonly start: number; readonly end: number; readonly insert: string }[];
}

export interface Answered {
  readonly editor: string;
  /** Of the last batch taken. */
  readonly number: number;
  /** The newest attempt at telling a batch. */
  readonly attempt: number;
}

/** What an editor told last. */
interface Told {
  /** The newest revision that it certainly had. Older ones it will not show again. */
  readonly had: number;
  /** The revision that its text became. */
  readonly rev: number;
  /** The change from there back to the text as it was told. */
  readonly back: unknown;
}

interface Revision {
  /** The editor it came from; empty when it was none. */
  readonly by: string;
  readonly change: unknown;
  readonly inverse: unknown;
  /** What a numbered batch changed where it was made, before it was carried over the changes of others. */
  readonly told?: unknown;
}

/** A text that an editor may have shown, and the change from there to the present text. */
interface Candidate {
  readonly text: string;
  readonly ahead: ChangeSet;
  readonly rev: number;
}

export interface Splice {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** With three people who type 5 keys a second each: 20 s. */
const MAX_REVISIONS = 300;
const MAX_EDITORS = 50;

export function createText(text: string): SharedText {
  return { text: normalize(text), rev: 0, history: [], editors: {}, answered: [] };
}

/** Line ends are `\n` everywhere. */
export function normalize(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

/** Replaces the whole text, as somebody who saw all of it; what editors still have under way is carried over. */
export function replaceText(shared: SharedText, text: string): SharedText {
  return change(shared, "", changeBetween(shared.text, normalize(text)));
}

/**
 * An editor that numbers its edits told a batch. One that was taken before changes nothing. Throws a `RangeError` when it
 * follows one that was not taken, when its revision is not known any more, or when the edits do not fit the text.
 */
export function takeBatch(shared: SharedText, batch: Batch): SharedText {
  const { editor, number, attempt } = batch;
  const known = shared.answered.find((one) => one.editor === editor);
  if (known !== undefined) {
    if (number <= known.number) return attempt <= known.attempt ? shared : withAnswer(shared, { ...known, attempt });
    if (batch.after !== known.number) {
      throw new RangeError(`edits ${number} follow edits ${batch.after}, which are not there`);
    }
  }
  const base = textAt(shared, batch.revision);
  if (base === undefined) throw new RangeError(`revision ${batch.revision} of the text is not known any more`);
  // From the text that the editor showed to the present one: what others did since.
  let others = ChangeSet.empty(base.length);
  let length = base.length;
  for (const { by, change, told } of shared.history.slice(shared.history.length - (shared.rev - batch.revision))) {
    if (by === editor && told !== undefined) {
      const own = ChangeSet.fromJSON(told);
      others = others.map(own, true);
      length = own.newLength;
    } else others = others.compose(ChangeSet.fromJSON(change));
  }
  let made = ChangeSet.empty(length);
  for (const { start, end, insert } of batch.changes) {
    made = made.compose(ChangeSet.of({ from: start, to: end, insert: toText(normalize(insert)) }, made.newLength));
  }
  const next = made.empty ? shared : revised(shared, editor, made.map(others), made.toJSON());
  return withAnswer(next, { editor, number, attempt });
}

function withAnswer(shared: SharedText, answer: Answered): SharedText {
  const others = shared.answered.filter(({ editor }) => editor !== answer.editor);
  return { ...shared, answered: [...others, answer].slice(-MAX_EDITORS) };
}

/** What was taken from an editor; nothing when it is not known. */
export function answeredTo({ answered }: SharedText, editor: string): Pick<Answered, "number" | "attempt"> {
  return answered.find((one) => one.editor === editor) ?? { number: 0, attempt: 0 };
}

/**
 * An editor told its new text. `seenRev` is the newest revision that was on its way to the editor; texts newer than that
 * it cannot have had. `hadRev` is the newest one that the editor is known to have shown; texts older than that it does not
 * have any more.
 */
export function editText(shared: SharedText, editor: string, seenRev: number, newText: string, hadRev = 0): SharedText {
  const text = normalize(newText);
  const base = closest(candidatesOf(shared, editor, seenRev, hadRev), text);
  const made = changeBetween(base.text, text);
  const edited = change(shared, editor, made.map(base.ahead));
  const back = base.ahead.map(made, true).invert(toText(text)).toJSON();
  const told: Told = { had: base.rev, rev: edited.rev, back };
  return { ...edited, editors: bounded({ ...edited.editors, [editor]: told }, editor) };
}

/** The text at an earlier revision, as far back as the history goes. */
export function textAt(shared: SharedText, rev: number): string | undefined {
  const steps = shared.rev - rev;
  if (steps < 0 || steps > shared.history.length) return undefined;
  let doc = toText(shared.text);
  for (let step = 0; step < steps; step += 1) {
    const revision = shared.history[shared.history.length - 1 - step];
    if (revision === undefined) return undefined;
    doc = ChangeSet.fromJSON(revision.inverse).apply(doc);
  }
  return doc.toString();
}

/** The smallest single replacement that makes one text of another; never cuts a surrogate pair. */
export function spliceBetween(before: string, after: string): Splice | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  if (start > 0 && isHighSurrogate(before.charCodeAt(start - 1))) start -= 1;
  let same = 0;
  while (
    same < shorter - start &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  )
    same += 1;
  if (same > 0 && isLowSurrogate(before.charCodeAt(before.length - same))) same -= 1;
  return { from: start, to: before.length - same, insert: after.slice(start, after.length - same) };
}

export function applySplice(text: string, splice: Splice): string {
  return text.slice(0, splice.from) + splice.insert + text.slice(splice.to);
}

function candidatesOf(shared: SharedText, editor: string, seenRev: number, hadRev: number): readonly Candidate[] {
  const first = shared.rev - shared.history.length;
  // Nobody has had what is still to come.
  const had = Math.min(hadRev, seenRev, shared.rev);
  const oldest = Math.max(shared.editors[editor]?.had ?? first, first, had);
  const newest = Math.max(Math.min(seenRev, shared.rev), oldest);
  const last = lastTold(shared, editor, oldest);
  const candidates: Candidate[] = last === undefined ? [] : [last];
  let doc = toText(shared.text);
  const empty = ChangeSet.empty(doc.length);
  // The editor's own changes after `rev`, on the text of `rev`, and what the others' come to after them.
  let own: ChangeSet | undefined = empty;
  let others = empty;
  for (let rev = shared.rev; ; rev -= 1) {
    if (rev <= newest && rev !== last?.rev) {
      if (own === undefined) return candidates.length > 0 ? candidates : [{ text: shared.text, ahead: empty, rev }];
      candidates.push({ text: own.apply(doc).toString(), ahead: others, rev });
    }
    const revision = rev > oldest ? shared.history[rev - first - 1] : undefined;
    if (revision === undefined) return candidates;
    const made = ChangeSet.fromJSON(revision.change);
    const inverse = ChangeSet.fromJSON(revision.inverse);
    if (own !== undefined) {
      if (revision.by === editor) own = made.compose(own);
      else {
        const before: ChangeSet = own.map(inverse);
        // An own change inside of what this revision inserted was made by somebody who had it: no older text was shown.
        // Where both typed at one place, either may stand first.
        const isBehind: boolean = isSame(before.map(made), own);
        const isIndependent: boolean = isBehind || isSame(before.map(made, true), own);
        if (isIndependent) others = made.map(before, isBehind).compose(others);
        own = isIndependent ? before : undefined;
      }
    }
    doc = inverse.apply(doc);
  }
}

/**
 * What the editor told last is what it still shows, unless it got something newer since. It is kept as it was: making it
 * from the revisions would not tell on which side of a deletion something was typed.
 */
function lastTold(shared: SharedText, editor: string, oldest: number): Candidate | undefined {
  const told = shared.editors[editor];
  const first = shared.rev - shared.history.length;
  if (told === undefined || told.had < oldest || told.rev < first) return undefined;
  let doc = toText(shared.text);
  let since = ChangeSet.empty(doc.length);
  for (const { change: made, inverse } of shared.history.slice(told.rev - first).reverse()) {
    since = ChangeSet.fromJSON(made).compose(since);
    doc = ChangeSet.fromJSON(inverse).apply(doc);
  }
  const back = ChangeSet.fromJSON(told.back);
  return { text: back.apply(doc).toString(), ahead: back.invert(doc).compose(since), rev: told.had };
}

function isSame(a: ChangeSet, b: ChangeSet): boolean {
  return JSON.stringify(a.toJSON()) === JSON.stringify(b.toJSON());
}

/** The candidate that needs the smallest change; of equals what was told last, else the newest. */
function closest(candidates: readonly Candidate[], text: string): Candidate {
  let best: Candidate | undefined;
  let bestSize = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const splice = spliceBetween(candidate.text, text);
    const size = splice === undefined ? 0 : splice.to - splice.from + splice.insert.length;
    if (size < bestSize) {
      best = candidate;
      bestSize = size;
    }
  }
  if (best === undefined) throw new Error("a shared text has at least its present text as candidate");
  return best;
}

function change(shared: SharedText, by: string, set: ChangeSet): SharedText {
  return set.empty ? shared : revised(shared, by, set);
}

function revised(shared: SharedText, by: string, set: ChangeSet, told?: unknown): SharedText {
  const doc = toText(shared.text);
  const revision: Revision = {
    by,
    change: set.toJSON(),
    inverse: set.invert(doc).toJSON(),
    ...(told === undefined ? {} : { told }),
  };
  return {
    ...shared,
    text: set.apply(doc).toString(),
    rev: shared.rev + 1,
    history: [...shared.history, revision].slice(-MAX_REVISIONS),
  };
}

function bounded(editors: SharedText["editors"], keep: string): SharedText["editors"] {
  const names = Object.keys(editors);
  if (names.length <= MAX_EDITORS) return editors;
  const oldest = names
    .filter((name) => name !== keep)
    .sort((a, b) => (editors[a]?.had ?? 0) - (editors[b]?.had ?? 0))[0];
  return Object.fromEntries(Object.entries(editors).filter(([name]) => name !== oldest));
}

function changeBetween(before: string, after: string): ChangeSet {
  const splice = spliceBetween(before, after);
  if (splice === undefined) return ChangeSet.empty(before.length);
  const { from, to, insert } = splice;
  return ChangeSet.of({ from, to, insert: toText(insert) }, before.length);
}

function toText(text: string): Text {
  return Text.of(text.split("\n"));
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
