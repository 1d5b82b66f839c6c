import type { WireProps } from "../../../protocol/index.ts";
import { readLength } from "../layout.ts";
import { readNumber, readSize } from "../props.ts";
import type { MountedNode, WidgetContext, WidgetModule, WidgetView } from "../widget.ts";

/** Equal columns; rows are squares, as high as their content, or equal parts of a given height. */
class GridView implements WidgetView {
  readonly element: HTMLElement;
  readonly content: HTMLElement;
  readonly #context: WidgetContext;
  readonly #cells = new Map<MountedNode, HTMLElement>();
  #observer: ResizeObserver | undefined;

  constructor(context: WidgetContext) {
    this.#context = context;
    this.element = context.document.createElement("div");
    this.element.className = "pl-grid";
    this.content = this.element;
  }

  slot(child: MountedNode): HTMLElement {
    let cell = this.#cells.get(child);
    if (cell === undefined) {
      cell = this.#context.document.createElement("div");
      cell.className = "pl-cell";
      this.#cells.set(child, cell);
    }
    return cell;
  }

  childrenChanged(children: readonly MountedNode[]): void {
    const present = new Set(children);
    for (const [child, cell] of this.#cells) {
      if (present.has(child)) continue;
      this.#cells.delete(child);
      cell.remove();
    }
    let next: Element | null = null;
    for (let index = children.length - 1; index >= 0; index -= 1) {
      const child = children[index];
      if (child === undefined) continue;
      const cell = this.slot(child);
      if (cell.parentNode !== this.element || cell.nextSibling !== next) this.element.insertBefore(cell, next);
      next = cell;
    }
  }

  update(props: WireProps): void {
    const { style, classList } = this.element;
    const spacing = readSize(props["spacing"]) ?? 0;
    style.gap = `${spacing}px`;
    const rows = readLength(props["row_height"]);
    const hasHeight = readSize(props["height"]) !== undefined;
    classList.toggle("pl-grid-shrink", rows?.kind === "shrink");
    classList.toggle("pl-grid-even", rows?.kind !== "shrink" && (rows !== undefined || hasHeight));
    const widest = readSize(props["fluid"]);
    if (widest === undefined || widest === 0) {
      this.#observer?.disconnect();
      this.#observer = undefined;
      const columns = Math.max(1, Math.floor(readNumber(props["num_columns"]) ?? 1));
      style.gridTemplateColumns = `repeat(${columns},minmax(0,1fr))`;
    } else if (this.#observer === undefined) {
      this.#observer = new ResizeObserver(() => this.#fit());
      this.#observer.observe(this.element);
    } else this.#fit();
  }

  dispose(): void {
    this.#observer?.disconnect();
  }

  #fit(): void {
    const props = this.#context.props();
    const spacing = readSize(props["spacing"]) ?? 0;
    const widest = readSize(props["fluid"]) ?? 1;
    const columns = Math.max(1, Math.ceil((this.element.clientWidth + spacing) / (widest + spacing)));
    const template = `repeat(${columns},minmax(0,1fr))`;
    if (this.element.style.gridTemplateColumns !== template) this.element.style.gridTemplateColumns = template;
  }
}

export const gridModule: WidgetModule = {
  types: ["grid"],
  layout: {
    flow: "cell",
    width: "fill",
    length: (props, axis) => {
      if (axis === "width") {
        const size = readSize(props["column_width"]) ?? readSize(props["width"]);
        return size === undefined ? { kind: "fill", portion: 1 } : { kind: "fixed", size };
      }
      const height = readSize(props["height"]);
      const rows = readLength(props["row_height"]);
      if (height !== undefined) return { kind: "fixed", size: height };
      return rows === undefined || rows.kind === "shrink" ? { kind: "shrink" } : { kind: "fill", portion: 1 };
    },
    flowOf: (props) => (readLength(props["row_height"])?.kind === "shrink" ? "cell-row" : "cell"),
  },
  css: `
.pl-grid{display:grid;align-content:start}
.pl-cell{display:flex;align-items:flex-start;min-width:0;min-height:0;aspect-ratio:1}
.pl-grid-shrink>.pl-cell,.pl-grid-even>.pl-cell{aspect-ratio:auto}
.pl-grid-even{grid-auto-rows:minmax(0,1fr);align-content:stretch}
`,
  create: (context) => new GridView(context),
};
