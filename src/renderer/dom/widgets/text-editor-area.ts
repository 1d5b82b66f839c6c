import { diffText } from "../echo-diff.ts";
import type { TextHolder } from "../echo-field.ts";
import type { EditorCommand } from "../editor/code-editor.ts";
import { lineEnd, lineStart, moveCaret, wordAt } from "../editor/motion.ts";

/** The plain multi-line field: a text area with the commands of key rules. */
export interface TextArea extends TextHolder {
  readonly element: HTMLTextAreaElement;
  run(command: EditorCommand): void;
}

/** Editing commands of the browser keep its undo history but get slow on long texts. */
const MAX_COMMAND_CHARS = 20_000;

export function createTextArea(document: Document, text: string): TextArea {
  const element = document.createElement("textarea");
  element.rows = 1;
  element.spellcheck = false;
  element.autocomplete = "off";
  element.setAttribute("autocapitalize", "off");
  element.setAttribute("autocorrect", "off");
  element.value = text;
  // Setting the text leaves the caret behind it; a document opens at its start.
  element.setSelectionRange(0, 0);
  let isShowing = false;
  // What the app changed is no edit: nobody else gets to hear of it.
  element.addEventListener("input", (event) => {
    if (isShowing) event.stopImmediatePropagation();
  });

  const replace = (start: number, end: number, insert: string): void => {
    element.setSelectionRange(start, end);
    const isShort = insert.length <= MAX_COMMAND_CHARS && document.activeElement === element;
    const isDone = isShort && document.execCommand(insert === "" ? "delete" : "insertText", false, insert);
    if (isDone) return;
    element.setRangeText(insert, start, end, "end");
    element.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText" }));
  };

  const moveTo = (command: Extract<EditorCommand, { kind: "motion" }>): void => {
    const { selectionStart: start, selectionEnd: end } = element;
    const isBackward = element.selectionDirection === "backward";
    const caret = { anchor: isBackward ? end : start, head: isBackward ? start : end };
    const moved = moveCaret({ text: element.value, caret, ...command, linesPerPage: linesPerPage(element) });
    const direction = moved.head < moved.anchor ? "backward" : "forward";
    element.setSelectionRange(Math.min(moved.anchor, moved.head), Math.max(moved.anchor, moved.head), direction);
  };
  const erase = (motion: "left" | "right"): void => {
    const { selectionStart: start, selectionEnd: end, value } = element;
    const caret = { anchor: start, head: end };
    const { head } =
      start === end ? moveCaret({ text: value, caret, motion, select: true, linesPerPage: 1 }) : { head: end };
    if (head !== start) replace(Math.min(head, start), Math.max(head, start), "");
  };
  const act = (action: Extract<EditorCommand, { kind: "action" }>["action"]): void => {
    const { selectionStart: start, selectionEnd: end, value } = element;
    switch (action) {
      case "select_all":
        element.select();
        break;
      case "select_line":
        element.setSelectionRange(lineStart(value, start), lineEnd(value, end));
        break;
      case "select_word": {
        const word = wordAt(value, end);
        element.setSelectionRange(word.start, word.end);
        break;
      }
      case "enter":
        replace(start, end, "\n");
        break;
      case "backspace":
        erase("left");
        break;
      case "delete":
        erase("right");
    }
  };
  const run = (command: EditorCommand): void => {
    if (command.kind === "insert") replace(element.selectionStart, element.selectionEnd, command.text);
    else if (command.kind === "motion") moveTo(command);
    else act(command.action);
  };

  return {
    element,
    run,
    text: () => element.value,
    selection: () => ({ start: element.selectionStart, end: element.selectionEnd }),
    show(next, selection) {
      const { scrollTop, scrollLeft } = element;
      const edit = diffText(element.value, next);
      isShowing = true;
      if (document.activeElement === element) {
        replace(edit.start, edit.end, edit.insert);
        element.setSelectionRange(selection.start, selection.end);
      } else element.value = next;
      isShowing = false;
      element.scrollTo({ top: scrollTop, left: scrollLeft });
    },
  };
}

function linesPerPage(element: HTMLTextAreaElement): number {
  const lineHeight = Number.parseFloat(getComputedStyle(element).lineHeight);
  return Number.isFinite(lineHeight) && lineHeight > 0 ? Math.floor(element.clientHeight / lineHeight) : 1;
}
