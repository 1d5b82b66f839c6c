import type { WireProps } from "../../../protocol/node.ts";
import { readLength } from "../layout.ts";
import { type Crop, cropWithin, fittedSize, readCrop } from "../pictures/fit.ts";
import { PICTURE_CSS, PictureBox, readFit } from "../pictures/picture-box.ts";
import type { Picture } from "../pictures/pictures.ts";
import { readSize } from "../props.ts";
import type { WidgetContext, WidgetModule, WidgetView } from "../widget.ts";

const css = `
${PICTURE_CSS}
.pl-nearest{image-rendering:pixelated}
`;

export const imageModule: WidgetModule = {
  types: ["image"],
  css,
  create: (context) => new ImageView(context),
};

class ImageView implements WidgetView {
  readonly element: HTMLImageElement;
  readonly #context: WidgetContext;
  readonly #box: PictureBox;
  readonly #fitRadius = (): void => this.#showRadius();
  #props: WireProps = {};
  #picture: Picture | undefined;
  /** What is shown: the picture, or the part of it that was cut out. */
  #size: { readonly width: number; readonly height: number } | undefined;
  #cropAddress: string | undefined;
  #cropVersion = 0;

  constructor(context: WidgetContext) {
    this.#context = context;
    this.#box = new PictureBox(context, "picture_missing", (picture) => {
      this.#picture = picture;
      this.#show();
    });
    this.element = this.#box.element;
  }

  update(props: WireProps, previous: WireProps): void {
    this.#props = props;
    this.#box.update(props, previous);
    this.element.classList.toggle("pl-nearest", props["filter_method"] === "nearest");
    const expands = props["expand"] === true && shrinks(props, "width") && shrinks(props, "height");
    this.element.classList.toggle("pl-picture-expand", expands);
    if (!sameCrop(readCrop(props), readCrop(previous))) this.#show();
    this.#box.watchSize((readSize(props["border_radius"]) ?? 0) > 0, this.#fitRadius);
    this.#showRadius();
  }

  dispose(): void {
    this.#cropVersion += 1;
    this.#box.dispose();
    this.#dropCrop();
  }

  #show(): void {
    this.#cropVersion += 1;
    const picture = this.#picture;
    const crop = readCrop(this.#props);
    if (picture === undefined || crop === undefined) {
      this.#showAddress(picture?.address, picture);
      this.#dropCrop();
      return;
    }
    const part = cropWithin(crop, picture);
    if (part === undefined) {
      this.#showAddress(undefined, undefined);
      this.#dropCrop();
      return;
    }
    const version = this.#cropVersion;
    this.#context.load(
      // Whoever waits for pictures waits for this one too.
      async () => {
        const cut = await cutOut(this.#context.document, picture, part).catch(reasonOf);
        if (version === this.#cropVersion) return cut;
        if (typeof cut !== "string") URL.revokeObjectURL(cut.address);
        return undefined;
      },
      (cut) => {
        if (typeof cut === "string") {
          this.#showAddress(undefined, undefined);
          this.#context.diagnose("warn", "picture_missing", `The picture cannot be cropped: ${cut}.`);
        } else if (cut !== undefined) {
          const before = this.#cropAddress;
          this.#cropAddress = cut.address;
          this.#showAddress(cut.address, part);
          if (before !== undefined) URL.revokeObjectURL(before);
        }
      },
    );
  }

  #showAddress(address: string | undefined, size: { readonly width: number; readonly height: number } | undefined) {
    this.#size = size;
    this.#box.show(address, size);
    this.#showRadius();
  }

  #dropCrop(): void {
    if (this.#cropAddress !== undefined) URL.revokeObjectURL(this.#cropAddress);
    this.#cropAddress = undefined;
  }

  /** The corners of the picture are rounded, not those of the box it is fitted into. */
  #showRadius(): void {
    const { style } = this.element;
    const radius = readSize(this.#props["border_radius"]) ?? 0;
    if (radius === 0 || this.#size === undefined) {
      if (style.clipPath !== "") style.clipPath = "";
      return;
    }
    const box = { width: this.element.clientWidth, height: this.element.clientHeight };
    const drawn = fittedSize(readFit(this.#props), this.#size, box);
    const across = Math.max(0, (box.width - drawn.width) / 2);
    const down = Math.max(0, (box.height - drawn.height) / 2);
    style.clipPath = `inset(${down}px ${across}px round ${radius}px)`;
  }
}

/** A part of a picture as a picture of its own, so that its size is the natural one, ready to be shown. */
async function cutOut(document: Document, picture: Picture, part: Crop): Promise<{ readonly address: string }> {
  const canvas = document.createElement("canvas");
  canvas.width = part.width;
  canvas.height = part.height;
  const { x, y, width, height } = part;
  canvas.getContext("2d")?.drawImage(picture.image, x, y, width, height, 0, 0, width, height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
  if (blob === null) throw new RangeError("it is too large");
  const address = URL.createObjectURL(blob);
  const image = document.createElement("img");
  image.src = address;
  try {
    await image.decode();
  } catch (thrown) {
    URL.revokeObjectURL(address);
    throw thrown;
  }
  return { address };
}

function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

function shrinks(props: WireProps, axis: "width" | "height"): boolean {
  return (readLength(props[axis])?.kind ?? "shrink") === "shrink";
}

function sameCrop(one: Crop | undefined, other: Crop | undefined): boolean {
  return one?.x === other?.x && one?.y === other?.y && one?.width === other?.width && one?.height === other?.height;
}
