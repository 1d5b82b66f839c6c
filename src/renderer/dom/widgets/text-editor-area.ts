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

  const run = (command: EditorCommand): void => {
    const { selectionStart: start, selectionEnd: end, value } = element;
    if (command.kind === "insert") return replace(start, end, command.text);
    if (command.kind === "motion") {
      const isBackward = element.selectionDirection === "backward";
      const caret = { anchor: isBackward ? end : start, head: isBackward ? start : end };
      const moved = moveCaret({ text: value, caret, ...command, linesPerPage: linesPerPage(element) });
      const direction = moved.head < moved.anchor ? "backward" : "forward";
      return element.setSelectionRange(
        Math.min(moved.anchor, moved.head),
        Math.max(moved.anchor, moved.head),
        direction,
      );
    }
    const step = (motion: "left" | "right"): void => {
      if (start !== end) return replace(start, end, "");
      const { head } = moveCaret({
        text: value,
        caret: { anchor: start, head: start },
        motion,
        select: true,
        linesPerPage: 1,
      });
      if (head !== start) replace(Math.min(head, start), Math.max(head, start), "");
    };
    switch (command.action) {
      case "select_all":
        return element.select();
      case "select_line":
        return element.setSelectionRange(lineStart(value, start), lineEnd(value, end));
      case "select_word": {
        const word = wordAt(value, end);
        return element.setSelectionRange(word.start, word.end);
      }
      case "enter":
        return replace(start, end, "\n");
      case "backspace":
        return step("left");
      case "delete":
        return step("right");
    }
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
