/** Which requests a font file answers, as descriptors of a font face. */
export interface FontTraits {
  /** CSS `font-weight`: one number, or two for a range. */
  readonly weight: string;
  readonly style: "normal" | "italic";
}

const PLAIN: FontTraits = { weight: "400", style: "normal" };
/** What a variable font is taken to cover when its file does not show it. */
const WHOLE_RANGE = "100 900";
const WOFF2 = 0x774f4632;
/** Place of `fvar` in the list of known tables of WOFF2. */
const FVAR_INDEX = 47;
/** Tables that may be transformed; every other one has a transform only when it says so. */
const GLYPH_TABLES: ReadonlySet<number> = new Set([10, 11]);

/** Weight and style inside a font, so that several files of one family do not stand in for each other. Any bytes may come. */
export function fontTraits(font: Uint8Array): FontTraits {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const short = (at: number): number => (at + 2 <= view.byteLength ? view.getUint16(at) : 0);
  const long = (at: number): number => (at + 4 <= view.byteLength ? view.getUint32(at) : 0);
  if (long(0) === WOFF2) return hasVariations(font, short(12)) ? { ...PLAIN, weight: WHOLE_RANGE } : PLAIN;
  let traits = PLAIN;
  let range: string | undefined;
  for (let table = 0; table < short(4); table += 1) {
    const record = 12 + table * 16;
    if (record + 16 > view.byteLength) break;
    const start = long(record + 8);
    switch (long(record)) {
      case OS2: {
        const weight = short(start + 4);
        const isItalic = (short(start + 62) & 1) === 1;
        traits = {
          weight: String(weight >= 1 && weight <= 1000 ? weight : 400),
          style: isItalic ? "italic" : "normal",
        };
        break;
      }
      case FVAR:
        range = weightAxis(start, short, long);
    }
  }
  return range === undefined ? traits : { ...traits, weight: range };
}

/** The four characters `OS/2`, `fvar` and `wght`. */
const OS2 = 0x4f532f32;
const FVAR = 0x66766172;
const WEIGHT_AXIS = 0x77676874;

function weightAxis(table: number, short: (at: number) => number, long: (at: number) => number): string | undefined {
  const axes = table + short(table + 4);
  for (let index = 0; index < Math.min(short(table + 8), 64); index += 1) {
    const axis = axes + index * short(table + 10);
    if (long(axis) !== WEIGHT_AXIS) continue;
    // Fixed-point numbers; their whole part is enough.
    const least = short(axis + 4);
    const most = short(axis + 12);
    return least >= 1 && least < most && most <= 1000 ? `${least} ${most}` : undefined;
  }
  return undefined;
}

/** A WOFF2 file is compressed, but lists its tables in front. */
function hasVariations(font: Uint8Array, tables: number): boolean {
  let at = 48;
  const skipNumber = (): void => {
    for (let count = 0; count < 5 && ((font[at] ?? 0) & 0x80) !== 0; count += 1) at += 1;
    at += 1;
  };
  for (let table = 0; table < tables && at < font.length; table += 1) {
    const flags = font[at] ?? 0;
    const index = flags & 0x3f;
    if (index === FVAR_INDEX) return true;
    at += index === 0x3f ? 5 : 1;
    skipNumber();
    const version = flags >> 6;
    const isTransformed = GLYPH_TABLES.has(index) ? version !== 3 : version !== 0;
    if (isTransformed) skipNumber();
  }
  return false;
}
