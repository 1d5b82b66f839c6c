import { encode } from "uqr";

export type QrCorrection = "low" | "medium" | "quartile" | "high";

const LEVELS = { low: "L", medium: "M", quartile: "Q", high: "H" } as const;

/** The dark modules of a QR code, row by row, without a quiet zone. Throws when the data does not fit. */
export function qrMatrix(data: string, correction: QrCorrection): readonly (readonly boolean[])[] {
  return encode(data, { ecc: LEVELS[correction], border: 0, boostEcc: false }).data;
}
