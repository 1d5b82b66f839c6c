/**
 * The family name inside a TrueType or OpenType font, or nothing when there is none to be read. Every offset is checked:
 * the bytes come from outside.
 */
export function fontFamilyOf(font: Uint8Array): string | undefined {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const short = (at: number): number => (at + 2 <= view.byteLength ? view.getUint16(at) : 0);
  const long = (at: number): number => (at + 4 <= view.byteLength ? view.getUint32(at) : 0);
  const tables = short(4);
  for (let table = 0; table < tables; table += 1) {
    const record = 12 + table * 16;
    if (record + 16 > view.byteLength) return undefined;
    if (long(record) === NAME_TABLE) return familyIn(font, long(record + 8), short);
  }
  return undefined;
}

/** The four characters `name`. */
const NAME_TABLE = 0x6e616d65;
const FAMILY = 1;
/** Family without style words, present when `FAMILY` has them. */
const TYPOGRAPHIC_FAMILY = 16;
const MACINTOSH = 1;

function familyIn(font: Uint8Array, table: number, short: (at: number) => number): string | undefined {
  const texts = table + short(table + 4);
  let family: string | undefined;
  for (let index = 0; index < short(table + 2); index += 1) {
    const record = table + 6 + index * 12;
    const nameId = short(record + 6);
    if (record + 12 > font.length) break;
    if (nameId !== FAMILY && nameId !== TYPOGRAPHIC_FAMILY) continue;
    const start = texts + short(record + 10);
    const bytes = font.subarray(start, start + short(record + 8));
    const text = new TextDecoder(short(record) === MACINTOSH ? "latin1" : "utf-16be").decode(bytes);
    if (text === "") continue;
    if (nameId === TYPOGRAPHIC_FAMILY) return text;
    family ??= text;
  }
  return family;
}
