import type { LookOverride } from "./look.ts";
import type { PaintTools } from "./painter.ts";
import { Repainter } from "./repainter.ts";
import type { Layer, Scene } from "./scene.ts";
import { zoomOf } from "./zoom.ts";

/** Sheets one above the other. Layers beyond the last one share it. */
const MAX_SHEETS = 16;
/** Device pixels per side; browsers refuse more. */
const MAX_SIDE = 16_384;
/** Device pixels per sheet. */
const MAX_AREA = 1 << 26;

interface Sheet {
  readonly element: HTMLCanvasElement;
  readonly painter: Repainter | undefined;
  layers: readonly Layer[];
  isStale: boolean;
}

export interface StageTools extends PaintTools {
  /** What the state of each element puts over the shapes directly in it. Another map after every change. */
  overrides(): ReadonlyMap<string, LookOverride | undefined>;
}

/** The drawing surfaces of one canvas: one per layer, as sharp as the screen, repainted only when it is stale. */
export class Stage {
  readonly #host: HTMLElement;
  readonly #tools: StageTools;
  readonly #repaint: () => void;
  readonly #observer: ResizeObserver | undefined;
  #sheets: Sheet[] = [];
  #box: { readonly width: number; readonly height: number } = { width: 0, height: 0 };
  #stopDensity = (): void => {};
  #width = 0;
  #height = 0;
  #scale = 1;

  /** `repaint` asks for a call of `flush` before the next paint. The sheets come first in `host`. */
  constructor(host: HTMLElement, repaint: () => void, tools: StageTools) {
    this.#host = host;
    this.#tools = tools;
    this.#repaint = repaint;
    const view = host.ownerDocument.defaultView;
    if (view === null) return;
    this.#followDensity(view);
    this.#observer = new view.ResizeObserver((entries) => {
      const entry = entries.at(-1);
      if (entry !== undefined) this.#resized(entry);
    });
    try {
      // Also tells when the page is zoomed or comes to a screen of another density.
      this.#observer.observe(host, { box: "device-pixel-content-box" });
    } catch {
      // Engines without that box throw; there only changes of the size are seen.
      this.#observer.observe(host);
    }
  }

  setScene(scene: Scene): void {
    const plan: Layer[][] = [];
    for (const layer of scene.layers) {
      if (plan.length < MAX_SHEETS) plan.push([layer]);
      else plan.at(-1)?.push(layer);
    }
    while (this.#sheets.length > plan.length) this.#sheets.pop()?.element.remove();
    for (const [index, layers] of plan.entries()) {
      const sheet = this.#sheets[index] ?? this.#addSheet();
      const isSame = layers.length === sheet.layers.length && layers.every((layer, at) => layer === sheet.layers[at]);
      if (isSame) continue;
      sheet.layers = layers;
      sheet.isStale = true;
    }
    this.#repaint();
  }

  /** The state of elements in the layer with this `home` has changed. */
  restyle(home: object): void {
    for (const sheet of this.#sheets) if (sheet.layers.some((layer) => layer.home === home)) sheet.isStale = true;
    this.#repaint();
  }

  /** Something that any shape may be drawn from has changed: a font, a picture. */
  invalidate(): void {
    for (const sheet of this.#sheets) {
      sheet.isStale = true;
      sheet.painter?.forget();
    }
    this.#repaint();
  }

  flush(): void {
    if (this.#width === 0 || this.#height === 0) return;
    for (const sheet of this.#sheets) if (sheet.isStale) this.#draw(sheet);
  }

  dispose(): void {
    this.#observer?.disconnect();
    this.#stopDensity();
    // Gives the pixels back at once.
    for (const { element } of this.#sheets) element.width = 0;
    this.#sheets = [];
  }

  #addSheet(): Sheet {
    const element = this.#host.ownerDocument.createElement("canvas");
    element.className = "pl-canvas-sheet";
    element.setAttribute("aria-hidden", "true");
    const context = element.getContext("2d");
    const painter = context === null ? undefined : new Repainter(context, this.#tools);
    const sheet: Sheet = { element, painter, layers: [], isStale: true };
    // The browser may lose the pixels and give an empty sheet back.
    element.addEventListener("contextrestored", () => this.invalidate());
    const last = this.#sheets.at(-1);
    if (last === undefined) this.#host.prepend(element);
    else last.element.after(element);
    this.#sheets.push(sheet);
    return sheet;
  }

  #draw(sheet: Sheet): void {
    sheet.isStale = false;
    const [first] = sheet.layers;
    const ops =
      sheet.layers.length === 1 && first !== undefined ? first.ops : sheet.layers.flatMap((layer) => layer.ops);
    const size = { width: this.#width, height: this.#height, scale: this.#scale };
    sheet.painter?.paint({ ops, overrides: this.#tools.overrides() }, size);
  }

  /** Takes a new density or zoom over. The size is known from the observer. */
  measure(): void {
    this.#resized(undefined);
    this.#repaint();
  }

  #resized(entry: ResizeObserverEntry | undefined): void {
    const density = this.#host.ownerDocument.defaultView?.devicePixelRatio ?? 1;
    const pixels = entry?.devicePixelContentBoxSize?.[0];
    const zoom = zoomOf(this.#host);
    if (entry !== undefined) this.#box = entry.contentRect;
    const { width: cssWidth, height: cssHeight } = this.#box;
    const width = devicePixels(cssWidth * density * zoom, pixels?.inlineSize);
    const height = devicePixels(cssHeight * density * zoom, pixels?.blockSize);
    const area = Math.sqrt(MAX_AREA / Math.max(1, width * height));
    const limit = Math.min(1, MAX_SIDE / Math.max(1, width), MAX_SIDE / Math.max(1, height), area);
    const scale = density * zoom * limit;
    const isSame =
      this.#width === Math.floor(width * limit) && this.#height === Math.floor(height * limit) && this.#scale === scale;
    if (isSame) return;
    this.#width = Math.floor(width * limit);
    this.#height = Math.floor(height * limit);
    this.#scale = scale;
    for (const sheet of this.#sheets) sheet.isStale = true;
    // The observer runs after layout and before painting, so nothing blurred is ever shown.
    if (entry !== undefined) this.flush();
  }

  /** Not every engine's observer tells when the page is zoomed or comes to another screen. */
  #followDensity(view: Window): void {
    const query = view.matchMedia(`(resolution: ${view.devicePixelRatio}dppx)`);
    const changed = (): void => {
      this.#followDensity(view);
      this.measure();
    };
    query.addEventListener("change", changed, { once: true });
    this.#stopDensity = () => query.removeEventListener("change", changed);
  }
}

/**
 * The box knows to which side the browser rounds. An emulated density does not reach it, so it is believed only where it is
 * close to the calculation.
 */
function devicePixels(calculated: number, measured: number | undefined): number {
  const isClose = measured !== undefined && Math.abs(measured - calculated) < 1.5;
  return isClose ? measured : Math.round(calculated);
}
