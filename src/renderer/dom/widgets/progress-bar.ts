import type { WireProps } from "../../../protocol/node.ts";
import { type Axis, type Length, readLength } from "../layout.ts";
import { readArray, readNumber, readString } from "../props.ts";
import type { StyleOptions, WidgetContext, WidgetModule, WidgetView } from "../widget.ts";

const STYLES: StyleOptions = {
  presets: ["primary", "secondary", "success", "warning", "danger"],
  fallback: "primary",
  statuses: [],
};
const DEFAULT_GIRTH = 30;

const css = `
.pl-progress{position:relative;overflow:clip;border-radius:var(--s-radius,var(--radius));background:var(--s-bg,var(--bg-strong));box-shadow:inset 0 0 0 var(--s-border-width,0) var(--s-border-color,transparent)}
.pl-progress>div{position:absolute;left:0;bottom:0;width:100%;height:100%;background:var(--s-fg);border-radius:inherit}
${STYLES.presets.map((name) => `.pl-progress[data-style="${name}"]{--s-fg:var(--${name}-base)}`).join("\n")}
@media (forced-colors:active){.pl-progress{outline:1px solid}.pl-progress>div{background:Highlight;forced-color-adjust:none}}
`;

export const progressBarModule: WidgetModule = {
  types: ["progress_bar"],
  layout: { flow: "leaf", length: progressLength },
  css,
  create: createProgressBar,
};

/** `width` is the length and `height` the girth, whichever way the bar stands. */
function progressLength(props: WireProps, axis: Axis): Length {
  const isAlong = (props["vertical"] === true) === (axis === "height");
  const length = readLength(props[isAlong ? "width" : "height"]);
  if (isAlong) return length ?? { kind: "fill", portion: 1 };
  return length === undefined || length.kind === "shrink" ? { kind: "fixed", size: DEFAULT_GIRTH } : length;
}

export interface Progress {
  readonly min: number;
  readonly max: number;
  readonly value: number;
  readonly fraction: number;
  readonly text: string;
}

export function readProgress(props: WireProps): Progress {
  const range = readArray(props["range"]);
  const low = readBound(range?.[0]);
  const high = readBound(range?.[1]);
  const isValid = low !== undefined && high !== undefined && low <= high;
  const min = isValid ? low : 0;
  const max = isValid ? high : 100;
  const value = Math.min(max, Math.max(min, readNumber(props["value"]) ?? 0));
  const fraction = max === min ? 0 : (value - min) / (max - min);
  const text = min === 0 && max === 100 ? `${Math.round(value)}%` : `${shortNumber(value)}/${shortNumber(max)}`;
  return { min, max, value, fraction, text };
}

function createProgressBar(context: WidgetContext): WidgetView {
  const element = context.document.createElement("div");
  const bar = element.appendChild(context.document.createElement("div"));
  element.className = "pl-progress";
  element.setAttribute("role", "progressbar");
  element.setAttribute("aria-live", "polite");
  context.styles.apply(element, undefined, STYLES);
  return {
    element,
    update(props, previous) {
      if (props["style"] !== previous["style"]) context.styles.apply(element, props["style"], STYLES);
      if (props["label"] !== previous["label"]) {
        const label = readString(props["label"]);
        if (label === undefined) element.removeAttribute("aria-label");
        else element.setAttribute("aria-label", label);
      }
      const { min, max, value, fraction, text } = readProgress(props);
      element.setAttribute("aria-valuemin", String(min));
      element.setAttribute("aria-valuemax", String(max));
      element.setAttribute("aria-valuenow", String(value));
      element.setAttribute("aria-valuetext", text);
      const size = `${fraction * 100}%`;
      bar.style.width = props["vertical"] === true ? "" : size;
      bar.style.height = props["vertical"] === true ? size : "";
    },
  };
}

/** Members of a range may be numeric texts. */
function readBound(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

function shortNumber(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
