import type { PatchOp, WireNode, WireValue } from "../../src/protocol/index.ts";
import { createDomSurface } from "../../src/renderer/dom/index.ts";
import type { WidgetModule } from "../../src/renderer/dom/widget.ts";
import { WIDGET_MODULES } from "../../src/renderer/dom/widgets/index.ts";
import type { Surface, SurfaceListener } from "../../src/renderer/surface.ts";

/** Runs in the page: one surface that copies what is alike, and one that makes every node by itself. */
export interface CopiesPage {
  /** Both begin anew, with elements that carry no ids, and with room for many rows. */
  unmark(): void;
  /** Where cells and their texts are, and what they look like. */
  cells(): readonly [readonly string[], readonly string[]];
  /** Elements in both. */
  counts(): readonly [number, number];
  /** What is where in both sides, for pictures. */
  places(): readonly [Place, Place];
  show(root: WireNode | null): void;
  patch(ops: readonly PatchOp[]): void;
  configure(defaultTextSize: number): void;
  /** What both show now, without what can only differ. */
  shown(): readonly [string, string];
  /** What both reported since the last call. */
  take(): readonly [string, string];
  /** Presses the n-th element of a kind in both. */
  press(selector: string, at: number): void;
  locate(id: string): Promise<readonly [WireValue, WireValue]>;
  /** Elements that the first one makes in the course of some ops. */
  countMade(ops: readonly PatchOp[]): number;
}

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

declare global {
  interface Window {
    copies: CopiesPage;
  }
}

const EMPTY: WireNode = { id: "", type: "", props: {}, children: [] };

interface Side {
  readonly root: HTMLElement;
  readonly surface: Surface;
  readonly events: string[];
}

function addSide(modules: readonly WidgetModule[], marksIds = true): Side {
  const root = document.body.appendChild(document.createElement("div"));
  root.style.cssText = "position:relative;width:300px;height:200px";
  const events: string[] = [];
  const listener: SurfaceListener = {
    onWidgetEvent: (event) => events.push(JSON.stringify(event)),
    onSubscriptionEvent: () => {},
    onDiagnostic: (report) => events.push(JSON.stringify(report)),
  };
  return { root, surface: createDomSurface({ document, root, modules, marksIds })(listener), events };
}

const plain = WIDGET_MODULES.map(({ copies: _, ...module }) => module);
let copying = addSide([]);
let making = addSide(plain);
let sides = [copying, making] as const;

/** What scrolls becomes a stop of the keyboard when there is time, which may be between the two. */
const PORTS = ".pl-scroll-port,.pl-table,.pl-tbody";
const WRITTEN_LATER = ["tabindex", "role", "aria-label", "data-port"];

/** A line for each element and text, names in order; what surfaces number differs between them. */
function markup({ root }: Side): string {
  const lines: string[] = [];
  const visit = (node: Node, depth: string): void => {
    if (node instanceof HTMLElement) {
      const own = [...node.attributes].filter(({ name }) => !(node.matches(PORTS) && WRITTEN_LATER.includes(name)));
      const attributes = own.map(({ name, value }) => {
        const words = name === "class" ? value.split(" ").sort().join(" ") : value;
        return `${name}=${words.replace(/pl-u?\d+(-n?\d+)?/g, "pl")}`;
      });
      lines.push(`${depth}${node.localName} ${attributes.sort().join(" ")}`);
    } else lines.push(`${depth}"${node.textContent}"`);
    for (const inner of node.childNodes) visit(inner, `${depth}  `);
  };
  visit(root, "");
  return lines.join("\n");
}

function taken(side: Side): string {
  const text = side.events.join("\n");
  side.events.length = 0;
  return text;
}

function cells({ root }: Side): string[] {
  const { x, y } = root.getBoundingClientRect();
  const place = (box: DOMRect): string => [box.x - x, box.y - y, box.width, box.height].map(Math.fround).join(" ");
  return [...root.querySelectorAll('[role="cell"]')].map((cell) => {
    const text = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT).nextNode();
    const range = document.createRange();
    range.selectNodeContents(text ?? cell);
    const lines = text === null ? [] : [...range.getClientRects()].map(place);
    const box = place(cell.getBoundingClientRect());
    if (text?.parentElement == null) return box;
    const { color, fontSize, lineHeight, fontFamily } = getComputedStyle(text.parentElement);
    return [box, ...lines, color, fontSize, lineHeight, fontFamily, text.nodeValue].join();
  });
}

function elementsIn({ root }: Side): number {
  return root.getElementsByTagName("*").length;
}

function placeOf({ root }: Side): Place {
  const { x, y, width, height } = root.getBoundingClientRect();
  return { x, y, width, height };
}

window.copies = {
  unmark() {
    for (const { surface, root } of sides) {
      surface.dispose();
      root.remove();
    }
    copying = addSide([], false);
    making = addSide(plain, false);
    for (const { root } of [copying, making]) root.style.height = "1600px";
    sides = [copying, making];
  },
  cells: () => [cells(copying), cells(making)],
  counts: () => [elementsIn(copying), elementsIn(making)],
  places: () => [placeOf(copying), placeOf(making)],
  show(root) {
    for (const { surface } of sides) surface.showTree(root);
  },
  patch(ops) {
    for (const { surface } of sides) surface.applyPatch(ops, EMPTY);
  },
  configure(defaultTextSize) {
    for (const { surface } of sides) surface.configure({ defaultTextSize });
  },
  shown: () => [markup(copying), markup(making)],
  take: () => [taken(copying), taken(making)],
  press(selector, at) {
    for (const { root } of sides) root.querySelectorAll<HTMLElement>(selector)[at]?.click();
  },
  async locate(id) {
    const ask = async ({ surface, root }: Side): Promise<WireValue> => {
      const place = await surface.query({ name: "locate", target: id });
      if (typeof place !== "object" || place === null || !("x" in place) || !("y" in place)) return place;
      const { left, top } = root.getBoundingClientRect();
      return { ...place, x: Number(place["x"]) - left, y: Number(place["y"]) - top };
    };
    return [await ask(copying), await ask(making)];
  },
  countMade(ops) {
    let made = 0;
    const { createElement } = document;
    document.createElement = ((...rest: Parameters<typeof createElement>) => {
      made += 1;
      return createElement.apply(document, rest);
    }) as typeof createElement;
    copying.surface.applyPatch(ops, EMPTY);
    document.createElement = createElement;
    return made;
  },
};
