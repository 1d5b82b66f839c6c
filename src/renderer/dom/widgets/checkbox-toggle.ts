import type { WireProps } from "../../../protocol/node.ts";
import { readSize, readString } from "../props.ts";
import { Template } from "../template.ts";
import type { StyleOptions, WidgetContext, WidgetView } from "../widget.ts";
import {
  applyMnemonic,
  createInteraction,
  isPlainKey,
  isPrimaryPress,
  reportStatus,
  setDisabled,
} from "./button-press.ts";
import { applyTextLook, applyWrapping, px } from "./text-look.ts";

/** A control with two states and a label beside it: what checkbox and toggler share. */
export interface ToggleOptions {
  readonly className: string;
  readonly role: "checkbox" | "switch" | "radio";
  readonly isOn: (props: WireProps) => boolean;
  /** Reports that it was used. Absent: `toggle` with the other state. */
  readonly activate?: () => void;
  /** Shown when the app gives no label. */
  readonly fallbackLabel?: (props: WireProps) => string;
  readonly styles: StyleOptions;
  /** What is drawn beside the label. */
  readonly control: HTMLElement;
  readonly update: (props: WireProps, previous: WireProps, label: HTMLElement) => void;
}

export const TOGGLE_CSS = `
.pl-toggle{display:flex;align-items:center;gap:8px;cursor:pointer;user-select:none;-webkit-user-select:none;touch-action:manipulation;outline:none;color:var(--s-fg,inherit)}
.pl-toggle[aria-disabled="true"]{cursor:default}
.pl-toggle-label{flex:1 1 auto;min-width:0}
.pl-toggle-label:empty{display:none}
.pl-toggle>:first-child{flex:none;position:relative;font-size:var(--t-size,16px);pointer-events:none}
`;

const templates = new Map<string, Template>();

function templateOf({ className, role, styles }: ToggleOptions): Template {
  let template = templates.get(className);
  if (template === undefined) {
    template = new Template((document) => {
      const element = document.createElement("div");
      element.className = `pl-toggle ${className} pl-styled`;
      element.setAttribute("role", role);
      element.setAttribute("data-style", styles.fallback);
      element.tabIndex = 0;
      const label = document.createElement("span");
      label.className = "pl-toggle-label pl-wrap-word";
      element.append(label);
      return element;
    });
    templates.set(className, template);
  }
  return template;
}

export function createToggle(context: WidgetContext, options: ToggleOptions): WidgetView {
  const { control, isOn, styles } = options;
  const element = templateOf(options).copy(context.document);
  const label = element.firstElementChild;
  if (!(label instanceof HTMLElement)) throw new TypeError("A toggle has a label.");
  element.insertBefore(control, label);
  const state = createInteraction();
  let shown = "";
  let wasOn: boolean | undefined;
  let wasPressed = false;

  // The state on the screen is the app's: nothing changes here until its answer comes.
  const toggle = options.activate ?? ((): void => context.emit("toggle", !isOn(context.props())));

  return {
    element,
    focusTarget: element,
    update(props, previous) {
      const text = readString(props["label"]) ?? options.fallbackLabel?.(props) ?? "";
      if (text !== shown) {
        shown = text;
        label.textContent = text;
      }
      const isNowOn = isOn(props);
      if (isNowOn !== wasOn) {
        wasOn = isNowOn;
        element.setAttribute("aria-checked", String(isNowOn));
      }
      if (props["style"] !== previous["style"]) context.styles.apply(element, props["style"], styles);
      if (props["spacing"] !== previous["spacing"]) element.style.gap = px(readSize(props["spacing"]));
      if (props["size"] !== previous["size"]) {
        const size = readSize(props["size"]);
        if (size === undefined) element.style.removeProperty("--t-size");
        else element.style.setProperty("--t-size", `${size}px`);
      }
      if (props["wrapping"] !== previous["wrapping"]) applyWrapping(label, props["wrapping"]);
      applyTextLook(label, props, previous, { size: "text_size" });
      if (props["mnemonic"] !== previous["mnemonic"] || props["access_key"] !== previous["access_key"]) {
        applyMnemonic(element, props["mnemonic"], props["access_key"]);
      }
      const isDisabled = props["disabled"] === true;
      if (isDisabled !== state.isDisabled) {
        state.isDisabled = isDisabled;
        setDisabled(element, isDisabled);
      }
      options.update(props, previous, label);
      reportStatus(context, state);
    },
    handle(event) {
      if (state.isDisabled) return event.type === "pointerdown" || event.type === "click";
      if (isPrimaryPress(event)) {
        wasPressed = true;
        toggle();
        return true;
      }
      if (event.type === "pointerdown") {
        wasPressed = false;
        return true;
      }
      if (event.type === "click") {
        // The press has been reported already; a tap or assistive technology has only this.
        if (!wasPressed) toggle();
        wasPressed = false;
        return true;
      }
      if (isPlainKey(event, " ")) {
        event.preventDefault();
        if (!event.repeat) toggle();
        return true;
      }
      return false;
    },
    hoverChanged(isHovered) {
      state.isHovered = isHovered;
      if (!isHovered) wasPressed = false;
      reportStatus(context, state);
    },
    focusChanged(isFocused) {
      state.isFocused = isFocused;
      reportStatus(context, state);
    },
  };
}
