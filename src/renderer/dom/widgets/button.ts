import type { WireProps } from "../../../protocol/node.ts";
import { readPadding, readRecord, readString } from "../props.ts";
import { Template } from "../template.ts";
import type { CopyHole, MountedNode, StyleOptions, WidgetContext, WidgetModule, WidgetView } from "../widget.ts";
import { applyMnemonic, type Interaction, isPlainKey, reportStatus, setDisabled } from "./button-press.ts";
import { styleHole } from "./style-hole.ts";

const FAMILIES = ["primary", "secondary", "success", "warning", "danger"] as const;
const STYLES: StyleOptions = {
  presets: [...FAMILIES, "text", "background", "subtle"],
  fallback: "primary",
  statuses: ["hovered", "pressed", "disabled"],
  hasGradient: true,
  direct: { declarations: { "--s-bg": "background:var(--s-bg)", "--s-fg": "color:var(--s-fg)" } },
};

/** Half as visible; color by color, so that what the button contains keeps its own. */
const faded = (color: string): string => `color-mix(in srgb,${color} 50%,transparent)`;

/** Fill and text of a preset. */
function looks(preset: string, plain: string, hovered: string, pressed: string): string {
  const selector = `.pl-button[data-style="${preset}"]`;
  const filled = (name: string): string => `{background:var(--${name});color:var(--${name}-text)}`;
  return `
${selector}${filled(plain)}
@media (hover:hover){${selector}:hover${filled(hovered)}}
${selector}.pl-pressed${filled(pressed)}
${selector}[aria-disabled="true"]{background:${faded(`var(--${plain})`)};color:${faded(`var(--${plain}-text)`)}}`;
}

const css = `
.pl-button{display:flex;align-items:flex-start;padding:5px 10px;border-radius:var(--radius);cursor:pointer;touch-action:manipulation;outline:none;transition:background-color .08s}
.pl-button.pl-mapped{border-radius:var(--s-radius,var(--radius));box-shadow:var(--s-shadow,none)}
.pl-button:is(.pl-mapped,:focus-visible){position:relative}
.pl-button:is(.pl-mapped,:focus-visible)::after{content:"";position:absolute;inset:0;border:var(--s-border-width,0) solid var(--s-border-color,transparent);border-radius:inherit;pointer-events:none}
.pl-button[aria-disabled="true"]{cursor:default}
.pl-button.pl-clip{overflow:clip}
.pl-button-label{flex:1 1 auto;min-width:0;align-self:center;text-align:center;white-space:pre-wrap}
.pl-button:focus-visible{box-shadow:0 0 0 1px var(--focus-ring),0 0 6px 1px var(--focus-glow-soft);--b-ring:var(--focus-ring-on-bg-base)}
.pl-button:focus-visible::after{border-width:2px;border-color:var(--b-ring)}
${FAMILIES.map(
  (name) => `
.pl-button[data-style="${name}"]:focus-visible{--b-ring:var(--focus-ring-on-${name})}
${looks(name, `${name}-base`, `${name}-strong`, `${name}-base`)}`,
).join("")}
.pl-button[data-style="text"]{color:var(--box-text,var(--bg-base-text))}
@media (hover:hover){.pl-button[data-style="text"]:hover{color:var(--box-text,var(--bg-base-text-dim))}}
.pl-button[data-style="text"].pl-pressed{color:var(--box-text,var(--bg-base-text))}
.pl-button[data-style="text"][aria-disabled="true"]{color:${faded("var(--box-text,var(--bg-base-text))")}}
${looks("background", "bg-base", "bg-weak", "bg-strong")}
${looks("subtle", "bg-weakest", "bg-weaker", "bg-strong")}
@media (forced-colors:active){.pl-button{outline:1px solid}.pl-button:focus-visible{outline-width:3px}}
`;

const ELEMENT = new Template((document) => {
  const element = document.createElement("div");
  element.className = "pl-button pl-styled";
  element.setAttribute("role", "button");
  element.setAttribute("data-style", STYLES.fallback);
  element.tabIndex = 0;
  return element;
});

const LABEL_CLASS = "pl-button-label";
const LABEL = new Template((document) => {
  const label = document.createElement("span");
  label.className = LABEL_CLASS;
  return label;
});

const LABEL_HOLE: CopyHole = {
  accepts: (value) => typeof value === "string" && value !== "",
  write(element, value) {
    const label = labelIn(element);
    if (label !== undefined) label.textContent = String(value);
  },
  blank: "",
};

export const buttonModule: WidgetModule = {
  types: ["button"],
  layout: { flow: "box" },
  css,
  copies: {
    // The class of a StyleMap is looked after by element.
    accepts: (props, { element }) =>
      readRecord(props["style"]) === undefined &&
      props["mnemonic"] === undefined &&
      props["access_key"] === undefined &&
      (props["label"] === undefined || props["content"] === undefined) &&
      (labelOf(props) === "" || labelIn(element) !== undefined),
    holes: { label: LABEL_HOLE, content: LABEL_HOLE, style: styleHole(STYLES) },
    adopt(context, props, element) {
      const button = new ButtonView(context, element);
      button.adopted(props);
      return button;
    },
  },
  create: (context) => new ButtonView(context, ELEMENT.copy(context.document)),
};

class ButtonView implements WidgetView, Interaction {
  readonly element: HTMLElement;
  readonly #context: WidgetContext;
  #label: HTMLElement | undefined;
  isDisabled = false;
  isHovered = false;
  isFocused = false;
  isPressed = false;
  /** While the pointer holds it. */
  #disarm: (() => void) | undefined;

  constructor(context: WidgetContext, element: HTMLElement) {
    this.element = element;
    this.#context = context;
  }

  get content(): HTMLElement {
    return this.element;
  }

  get focusTarget(): HTMLElement {
    return this.element;
  }

  /** The element shows these props already. */
  adopted(props: WireProps): void {
    if (labelOf(props) !== "") this.#label = labelIn(this.element);
    this.isDisabled = isOff(props);
    reportStatus(this.#context, this);
  }

  update(props: WireProps, previous: WireProps): void {
    const { element } = this;
    const text = labelOf(props);
    if (text !== labelOf(previous)) {
      this.#label ??= LABEL.copy(this.#context.document);
      this.#label.textContent = text;
      if (text === "") this.#label.remove();
      else if (element.firstElementChild === null) element.appendChild(this.#label);
    }
    if (props["padding"] !== previous["padding"]) element.style.padding = readPadding(props["padding"]) ?? "";
    if (props["clip"] !== previous["clip"]) element.classList.toggle("pl-clip", props["clip"] === true);
    if (props["style"] !== previous["style"]) this.#context.styles.apply(element, props["style"], STYLES);
    if (props["mnemonic"] !== previous["mnemonic"] || props["access_key"] !== previous["access_key"]) {
      applyMnemonic(element, props["mnemonic"], props["access_key"]);
    }
    const isDisabled = isOff(props);
    if (isDisabled !== this.isDisabled) {
      this.isDisabled = isDisabled;
      setDisabled(element, isDisabled);
      if (isDisabled) this.#disarm?.();
    }
    reportStatus(this.#context, this);
  }

  childrenChanged(children: readonly MountedNode[]): void {
    if (children.length > 0) this.#label?.remove();
    else if (this.#label !== undefined && labelOf(this.#context.props()) !== "") this.element.append(this.#label);
  }

  handle(event: Event): boolean {
    if (this.isDisabled) return event.type === "pointerdown" || event.type === "click";
    if (event instanceof PointerEvent && event.type === "pointerdown") {
      if (event.button === 0 && event.isPrimary) this.#arm();
      return true;
    }
    // Comes only after press and release inside; also from assistive technology, without any pointer.
    if (event.type === "click") {
      this.#context.emit("click");
      return true;
    }
    if (isPlainKey(event, "Enter", " ")) {
      event.preventDefault();
      this.#context.emit("click");
      return true;
    }
    return false;
  }

  hoverChanged(isHovered: boolean): void {
    this.isHovered = isHovered;
    this.#setPressed(this.#disarm !== undefined && isHovered);
  }

  focusChanged(isFocused: boolean): void {
    this.isFocused = isFocused;
    reportStatus(this.#context, this);
  }

  dispose(): void {
    this.#disarm?.();
  }

  #setPressed(isPressed: boolean): void {
    this.isPressed = isPressed && !this.isDisabled;
    this.element.classList.toggle("pl-pressed", this.isPressed);
    reportStatus(this.#context, this);
  }

  #arm(): void {
    const { document } = this.#context;
    this.#disarm ??= (): void => {
      const disarm = this.#disarm;
      if (disarm === undefined) return;
      document.removeEventListener("pointerup", disarm, true);
      document.removeEventListener("pointercancel", disarm, true);
      this.#disarm = undefined;
      this.#setPressed(false);
    };
    // Released anywhere: without capture the button itself hears of it only when that happens on top of it.
    document.addEventListener("pointerup", this.#disarm, true);
    document.addEventListener("pointercancel", this.#disarm, true);
    this.#setPressed(true);
  }
}

function labelOf(props: WireProps): string {
  return readString(props["label"]) ?? readString(props["content"]) ?? "";
}

function labelIn(element: HTMLElement): HTMLElement | undefined {
  const label = element.firstElementChild;
  return label instanceof HTMLElement && label.className === LABEL_CLASS ? label : undefined;
}

function isOff(props: WireProps): boolean {
  return props["disabled"] === true || props["enabled"] === false;
}
