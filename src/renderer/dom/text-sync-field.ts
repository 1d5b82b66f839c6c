import type { WireProps, WireValue } from "../../protocol/node.ts";
import type { TextEdit } from "./echo-diff.ts";
import { PastedText, type TextField, type TextHolder } from "./echo-field.ts";
import { readNumber, readRecord, readString } from "./props.ts";
import { differences, mapPosition } from "./text-differences.ts";
import {
  type AppText,
  createTextSync,
  onSyncCompositionEnd,
  onSyncCompositionStart,
  onSyncEdit,
  onSyncFlush,
  onSyncLost,
  onSyncValue,
  type TextBatch,
  type TextSync,
  type TextSyncStep,
} from "./text-sync.ts";

export interface TextSyncFieldOptions {
  readonly holder: TextHolder;
  /** Tells this editor from any other, also after the app or the page was started anew. */
  readonly id: string;
  readonly text: string;
  /** The prop `sync`. */
  readonly sync: WireValue | undefined;
  /** Reports a batch of edits; `pasted` when they came from the clipboard. */
  readonly send: (batch: TextBatch, pasted: string | null) => void;
}

/** Keeps a text holder and a text that several people edit together; see `text-sync.ts`. */
export class TextSyncField extends PastedText implements TextField {
  readonly #options: TextSyncFieldOptions;
  #holder: TextHolder;
  #state: TextSync;

  constructor(options: TextSyncFieldOptions) {
    super();
    this.#options = options;
    this.#holder = options.holder;
    this.#state = createTextSync(readAppText(options.text, options.sync, options.id));
  }

  get shown(): string {
    return this.#state.shown;
  }

  get isComposing(): boolean {
    return this.#state.isComposing;
  }

  edited(pasted: string | null = null): void {
    this.#take(onSyncEdit(this.#state, this.#holder.text(), this.#holder.selection().end), pasted);
  }

  compositionStarted(): void {
    this.#state = onSyncCompositionStart(this.#state);
  }

  compositionEnded(): void {
    if (!this.#state.isComposing) return;
    this.#take(onSyncCompositionEnd(this.#state, this.#holder.text(), this.#holder.selection().end), null);
  }

  /** The app's text arrived. */
  answered(text: string, sync: WireValue | undefined): void {
    this.#take(onSyncValue(this.#state, readAppText(text, sync, this.#options.id)), null);
  }

  /** Tells what waits: whatever is told next has to come after it. */
  flush(): void {
    this.#take(onSyncFlush(this.#state), null);
  }

  hostLost(): void {
    this.#state = onSyncLost(this.#state);
  }

  focusChanged(isFocused: boolean): void {
    // What is pressed next may be about this text.
    if (!isFocused) this.flush();
  }

  moveTo(holder: TextHolder): void {
    this.#holder = holder;
  }

  dispose(): void {}

  #take(step: TextSyncStep, pasted: string | null): void {
    this.#state = step.state;
    const before = this.#holder.text();
    const text = step.state.shown;
    // A composition shows what it is made of until it ends.
    if (!step.state.isComposing && text !== before) {
      const selection = this.#holder.selection();
      const between = differences(before, text);
      this.#holder.show(text, mapSelection(between, selection));
    }
    if (step.send !== undefined) this.#options.send(step.send, pasted);
  }
}

/** A caret ends up behind what was added at its place; a selection does not grow. */
function mapSelection(between: readonly TextEdit[], { start, end }: { readonly start: number; readonly end: number }) {
  const mapped = mapPosition(between, start);
  return { start: mapped, end: start === end ? mapped : Math.max(mapped, mapPosition(between, end, "before")) };
}

/** Whether an app numbers the revisions of a text. */
export function isSynced(props: WireProps): boolean {
  return readNumber(readRecord(props["sync"])?.["revision"]) !== undefined;
}

/** What was answered to another editor says nothing to this one. */
function readAppText(text: string, sync: WireValue | undefined, id: string): AppText {
  const record = readRecord(sync);
  const isMine = readString(record?.["editor"]) === id;
  return {
    text,
    revision: readNumber(record?.["revision"]) ?? 0,
    answered: isMine ? (readNumber(record?.["answered"]) ?? 0) : 0,
    attempt: isMine ? (readNumber(record?.["attempt"]) ?? 0) : 0,
  };
}
