import type { WireProps } from "../../../protocol/index.ts";
import type { OverlayHandle } from "../overlay.ts";
import { readEnum, readNumber } from "../props.ts";
import type { MountedNode, WidgetContext, WidgetModule, WidgetView } from "../widget.ts";

/** Two children: the anchor in its place, the content above everything beside it. Shown as long as the node is there. */
class OverlayView implements WidgetView {
  readonly element: HTMLElement;
  readonly content: HTMLElement;
  readonly #context: WidgetContext;
  readonly #floating: HTMLElement;
  #anchor: MountedNode | undefined;
  #handle: OverlayHandle | undefined;

  constructor(context: WidgetContext) {
    this.#context = context;
    this.element = context.document.createElement("div");
    this.element.className = "pl-box";
    this.content = this.element;
    this.#floating = context.document.createElement("div");
    this.#floating.className = "pl-box";
  }

  slot(child: MountedNode): HTMLElement {
    const children = this.#context.node()?.children ?? [];
    // While a first child is being made the list is still empty, and it is the anchor.
    const index = children.indexOf(child);
    return index === 0 || (index < 0 && children.length === 0) ? this.element : this.#floating;
  }

  childrenChanged(children: readonly MountedNode[]): void {
    const [anchor, content] = children;
    if (anchor !== undefined && anchor.view.element.parentNode !== this.element)
      this.element.append(anchor.view.element);
    if (content !== undefined && content.view.element.parentNode !== this.#floating) {
      this.#floating.replaceChildren(content.view.element);
    }
    if (anchor !== this.#anchor) {
      this.#anchor = anchor;
      this.#close();
    }
    if (content === undefined) this.#close();
    else this.#context.beforePaint(this.#open);
  }

  update(props: WireProps, previous: WireProps): void {
    if (PLACE_PROPS.every((name) => props[name] === previous[name])) return;
    this.#close();
    this.#context.beforePaint(this.#open);
  }

  dispose(): void {
    this.#close();
  }

  readonly #open = (): void => {
    if (this.#handle !== undefined || !this.#floating.hasChildNodes() || this.#anchor === undefined) return;
    const props = this.#context.props();
    this.#handle = this.#context.overlay.open({
      anchor: this.element,
      content: this.#floating,
      side: readEnum(props["position"], ["below", "above", "left", "right"]) ?? "below",
      align: readEnum(props["align"], ["start", "center", "end"]) ?? "center",
      gap: readNumber(props["gap"]) ?? 0,
      offset: { x: readNumber(props["offset_x"]) ?? 0, y: readNumber(props["offset_y"]) ?? 0 },
      flip: props["flip"] === true,
    });
  };

  #close(): void {
    this.#handle?.close();
    this.#handle = undefined;
  }
}

const PLACE_PROPS = ["position", "align", "gap", "offset_x", "offset_y", "flip"] as const;

export const overlayModule: WidgetModule = {
  types: ["overlay"],
  layout: { flow: "wrapper" },
  create: (context) => new OverlayView(context),
};
