import { describe, expect, test } from "vitest";
import { defaultSettings } from "../app/index.ts";
import { encodeSettings } from "./settings.ts";

describe("settings on the wire", () => {
  test("[R141] without settings nothing but the protocol's bookkeeping is sent", () => {
    expect(encodeSettings({}, [])).toEqual({ protocol_version: 1 });
  });

  test("[R133] [R134] [R135] [R136] [R137] [R138] [R139] [R140] every key has its wire form", () => {
    const wire = encodeSettings(
      {
        defaultFont: { family: "monospace" },
        defaultTextSize: 18,
        antialiasing: false,
        fonts: ["a.ttf", "b.ttf"],
        vsync: false,
        scaleFactor: 1.5,
        theme: "dark",
        defaultEventRate: 30,
      },
      ["gauge"],
    );
    expect(wire).toEqual({
      protocol_version: 1,
      default_font: { family: "monospace" },
      default_text_size: 18,
      antialiasing: false,
      fonts: ["a.ttf", "b.ttf"],
      vsync: false,
      scale_factor: 1.5,
      theme: "dark",
      default_event_rate: 30,
      required_widgets: ["gauge"],
    });
  });

  test("[R133] a font name becomes an object, the default font is left to the renderer", () => {
    expect(encodeSettings({ defaultFont: "Inter" }, [])).toMatchObject({ default_font: { family: "Inter" } });
    expect(encodeSettings({ defaultFont: "default" }, [])).toEqual({ protocol_version: 1 });
  });

  test("[R142] the default record can be copied with changes", () => {
    expect(encodeSettings({ ...defaultSettings(), antialiasing: false }, [])).toMatchObject({
      antialiasing: false,
      default_text_size: 16,
      vsync: true,
      scale_factor: 1,
    });
  });

  test("[R143] the sections of native widgets travel along", () => {
    expect(encodeSettings({ extensionConfig: { sparkline: { max_samples: 1000 } } }, [])).toMatchObject({
      widget_config: { sparkline: { max_samples: 1000 } },
    });
  });
});
