import { addSheet } from "../style-sheet.ts";

/** Px around the press in which nothing moves. */
const DEAD_ZONE = 20;
/** Px per second for a distance from the press. */
const SPEED_POWER = 1.5;
/** A page that was in the background must not jump. */
const MAX_STEP_S = 0.1;

const css = `
.pl-auto-scrolling,.pl-auto-scrolling *{cursor:all-scroll!important}
.pl-auto-mark{position:absolute;z-index:2;width:22px;height:22px;margin:-11px 0 0 -11px;border-radius:50%;background:var(--bg-base);box-shadow:0 0 0 1px var(--bg-strongest),0 2px 6px var(--shade);pointer-events:none}
.pl-auto-mark::before{content:"";position:absolute;inset:8px;border-radius:50%;background:var(--bg-base-text)}
`;

/** Px per second along one axis, for the pointer's distance from where it pressed. */
export function autoScrollSpeed(distance: number): number {
  const size = Math.abs(distance);
  return size < DEAD_ZONE ? 0 : Math.sign(distance) * size ** SPEED_POWER;
}

/**
 * Scrolling that goes on by itself after a press of the middle button: the further the pointer is from there, the faster.
 * Any button, the wheel, Escape, and leaving the browser's window end it.
 */
export class AutoScroll {
  readonly #element: HTMLElement;
  readonly #port: HTMLElement;
  #stop: (() => void) | undefined;

  constructor(element: HTMLElement, port: HTMLElement) {
    this.#element = element;
    this.#port = port;
    addSheet(element.ownerDocument, css);
  }

  stop(): void {
    this.#stop?.();
  }

  start(press: PointerEvent, scrolls: { readonly x: boolean; readonly y: boolean }): void {
    this.stop();
    const port = this.#port;
    const document = port.ownerDocument;
    const view = document.defaultView;
    if (view === null) return;
    const mark = this.#mark(press);
    let { clientX, clientY } = press;
    let last: number | undefined;
    // Engines may round offsets to whole pixels, and slow scrolling would stand still.
    const rest = { x: 0, y: 0 };
    const step = (now: number): void => {
      const seconds = Math.min(MAX_STEP_S, (now - (last ?? now)) / 1000);
      last = now;
      if (scrolls.x) rest.x += autoScrollSpeed(clientX - press.clientX) * seconds;
      if (scrolls.y) rest.y += autoScrollSpeed(clientY - press.clientY) * seconds;
      const x = Math.trunc(rest.x);
      const y = Math.trunc(rest.y);
      rest.x -= x;
      rest.y -= y;
      if (x !== 0 || y !== 0) port.scrollBy({ left: x, top: y, behavior: "instant" });
      frame = view.requestAnimationFrame(step);
    };
    let frame = view.requestAnimationFrame(step);
    const ending = new AbortController();
    const options = { capture: true, signal: ending.signal } as const;
    const end = (event: Event): void => {
      this.stop();
      // The press that ends it does nothing else.
      if (event.type !== "pointerdown" && event.type !== "keydown") return;
      event.preventDefault();
      event.stopPropagation();
    };
    document.addEventListener("pointerdown", end, options);
    document.addEventListener("wheel", end, { ...options, passive: true });
    document.addEventListener("keydown", (event) => (event.key === "Escape" ? end(event) : undefined), options);
    document.addEventListener(
      "pointermove",
      (event) => {
        clientX = event.clientX;
        clientY = event.clientY;
      },
      options,
    );
    view.addEventListener("blur", end, { signal: ending.signal });
    this.#element.classList.add("pl-auto-scrolling");
    this.#stop = () => {
      this.#stop = undefined;
      ending.abort();
      view.cancelAnimationFrame(frame);
      mark.remove();
      this.#element.classList.remove("pl-auto-scrolling");
    };
  }

  #mark(press: PointerEvent): HTMLElement {
    const mark = this.#element.ownerDocument.createElement("div");
    mark.className = "pl-auto-mark";
    mark.ariaHidden = "true";
    const box = this.#element.getBoundingClientRect();
    const zoom = box.width === 0 ? 1 : box.width / this.#element.offsetWidth;
    mark.style.left = `${(press.clientX - box.x) / zoom}px`;
    mark.style.top = `${(press.clientY - box.y) / zoom}px`;
    this.#element.append(mark);
    return mark;
  }
}
