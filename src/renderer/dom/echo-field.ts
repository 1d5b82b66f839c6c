import {
  createEcho,
  type EchoState,
  type EchoStep,
  onCompositionEnd,
  onCompositionStart,
  onCorrection,
  onHostLost,
  onProp,
  onRepeatedProp,
  onSubmit,
  onUserEdit,
  settle,
} from "./echo.ts";
import { mapSelection, type TextSelection } from "./echo-diff.ts";

/** What holds the text: an input, a text area, a code editor. */
export interface TextHolder {
  text(): string;
  selection(): TextSelection;
  /** Shows another text. The holder keeps what it can of scroll position and undo history. */
  show(text: string, selection: TextSelection): void;
}

/** What a text field does with its text, whoever else changes it. */
export interface TextField {
  readonly shown: string;
  readonly isComposing: boolean;
  /** The clipboard's text, about to be pasted. */
  pasting(text: string): void;
  /** What `pasting` brought, once. */
  takePasted(): string;
  /** The holder's text was edited by a person. */
  edited(pasted?: string | null): void;
  compositionStarted(): void;
  compositionEnded(): void;
  /** The app is out of reach. */
  hostLost(): void;
  focusChanged(isFocused: boolean): void;
  /** Another holder takes over; it shows the same text. */
  moveTo(holder: TextHolder): void;
  dispose(): void;
}

/** What was pasted is known from one event, that the text changed from the next. */
export class PastedText {
  #text = "";

  pasting(text: string): void {
    this.#text = text;
  }

  takePasted(): string {
    const text = this.#text;
    this.#text = "";
    return text;
  }
}

export interface EchoFieldOptions {
  readonly holder: TextHolder;
  /** The app's value when the field is made. */
  readonly value: string;
  /** Reports a text; `pasted` when it came from the clipboard. */
  readonly send: (text: string, pasted: string | null) => void;
  /** Whether the app's value wins in the end when it leaves a text unanswered. */
  readonly settles: () => boolean;
}

/** Below this no answer is overdue: slow mobile links take a second. */
const SETTLE_MS = 2_000;
/** An answer is overdue after several times what the slowest one took. */
const SETTLE_FACTOR = 4;

/** Keeps a text holder and the app's value together; see `echo.ts`. */
export class EchoField extends PastedText implements TextField {
  readonly #options: EchoFieldOptions;
  #holder: TextHolder;
  #state: EchoState;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sentAt = 0;
  #slowestAnswer: number | undefined;
  #isFocused = false;
  /** An echo came a moment ago, in the same patch. */
  #isJustEchoed = false;

  constructor(options: EchoFieldOptions) {
    super();
    this.#options = options;
    this.#holder = options.holder;
    this.#state = createEcho(options.value);
  }

  get shown(): string {
    return this.#state.shown;
  }

  get isComposing(): boolean {
    return this.#state.composing;
  }

  edited(pasted: string | null = null): void {
    this.#take(onUserEdit(this.#state, this.#holder.text(), this.#holder.selection().end), pasted);
  }

  submitted(): void {
    this.#state = onSubmit(this.#state);
    this.#sentAt = performance.now();
    this.#watch();
  }

  compositionStarted(): void {
    this.#state = onCompositionStart(this.#state);
  }

  compositionEnded(): void {
    if (!this.#state.composing) return;
    this.#take(onCompositionEnd(this.#state, this.#holder.text(), this.#holder.selection().end), null);
  }

  /** The app's value arrived. */
  answered(value: string): void {
    const before = this.#state.sent.length;
    this.#take(this.#isJustEchoed ? onCorrection(this.#state, value) : onProp(this.#state, value), null);
    this.#isJustEchoed = before > 0 && this.#state.confirmed === value && this.#state.sent.length < before;
    if (this.#isJustEchoed) queueMicrotask(() => this.#patchEnded());
    if (before > 0 && this.#state.sent.length < before) {
      this.#slowestAnswer = Math.max(this.#slowestAnswer ?? 0, performance.now() - this.#sentAt);
    }
    this.#watch();
  }

  /** The app's value arrived again, without any change. */
  repeated(value: string): void {
    this.#take(onRepeatedProp(this.#state, value), null);
    this.#watch();
  }

  /** The app is out of reach: nothing that was reported will be answered. Its next value is shown at once. */
  hostLost(): void {
    this.#state = onHostLost(this.#state);
    this.#watch();
  }

  focusChanged(isFocused: boolean): void {
    this.#isFocused = isFocused;
    this.#watch();
  }

  moveTo(holder: TextHolder): void {
    this.#holder = holder;
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  /** All of a patch is drawn in one go. */
  #patchEnded(): void {
    this.#isJustEchoed = false;
  }

  #take(step: EchoStep, pasted: string | null): void {
    if (step.show !== undefined) {
      const { start, end } = this.#holder.selection();
      this.#holder.show(step.show, mapSelection(this.#holder.text(), step.show, start, end));
    }
    this.#state = step.state;
    if (step.send === undefined) return;
    this.#sentAt = performance.now();
    this.#options.send(step.send, pasted);
    this.#watch();
  }

  /**
   * An app that leaves a text unanswered rejected it. Somebody who still types is not interrupted unless the app is known to
   * answer; a field that was left shows the truth in any case.
   */
  #watch(): void {
    clearTimeout(this.#timer);
    if (!this.#options.settles() || this.#state.sent.length === 0) return;
    if (this.#isFocused && this.#slowestAnswer === undefined) return;
    const patience = Math.max(SETTLE_MS, (this.#slowestAnswer ?? 0) * SETTLE_FACTOR);
    this.#timer = setTimeout(() => this.#take(settle(this.#state), null), patience);
  }
}
