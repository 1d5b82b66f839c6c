import type { WireProps } from "../../../protocol/node.ts";
import { setAttribute } from "../pictures/picture-box.ts";
import { readString } from "../props.ts";
import type { WidgetContext, WidgetModule, WidgetView } from "../widget.ts";
import type { QrMatrix } from "./qr-painter.ts";

const css = `
.pl-qr>canvas{display:block;flex:none;image-rendering:pixelated}
.pl-qr-error{padding:4px 8px;border-radius:4px;box-shadow:inset 0 0 0 1px var(--danger-base);color:var(--danger-base)}
`;

export const qrCodeModule: WidgetModule = { types: ["qr_code"], css, create: (context) => new QrCodeView(context) };

class QrCodeView implements WidgetView {
  readonly element: HTMLElement;
  readonly #context: WidgetContext;
  readonly #canvas: HTMLCanvasElement;
  #props: WireProps = {};
  #painter: typeof import("./qr-painter.ts") | undefined;
  #matrix: QrMatrix | undefined;
  /** What `#matrix` was made of. */
  #key: string | undefined;
  /** Matches as long as a pixel of CSS has as many pixels of the screen as when the code was painted. */
  #sharpness: MediaQueryList | undefined;

  constructor(context: WidgetContext) {
    this.#context = context;
    this.element = context.document.createElement("div");
    this.element.className = "pl-qr";
    this.element.setAttribute("role", "img");
    this.#canvas = context.document.createElement("canvas");
    context.load(
      () => import("./qr-painter.ts"),
      (painter) => {
        this.#painter = painter;
        this.#show();
      },
    );
  }

  update(props: WireProps): void {
    this.#props = props;
    // A picture of black squares says nothing without a name.
    this.element.setAttribute("aria-label", readString(props["alt"]) ?? "QR code");
    setAttribute(this.element, "aria-description", readString(props["description"]));
    this.#show();
  }

  dispose(): void {
    this.#sharpness?.removeEventListener("change", this.#repaint);
  }

  readonly #repaint = (): void => this.#show();

  /** Another screen or zoom of the browser needs other pixels. */
  #watchSharpness(): void {
    const view = this.#context.document.defaultView;
    if (view === null || this.#sharpness?.matches === true) return;
    this.#sharpness?.removeEventListener("change", this.#repaint);
    this.#sharpness = view.matchMedia(`(resolution: ${view.devicePixelRatio}dppx)`);
    this.#sharpness.addEventListener("change", this.#repaint);
  }

  #show(): void {
    const painter = this.#painter;
    if (painter === undefined) return;
    const key = painter.qrKey(this.#props);
    if (key !== this.#key) {
      this.#key = key;
      try {
        this.#matrix = painter.qrMatrix(this.#props);
      } catch (thrown) {
        this.#matrix = undefined;
        const reason = thrown instanceof Error ? thrown.message : String(thrown);
        this.element.classList.add("pl-qr-error");
        this.element.textContent = `QR code error: ${reason}`;
        this.#context.diagnose("warn", "qr_code_error", `The QR code cannot be made: ${reason}.`);
      }
    }
    if (this.#matrix === undefined) return;
    if (this.element.firstChild !== this.#canvas) {
      this.element.classList.remove("pl-qr-error");
      this.element.replaceChildren(this.#canvas);
    }
    painter.paintQr(this.#canvas, this.#props, this.#matrix);
    this.#watchSharpness();
  }
}
