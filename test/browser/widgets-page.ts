import type { WireNode, WireProps, WireValue } from "../../src/protocol/index.ts";
import { createDomSurface } from "../../src/renderer/dom/index.ts";
import type { Surface } from "../../src/renderer/surface.ts";

/** Runs in the page: a surface and a pretended runtime that answers text after a delay, in order. */
export interface WidgetsPage {
  /** Shows these nodes in a column of one window. */
  show(children: readonly WireNode[], props?: WireProps): void;
  /** Changes props of the child at this index. */
  change(index: number, props: WireProps): void;
  /** Changes props of the node at this path. */
  changeAt(path: readonly number[], props: WireProps): void;
  /** One more child at the end. */
  showMore(child: WireNode): void;
  /** One more child of the node at this path. */
  insertAt(path: readonly number[], index: number, child: WireNode): void;
  /** The child at this index goes. */
  remove(index: number): void;
  performWindow(name: string, windowId: string): void;
  /** Shows a whole tree. */
  showRoot(root: WireNode): void;
  perform(name: string, target: string, value?: WireValue): void;
  /** What was reported since the last call, without `status` unless asked for. */
  take(options?: { readonly withStatus?: boolean }): readonly Reported[];
  /** Answers events of the first child from now on. */
  answer(app: AppName, delay: number, prop?: "value" | "content"): void;
  /** Everything the field has shown since `answer`, in order. */
  readonly screens: string[];
  /** Texts the app got with `submit`. */
  readonly submitted: string[];
  /** The app's own value now. */
  appValue(): string;
  setAppValue(value: string): void;
  /** The connection goes and comes back: a new one shows the first child with these props. What was under way is lost. */
  reconnect(props: WireProps): void;
  /** Shows the same tree again within one connection. */
  showAgain(): void;
}

export interface Reported {
  readonly family: string;
  readonly id: string;
  readonly value?: WireValue;
}

/** `refuse` is `digits`, but says its value again when it took nothing. */
export type AppName = "echo" | "upper" | "digits" | "refuse" | "clear";

declare global {
  interface Window {
    widgets: WidgetsPage;
  }
}

const rules: Readonly<Record<AppName, (text: string) => string>> = {
  echo: (text) => text,
  upper: (text) => text.toUpperCase(),
  refuse: (text) => text.replace(/\d/g, ""),
  digits: (text) => text.replace(/\d/g, ""),
  clear: (text) => text,
};

const reported: Reported[] = [];
let tree: WireNode = { id: "root", type: "window", props: {}, children: [] };
let app: { readonly name: AppName; readonly delay: number; readonly prop: string } | undefined;
let value = "";
let sentValue = "";

const surface: Surface = createDomSurface({ document, root: document.body, marksIds: true })({
  onWidgetEvent(event) {
    reported.push({ family: event.family, id: event.id, ...(event.value === undefined ? {} : { value: event.value }) });
    handle(event.family, event.value);
  },
  onSubscriptionEvent() {},
  onDiagnostic(diagnostic) {
    reported.push({ family: "diagnostic", id: "", value: diagnostic.diagnostic });
  },
});

const later = (work: () => void): void => {
  const delay = (app?.delay ?? 0) / 2;
  if (delay === 0) queueMicrotask(work);
  else setTimeout(work, delay);
};

function handle(family: string, text: WireValue | undefined): void {
  const current = app;
  if (current === undefined) return;
  later(() => {
    if (family === "input" && typeof text === "string") value = rules[current.name](text);
    else if (family === "submit" && typeof text === "string") {
      page.submitted.push(text);
      if (current.name === "clear") value = "";
    } else return;
    push();
  });
}

function push(): void {
  if (app === undefined || (value === sentValue && app.name !== "refuse")) return;
  sentValue = value;
  const props = { [app.prop]: value };
  later(() => page.change(0, props));
}

const page: WidgetsPage = {
  screens: [],
  submitted: [],
  show(children, props = {}) {
    const column: WireNode = {
      id: "main#column",
      type: "column",
      props: { padding: 16, spacing: 12, width: "fill", height: "fill" },
      children,
    };
    tree = { id: "main", type: "window", props: { theme: "light", ...props }, children: [column] };
    surface.showTree(tree);
  },
  change(index, props) {
    const column = tree.children[0];
    const child = column?.children[index];
    if (column === undefined || child === undefined) return;
    const merged: Record<string, WireValue> = { ...child.props, ...props };
    for (const [name, entry] of Object.entries(merged)) if (entry === null) delete merged[name];
    const children = column.children.with(index, { ...child, props: merged });
    tree = { ...tree, children: [{ ...column, children }] };
    surface.applyPatch([{ op: "update_props", path: [0, index], props }], tree);
  },
  // The surface follows the ops; the tree after them is for surfaces that keep none.
  changeAt: (path, props) => surface.applyPatch([{ op: "update_props", path, props }], tree),
  showMore: (node) => surface.applyPatch([{ op: "insert_child", path: [0], index: 10_000, node }], tree),
  insertAt: (path, index, node) => surface.applyPatch([{ op: "insert_child", path, index, node }], tree),
  remove: (index) => surface.applyPatch([{ op: "remove_child", path: [0], index }], tree),
  performWindow: (name, windowId) => surface.performWindow({ name, windowId, payload: {} }),
  showRoot(root) {
    tree = root;
    surface.showTree(root);
  },
  perform: (name, target, operand = null) =>
    surface.perform({ name, ...(target === "" ? {} : { target }), value: operand }),
  take(options = {}) {
    return reported.splice(0).filter((event) => options.withStatus === true || event.family !== "status");
  },
  answer(name, delay, prop = "value") {
    value = "";
    sentValue = "";
    app = { name, delay, prop };
    page.screens.length = 0;
    page.submitted.length = 0;
    const look = (): void => {
      const field = document.querySelector("input,textarea,.cm-content");
      const isPlain = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
      const text = isPlain
        ? field.value
        : [...(field?.querySelectorAll(".cm-line") ?? [])].map((l) => l.textContent).join("\n");
      if (text !== page.screens.at(-1)) page.screens.push(text);
      requestAnimationFrame(look);
    };
    look();
  },
  appValue: () => value,
  setAppValue(next) {
    value = next;
    push();
  },
  reconnect(props) {
    app = undefined;
    surface.hostLost?.();
    const column = tree.children[0];
    const child = column?.children[0];
    if (column === undefined || child === undefined) return;
    const again = { ...child, props: { ...child.props, ...props } };
    tree = { ...tree, children: [{ ...column, children: column.children.with(0, again) }] };
    surface.showTree(tree);
  },
  showAgain() {
    tree = structuredClone(tree);
    surface.showTree(tree);
  },
};
window.widgets = page;
