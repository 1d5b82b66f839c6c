// Ctrl+Z in a field that was moved. Browsers throw the undo history of a text field away when it, or anything around it, gets
// another place on the page (Chromium also with `moveBefore`). So the texts of the last fields are remembered, and a field that
// was moved gets its history back when somebody is about to use it: the remembered edits are played again as editing commands,
// without a word to anybody, and the browser's own undo goes on from there.

import { DisposableStore } from "../../base/index.ts";
import { diffText } from "./echo-diff.ts";

type TextField = HTMLInputElement | HTMLTextAreaElement;

/** What was in one field, one text for each step of undo. */
interface FieldPast {
  readonly texts: string[];
  /** Which of them is shown; those behind it can be redone. */
  at: number;
  /** Leads away from the field when the field is moved: the browser takes live ranges out of what it removes. */
  place: Range;
  /** The kind of edit that the last text came from, and where it left the caret. */
  kind: string;
  caret: number;
  /** The caret in front of the edit that is under way. */
  caretBefore: number;
}

const MAX_FIELDS = 8;
const MAX_TEXTS = 100;
/** Of all texts of one field. */
const MAX_CHARS = 200_000;
/** Edits of these kinds are one step as long as each begins where the last one ended, as browsers have it. */
const RUNS: ReadonlySet<string> = new Set(["insertText", "deleteContentBackward", "deleteContentForward"]);
const COMPOSITION = "insertCompositionText";

/** Remembers what is typed below `root` and restores it. Returns how to end that. */
export function keepFieldUndo(root: HTMLElement): () => void {
  const document = root.ownerDocument;
  const cleanups = new DisposableStore();
  const pasts = new Map<TextField, FieldPast>();
  let isRestoring = false;

  const begin = (field: TextField): FieldPast => {
    pasts.delete(field);
    for (const known of pasts.keys()) {
      if (!known.isConnected || pasts.size >= MAX_FIELDS) pasts.delete(known);
    }
    const caret = field.selectionStart ?? 0;
    const past = { texts: [field.value], at: 0, place: placeOf(field), kind: "", caret, caretBefore: -1 };
    pasts.set(field, past);
    return past;
  };
  const willEdit = (field: TextField): void => {
    const known = pasts.get(field);
    // What the app put into the field has no history in the browser either.
    const past = known?.texts[known.at] === field.value ? known : begin(field);
    past.caretBefore = field.selectionStart === field.selectionEnd ? (field.selectionStart ?? -1) : -1;
  };
  const edited = (field: TextField, kind: string): void => {
    const past = pasts.get(field);
    if (past === undefined) begin(field);
    else if (kind === "historyUndo" || kind === "historyRedo") step(past, field.value, kind === "historyUndo" ? -1 : 1);
    else {
      const isContinued = kind === past.kind && (kind === COMPOSITION || past.caretBefore === past.caret);
      record(past, field.value, isContinued && (kind === COMPOSITION || RUNS.has(kind)));
      past.kind = kind;
      past.caret = field.selectionStart ?? -1;
      past.caretBefore = -1;
    }
  };
  const restore = (field: TextField): void => {
    const past = pasts.get(field);
    if (past === undefined || past.kind === COMPOSITION || past.place.startContainer === field) return;
    past.place = placeOf(field);
    if (past.texts[past.at] !== field.value || document.activeElement !== field) return;
    isRestoring = true;
    try {
      play(field, past);
    } finally {
      isRestoring = false;
    }
  };

  const listen = (type: string, handler: (field: TextField, event: Event) => void): void => {
    const heard = (event: Event): void => {
      if (isTextField(event.target)) handler(event.target, event);
    };
    root.addEventListener(type, heard, { capture: true });
    cleanups.add(() => root.removeEventListener(type, heard, { capture: true }));
  };
  const unlessRestoring = (event: Event, work: () => void): void => {
    if (isRestoring) event.stopImmediatePropagation();
    else work();
  };
  listen("beforeinput", (field, event) => unlessRestoring(event, () => willEdit(field)));
  listen("input", (field, event) => {
    unlessRestoring(event, () => edited(field, event instanceof InputEvent ? event.inputType : ""));
  });
  listen("compositionend", (field) => {
    const past = pasts.get(field);
    if (past !== undefined) past.kind = "";
  });
  listen("keydown", (field, event) => {
    if (event instanceof KeyboardEvent && isUndoKey(event)) restore(field);
  });
  // Its menu offers to undo, or not.
  listen("contextmenu", (field) => restore(field));
  cleanups.add(() => pasts.clear());
  return () => cleanups.dispose();
}

/** The text after a new edit: a step of its own, or more of the last one. What could be redone is gone. */
function record(past: FieldPast, text: string, isContinued: boolean): void {
  const { texts } = past;
  texts.length = past.at + 1;
  if (isContinued && past.at > 0) texts[past.at] = text;
  else texts.push(text);
  let chars = 0;
  for (const each of texts) chars += each.length;
  while (texts.length > 1 && (texts.length > MAX_TEXTS || chars > MAX_CHARS)) chars -= texts.shift()?.length ?? 0;
  past.at = texts.length - 1;
}

/** The browser went back or forth. Its steps may be shorter than ours. */
function step(past: FieldPast, text: string, direction: -1 | 1): void {
  past.kind = "";
  const { texts } = past;
  for (let at = past.at + direction; at >= 0 && at < texts.length; at += direction) {
    if (texts[at] !== text) continue;
    past.at = at;
    return;
  }
  const at = direction < 0 ? past.at : past.at + 1;
  texts.splice(at, 0, text);
  past.at = at;
}

function play(field: TextField, { texts, at }: FieldPast): void {
  const document = field.ownerDocument;
  const [first = "", ...rest] = texts;
  const { value, selectionStart, selectionEnd, selectionDirection, scrollTop, scrollLeft } = field;
  field.value = first;
  for (const text of rest) {
    const edit = diffText(field.value, text);
    // A new selection also ends the step before.
    field.setSelectionRange(edit.start, edit.end);
    document.execCommand(edit.insert === "" ? "delete" : "insertText", false, edit.insert);
  }
  for (let undone = texts.length - 1; undone > at; undone -= 1) document.execCommand("undo");
  if (field.value !== value) field.value = value;
  field.setSelectionRange(selectionStart, selectionEnd, selectionDirection ?? "none");
  field.scrollTo({ top: scrollTop, left: scrollLeft });
}

function placeOf(field: TextField): Range {
  const place = field.ownerDocument.createRange();
  place.setStart(field, 0);
  return place;
}

function isTextField(target: EventTarget | null): target is TextField {
  if (target instanceof HTMLTextAreaElement) return true;
  // Kinds without a selection have no text that could be typed.
  return target instanceof HTMLInputElement && target.selectionStart !== null;
}

function isUndoKey({ ctrlKey, metaKey, altKey, key }: KeyboardEvent): boolean {
  return (ctrlKey || metaKey) && !altKey && (key === "z" || key === "Z" || key === "y");
}
