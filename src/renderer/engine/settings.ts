import { type DecodeError, decodeSettings, PROTOCOL_VERSION, type WireProps } from "../../protocol/index.ts";
import type { SurfaceSettings } from "../surface.ts";
import { clip } from "./record.ts";

/** How many problems one diagnostic names. */
const MAX_PROBLEMS = 8;

/** What a renderer does with a settings object. Absent in the object is absent here. */
export interface ReadSettings {
  readonly surface: SurfaceSettings;
  readonly defaultEventRate?: number;
  readonly requiredWidgets: readonly string[];
  /** Bytes, or paths in the app's asset folders, which only the surface can find. */
  readonly fonts: readonly (Uint8Array | string)[];
  /** What could not be read, for people; absent when everything could. Every other field still counts. */
  readonly problem?: string;
  readonly validateProps?: boolean;
  /** What the default text is to be drawn with, the first choice first. */
  readonly fontFamilies: readonly string[];
}

export function readSettings(raw: WireProps): ReadSettings {
  const { settings, problems } = decodeSettings(raw);
  const { default_text_size: textSize, default_font: font, scale_factor: scale, default_event_rate: rate } = settings;
  const fonts = settings.fonts ?? [];
  return {
    surface: {
      ...(typeof textSize === "number" && textSize > 0 ? { defaultTextSize: textSize } : {}),
      ...(font === undefined || font === null ? {} : { defaultFont: fontValue(font) }),
      ...(typeof scale === "number" && scale > 0 ? { scaleFactor: scale } : {}),
    },
    ...(typeof rate === "number" ? { defaultEventRate: rate } : {}),
    ...(typeof settings.validate_props === "boolean" ? { validateProps: settings.validate_props } : {}),
    fontFamilies: typeof font === "object" && font !== null ? [font.family, ...(font.fallback ?? [])] : [],
    requiredWidgets: settings.required_widgets ?? [],
    fonts: fonts.map((font) => (typeof font === "string" ? font : font.data)),
    ...(problems.length === 0 ? {} : { problem: describe(problems) }),
  };
}

/** The reason why a first message of settings ends the session, or nothing. `tokenDigest`: what a caller must present. */
export function refuseSettings(raw: WireProps, tokenDigest: string | undefined): string | undefined {
  const version = own(raw, "protocol_version");
  const isInteger = typeof version === "number" && Number.isInteger(version) && Math.abs(version) <= 0x7fffffff;
  if (!isInteger) return `missing or invalid protocol_version in Settings (expected ${PROTOCOL_VERSION})`;
  if (version !== PROTOCOL_VERSION) {
    return `protocol version mismatch: host sent ${version}, renderer expects ${PROTOCOL_VERSION}`;
  }
  if (tokenDigest === undefined) return undefined;
  if (own(raw, "token") !== undefined) return "invalid token credential: use token_sha256";
  const digest = own(raw, "token_sha256");
  if (typeof digest !== "string") return "missing token credential: connection rejected";
  return isSameDigest(digest, tokenDigest) ? undefined : "token mismatch: connection rejected";
}

/** Looks at every character whatever the first difference is, so that timing tells nothing. */
function isSameDigest(given: string, expected: string): boolean {
  let difference = given.length ^ expected.length;
  for (let index = 0; index < expected.length; index += 1) {
    difference |= given.charCodeAt(index) ^ expected.charCodeAt(index);
  }
  return difference === 0;
}

function own(raw: WireProps, name: string): WireProps[string] | undefined {
  return Object.hasOwn(raw, name) ? raw[name] : undefined;
}

function fontValue(
  font: string | { readonly family: string; readonly fallback?: readonly string[] | null | undefined },
): WireProps {
  if (typeof font === "string") return { family: font };
  return { family: font.family, ...(font.fallback ? { fallback: font.fallback } : {}) };
}

function describe(problems: readonly DecodeError[]): string {
  const texts = problems
    .slice(0, MAX_PROBLEMS)
    .map((problem) => `${clip(problem.path.join("."), 60)}: expected ${problem.expected}, found ${problem.found}`);
  if (problems.length > MAX_PROBLEMS) texts.push(`and ${problems.length - MAX_PROBLEMS} more`);
  return texts.join("; ");
}
