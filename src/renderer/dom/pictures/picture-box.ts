import type { WireProps, WireValue } from "../../../protocol/index.ts";
import { readEnum, readNumber, readString } from "../props.ts";
import type { WidgetContext } from "../widget.ts";
import { CONTENT_FITS, type ContentFit, OBJECT_FITS, type Size } from "./fit.ts";
import { type PictureSource, pictureName, readPictureSource } from "./picture-source.ts";
import type { Picture, PictureState } from "./pictures.ts";

/** Whatever shows one picture is an `img` itself: the browser then knows its natural size and keeps its ratio. */
export const PICTURE_CSS = `
.pl-picture{display:block;object-fit:contain;color:inherit;-webkit-user-drag:none}
.pl-picture:not([src]){opacity:0!important}
:where(.pl-picture-loose){width:var(--pw);height:var(--ph)}
:where(.pl-picture-expand){width:100%}
`;

/** What images and drawings have in common: source, fit, rotation, opacity, name. */
export class PictureBox {
  readonly element: HTMLImageElement;
  readonly #context: WidgetContext;
  readonly #shown: (picture: Picture | undefined) => void;
  readonly #failureKind: string;
  #stopUse: (() => void) | undefined;
  #source: PictureSource | undefined;
  #reported: string | undefined;
  #alt = "";
  #observer: ResizeObserver | undefined;

  /** `shown` is told what there is to draw now, and puts an address into the element. */
  constructor(context: WidgetContext, failureKind: string, shown: (picture: Picture | undefined) => void) {
    this.#context = context;
    this.#failureKind = failureKind;
    this.#shown = shown;
    this.element = context.document.createElement("img");
    this.element.className = "pl-picture";
    this.element.draggable = false;
    this.element.alt = "";
  }

  /** Everything but the source, which comes last because it shows the picture. */
  update(props: WireProps, previous: WireProps): void {
    const { style } = this.element;
    const hasNew = (name: string): boolean => props[name] !== previous[name];
    if (hasNew("alt") || hasNew("description") || hasNew("decorative") || isFirst(previous)) this.#describe(props);
    if (hasNew("content_fit")) style.objectFit = OBJECT_FITS[readFit(props)];
    if (hasNew("content_fit") || hasNew("width") || hasNew("height")) {
      const fit = readFit(props);
      // Only those that keep the whole picture take their ratio to the other side.
      this.element.classList.toggle("pl-picture-loose", fit === "fill" || fit === "cover" || fit === "none");
    }
    if (hasNew("rotation") || hasNew("scale")) style.transform = transformOf(props);
    if (hasNew("opacity")) {
      const opacity = readNumber(props["opacity"]);
      style.opacity = opacity === undefined ? "" : String(Math.min(1, Math.max(0, opacity)));
    }
    if (hasNew("source") || isFirst(previous)) this.#setSource(props["source"]);
  }

  /** Shows an address with its natural size, or nothing. */
  show(address: string | undefined, size: Size | undefined): void {
    const { style } = this.element;
    if (address === undefined) this.element.removeAttribute("src");
    else if (this.element.src !== address) this.element.src = address;
    style.setProperty("--pw", size === undefined ? "" : `${size.width}px`);
    style.setProperty("--ph", size === undefined ? "" : `${size.height}px`);
    this.#showAlt();
  }

  /** Calls back after the element got another size, as long as that is asked for. */
  watchSize(isWanted: boolean, changed: () => void): void {
    if (!isWanted) {
      this.#observer?.disconnect();
      this.#observer = undefined;
    } else if (this.#observer === undefined) {
      this.#observer = new ResizeObserver(changed);
      this.#observer.observe(this.element);
    }
  }

  dispose(): void {
    this.#stopUse?.();
    this.#observer?.disconnect();
    this.element.removeAttribute("src");
  }

  #setSource(value: WireValue | undefined): void {
    const source = readPictureSource(value);
    if (source !== undefined && source.kind === this.#source?.kind && source.name === this.#source.name) return;
    const before = this.#stopUse;
    this.#source = source;
    this.#reported = undefined;
    if (source === undefined) this.#stateChanged({ kind: "waiting" });
    else this.#stopUse = this.#context.pictures.use(source, (state) => this.#stateChanged(state));
    // After the new use has begun, so that the same file is not let go in between.
    before?.();
    if (source === undefined) this.#stopUse = undefined;
  }

  #stateChanged(state: PictureState): void {
    this.#shown(state.kind === "ready" ? state.picture : undefined);
    if (state.kind !== "failed" || this.#source === undefined || this.#reported === this.#source.name) return;
    const name = pictureName(this.#source);
    this.#reported = this.#source.name;
    // A bad upload is told once, to whoever uploaded it.
    if (this.#source.kind === "handle") return;
    const message = `The picture "${name}" is not drawn: ${state.reason}.`;
    const kind = state.isRefused ? "asset_refused" : this.#failureKind;
    this.#context.diagnose("warn", kind, message, { source: name });
  }

  #describe(props: WireProps): void {
    const { element } = this;
    const isDecorative = props["decorative"] === true;
    this.#alt = isDecorative ? "" : (readString(props["alt"]) ?? "");
    setAttribute(element, "role", isDecorative ? "presentation" : "img");
    setAttribute(element, "aria-hidden", isDecorative ? "true" : undefined);
    setAttribute(element, "aria-label", this.#alt === "" ? undefined : this.#alt);
    const description = readString(props["description"]);
    setAttribute(element, "aria-description", isDecorative ? undefined : description);
    this.#showAlt();
  }

  /** Nothing stands in place of a picture that is not there, as browsers would put an icon beside its text. */
  #showAlt(): void {
    // Empty would say that it is decoration; its name is the label.
    if (this.#alt !== "") this.element.removeAttribute("alt");
    else this.element.alt = "";
  }
}

export function readFit(props: WireProps): ContentFit {
  return readEnum(props["content_fit"], CONTENT_FITS) ?? "contain";
}

function transformOf(props: WireProps): string {
  const rotation = readNumber(props["rotation"]) ?? 0;
  const scale = readNumber(props["scale"]) ?? 1;
  const parts = [...(rotation === 0 ? [] : [`rotate(${rotation}deg)`]), ...(scale === 1 ? [] : [`scale(${scale})`])];
  return parts.join(" ");
}

export function setAttribute(element: Element, name: string, value: string | undefined): void {
  if (value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/** The core calls the first update with no props before. */
function isFirst(previous: WireProps): boolean {
  return Object.keys(previous).length === 0;
}
