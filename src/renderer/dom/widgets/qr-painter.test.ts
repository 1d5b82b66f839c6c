import { describe, expect, test } from "vitest";
import { qrKey, qrMatrix, qrSide } from "./qr-painter.ts";

describe("QR code", () => {
  test("has no quiet zone and three finders", () => {
    const matrix = qrMatrix({ data: "plushie" });
    expect(matrix).toHaveLength(21);
    for (const [row, column] of [
      [0, 0],
      [0, 14],
      [14, 0],
    ] as const) {
      const finder = matrix.slice(row, row + 7).map((line) => line.slice(column, column + 7));
      expect(finder[0]?.every(Boolean) && finder[6]?.every(Boolean)).toBe(true);
      expect(finder[1]).toEqual([true, false, false, false, false, false, true]);
      expect(finder[3]).toEqual([true, false, true, true, true, false, true]);
    }
  });

  test("grows with data and correction, and refuses what does not fit", () => {
    const sides = ["low", "medium", "quartile", "high"].map(
      (error_correction) => qrMatrix({ data: "x".repeat(60), error_correction }).length,
    );
    expect(sides).toEqual([...sides].sort((a, b) => a - b));
    expect(sides[0]).toBeLessThan(sides[3] ?? 0);
    expect(() => qrMatrix({ data: "x".repeat(3000) })).toThrow();
  });

  test("sizes are kept within bounds", () => {
    expect(
      [{}, { cell_size: 0 }, { cell_size: 99 }, { cell_size: 3, total_size: 50 }].map((p) => qrSide(p, 21)),
    ).toEqual([84, 21, 1050, 50]);
    expect(qrSide({ total_size: 1e9 }, 21)).toBe(16_384);
  });

  test("equal data and correction are equal", () => {
    expect(qrKey({ data: "a", cell_size: 3 })).toBe(qrKey({ data: "a", error_correction: "nonsense" }));
    expect(qrKey({ data: "a" })).not.toBe(qrKey({ data: "a", error_correction: "high" }));
  });
});
