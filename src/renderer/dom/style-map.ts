import type { WireProps } from "../../protocol/index.ts";
import { formatColor, parseColor, shiftForHover, withAlpha } from "./color.ts";
import { gradientCss, readBorder, readColor, readGradient, readRecord, readShadow, readString } from "./props.ts";
import type { StyleSheets } from "./style-sheet.ts";
import {
  type DirectStyle,
  STYLE_VARIABLES,
  type StyleOptions,
  type StyleResolver,
  type StyleStatus,
} from "./widget.ts";

/** Resets what a styled ancestor set. Part of the static rules. Without such an ancestor there is nothing to reset, which is cheaper. */
export const STYLED_CSS = `:where(.pl-styled) .pl-styled{${STYLE_VARIABLES.map((name) => `${name}:initial`).join(";")}}`;

export function createStyleResolver(sheets: StyleSheets): StyleResolver {
  const generated = new WeakMap<HTMLElement, string>();
  return {
    apply(element, style, options) {
      const map = readRecord(style);
      const wanted = readString(map === undefined ? style : map["base"]);
      const preset = wanted !== undefined && options.presets.includes(wanted) ? wanted : options.fallback;
      if (element.getAttribute("data-style") !== preset) element.setAttribute("data-style", preset);
      const { classList } = element;
      if (!classList.contains("pl-styled")) classList.add("pl-styled");
      const name = map === undefined ? undefined : classOf(sheets, map, options);
      const previous = generated.get(element);
      if (previous === name) return;
      if (previous !== undefined) classList.remove(previous);
      // For what only a map can ask for: widgets make no boxes for it otherwise.
      classList.toggle("pl-mapped", name !== undefined);
      if (name === undefined) generated.delete(element);
      else {
        classList.add(name);
        generated.set(element, name);
      }
    },
  };
}

/** The declarations of one StyleMap level. */
export function styleDeclarations(fields: WireProps, hasGradient: boolean): Record<string, string> {
  const found: Record<string, string> = {};
  const background = readColor(fields["background"]);
  const gradient = hasGradient ? readGradient(fields["background"]) : undefined;
  if (background !== undefined) found["--s-bg"] = background;
  else if (gradient !== undefined) found["--s-bg"] = gradientCss(gradient);
  const text = readColor(fields["text_color"]);
  if (text !== undefined) found["--s-fg"] = text;
  const border = readBorder(fields["border"]);
  if (border !== undefined) {
    found["--s-border-color"] = border.color;
    found["--s-border-width"] = border.width;
    found["--s-radius"] = border.radius;
  }
  const shadow = readShadow(fields["shadow"]);
  if (shadow !== undefined) found["--s-shadow"] = shadow;
  return found;
}

function classOf(sheets: StyleSheets, map: WireProps, options: StyleOptions): string {
  const hasGradient = options.hasGradient === true;
  const key = `style ${options.statuses.join(",")} ${hasGradient} ${JSON.stringify(map)}`;
  return sheets.generate(key, (selector) => {
    const rules = rulesOf(selector, styleDeclarations(map, hasGradient), options.direct);
    for (const status of ORDER) {
      if (!options.statuses.includes(status)) continue;
      const own = readRecord(map[status]);
      const look = own === undefined ? derived(map, status, hasGradient) : styleDeclarations(own, hasGradient);
      const border = status === "focused" ? look["--s-border-color"] : undefined;
      if (border !== undefined) look["--s-focus-color"] = border;
      if (Object.keys(look).length > 0) rules.push(...statusRules(selector, status, look, options.direct));
    }
    return rules;
  });
}

/** Later ones win. */
const ORDER: readonly StyleStatus[] = ["focused", "hovered", "pressed", "disabled"];

function statusRules(selector: string, status: StyleStatus, look: Look, direct: DirectStyle | undefined): string[] {
  const rules = (suffix: string): string[] => rulesOf(`${selector}${suffix}`, look, direct);
  if (status === "disabled") return rules('[aria-disabled="true"]');
  const enabled = ':not([aria-disabled="true"])';
  if (status === "focused") return rules(`${enabled}:focus-within`);
  if (status === "pressed") return rules(`${enabled}.pl-pressed`);
  return [
    ...rules(`${enabled}:hover`).map((text) => `@media (hover:hover){${text}}`),
    ...rules(`${enabled}.pl-hovered`),
  ];
}

/** What a status looks like when the map does not say. */
function derived(map: WireProps, status: StyleStatus, hasGradient: boolean): Record<string, string> {
  if (status === "hovered") {
    const background = map["background"];
    const color = parseColor(background);
    if (color !== undefined) return { "--s-bg": formatColor(shiftForHover(color)) };
    const gradient = hasGradient ? readGradient(background) : undefined;
    if (gradient === undefined) return {};
    const stops = gradient.stops.map((stop) => {
      const parsed = parseColor(stop.color);
      return { offset: stop.offset, color: parsed === undefined ? stop.color : formatColor(shiftForHover(parsed)) };
    });
    return { "--s-bg": gradientCss({ angle: gradient.angle, stops }) };
  }
  if (status === "disabled") return faded(styleDeclarations(map, hasGradient));
  return {};
}

const COLORS = /#[0-9a-f]{6}(?:[0-9a-f]{2})?\b/g;

function faded(look: Record<string, string>): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(look)) {
    result[name] = value.replace(COLORS, (text) => {
      const color = parseColor(text);
      return color === undefined ? text : formatColor(withAlpha(color, 0.5));
    });
  }
  return result;
}

type Look = Readonly<Record<string, string>>;

function rulesOf(selector: string, look: Look, direct: DirectStyle | undefined): string[] {
  const variables = Object.entries(look).map(([name, value]) => `${name}:${value}`);
  const declared = Object.keys(look).flatMap((name) => direct?.declarations[name] ?? []);
  if (direct?.part === undefined || declared.length === 0)
    return [`${selector}{${[...variables, ...declared].join(";")}}`];
  return [`${selector}{${variables.join(";")}}`, `${selector}${direct.part}{${declared.join(";")}}`];
}
