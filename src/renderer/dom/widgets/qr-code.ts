import type { WireProps } from "../../../protocol/node.ts";
import { setAttribute } from "../pictures/picture-box.ts";
import { readColor, readEnum, readNumber, readString } from "../props.ts";
import type { WidgetContext, WidgetModule, WidgetView } from "../widget.ts";

const CORRECTIONS = ["low", "medium", "quartile", "high"] as const;
const MIN_CELL = 1;
const MAX_CELL = 50;
/** No picture is larger. */
const MAX_SIDE = 16_384;
const DEFAULT_CELL = 4;
/** More device pixels than that help no camera. */
const MAX_BACKING = 4096;

const css = `
.pl-qr>canvas{display:block;flex:none;image-rendering:pixelated}
.pl-qr-error{padding:4px 8px;border-radius:4px;box-shadow:inset 0 0 0 1px var(--danger-base);color:var(--danger-base)}
`;

export const qrCodeModule: WidgetModule = { types: ["qr_code"], css, create: (context) => new QrCodeView(context) };

type Matrix = readonly (readonly boolean[])[];

class QrCodeView implements WidgetView {
  readonly element: HTMLElement;
  readonly #context: WidgetContext;
  readonly #canvas: HTMLCanvasElement;
  #props: WireProps = {};
  #encode: typeof import("./qr-matrix.ts").qrMatrix | undefined;
  #matrix: Matrix | undefined;
  /** What `#matrix` was made of. */
  #encoded: string | undefined;

  constructor(context: WidgetContext) {
    this.#context = context;
    this.element = context.document.createElement("div");
    this.element.className = "pl-qr";
    this.element.setAttribute("role", "img");
    this.#canvas = context.document.createElement("canvas");
    context.load(
      () => import("./qr-matrix.ts"),
      ({ qrMatrix }) => {
        this.#encode = qrMatrix;
        this.#show();
      },
    );
  }

  update(props: WireProps, previous: WireProps): void {
    this.#props = props;
    // A picture of black squares says nothing without a name.
    this.element.setAttribute("aria-label", readString(props["alt"]) ?? "QR code");
    if (props["description"] !== previous["description"]) {
      setAttribute(this.element, "aria-description", readString(props["description"]));
    }
    this.#show();
  }

  #show(): void {
    const encode = this.#encode;
    if (encode === undefined) return;
    const data = readString(this.#props["data"]) ?? "";
    const correction = readEnum(this.#props["error_correction"], CORRECTIONS) ?? "medium";
    const wanted = `${correction} ${data}`;
    if (wanted !== this.#encoded) {
      this.#encoded = wanted;
      try {
        this.#matrix = encode(data, correction);
      } catch (thrown) {
        this.#matrix = undefined;
        const reason = thrown instanceof Error ? thrown.message : String(thrown);
        this.element.classList.add("pl-qr-error");
        this.element.textContent = `QR code error: ${reason}`;
        this.#context.diagnose("warn", "qr_code_error", `The QR code cannot be made: ${reason}.`);
      }
    }
    if (this.#matrix !== undefined) this.#paint(this.#matrix);
  }

  #paint(matrix: Matrix): void {
    const side = sideOf(this.#props, matrix.length);
    const ratio = this.#context.document.defaultView?.devicePixelRatio ?? 1;
    const backing = Math.max(matrix.length, Math.min(MAX_BACKING, Math.round(side * ratio)));
    const canvas = this.#canvas;
    if (this.element.firstChild !== canvas) {
      this.element.classList.remove("pl-qr-error");
      this.element.replaceChildren(canvas);
    }
    canvas.width = backing;
    canvas.height = backing;
    canvas.style.width = `${side}px`;
    canvas.style.height = `${side}px`;
    const paint = canvas.getContext("2d");
    if (paint === null) return;
    paint.fillStyle = readColor(this.#props["background"]) ?? "#ffffff";
    paint.fillRect(0, 0, backing, backing);
    paint.fillStyle = readColor(this.#props["cell_color"]) ?? "#000000";
    // Edges lie on whole device pixels, so that nothing blurs and no seam shows between modules.
    const edge = (index: number): number => Math.round((index * backing) / matrix.length);
    matrix.forEach((row, y) => {
      row.forEach((isDark, x) => {
        if (isDark) paint.fillRect(edge(x), edge(y), edge(x + 1) - edge(x), edge(y + 1) - edge(y));
      });
    });
  }
}

function sideOf(props: WireProps, modules: number): number {
  const total = readNumber(props["total_size"]);
  if (total !== undefined && total > 0) return Math.min(total, MAX_SIDE);
  const cell = readNumber(props["cell_size"]) ?? DEFAULT_CELL;
  return modules * Math.min(MAX_CELL, Math.max(MIN_CELL, cell));
}
