import type { WireProps, WireValue } from "../../../protocol/node.ts";
import type { WidgetOperation } from "../../surface.ts";
import { EchoField, type TextField, type TextHolder } from "../echo-field.ts";
import { graphemeOffset } from "../editor/motion.ts";
import {
  applyFont,
  readColor,
  readEnum,
  readFont,
  readNumber,
  readPadding,
  readRecord,
  readSize,
  readString,
} from "../props.ts";
import type { StyleOptions, WidgetContext, WidgetModule, WidgetView } from "../widget.ts";
import { createInteraction, isPlainKey, reportStatus } from "./button-press.ts";
import { applyTextLook, isRepetition, px, readCodePoint } from "./text-look.ts";

export const FIELD_STYLES: StyleOptions = {
  presets: ["default"],
  fallback: "default",
  statuses: ["hovered", "disabled", "focused"],
};
const MAX_VALUE_CHARS = 65_536;

/** Shared by everything that text is typed into. */
export const FIELD_CSS = `
.pl-field{position:relative;display:flex;padding:5px;cursor:text;color:var(--s-fg,var(--f-fg));background:var(--s-bg,var(--f-bg));border-radius:var(--s-radius,var(--radius));--f-fg:var(--bg-base-text);--f-bg:var(--bg-base);--f-border:var(--bg-strong);--f-placeholder:var(--placeholder)}
.pl-field::after{content:"";position:absolute;inset:0;border:var(--s-border-width,1px) solid var(--s-border-color,var(--f-border));border-radius:inherit;pointer-events:none}
@media (hover:hover){.pl-field:hover{--f-border:var(--bg-base-text)}}
.pl-field:focus-within{--f-fg:var(--cursor);--f-border:var(--focus-ring-on-bg-base);box-shadow:0 0 6px var(--focus-glow-soft)}
.pl-field:focus-within::after{border-width:max(2px,var(--s-border-width,2px));border-color:var(--s-focus-color,var(--f-border))}
.pl-field[aria-disabled="true"]{cursor:default;--f-bg:var(--bg-weak);--f-fg:var(--secondary-base);--f-border:var(--bg-strong);--f-placeholder:var(--bg-strongest)}
.pl-field input,.pl-field textarea{flex:1 1 auto;width:150px;min-width:0;padding:0;margin:0;border:0;border-radius:0;outline:none;background:none;color:inherit;font:inherit;letter-spacing:inherit;line-height:inherit;text-align:inherit;caret-color:var(--cursor);appearance:none;-webkit-appearance:none}
.pl-field input::placeholder,.pl-field textarea::placeholder{color:var(--f-placeholder-own,var(--f-placeholder));opacity:1}
.pl-field input::selection,.pl-field textarea::selection{background:var(--f-sel,var(--sel))}
.pl-field input:disabled,.pl-field textarea:disabled{-webkit-text-fill-color:currentcolor;opacity:1}
.pl-text-input{align-items:center}
.pl-field-icon{flex:none;align-self:center;line-height:0;color:var(--bg-weak-text);user-select:none;-webkit-user-select:none}
.pl-field-icon.pl-right{order:1}
@media (forced-colors:active){.pl-field{outline:1px solid}.pl-field:focus-within{outline-width:2px}}
`;

const css = `${FIELD_CSS}
.pl-text-input input{height:1lh;height:round(up,1lh,1px)}
.pl-text-input input::-webkit-search-cancel-button{display:none}
`;

/**
 * Three props have no effect here: `required` and `validation` arrive as `a11y` fields, and `id` is another name of the node
 * for focus operations, which go by wire id.
 */
export const textInputModule: WidgetModule = {
  types: ["text_input"],
  layout: { flow: "leaf", width: "fill" },
  css,
  create: createTextInput,
};

export const INPUT_MODES: Readonly<Record<string, string>> = {
  number: "numeric",
  decimal: "decimal",
  phone: "tel",
  email: "email",
  url: "url",
  search: "search",
};

function createTextInput(context: WidgetContext, initial: WireProps): WidgetView {
  const element = context.document.createElement("div");
  element.className = "pl-field pl-text-input";
  context.styles.apply(element, undefined, FIELD_STYLES);
  const input = element.appendChild(context.document.createElement("input"));
  input.type = "text";
  input.autocomplete = "off";
  input.spellcheck = false;
  input.setAttribute("autocapitalize", "off");
  input.setAttribute("autocorrect", "off");
  input.value = readValue(initial);
  let icon: HTMLElement | undefined;
  const state = createInteraction();
  const field = new EchoField({
    holder: inputHolder(input),
    value: readValue(initial),
    settles: () => typeof context.props()["value"] === "string",
    send: (text, pasted) =>
      context.emit(pasted !== null && context.props()["on_paste"] === true ? "paste" : "input", text),
  });

  return {
    element,
    focusTarget: input,
    accessible: input,
    update(props, previous, named) {
      if (props["style"] !== previous["style"]) context.styles.apply(element, props["style"], FIELD_STYLES);
      applyTextLook(element, props, previous);
      applyFieldColors(element, props, previous);
      if (props["padding"] !== previous["padding"]) element.style.padding = readPadding(props["padding"]) ?? "";
      if (props["placeholder"] !== previous["placeholder"]) input.placeholder = readString(props["placeholder"]) ?? "";
      if (props["align_x"] !== previous["align_x"]) {
        input.style.textAlign = readEnum(props["align_x"], ["left", "center", "right"] as const) ?? "";
      }
      applyDirection(input, props);
      applyPurpose(input, props, previous);
      // Changing the type drops the selection in some browsers.
      const type = props["secure"] === true ? "password" : "text";
      if (input.type !== type) input.type = type;
      if (props["icon"] !== previous["icon"]) {
        icon?.remove();
        icon = createFieldIcon(context.document, props["icon"]);
        if (icon !== undefined) element.prepend(icon);
      }
      if (props["value"] !== previous["value"]) field.answered(readValue(props));
      else if (isRepetition("value", named)) field.repeated(readValue(props));
      if (props["disabled"] !== previous["disabled"]) {
        state.isDisabled = props["disabled"] === true;
        input.disabled = state.isDisabled;
        if (state.isDisabled) element.setAttribute("aria-disabled", "true");
        else element.removeAttribute("aria-disabled");
      }
      reportStatus(context, state);
    },
    handle(event) {
      if (state.isDisabled) return false;
      if (handleTextEvent(event, field)) return true;
      if (event.type === "pointerdown") return focusFromFrame(event, element, input);
      if (isPlainKey(event, "Enter") && !field.isComposing) {
        event.preventDefault();
        if (context.props()["on_submit"] !== true) return false;
        field.submitted();
        context.emit("submit", field.shown);
        return true;
      }
      return false;
    },
    hoverChanged(isHovered) {
      state.isHovered = isHovered;
      reportStatus(context, state);
    },
    focusChanged(isFocused) {
      state.isFocused = isFocused;
      field.focusChanged(isFocused);
      reportStatus(context, state);
    },
    perform: (operation) => performOnText(operation, input.value, (start, end) => input.setSelectionRange(start, end)),
    hostLost: () => field.hostLost(),
    dispose: () => field.dispose(),
  };
}

/** Edits, pastes and composition, alike in one line and several. */
export function handleTextEvent(event: Event, field: TextField): boolean {
  switch (event.type) {
    case "input": {
      const isPaste = event instanceof InputEvent && event.inputType.startsWith("insertFromPaste");
      field.edited(isPaste ? field.takePasted() : null);
      return true;
    }
    case "paste":
      if (event instanceof ClipboardEvent) field.pasting(event.clipboardData?.getData("text/plain") ?? "");
      return true;
    case "compositionstart":
      field.compositionStarted();
      return true;
    case "compositionend":
      field.compositionEnded();
      return true;
    default:
      return false;
  }
}

/** A press on the padding or the icon means the text. */
export function focusFromFrame(event: Event, element: HTMLElement, target: HTMLElement): boolean {
  if (event.target !== target && event.target instanceof Node && element.contains(event.target)) {
    event.preventDefault();
    target.focus({ preventScroll: true });
  }
  return true;
}

/** Text operations; positions count characters as a reader does. */
export function performOnText(
  operation: WidgetOperation,
  text: string,
  select: (start: number, end: number) => void,
): boolean {
  const value = operation.value;
  const record = readRecord(value);
  const at = (...names: readonly string[]): number => {
    const count = names.map((name) => readNumber(record?.[name])).find((number) => number !== undefined);
    return graphemeOffset(text, count ?? 0);
  };
  switch (operation.name) {
    case "select_all":
      select(0, text.length);
      return true;
    case "move_cursor_to_front":
      select(0, 0);
      return true;
    case "move_cursor_to_end":
      select(text.length, text.length);
      return true;
    case "move_cursor_to": {
      const position = record === undefined ? graphemeOffset(text, readNumber(value) ?? 0) : at("position");
      select(position, position);
      return true;
    }
    case "select_range": {
      const start = at("start_pos", "start");
      select(start, Math.max(start, at("end_pos", "end")));
      return true;
    }
    default:
      return false;
  }
}

export function applyFieldColors(element: HTMLElement, props: WireProps, previous: WireProps): void {
  setVariable(element, "--f-placeholder-own", "placeholder_color", props, previous);
  setVariable(element, "--f-sel", "selection_color", props, previous);
}

export function applyDirection(target: HTMLElement, props: WireProps): void {
  const direction = readEnum(props["text_direction"], ["auto", "ltr", "rtl"] as const) ?? "auto";
  // Writing it again costs a look at the whole text.
  if (target.dir !== direction) target.dir = direction;
}

const PURPOSES = ["input_purpose", "ime_purpose"] as const;

/** Chooses the soft keyboard; never the input's type, which would change what may be typed. */
export function applyPurpose(target: HTMLElement, props: WireProps, previous: WireProps): void {
  if (PURPOSES.every((name) => props[name] === previous[name])) return;
  const purpose = readString(props["input_purpose"]) ?? readString(props["ime_purpose"]) ?? "normal";
  const mode = Object.hasOwn(INPUT_MODES, purpose) ? INPUT_MODES[purpose] : undefined;
  if (mode === undefined) target.removeAttribute("inputmode");
  else target.setAttribute("inputmode", mode);
}

export function createFieldIcon(document: Document, value: WireValue | undefined): HTMLElement | undefined {
  const icon = readRecord(value);
  const character = readCodePoint(icon?.["code_point"]);
  if (icon === undefined || character === undefined) return undefined;
  const element = document.createElement("span");
  const isRight = icon["side"] === "right";
  element.className = isRight ? "pl-field-icon pl-right" : "pl-field-icon";
  element.textContent = character;
  element.ariaHidden = "true";
  element.style.fontSize = px(readSize(icon["size"]));
  applyFont(element.style, readFont(icon["font"]));
  element.style[isRight ? "marginLeft" : "marginRight"] = px(readSize(icon["spacing"]) ?? 4);
  return element;
}

function setVariable(element: HTMLElement, name: string, prop: string, props: WireProps, previous: WireProps): void {
  if (props[prop] === previous[prop]) return;
  const color = readColor(props[prop]);
  if (color === undefined) element.style.removeProperty(name);
  else element.style.setProperty(name, color);
}

/** One line: breaks could not be shown and would come back as an edit. */
function readValue(props: WireProps): string {
  return (readString(props["value"]) ?? "").slice(0, MAX_VALUE_CHARS).replace(/[\r\n]/g, "");
}

function inputHolder(input: HTMLInputElement): TextHolder {
  return {
    text: () => input.value,
    selection: () => ({
      start: input.selectionStart ?? input.value.length,
      end: input.selectionEnd ?? input.value.length,
    }),
    show(text, selection) {
      input.value = text;
      // Selecting in a field without focus would take the focus in some browsers.
      if (input.ownerDocument.activeElement === input) input.setSelectionRange(selection.start, selection.end);
    },
  };
}
