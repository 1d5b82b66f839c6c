import { addSheet } from "../style-sheet.ts";
import { type BuildContext, buildBlock } from "./build.ts";
import { MARKDOWN_CSS } from "./markdown-css.ts";
import { parseBlocks, unchanged } from "./parse.ts";

/** What the widget offers to the document it shows. */
export interface DocumentContext extends Omit<BuildContext, "picture"> {
  /** Returns what ends the use. */
  picture(element: HTMLImageElement, source: string): () => void;
}

interface ShownBlock {
  readonly key: string;
  readonly element: HTMLElement;
  readonly stops: readonly (() => void)[];
}

/** A document on the screen. Blocks that did not change keep their elements, with selection and scroll offsets. */
export class MarkdownDocument {
  readonly #element: HTMLElement;
  readonly #context: DocumentContext;
  #blocks: readonly ShownBlock[] = [];
  #content: string | undefined;

  constructor(element: HTMLElement, context: DocumentContext) {
    this.#element = element;
    this.#context = context;
    addSheet(context.document, MARKDOWN_CSS);
  }

  show(content: string): void {
    if (content === this.#content) return;
    this.#content = content;
    const wanted = parseBlocks(content);
    const before = this.#blocks;
    const { start, end } = unchanged(before, wanted);
    const next = before[before.length - end]?.element ?? null;
    for (const block of before.slice(start, before.length - end)) remove(block);
    const made = wanted.slice(start, wanted.length - end).map(({ key, tokens }): ShownBlock => {
      const stops: (() => void)[] = [];
      const context: BuildContext = {
        ...this.#context,
        picture: (element, source) => void stops.push(this.#context.picture(element, source)),
      };
      const element = buildBlock(context, tokens);
      this.#element.insertBefore(element, next);
      return { key, element, stops };
    });
    this.#blocks = [...before.slice(0, start), ...made, ...before.slice(before.length - end)];
  }

  dispose(): void {
    for (const block of this.#blocks) remove(block);
    this.#blocks = [];
  }
}

function remove(block: ShownBlock): void {
  for (const stop of block.stops) stop();
  block.element.remove();
}
