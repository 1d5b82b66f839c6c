// Pictures that need no files, so that the gallery looks the same in every shape.

const SIZE = 64;

/** Two colors running into each other, with rings; four bytes per pixel. */
export function pixels(): { readonly pixels: Uint8Array; readonly width: number; readonly height: number } {
  const bytes = new Uint8Array(SIZE * SIZE * 4);
  for (let y = 0; y < SIZE; y += 1) {
    for (let x = 0; x < SIZE; x += 1) {
      const ring = Math.hypot(x - SIZE / 2, y - SIZE / 2) % 12 < 6 ? 40 : 0;
      const at = (y * SIZE + x) * 4;
      bytes.set([60 + x * 2 + ring, 70 + ring, 220 - y * 2, 255], at);
    }
  }
  return { pixels: bytes, width: SIZE, height: SIZE };
}

const MARKUP =
  '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 64 64">' +
  '<path d="M32 6 39 24h19L43 36l6 20-17-12-17 12 6-20L6 24h19z" fill="#e8590c"/></svg>';

export const STAR = `data:image/svg+xml,${encodeURIComponent(MARKUP)}`;

export const MARKDOWN = `### Markdown

Text with **bold**, *italic*, ~~struck~~ and \`code\`, and a [link](https://example.org/docs).

1. First
2. Second
   - [x] done
   - [ ] to do

> Quoted text stands behind a line.

| Left | Right |
|:-----|------:|
| one  |     1 |
| two  |    22 |

\`\`\`ts
const answer: number = 6 * 7; // computed
\`\`\`
`;
