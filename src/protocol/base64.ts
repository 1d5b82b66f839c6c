/** Standard base64 with padding, as the JSON codec carries bytes. Written out because pure code has neither Buffer nor atob. */
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const PADDING = 61;
const NO_DIGIT = 255;

const DIGITS = new Uint8Array(128).fill(NO_DIGIT);
for (let index = 0; index < ALPHABET.length; index += 1) DIGITS[ALPHABET.charCodeAt(index)] = index;
const LETTERS = Uint8Array.from(ALPHABET, (letter) => letter.charCodeAt(0));

const text = new TextDecoder();

export function encodeBase64(bytes: Uint8Array): string {
  const out = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(PADDING);
  let position = 0;
  for (let index = 0; index < bytes.length; index += 3) {
    const first = bytes[index] ?? 0;
    const second = bytes[index + 1] ?? 0;
    const third = bytes[index + 2] ?? 0;
    out[position] = LETTERS[first >> 2] ?? 0;
    out[position + 1] = LETTERS[((first & 3) << 4) | (second >> 4)] ?? 0;
    if (index + 1 < bytes.length) out[position + 2] = LETTERS[((second & 15) << 2) | (third >> 6)] ?? 0;
    if (index + 2 < bytes.length) out[position + 3] = LETTERS[third & 63] ?? 0;
    position += 4;
  }
  return text.decode(out);
}

/** Nothing when the text is not base64: wrong letters, wrong length, or bits left over. */
export function decodeBase64(base64: string): Uint8Array | undefined {
  const length = base64.length;
  if (length % 4 !== 0) return undefined;
  let end = length;
  while (end > 0 && length - end < 2 && base64.charCodeAt(end - 1) === PADDING) end -= 1;
  const out = new Uint8Array((end * 6) >> 3);
  let bits = 0;
  let held = 0;
  let position = 0;
  for (let index = 0; index < end; index += 1) {
    const code = base64.charCodeAt(index);
    const digit = code < 128 ? (DIGITS[code] ?? NO_DIGIT) : NO_DIGIT;
    if (digit === NO_DIGIT) return undefined;
    held = (held << 6) | digit;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out[position] = (held >> bits) & 255;
      position += 1;
      held &= (1 << bits) - 1;
    }
  }
  return held === 0 ? out : undefined;
}
