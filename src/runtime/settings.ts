import type { Font, Settings, Theme } from "../app/index.ts";
import type { WireProps, WireValue } from "../protocol/node.ts";
import { PROTOCOL_VERSION } from "../protocol/version.ts";

/** What `settings()` and the definition say, in wire form, with the protocol's own bookkeeping. Absent stays absent. */
export function encodeSettings(settings: Settings, requiredWidgets: readonly string[]): WireProps {
  const wire: { [name: string]: WireValue } = { protocol_version: PROTOCOL_VERSION };
  const put = (name: string, value: WireValue | undefined): void => {
    if (value !== undefined) wire[name] = value;
  };
  put("default_font", encodeFont(settings.defaultFont));
  put("default_text_size", settings.defaultTextSize);
  put("antialiasing", settings.antialiasing);
  put("fonts", settings.fonts === undefined || settings.fonts.length === 0 ? undefined : settings.fonts);
  put("vsync", settings.vsync);
  put("scale_factor", settings.scaleFactor);
  put("theme", encodeTheme(settings.theme));
  put("default_event_rate", settings.defaultEventRate);
  put("widget_config", settings.extensionConfig);
  put("validate_props", settings.validateProps);
  put("required_widgets", requiredWidgets.length === 0 ? undefined : requiredWidgets);
  return wire;
}

/** The renderer picks a family; weight and style belong to the widgets. */
function encodeFont(font: Font | undefined): WireValue | undefined {
  const family = typeof font === "string" ? font : font?.family;
  return family === undefined || family === "default" ? undefined : { family };
}

function encodeTheme(theme: Theme | undefined): WireValue | undefined {
  if (theme === undefined || typeof theme === "string") return theme;
  const wire: { [name: string]: WireValue } = {};
  for (const [name, value] of Object.entries(theme)) {
    if (value === undefined) continue;
    const key = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    wire[key] = typeof value === "string" ? value : { ...value };
  }
  return wire;
}
