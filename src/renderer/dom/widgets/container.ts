import type { WireProps } from "../../../protocol/index.ts";
import { FILL, fittedPadding } from "../layout.ts";
import { readRecord, readString } from "../props.ts";
import { styleDeclarations } from "../style-map.ts";
import { STYLE_VARIABLES, type WidgetContext, type WidgetModule, type WidgetView } from "../widget.ts";
import { alignment } from "./flex.ts";

/** Looks that containers and tooltips share. */
export const CONTAINER_PRESETS = [
  "transparent",
  "rounded_box",
  "bordered_box",
  "dark",
  "primary",
  "secondary",
  "success",
  "danger",
  "warning",
] as const;

const LOOK_PROPS = ["style", "background", "color", "border", "shadow"] as const;

class ContainerView implements WidgetView {
  readonly element: HTMLElement;
  readonly content: HTMLElement;
  readonly #context: WidgetContext;

  constructor(context: WidgetContext, element: HTMLElement) {
    this.#context = context;
    this.element = element;
    this.content = element;
  }

  update(props: WireProps, previous: WireProps): void {
    const { style, classList } = this.element;
    const isCentered = props["center"] === true;
    style.padding = fittedPadding(props) ?? "";
    style.alignItems = isCentered ? "center" : (alignment(props["align_x"]) ?? "");
    style.justifyContent = isCentered ? "center" : (alignment(props["align_y"]) ?? "");
    classList.toggle("pl-clip", props["clip"] === true);
    if (LOOK_PROPS.some((name) => props[name] !== previous[name])) this.#look(props);
  }

  #look(props: WireProps): void {
    const hasStyle = readString(props["style"]) !== undefined || readRecord(props["style"]) !== undefined;
    const inline: Record<string, string> = hasStyle
      ? {}
      : styleDeclarations({ ...props, ...(props["color"] === undefined ? {} : { text_color: props["color"] }) }, true);
    const isPlain = !hasStyle && Object.keys(inline).length === 0;
    const { element } = this;
    if (!isPlain || element.dataset["style"] !== undefined) {
      this.#context.styles.apply(element, props["style"], {
        presets: CONTAINER_PRESETS,
        fallback: "transparent",
        statuses: [],
        hasGradient: true,
      });
    }
    // The common case of a container that only pads carries no style at all.
    if (isPlain) {
      delete element.dataset["style"];
      element.classList.remove("pl-styled");
    }
    for (const name of STYLE_VARIABLES) {
      if (inline[name] === undefined) element.style.removeProperty(name);
      else element.style.setProperty(name, inline[name]);
    }
  }
}

const FAMILIES = ["primary", "secondary", "success", "warning", "danger"] as const;

function presetRules(): string {
  return FAMILIES.map(
    (name) =>
      `.pl-container[data-style="${name}"]{--s-bg:var(--${name}-base);--s-fg:var(--${name}-base-text);--s-radius:var(--radius-box)}`,
  ).join("\n");
}

/** What is drawn without a fill of its own has to be seen on the one of its box: plain buttons, links, focus rings. */
function innerRules(): string {
  const filled = ["dark", ...FAMILIES].map((name) => `[data-style="${name}"]`).join(",");
  const ring = (name: string): string =>
    ["ring", "glow", "glow-soft"].map((part) => `--focus-${part}:var(--focus-ring-on-${name})`).join(";");
  const rings = ["dark", ...FAMILIES].map((name) => `.pl-container[data-style="${name}"]{${ring(name)}}`);
  const soft = ["rounded_box", "bordered_box"].map((name) => `[data-style="${name}"]`).join(",");
  return `.pl-container:is(${filled}){--box-text:currentcolor;--box-link:currentcolor}
.pl-container:is(${soft}){--box-text:initial;--box-link:var(--link-on-box)}
@media (prefers-contrast:more){.pl-container:is(${soft}){--box-link:var(--clear-primary)}}
${rings.join("\n")}
.pl-container:is(${filled}) .pl-container:is(${soft}){${ring("bg-weak")}}`;
}

export const containerModule: WidgetModule = {
  types: ["container"],
  layout: {
    flow: "box",
    hasCaps: true,
    length: (props) => (props["center"] === true ? FILL : undefined),
  },
  css: `
.pl-container[data-style]{background:var(--s-bg,transparent);color:var(--s-fg,inherit);border-radius:var(--s-radius,0);box-shadow:inset 0 0 0 var(--s-border-width,0px) var(--s-border-color,transparent),var(--s-shadow,0 0 #0000)}
.pl-container[data-style="rounded_box"]{--s-bg:var(--bg-weak);--s-fg:var(--bg-weak-text);--s-radius:var(--radius-box)}
.pl-container[data-style="bordered_box"]{--s-bg:var(--bg-weakest);--s-fg:var(--bg-weakest-text);--s-border-width:1px;--s-border-color:var(--bg-weak);--s-radius:var(--radius-box)}
.pl-container[data-style="dark"]{--s-bg:#111111;--s-fg:#ffffff;--s-radius:var(--radius-box)}
${presetRules()}
${innerRules()}
`,
  copies: {
    // The class of a StyleMap is looked after by element.
    accepts: ({ style }) => readRecord(style) === undefined,
    adopt: (context, _props, element) => new ContainerView(context, element),
  },
  create(context) {
    const element = context.document.createElement("div");
    element.className = "pl-box pl-container";
    return new ContainerView(context, element);
  },
};
