import type { Event, PatchOp, WireNode } from "../protocol/index.ts";
import { pathOf, type Tree } from "../tree/index.ts";

/** The prop that says what a text field shows, by widget type. What is typed into a combo box belongs to the renderer. */
const TEXT_PROPS: ReadonlyMap<string, string> = new Map([
  ["text_input", "value"],
  ["text_editor", "content"],
]);

interface TextReport {
  /** What the field shows, by its last report. */
  readonly text: string;
  /** What the renderer had been sent when it reported. */
  readonly sent: string;
  /** Several texts wait for one answer. */
  readonly isJoined: boolean;
  /** Something was done with the text, and the app may have answered that. */
  readonly isActedOn: boolean;
}

/**
 * Remembers what text fields reported, until the render that answers it. A field shows what is typed at once and waits for
 * the app's word. An app that keeps its value, because it refused the text or set and cleared it within one turn, gives
 * a render without a difference; its value is then said once more, so that the field learns of it.
 *
 *   | after the render the value is …   | said again                                                 |
 *   |-----------------------------------|------------------------------------------------------------|
 *   | as reported                       | no: the field shows it, or the patch says it               |
 *   | as sent before                    | yes, once for each field; after several texts see below    |
 *   | another one, after one text       | no: the patch says it                                      |
 *   | not as reported, after several    | the last text, then the value, in one patch                |
 *   | absent, or the field is gone      | no: the app does not say what it shows                     |
 *
 * Several texts are answered at once when they came in one turn. The last of them, said back, tells the field that all were
 * heard; without it the value would pass for the answer to the first of them, and the others would stay open. That is said only
 * when nothing but the field had a say in this turn: a value may be what somebody else set, without knowing of the texts.
 *
 * A text and what is then done with it are answered one after the other, also when they come in one turn: a render
 * stands between a text and a submit, a bound key or a click, so that clearing the field is a difference; and between a
 * submit or bound key and the next text, which was typed without knowing the answer and would overwrite it unseen.
 */
export class TextReports {
  readonly #tree: Tree;
  readonly #last = new Map<string, TextReport>();
  /** The one field that all events since the last answer came from; `null` when others had a say in what is shown. */
  #only: string | null | undefined;

  constructor(tree: Tree) {
    this.#tree = tree;
  }

  /** Call it before the app sees the event. `isJoined`: it stands for several of the field. */
  heard(event: Event, isJoined = false): void {
    const source = event.kind === "widget" ? event.target : null;
    this.#only = this.#only === undefined || this.#only === source ? source : null;
    if (event.kind !== "widget") return;
    switch (event.type) {
      case "submit":
        this.#note(event.target, event.value, { isAct: true });
        return;
      case "key_binding":
        this.#note(event.target, this.#last.get(event.target)?.text, { isAct: true });
        return;
      case "paste":
        // An editor's paste tells the pasted part alone; an input told the whole text before.
        if (this.#tree.find(event.target)?.type !== "text_editor") this.#note(event.target, event.value);
        return;
      case "input":
        this.#note(event.target, event.value, { isJoined });
    }
  }

  /** The app put something into itself, which may change what a field shows. */
  heardApp(): void {
    this.#only = null;
  }

  /** Whether there has to be a render before the app sees the event. */
  isAnswerDue(event: Event): boolean {
    if (event.kind !== "widget") return false;
    switch (event.type) {
      case "click":
        return this.#last.size > 0;
      case "submit":
      case "key_binding":
        return this.#last.has(event.target);
      case "input":
      case "paste":
        return this.#last.get(event.target)?.isActedOn === true;
      default:
        return false;
    }
  }

  /**
   * What has to be said again, after a render. The ops are a patch of their own for the tree as it is now: within the
   * render's patch an update must not follow an insert under the same parent.
   */
  take(): readonly PatchOp[] {
    const only = this.#only;
    this.#only = undefined;
    if (this.#last.size === 0) return [];
    const ops: PatchOp[] = [];
    for (const [id, { text, sent, isJoined }] of this.#last) {
      const node = this.#tree.find(id);
      const prop = node === undefined ? undefined : TEXT_PROPS.get(node.type);
      const value = node === undefined ? undefined : textOf(node);
      if (prop === undefined || value === undefined || value === text || value !== sent) continue;
      const path = pathOf(this.#tree.root(), id);
      if (path === undefined) continue;
      for (const said of isJoined && only === id ? [text, sent] : [sent]) {
        ops.push({ op: "update_props", path, props: { [prop]: said } });
      }
    }
    this.#last.clear();
    return ops;
  }

  /** The patch of a render, in which each value that answers several texts comes behind the last of them. */
  answerIn(ops: readonly PatchOp[]): readonly PatchOp[] {
    let answered = ops;
    for (const [id, { text, sent, isJoined }] of this.#last) {
      const node = isJoined && this.#only === id ? this.#tree.find(id) : undefined;
      const prop = node === undefined ? undefined : TEXT_PROPS.get(node.type);
      const value = node === undefined ? undefined : textOf(node);
      if (prop === undefined || value === undefined || value === sent || value === text) continue;
      const saying = answered.filter((op) => op.op === "update_props" && op.props[prop] === value);
      const [only] = saying;
      // Two fields that change alike cannot be told apart by their paths, which other ops of the patch move.
      if (only?.op !== "update_props" || saying.length > 1) continue;
      const heard: PatchOp = { op: "update_props", path: only.path, props: { [prop]: text } };
      answered = answered.flatMap((op) => (op === only ? [heard, op] : [op]));
    }
    return answered;
  }

  /** Without a text the field shows what it was sent. */
  #note(id: string, text: string | undefined, how: { isAct?: true; isJoined?: boolean } = {}): void {
    const known = this.#last.get(id);
    const node = this.#tree.find(id);
    const sent = known?.sent ?? (node === undefined ? undefined : textOf(node));
    if (sent === undefined) return;
    this.#last.set(id, {
      text: text ?? sent,
      sent,
      isJoined: how.isJoined === true || (known !== undefined && (known.isJoined || (text ?? sent) !== known.text)),
      isActedOn: how.isAct === true || known?.isActedOn === true,
    });
  }
}

function textOf(node: WireNode): string | undefined {
  const value = node.props[TEXT_PROPS.get(node.type) ?? ""];
  return typeof value === "string" ? value : undefined;
}
