import { encodePng } from "../../src/renderer/dom/pictures/png.ts";
import { installDomPage } from "./support/dom-recorder.ts";

/** Counts of what the page holds on to, and pictures made by the page. */
export interface PicturesPage {
  /** Addresses made for bytes and not given back. */
  openAddresses(): number;
  /** Paths that were asked for, in order. */
  readonly asked: string[];
  /** Uploads a picture of one color; `split` makes the right half another one. */
  upload(handle: string, width: number, height: number, color: readonly number[], split?: readonly number[]): void;
  uploadBytes(handle: string, text: string): void;
}

declare global {
  interface Window {
    pictures: PicturesPage;
  }
}

let open = 0;
const { createObjectURL, revokeObjectURL } = URL;
URL.createObjectURL = (blob: Blob) => {
  open += 1;
  return createObjectURL.call(URL, blob);
};
URL.revokeObjectURL = (address: string) => {
  open -= 1;
  revokeObjectURL.call(URL, address);
};

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#0000ff"/></svg>';
/** Would change the page's title if it ran. */
const EVIL =
  '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10" onload="document.title=1"><script>parent.document.title="run"</script><rect width="10" height="10" fill="#ff0000"/></svg>';

const asked: string[] = [];
const files: Readonly<Record<string, () => Uint8Array>> = {
  "red.png": () => encodePng(pixels(40, 20, [255, 0, 0, 255]), 40, 20),
  "blue.svg": () => new TextEncoder().encode(SVG),
  "evil.svg": () => new TextEncoder().encode(EVIL),
  "broken.png": () => new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]),
  "broken.svg": () => new TextEncoder().encode("<svg <"),
};

function pixels(width: number, height: number, color: readonly number[], split = color): Uint8Array {
  const made = new Uint8Array(width * height * 4);
  for (let at = 0; at < width * height; at += 1) made.set(at % width < width / 2 ? color : split, at * 4);
  return made;
}

const surface = installDomPage({
  marksIds: true,
  hearsSubscriptions: false,
  assets: (path) => {
    asked.push(path);
    const file = files[path];
    return file === undefined ? Promise.reject(new Error("no such file")) : Promise.resolve(file());
  },
});

window.pictures = {
  openAddresses: () => open,
  asked,
  upload(handle, width, height, color, split) {
    const value = { handle, width, height, pixels: pixels(width, height, color, split) };
    surface.perform({ name: "set_image", value });
  },
  uploadBytes: (handle, text) =>
    surface.perform({ name: "set_image", value: { handle, data: new TextEncoder().encode(text) } }),
};
