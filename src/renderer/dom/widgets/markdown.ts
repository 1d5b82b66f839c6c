import type { WireProps } from "../../../protocol/node.ts";
import type { MarkdownProgram } from "../markdown/program.ts";
import type { WidgetContext, WidgetModule, WidgetView } from "../widget.ts";

/** Text that people read and select; links are reported and never followed. */
export const markdownModule: WidgetModule = {
  types: ["markdown"],
  layout: { flow: "leaf", width: "fill" },
  create: (context) => new MarkdownView(context),
};

/** The element; what fills it is loaded with the first one. */
class MarkdownView implements WidgetView {
  readonly element: HTMLElement;
  #program: MarkdownProgram | undefined;

  constructor(context: WidgetContext) {
    this.element = context.document.createElement("div");
    this.element.className = "pl-markdown pl-hit";
    this.element.setAttribute("role", "document");
    context.load(
      () => import("../markdown/program.ts"),
      ({ MarkdownProgram }) => {
        this.#program = new MarkdownProgram(context, this.element);
      },
    );
  }

  update(props: WireProps): void {
    this.#program?.update(props);
  }

  settingsChanged(): void {
    this.#program?.showSizes();
  }

  handle(event: Event): boolean {
    return this.#program?.handle(event) === true;
  }

  dispose(): void {
    this.#program?.dispose();
  }
}
