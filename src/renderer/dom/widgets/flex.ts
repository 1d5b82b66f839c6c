import type { WireProps } from "../../../protocol/index.ts";
import { fittedPadding, readLength, SHRINK } from "../layout.ts";
import { readEnum, readSize } from "../props.ts";
import type { CopyRules, WidgetContext, WidgetModule, WidgetView } from "../widget.ts";
import { type WrapAxis, WrapFit } from "./wrap-fit.ts";

const ALIGNMENTS: Readonly<Record<string, string>> = {
  left: "flex-start",
  top: "flex-start",
  center: "center",
  right: "flex-end",
  bottom: "flex-end",
};

/** CSS alignment of an `align_x` or `align_y` prop. */
export function alignment(value: unknown): string | undefined {
  return typeof value === "string" && Object.hasOwn(ALIGNMENTS, value) ? ALIGNMENTS[value] : undefined;
}

/** A fixed size takes away from the padding. */
function hasNewSize(props: WireProps, previous: WireProps): boolean {
  return props["width"] !== previous["width"] || props["height"] !== previous["height"];
}

class FlexView implements WidgetView {
  readonly element: HTMLElement;
  readonly content: HTMLElement;
  readonly #context: WidgetContext;
  readonly #isRow: boolean;
  #fit: { readonly key: string; readonly fit: WrapFit } | undefined;

  constructor(context: WidgetContext, isRow: boolean, element: HTMLElement = boxOf(context, isRow)) {
    this.element = element;
    this.content = element;
    this.#context = context;
    this.#isRow = isRow;
  }

  update(props: WireProps, previous: WireProps): void {
    const { element } = this;
    if (props["spacing"] !== previous["spacing"]) element.style.gap = gapOf(props);
    if (props["padding"] !== previous["padding"] || (props["padding"] !== undefined && hasNewSize(props, previous))) {
      element.style.padding = fittedPadding(props) ?? "";
    }
    if (props["clip"] !== previous["clip"]) element.classList.toggle("pl-clip", props["clip"] === true);
    if (props["wrap"] !== previous["wrap"]) element.classList.toggle("pl-wrap", props["wrap"] === true);
    const cross = this.#isRow ? "align_y" : "align_x";
    if (props[cross] !== previous[cross]) element.style.alignItems = alignment(props[cross]) ?? "";
    if (this.#isRow && (props["align_x"] !== previous["align_x"] || props["max_width"] !== previous["max_width"])) {
      // A row's own align_x moves the whole row in the room that its cap leaves.
      const isCapped = readSize(props["max_width"]) !== undefined;
      const align = isCapped ? readEnum(props["align_x"], ["center", "right"]) : undefined;
      element.style.marginInline = align === "center" ? "auto" : align === "right" ? "auto 0" : "";
    }
    if (this.#isRow && (props["align_x"] !== previous["align_x"] || props["wrap"] !== previous["wrap"])) {
      // Broken lines are aligned each for itself.
      element.style.justifyContent = props["wrap"] === true ? (alignment(props["align_x"]) ?? "") : "";
    }
    if (props["wrap"] === true || this.#fit !== undefined) this.#fitLines(props);
  }

  childrenChanged(): void {
    this.#fit?.fit.changed();
  }

  dispose(): void {
    this.#fit?.fit.dispose();
  }

  #fitLines(props: WireProps): void {
    const axes: readonly WrapAxis[] = this.#isRow ? ["width"] : ["width", "height"];
    const shrinking = axes.filter((axis) => (readLength(props[axis]) ?? SHRINK).kind === "shrink");
    const key = props["wrap"] === true ? shrinking.join() : "";
    if (key !== (this.#fit?.key ?? "")) {
      this.#fit?.fit.dispose();
      this.#fit = key === "" ? undefined : { key, fit: new WrapFit(this.#context, this.element, shrinking) };
    } else this.#fit?.fit.changed();
  }
}

function boxOf(context: WidgetContext, isRow: boolean): HTMLElement {
  const element = context.document.createElement("div");
  element.className = isRow ? "pl-row" : "pl-column";
  return element;
}

/** Lines that break are measured. */
function copiesOf(isRow: boolean): CopyRules {
  return {
    accepts: ({ wrap }) => wrap !== true,
    adopt: (context, _props, element) => new FlexView(context, isRow, element),
  };
}

function gapOf(props: WireProps): string {
  const spacing = readSize(props["spacing"]);
  return spacing === undefined || spacing === 0 ? "" : `${spacing}px`;
}

export const columnModule: WidgetModule = {
  types: ["column"],
  layout: { flow: "column", hasCaps: true },
  copies: copiesOf(false),
  create: (context) => new FlexView(context, false),
};

export const keyedColumnModule: WidgetModule = {
  types: ["keyed_column"],
  layout: { flow: "column", hasCaps: true, keepsVoid: true },
  copies: copiesOf(false),
  create: (context) => new FlexView(context, false),
};

export const rowModule: WidgetModule = {
  types: ["row"],
  layout: { flow: "row", hasCaps: true },
  copies: copiesOf(true),
  create: (context) => new FlexView(context, true),
};
