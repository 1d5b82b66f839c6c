import { readPadding, readString } from "../props.ts";
import { Template } from "../template.ts";
import type { StyleOptions, WidgetContext, WidgetModule, WidgetView } from "../widget.ts";
import { applyMnemonic, createInteraction, isPlainKey, reportStatus, setDisabled } from "./button-press.ts";

const FAMILIES = ["primary", "secondary", "success", "warning", "danger"] as const;
const STYLES: StyleOptions = {
  presets: [...FAMILIES, "text", "background", "subtle"],
  fallback: "primary",
  statuses: ["hovered", "pressed", "disabled"],
  hasGradient: true,
};

/** Half as visible; color by color, so that what the button contains keeps its own. */
const faded = (color: string): string => `color-mix(in srgb,${color} 50%,transparent)`;

const css = `
.pl-button{display:flex;align-items:flex-start;padding:5px 10px;color:var(--s-fg);background:var(--s-bg,none);border-radius:var(--s-radius,var(--radius));box-shadow:var(--s-shadow,none);cursor:pointer;user-select:none;-webkit-user-select:none;touch-action:manipulation;outline:none;transition:background-color .08s}
.pl-button:is(.pl-mapped,:focus-visible){position:relative}
.pl-button:is(.pl-mapped,:focus-visible)::after{content:"";position:absolute;inset:0;border:var(--s-border-width,0) solid var(--s-border-color,transparent);border-radius:inherit;pointer-events:none}
.pl-button[aria-disabled="true"]{cursor:default}
.pl-button.pl-clip{overflow:clip}
.pl-button-label{flex:1 1 auto;min-width:0;align-self:center;text-align:center;white-space:pre-wrap}
.pl-button:focus-visible{box-shadow:0 0 0 1px var(--focus-ring),0 0 6px 1px var(--focus-glow-soft)}
.pl-button:focus-visible::after{border-width:2px;border-color:var(--b-ring)}
${FAMILIES.map(
  (name) => `
.pl-button[data-style="${name}"]{--s-bg:var(--${name}-base);--s-fg:var(--${name}-base-text);--b-ring:var(--focus-ring-on-${name})}
@media (hover:hover){.pl-button[data-style="${name}"]:hover{--s-bg:var(--${name}-strong);--s-fg:var(--${name}-strong-text)}}
.pl-button[data-style="${name}"].pl-pressed{--s-bg:var(--${name}-base);--s-fg:var(--${name}-base-text)}
.pl-button[data-style="${name}"][aria-disabled="true"]{--s-bg:${faded(`var(--${name}-base)`)};--s-fg:${faded(`var(--${name}-base-text)`)}}`,
).join("")}
.pl-button[data-style="text"]{--s-fg:var(--bg-base-text);--b-ring:var(--focus-ring-on-bg-base)}
@media (hover:hover){.pl-button[data-style="text"]:hover{--s-fg:var(--bg-base-text-dim)}}
.pl-button[data-style="text"].pl-pressed{--s-fg:var(--bg-base-text)}
.pl-button[data-style="text"][aria-disabled="true"]{--s-fg:${faded("var(--bg-base-text)")}}
.pl-button[data-style="background"]{--s-bg:var(--bg-base);--s-fg:var(--bg-base-text);--b-ring:var(--focus-ring-on-bg-base)}
@media (hover:hover){.pl-button[data-style="background"]:hover{--s-bg:var(--bg-weak);--s-fg:var(--bg-weak-text)}}
.pl-button[data-style="background"].pl-pressed{--s-bg:var(--bg-strong);--s-fg:var(--bg-strong-text)}
.pl-button[data-style="background"][aria-disabled="true"]{--s-bg:${faded("var(--bg-base)")};--s-fg:${faded("var(--bg-base-text)")}}
.pl-button[data-style="subtle"]{--s-bg:var(--bg-weakest);--s-fg:var(--bg-weakest-text);--b-ring:var(--focus-ring-on-bg-base)}
@media (hover:hover){.pl-button[data-style="subtle"]:hover{--s-bg:var(--bg-weaker);--s-fg:var(--bg-weaker-text)}}
.pl-button[data-style="subtle"].pl-pressed{--s-bg:var(--bg-strong);--s-fg:var(--bg-strong-text)}
.pl-button[data-style="subtle"][aria-disabled="true"]{--s-bg:${faded("var(--bg-weakest)")};--s-fg:${faded("var(--bg-weakest-text)")}}
@media (forced-colors:active){.pl-button{outline:1px solid}.pl-button:focus-visible{outline-width:3px}}
`;

export const buttonModule: WidgetModule = {
  types: ["button"],
  layout: { flow: "box" },
  css,
  create: createButton,
};

const ELEMENT = new Template((document) => {
  const element = document.createElement("div");
  element.className = "pl-button pl-styled";
  element.setAttribute("role", "button");
  element.setAttribute("data-style", STYLES.fallback);
  element.tabIndex = 0;
  return element;
});

const LABEL = new Template((document) => {
  const label = document.createElement("span");
  label.className = "pl-button-label";
  return label;
});

function createButton(context: WidgetContext): WidgetView {
  const element = ELEMENT.copy(context.document);
  let label: HTMLElement | undefined;
  let shown = "";
  const state = createInteraction();
  let isArmed = false;

  const setPressed = (isPressed: boolean): void => {
    state.isPressed = isPressed && !state.isDisabled;
    element.classList.toggle("pl-pressed", state.isPressed);
    reportStatus(context, state);
  };
  const disarm = (): void => {
    if (!isArmed) return;
    context.document.removeEventListener("pointerup", disarm, true);
    context.document.removeEventListener("pointercancel", disarm, true);
    isArmed = false;
    setPressed(false);
  };
  const arm = (): void => {
    // Released anywhere: without capture the button itself hears of it only when that happens on top of it.
    context.document.addEventListener("pointerup", disarm, true);
    context.document.addEventListener("pointercancel", disarm, true);
    isArmed = true;
    setPressed(true);
  };

  return {
    element,
    content: element,
    focusTarget: element,
    update(props, previous) {
      const text = readString(props["label"]) ?? readString(props["content"]) ?? "";
      if (text !== shown) {
        shown = text;
        label ??= LABEL.copy(context.document);
        label.textContent = text;
        if (text === "") label.remove();
        else if (element.firstElementChild === null) element.appendChild(label);
      }
      if (props["padding"] !== previous["padding"]) element.style.padding = readPadding(props["padding"]) ?? "";
      if (props["clip"] !== previous["clip"]) element.classList.toggle("pl-clip", props["clip"] === true);
      if (props["style"] !== previous["style"]) context.styles.apply(element, props["style"], STYLES);
      if (props["mnemonic"] !== previous["mnemonic"] || props["access_key"] !== previous["access_key"]) {
        applyMnemonic(element, props["mnemonic"], props["access_key"]);
      }
      const isDisabled = props["disabled"] === true || props["enabled"] === false;
      if (isDisabled !== state.isDisabled) {
        state.isDisabled = isDisabled;
        setDisabled(element, isDisabled);
        if (isDisabled) disarm();
      }
      reportStatus(context, state);
    },
    childrenChanged(children) {
      if (children.length > 0) label?.remove();
      else if (label !== undefined && shown !== "") element.append(label);
    },
    handle(event) {
      if (state.isDisabled) return event.type === "pointerdown" || event.type === "click";
      if (event instanceof PointerEvent && event.type === "pointerdown") {
        if (event.button === 0 && event.isPrimary) arm();
        return true;
      }
      // Comes only after press and release inside; also from assistive technology, without any pointer.
      if (event.type === "click") {
        context.emit("click");
        return true;
      }
      if (isPlainKey(event, "Enter", " ")) {
        event.preventDefault();
        context.emit("click");
        return true;
      }
      return false;
    },
    hoverChanged(isHovered) {
      state.isHovered = isHovered;
      setPressed(isArmed && isHovered);
    },
    focusChanged(isFocused) {
      state.isFocused = isFocused;
      reportStatus(context, state);
    },
    dispose: disarm,
  };
}
