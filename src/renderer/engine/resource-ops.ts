import { fontFamilyOf } from "../../base/font-family.ts";
import { MAX_FONT_BYTES, MAX_FONTS, type ToRendererMessage } from "../../protocol/index.ts";
import type { Surface } from "../surface.ts";
import { isForPeople, type RendererMode } from "./mode.ts";
import type { Outlet } from "./outlet.ts";
import { clip } from "./record.ts";
import { admitFont, admitFontPath, type FontResult, ImageRegistry, type ResourceBudget } from "./resources.ts";

const BUILT_IN_FAMILY = "monospace";

/** Takes in images and fonts and hands them to the surface. Both outlive a reset of the session. */
export class ResourceOps {
  readonly #surface: Surface;
  readonly #outlet: Outlet;
  readonly #budget: ResourceBudget;
  readonly #mode: RendererMode;
  readonly #images: ImageRegistry;
  #hasFonts = false;

  constructor(options: {
    readonly surface: Surface;
    readonly outlet: Outlet;
    readonly budget: ResourceBudget;
    readonly mode: RendererMode;
  }) {
    this.#surface = options.surface;
    this.#outlet = options.outlet;
    this.#budget = options.budget;
    this.#mode = options.mode;
    this.#images = new ImageRegistry(options.budget);
  }

  image({ op, payload }: ToRendererMessage<"image_op">): void {
    const { handle } = payload;
    switch (op) {
      case "create_image":
      case "update_image": {
        const result = this.#images.put(payload);
        if (result.ok) this.#surface.perform({ name: "set_image", value: result.value });
        else this.#outlet.event({ family: "image_error", id: handle, value: { error: result.error } });
        return;
      }
      case "delete_image":
        if (this.#images.delete(handle)) this.#surface.perform({ name: "delete_image", value: { handle } });
        return;
      case "list": {
        const tag = payload.tag ?? "list_images";
        const data = { handles: this.#images.handles() };
        this.#outlet.send({ type: "op_query_response", kind: "list_images", tag, data });
        return;
      }
      case "clear":
        this.#images.clear();
        this.#surface.perform({ name: "clear_images", value: null });
        return;
      default:
        this.#outlet.event({ family: "image_error", id: handle, value: { error: `unknown image_op: ${clip(op)}` } });
    }
  }

  loadFont(font: { readonly family: string; readonly data?: Uint8Array | null | undefined }): void {
    const result = admitFont(this.#budget, font);
    if (result.ok) {
      this.#surface.perform({ name: "load_font", value: { family: result.family, data: result.data } });
    } else this.#fontRefused(font, result.reason);
  }

  #fontRefused(
    font: { readonly family: string; readonly data?: Uint8Array | null | undefined },
    reason: (FontResult & { readonly ok: false })["reason"],
  ): void {
    switch (reason) {
      case "empty-family":
      case "empty-data":
        this.#outlet.diagnostic("warn", {
          kind: "wire_input_error",
          detail: `load_font: ${reason === "empty-family" ? "no family" : "no data"}`,
        });
        return;
      case "too-large":
        this.#outlet.diagnostic("warn", {
          kind: "content_length_exceeded",
          id: clip(font.family),
          field: "data",
          actual: font.data?.length ?? 0,
          cap: MAX_FONT_BYTES,
          truncated: 0,
        });
        return;
      case "too-many":
        if (!isForPeople(this.#mode)) {
          const error = `too many fonts: the limit is ${MAX_FONTS}`;
          this.#outlet.event({ family: "session_error", id: "", value: { code: "font_cap_exceeded", error } });
          return;
        }
        this.#outlet.diagnostic("warn", {
          kind: "font_cap_exceeded",
          max: MAX_FONTS,
          requested: 1,
          granted: 0,
          dropped: 1,
        });
    }
  }

  /**
   * Fonts of the settings bring their family inside. For people only the first list counts: it comes again with every
   * connection, and the fonts are still there.
   */
  loadFonts(fonts: readonly (Uint8Array | string)[]): void {
    if (fonts.length === 0 || (this.#hasFonts && isForPeople(this.#mode))) return;
    this.#hasFonts = true;
    for (const font of fonts) {
      if (typeof font !== "string") this.loadFont({ family: fontFamilyOf(font) ?? "", data: font });
      else if (admitFontPath(this.#budget)) this.#surface.perform({ name: "load_font", value: { path: font } });
      else this.#fontRefused({ family: font }, "too-many");
    }
  }

  /** Says which of the names have no font, up to the first that has one. */
  reportMissingFamilies(families: readonly string[]): void {
    for (const family of families) {
      if (family === BUILT_IN_FAMILY || this.#budget.families.has(family)) return;
      this.#outlet.diagnostic("warn", { kind: "font_family_not_found", family: clip(family) });
    }
  }

  /** Gives back what this session used of the process's budget. */
  dispose(): void {
    this.#images.clear();
  }
}
