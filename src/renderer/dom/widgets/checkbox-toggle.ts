import type { WireProps } from "../../../protocol/node.ts";
import { readRecord, readSize, readString } from "../props.ts";
import { Template } from "../template.ts";
import type { CopyRules, StyleOptions, WidgetContext, WidgetView } from "../widget.ts";
import {
  applyMnemonic,
  type Interaction,
  isPlainKey,
  isPrimaryPress,
  reportStatus,
  setDisabled,
} from "./button-press.ts";
import { styleHole } from "./style-hole.ts";
import { applyTextLook, applyWrapping, px } from "./text-look.ts";

/** A control with two states and a label beside it: what checkbox, toggler and radio share. */
export interface ToggleKind {
  readonly className: string;
  readonly role: "checkbox" | "switch" | "radio";
  readonly isOn: (props: WireProps) => boolean;
  /** Reports that it was used. Absent: `toggle` with the other state. */
  readonly activate?: (context: WidgetContext) => void;
  /** Shown when the app gives no label. */
  readonly fallbackLabel?: (props: WireProps) => string;
  readonly styles: StyleOptions;
  /** What is drawn beside the label; made once, and copied. */
  readonly control: (document: Document) => HTMLElement;
  readonly update?: (props: WireProps, previous: WireProps, toggle: Toggle) => void;
}

export const TOGGLE_CSS = `
.pl-toggle{display:flex;align-items:center;gap:8px;cursor:pointer;touch-action:manipulation;outline:none}
.pl-toggle.pl-mapped{color:var(--s-fg,inherit)}
.pl-toggle[aria-disabled="true"]{cursor:default}
.pl-toggle-label{flex:1 1 auto;min-width:0}
.pl-toggle-label:empty{display:none}
.pl-toggle>.pl-check-box,.pl-toggle>.pl-toggler-track,.pl-toggle>.pl-radio-disc{flex:none;font-size:var(--t-size,16px);pointer-events:none}
.pl-toggle>.pl-toggler-track,.pl-toggle>.pl-radio-disc{position:relative}
`;

const templates = new Map<string, Template>();

function templateOf({ className, role, styles, control }: ToggleKind): Template {
  let template = templates.get(className);
  if (template === undefined) {
    template = new Template((document) => {
      const element = document.createElement("div");
      element.className = `pl-toggle ${className} pl-styled`;
      element.setAttribute("role", role);
      element.setAttribute("aria-checked", "false");
      element.setAttribute("data-style", styles.fallback);
      element.tabIndex = 0;
      const label = document.createElement("span");
      label.className = "pl-toggle-label pl-wrap-word";
      element.append(control(document), label);
      return element;
    });
    templates.set(className, template);
  }
  return template;
}

export class Toggle implements WidgetView, Interaction {
  readonly element: HTMLElement;
  readonly #context: WidgetContext;
  readonly #kind: ToggleKind;
  isDisabled = false;
  isHovered = false;
  isFocused = false;
  /** Nothing changes on the screen before the app's answer. */
  readonly isPressed = false;
  #wasPressed = false;

  /** `copied`: an element that shows `props` already. */
  constructor(context: WidgetContext, kind: ToggleKind, copied?: { element: HTMLElement; props: WireProps }) {
    this.#context = context;
    this.#kind = kind;
    this.element = copied?.element ?? templateOf(kind).copy(context.document);
    if (copied === undefined) return;
    this.isDisabled = copied.props["disabled"] === true;
    reportStatus(context, this);
  }

  get focusTarget(): HTMLElement {
    return this.element;
  }

  get control(): HTMLElement {
    return partOf(this.element.firstElementChild);
  }

  get label(): HTMLElement {
    return partOf(this.element.lastElementChild);
  }

  update(props: WireProps, previous: WireProps): void {
    const { element } = this;
    const { isOn, styles, update } = this.#kind;
    const text = this.#labelOf(props);
    if (text !== this.#labelOf(previous)) this.label.textContent = text;
    const isNowOn = isOn(props);
    if (isNowOn !== isOn(previous)) element.setAttribute("aria-checked", String(isNowOn));
    if (props["style"] !== previous["style"]) this.#context.styles.apply(element, props["style"], styles);
    if (props["spacing"] !== previous["spacing"]) element.style.gap = px(readSize(props["spacing"]));
    if (props["size"] !== previous["size"]) {
      const size = readSize(props["size"]);
      if (size === undefined) element.style.removeProperty("--t-size");
      else element.style.setProperty("--t-size", `${size}px`);
    }
    if (TEXT_PROPS.some((name) => props[name] !== previous[name])) {
      const { label } = this;
      if (props["wrapping"] !== previous["wrapping"]) applyWrapping(label, props["wrapping"]);
      applyTextLook(label, props, previous, { size: "text_size" });
    }
    if (props["mnemonic"] !== previous["mnemonic"] || props["access_key"] !== previous["access_key"]) {
      applyMnemonic(element, props["mnemonic"], props["access_key"]);
    }
    const isDisabled = props["disabled"] === true;
    if (isDisabled !== this.isDisabled) {
      this.isDisabled = isDisabled;
      setDisabled(element, isDisabled);
    }
    update?.(props, previous, this);
    reportStatus(this.#context, this);
  }

  handle(event: Event): boolean {
    if (this.isDisabled) return event.type === "pointerdown" || event.type === "click";
    if (isPrimaryPress(event)) {
      this.#wasPressed = true;
      this.#toggle();
      return true;
    }
    if (event.type === "pointerdown") {
      this.#wasPressed = false;
      return true;
    }
    if (event.type === "click") {
      // The press has been reported already; a tap or assistive technology has only this.
      if (!this.#wasPressed) this.#toggle();
      this.#wasPressed = false;
      return true;
    }
    if (isPlainKey(event, " ")) {
      event.preventDefault();
      if (!event.repeat) this.#toggle();
      return true;
    }
    return false;
  }

  hoverChanged(isHovered: boolean): void {
    this.isHovered = isHovered;
    if (!isHovered) this.#wasPressed = false;
    reportStatus(this.#context, this);
  }

  focusChanged(isFocused: boolean): void {
    this.isFocused = isFocused;
    reportStatus(this.#context, this);
  }

  /** The state on the screen is the app's: nothing changes here until its answer comes. */
  #toggle(): void {
    const { activate, isOn } = this.#kind;
    if (activate === undefined) this.#context.emit("toggle", !isOn(this.#context.props()));
    else activate(this.#context);
  }

  #labelOf(props: WireProps): string {
    return readString(props["label"]) ?? this.#kind.fallbackLabel?.(props) ?? "";
  }
}

const TEXT_PROPS = ["wrapping", "text_size", "line_height", "font", "shaping"] as const;

function partOf(element: Element | null): HTMLElement {
  if (!(element instanceof HTMLElement)) throw new TypeError("A toggle has a control and a label.");
  return element;
}

/** For kinds of which everything is in the element. `stateProp`: the one that `isOn` reads. */
export function toggleCopies(kind: ToggleKind, stateProp: string): CopyRules {
  return {
    accepts: (props) =>
      // The class of a StyleMap is looked after by element.
      readRecord(props["style"]) === undefined && props["mnemonic"] === undefined && props["access_key"] === undefined,
    holes: {
      label: {
        accepts: (value) => typeof value === "string",
        write(element, value) {
          partOf(element.lastElementChild).textContent = String(value);
        },
        blank: "",
      },
      style: styleHole(kind.styles),
      [stateProp]: {
        accepts: (value) => typeof value === "boolean",
        write: (element, value) => element.setAttribute("aria-checked", String(value)),
      },
    },
    adopt: (context, props, element) => new Toggle(context, kind, { element, props }),
  };
}
