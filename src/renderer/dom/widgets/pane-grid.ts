import type { WireProps } from "../../../protocol/index.ts";
import type { WidgetOperation } from "../../surface.ts";
import type { Frame, PanesProgram } from "../panes/program.ts";
import type { MountedNode, WidgetContext, WidgetModule, WidgetView } from "../widget.ts";

/** Nobody does more than that while a file is loaded. */
const MAX_WAITING = 64;
const OPERATION = /^pane_(split|close|swap|maximize|restore)$/;

/** There once a grid has loaded it; those that come later show their panes at once. */
let Program: typeof PanesProgram | undefined;

/**
 * A frame for every child. What gives the frames their places and reacts is loaded with the first grid; until then they
 * have no size, and what is asked for waits in order.
 */
class PaneGridView implements WidgetView {
  readonly element: HTMLElement;
  readonly content: HTMLElement;
  readonly #context: WidgetContext;
  readonly #frames = new Map<string, Frame>();
  #program: PanesProgram | undefined;
  #waiting: ((program: PanesProgram) => void)[] = [];
  #children: readonly MountedNode[] = [];

  constructor(context: WidgetContext) {
    this.#context = context;
    this.element = context.document.createElement("div");
    this.element.className = "pl-panes";
    this.element.setAttribute("role", "group");
    this.content = this.element;
    if (Program !== undefined) this.#program = new Program(context, this.element, this.#frames);
    else context.load(this.#load, this.#begin);
  }

  slot(child: MountedNode): HTMLElement {
    return this.#frame(child.id).body;
  }

  update(props: WireProps, previous: WireProps): void {
    const isSame = props["panes"] === previous["panes"] && props["split_axis"] === previous["split_axis"];
    if (this.#program === undefined && isSame) return;
    this.#arrange();
    this.#program?.show();
  }

  childrenChanged(children: readonly MountedNode[]): void {
    this.#children = children;
    this.#arrange();
    const present = new Set(children.map((child) => child.id));
    for (const [id, { element }] of this.#frames) {
      if (present.has(id)) continue;
      element.remove();
      this.#frames.delete(id);
    }
    this.#program?.show();
  }

  handle(event: Event): boolean {
    if (this.#program !== undefined) return this.#program.handle(event);
    if (!(event instanceof KeyboardEvent) || event.type !== "keydown" || event.key !== "F6") return false;
    if (event.ctrlKey || event.altKey || event.metaKey || this.#children.length === 0) return false;
    event.preventDefault();
    this.#do((program) => {
      program.show();
      program.handle(event);
    });
    return true;
  }

  perform(operation: WidgetOperation): boolean {
    if (!OPERATION.test(operation.name)) return false;
    this.#do((program) => program.perform(operation));
    return true;
  }

  dispose(): void {
    this.#waiting = [];
    this.#program?.dispose();
  }

  /** Without it the panes stand side by side, which is better than nothing. */
  readonly #load = async (): Promise<typeof PanesProgram> => {
    try {
      return (await import("../panes/program.ts")).PanesProgram;
    } catch (thrown) {
      this.element.classList.add("pl-plain");
      throw thrown;
    }
  };

  readonly #begin = (Loaded: typeof PanesProgram): void => {
    Program = Loaded;
    const program = new Loaded(this.#context, this.element, this.#frames);
    this.#program = program;
    for (const work of this.#waiting) work(program);
    this.#waiting = [];
    this.#arrange();
    program.show();
  };

  #arrange(): void {
    const children = this.#children;
    const props = this.#context.props();
    if (this.#program !== undefined) this.#program.arrange(children, props);
    else {
      // The core goes on writing into its list.
      const copy = [...children];
      this.#do((program) => program.arrange(copy, props));
    }
  }

  #do(work: (program: PanesProgram) => void): void {
    if (this.#program !== undefined) work(this.#program);
    else if (this.#waiting.length < MAX_WAITING) this.#waiting.push(work);
  }

  #frame(id: string): Frame {
    const known = this.#frames.get(id);
    if (known !== undefined) return known;
    const { document } = this.#context;
    const element = document.createElement("div");
    element.className = "pl-pane";
    element.setAttribute("role", "group");
    element.tabIndex = -1;
    const body = document.createElement("div");
    body.className = "pl-pane-body";
    element.append(body);
    const frame: Frame = { element, body, title: undefined };
    this.#frames.set(id, frame);
    this.element.insertBefore(element, this.#program?.preview ?? null);
    return frame;
  }
}

export const paneGridModule: WidgetModule = {
  types: ["pane_grid"],
  layout: { flow: "cell", width: "fill", height: "fill" },
  css: `
.pl-panes{position:relative;overflow:clip}
.pl-pane{position:absolute;width:0;height:0;display:flex;flex-direction:column;overflow:clip;outline:none}
.pl-plain{display:flex}
.pl-plain>.pl-pane{position:static;flex:1;height:auto}
.pl-pane-body{flex:1 1 0px;width:100%;display:flex;align-items:flex-start}
`,
  create: (context) => new PaneGridView(context),
};
