import { encode } from "uqr";
import type { WireProps } from "../../../protocol/node.ts";
import { zoomOf } from "../canvas/zoom.ts";
import { readColor, readEnum, readNumber, readString } from "../props.ts";

const CORRECTIONS = ["low", "medium", "quartile", "high"] as const;
const LEVELS = { low: "L", medium: "M", quartile: "Q", high: "H" } as const;
const MIN_CELL = 1;
const MAX_CELL = 50;
const DEFAULT_CELL = 4;
/** No picture is larger. */
const MAX_SIDE = 16_384;
/** More device pixels than that help no camera. */
const MAX_BACKING = 4096;

export type QrMatrix = readonly (readonly boolean[])[];

/** What a QR code is made of, as one text; equal ones look alike. */
export function qrKey(props: WireProps): string {
  return `${correctionOf(props)} ${readString(props["data"]) ?? ""}`;
}

/** The dark modules, row by row, without a quiet zone. Throws when the data does not fit. */
export function qrMatrix(props: WireProps): QrMatrix {
  const options = { ecc: LEVELS[correctionOf(props)], border: 0, boostEcc: false };
  return encode(readString(props["data"]) ?? "", options).data;
}

/** Px per side: modules times cell, or the total size. */
export function qrSide(props: WireProps, modules: number): number {
  const total = readNumber(props["total_size"]);
  if (total !== undefined && total > 0) return Math.min(total, MAX_SIDE);
  return modules * Math.min(MAX_CELL, Math.max(MIN_CELL, readNumber(props["cell_size"]) ?? DEFAULT_CELL));
}

export function paintQr(canvas: HTMLCanvasElement, props: WireProps, matrix: QrMatrix): void {
  const side = qrSide(props, matrix.length);
  const ratio = (canvas.ownerDocument.defaultView?.devicePixelRatio ?? 1) * zoomOf(canvas);
  const backing = Math.max(matrix.length, Math.min(MAX_BACKING, Math.round(side * ratio)));
  canvas.width = backing;
  canvas.height = backing;
  canvas.style.width = `${side}px`;
  canvas.style.height = `${side}px`;
  const paint = canvas.getContext("2d");
  if (paint === null) return;
  paint.fillStyle = readColor(props["background"]) ?? "#ffffff";
  paint.fillRect(0, 0, backing, backing);
  paint.fillStyle = readColor(props["cell_color"]) ?? "#000000";
  // Edges lie on whole device pixels, so that nothing blurs and no seam shows between modules.
  const edge = (index: number): number => Math.round((index * backing) / matrix.length);
  matrix.forEach((row, y) => {
    row.forEach((isDark, x) => {
      if (isDark) paint.fillRect(edge(x), edge(y), edge(x + 1) - edge(x), edge(y + 1) - edge(y));
    });
  });
}

function correctionOf(props: WireProps): (typeof CORRECTIONS)[number] {
  return readEnum(props["error_correction"], CORRECTIONS) ?? "medium";
}
