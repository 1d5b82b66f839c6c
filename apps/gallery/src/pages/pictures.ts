import type { Element } from "plushie";
import { type Model, ui } from "../model.ts";
import { caption, line, page, patched, section, status } from "../parts.ts";
import { MARKDOWN, STAR } from "../sample-pictures.ts";

const { column, container, image, markdown, qrCode, row, slider, svg } = ui;

const RINGS = { handle: "rings" };
const FITS = ["contain", "cover", "fill", "none"] as const;

export function picturesPage(model: Model): Element<Model> {
  const { rotation, link } = model.pictures;
  return page(model, "Pictures", [
    [
      section("images", "Image, uploaded by the app", [
        row({ spacing: 12, alignY: "center", width: "fill", wrap: true }, [
          image("plain", RINGS, { alt: "Rings" }),
          image("round", RINGS, { width: 64, borderRadius: 32, alt: "Rings, cut round" }),
          image("faint", RINGS, { width: 64, opacity: 0.4, alt: "Rings, faint" }),
          image("sharp", RINGS, {
            width: 64,
            crop: { x: 24, y: 24, width: 16, height: 16 },
            filterMethod: "nearest",
            alt: "Sixteen pixels of the rings",
          }),
        ]),
        row({ spacing: 12, width: "fill", wrap: true }, [
          ...FITS.map((contentFit) =>
            column({ spacing: 4 }, [
              container({ style: "rounded_box" }, [
                image(`fit-${contentFit}`, RINGS, { width: 64, height: 44, contentFit, alt: `Rings, ${contentFit}` }),
              ]),
              caption(contentFit),
            ]),
          ),
        ]),
      ]),
      section("drawings", "Svg", [
        row({ spacing: 16, alignY: "center" }, [
          svg("star", STAR, { width: 48, alt: "A star" }),
          svg("tinted", STAR, { width: 48, color: "#5865f2", alt: "A blue star" }),
          svg("turned", STAR, { width: 48, rotation, alt: "A star that turns" }),
          slider("rotation", rotation, {
            range: [0, 360],
            width: 140,
            label: "Rotation",
            onSlide: (now, event) => patched(now, "pictures", { rotation: event.value }),
          }),
        ]),
        row({ spacing: 12, alignY: "center" }, [
          container({ style: "rounded_box" }, [
            svg("missing", "nowhere.svg", { width: 48, height: 48, alt: "A missing picture" }),
          ]),
          caption("What is missing draws nothing."),
        ]),
      ]),
      section("codes", "QR code", [
        line([
          container({ padding: 12, background: "#ffffff" }, [
            qrCode("code", "https://www.iana.org/help/example-domains", { cellSize: 3, alt: "QR code of an address" }),
          ]),
          container({ padding: 12, background: "#fff9db" }, [
            qrCode("code-high", "Plushie", {
              totalSize: 99,
              errorCorrection: "high",
              cellColor: "#5c1a3a",
              background: "#fff9db",
              alt: "QR code of a word",
            }),
          ]),
        ]),
      ]),
    ],
    [
      section("markdown", "Markdown", [
        markdown("readme", MARKDOWN, {
          textSize: 14,
          onLinkClick: (now, event) => patched(now, "pictures", { link: event.value.link }),
        }),
        status("link", link === "" ? "No link followed yet" : `Followed ${link}`),
      ]),
    ],
  ]);
}
