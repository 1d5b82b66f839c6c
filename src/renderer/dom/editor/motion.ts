import type { Motion } from "./key-bindings.ts";

/** Caret movement in a plain text. Vertical motions go by logical lines and keep the column. */
export interface Caret {
  readonly anchor: number;
  readonly head: number;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const words = new Intl.Segmenter(undefined, { granularity: "word" });

export function moveCaret(options: {
  readonly text: string;
  readonly caret: Caret;
  readonly motion: Motion;
  readonly select: boolean;
  readonly linesPerPage: number;
}): Caret {
  const { text, caret, motion, select } = options;
  const low = Math.min(caret.anchor, caret.head);
  const high = Math.max(caret.anchor, caret.head);
  // Without extending, a step to the side first collapses the selection to that side.
  if (!select && low !== high && (motion === "left" || motion === "right")) {
    const at = motion === "left" ? low : high;
    return { anchor: at, head: at };
  }
  const head = target(text, caret.head, motion, options.linesPerPage);
  return { anchor: select ? caret.anchor : head, head };
}

/** Positions as apps count them, in characters a reader sees, to code units. */
export function graphemeOffset(text: string, count: number): number {
  let seen = 0;
  for (const segment of graphemes.segment(text)) {
    if (seen++ >= count) return segment.index;
  }
  return text.length;
}

export function wordAt(text: string, position: number): { readonly start: number; readonly end: number } {
  const from = lineStart(text, position);
  const line = text.slice(from, lineEnd(text, position));
  for (const segment of words.segment(line)) {
    const end = from + segment.index + segment.segment.length;
    if (position < end || end === from + line.length) return { start: from + segment.index, end };
  }
  return { start: position, end: position };
}

export function lineStart(text: string, position: number): number {
  return position === 0 ? 0 : text.lastIndexOf("\n", position - 1) + 1;
}

export function lineEnd(text: string, position: number): number {
  const end = text.indexOf("\n", position);
  return end < 0 ? text.length : end;
}

function target(text: string, head: number, motion: Motion, linesPerPage: number): number {
  switch (motion) {
    case "left":
      return head === 0 ? 0 : previousGrapheme(text, head);
    case "right":
      return nextGrapheme(text, head);
    case "word_left":
      return previousWord(text, head);
    case "word_right":
      return nextWord(text, head);
    case "home":
      return lineStart(text, head);
    case "end":
      return lineEnd(text, head);
    case "up":
      return verticalStep(text, head, -1);
    case "down":
      return verticalStep(text, head, 1);
    case "page_up":
      return verticalStep(text, head, -Math.max(1, linesPerPage));
    case "page_down":
      return verticalStep(text, head, Math.max(1, linesPerPage));
    case "document_start":
      return 0;
    case "document_end":
      return text.length;
  }
}

function previousGrapheme(text: string, head: number): number {
  const from = lineStart(text, head);
  if (from === head) return head - 1;
  const segment = graphemes.segment(text.slice(from, lineEnd(text, head))).containing(head - from - 1);
  return segment === undefined ? head - 1 : from + segment.index;
}

function nextGrapheme(text: string, head: number): number {
  const end = lineEnd(text, head);
  if (head >= end) return Math.min(text.length, head + 1);
  const segment = graphemes.segment(text.slice(head, end)).containing(0);
  return head + (segment?.segment.length ?? 1);
}

function previousWord(text: string, head: number): number {
  let last = 0;
  for (const segment of words.segment(text.slice(0, head))) if (segment.isWordLike) last = segment.index;
  return last;
}

function nextWord(text: string, head: number): number {
  for (const segment of words.segment(text.slice(head))) {
    if (segment.isWordLike) return head + segment.index + segment.segment.length;
  }
  return text.length;
}

function verticalStep(text: string, head: number, lines: number): number {
  const column = head - lineStart(text, head);
  let from = lineStart(text, head);
  for (let left = lines; left < 0; left++) {
    if (from === 0) return 0;
    from = lineStart(text, from - 1);
  }
  for (let left = lines; left > 0; left--) {
    const end = lineEnd(text, from);
    if (end === text.length) return text.length;
    from = end + 1;
  }
  return Math.min(from + column, lineEnd(text, from));
}
