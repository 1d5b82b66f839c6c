import type { WireProps } from "../../../protocol/node.ts";
import { fittedSize } from "../pictures/fit.ts";
import { PictureBox, readFit } from "../pictures/picture-box.ts";
import type { Picture } from "../pictures/pictures.ts";
import { readColor } from "../props.ts";
import type { WidgetContext, WidgetModule, WidgetView } from "../widget.ts";

// A tinted drawing is a colored box with the drawing as its mask; the drawing itself is moved out of sight.
const css = `
.pl-tinted{object-position:100000px 100000px;mask-repeat:no-repeat;mask-position:center;-webkit-mask-repeat:no-repeat;-webkit-mask-position:center}
`;

/** A drawing is only ever shown as an image, where it can neither run scripts nor load anything. */
export const svgModule: WidgetModule = {
  types: ["svg"],
  css,
  create: (context) => new SvgView(context),
};

class SvgView implements WidgetView {
  readonly element: HTMLImageElement;
  readonly #box: PictureBox;
  readonly #fitMask = (): void => this.#showTint();
  #props: WireProps = {};
  #picture: Picture | undefined;

  constructor(context: WidgetContext) {
    this.#box = new PictureBox(context, "svg_parse_error", (picture) => {
      this.#picture = picture;
      this.#box.show(picture?.address, picture);
      this.#showTint();
    });
    this.element = this.#box.element;
  }

  update(props: WireProps, previous: WireProps): void {
    this.#props = props;
    this.#box.update(props, previous);
    this.#box.watchSize(readColor(props["color"]) !== undefined, this.#fitMask);
    this.#showTint();
  }

  dispose(): void {
    this.#box.dispose();
  }

  #showTint(): void {
    const { element } = this;
    const { style } = element;
    const color = readColor(this.#props["color"]);
    const picture = this.#picture;
    const isTinted = color !== undefined && picture !== undefined;
    element.classList.toggle("pl-tinted", isTinted);
    if (!isTinted) {
      if (style.maskImage !== "") style.maskImage = "";
      style.backgroundColor = "";
      return;
    }
    const image = `url("${picture.address.replace(/["\\\n]/g, encodeURIComponent)}")`;
    if (style.maskImage !== image) style.maskImage = image;
    const box = { width: element.clientWidth, height: element.clientHeight };
    const drawn = fittedSize(readFit(this.#props), picture, box);
    style.maskSize = `${drawn.width}px ${drawn.height}px`;
    style.backgroundColor = color;
  }
}
