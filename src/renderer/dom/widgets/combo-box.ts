import type { WireProps } from "../../../protocol/node.ts";
import { readArray, readPadding, readString } from "../props.ts";
import type { WidgetContext, WidgetModule, WidgetView } from "../widget.ts";
import { createInteraction, isPrimaryPress } from "./button-press.ts";
import { filterOptions } from "./combo-box-filter.ts";
import { OptionMenu } from "./option-menu.ts";
import { moveHighlight, opensOrCloses, PICK_KEYS } from "./pick-list-keys.ts";
import { showShortened } from "./text.ts";
import { createFieldIcon, FIELD_STYLES, focusFromFrame } from "./text-input.ts";
import { applyTextLook } from "./text-look.ts";

const css = `
.pl-combo input{height:1lh;height:round(up,1lh,1px);text-overflow:ellipsis}
.pl-combo-text{position:relative;display:grid;flex:1 1 auto;min-width:0}
.pl-combo-text>*{grid-area:1/1;min-width:0}
.pl-field .pl-combo-text>input{width:auto}
.pl-combo-short{overflow:hidden;white-space:pre;pointer-events:none}
.pl-combo:not(.pl-combo-shortened) .pl-combo-short{display:none}
.pl-combo-shortened input{color:transparent}
`;

/**
 * A field that suggests options while somebody types. What is typed stays here; the app hears of it by `input`.
 *
 * Three props have no effect here: `required` and `validation` arrive as `a11y` fields, and `on_submit` has no event, because
 * Enter accepts an option.
 */
export const comboBoxModule: WidgetModule = {
  types: ["combo_box"],
  layout: { flow: "leaf", width: "fill" },
  css,
  create: (context) => new ComboBox(context),
};

class ComboBox implements WidgetView {
  readonly element: HTMLElement;
  readonly focusTarget: HTMLElement;
  readonly accessible: HTMLElement;
  readonly #context: WidgetContext;
  readonly #input: HTMLInputElement;
  /** Stands in for the text where it is shortened in a way that inputs do not know. */
  readonly #short: HTMLElement;
  readonly #state = createInteraction();
  readonly #menu: OptionMenu;
  #icon: HTMLElement | undefined;
  #options: readonly string[] = [];
  #offered: readonly string[] = [];
  #typed = "";
  /** The text is an accepted option, so that it filters nothing. */
  #isAccepted = false;
  /** Typing or a key chose the highlighted row, so Tab takes it too. */
  #isAimed = false;
  /** `open` was the last thing said. */
  #isOpen = false;
  #isComposing = false;

  constructor(context: WidgetContext) {
    this.#context = context;
    const { document } = context;
    this.element = document.createElement("div");
    this.element.className = "pl-field pl-combo";
    const box = this.element.appendChild(document.createElement("span"));
    box.className = "pl-combo-text";
    this.#input = box.appendChild(document.createElement("input"));
    this.#input.type = "text";
    this.#input.autocomplete = "off";
    this.#input.spellcheck = false;
    this.#input.setAttribute("autocapitalize", "off");
    this.#input.setAttribute("autocorrect", "off");
    this.#input.setAttribute("role", "combobox");
    this.#input.setAttribute("aria-autocomplete", "list");
    this.#short = box.appendChild(document.createElement("span"));
    this.#short.className = "pl-combo-short";
    this.#short.ariaHidden = "true";
    this.focusTarget = this.#input;
    this.accessible = this.#input;
    context.styles.apply(this.element, undefined, FIELD_STYLES);
    this.#menu = new OptionMenu({
      context,
      anchor: this.element,
      control: this.#input,
      size: "size",
      padding: "5px",
      onChoose: (index) => this.#takeByPointer(index),
      onPressOutside: () => this.#dismiss(),
      onHover: (index) => this.#hovered(index),
    });
  }

  update(props: WireProps, previous: WireProps): void {
    if (props["style"] !== previous["style"]) this.#context.styles.apply(this.element, props["style"], FIELD_STYLES);
    applyTextLook(this.element, props, previous);
    if (props["padding"] !== previous["padding"]) this.element.style.padding = readPadding(props["padding"]) ?? "";
    if (props["icon"] !== previous["icon"]) {
      this.#icon?.remove();
      this.#icon = createFieldIcon(this.#context.document, props["icon"]);
      if (this.#icon !== undefined) this.element.prepend(this.#icon);
    }
    this.#state.isDisabled = props["disabled"] === true;
    this.#input.disabled = this.#state.isDisabled;
    if (this.#state.isDisabled) this.element.setAttribute("aria-disabled", "true");
    else this.element.removeAttribute("aria-disabled");
    if (this.#state.isDisabled) this.#dismiss();
    if (props["options"] !== previous["options"]) this.#setOptions(props);
    this.#show();
  }

  handle(event: Event): boolean {
    if (this.#state.isDisabled) return event.type === "pointerdown" || event.type === "click";
    if (this.#menu.contains(event.target)) {
      this.#menu.handle(event);
      return true;
    }
    switch (event.type) {
      case "input":
        this.#edited();
        return true;
      case "compositionstart":
        this.#isComposing = true;
        return true;
      case "compositionend":
        this.#isComposing = false;
        this.#edited();
        return true;
      case "pointerdown":
        focusFromFrame(event, this.element, this.#input);
        if (isPrimaryPress(event) && this.#state.isFocused) this.#open();
        return true;
      case "click":
        if (this.#state.isFocused) this.#open();
        return true;
      default:
        return event instanceof KeyboardEvent && event.type === "keydown" && this.#key(event);
    }
  }

  focusChanged(isFocused: boolean): void {
    if (isFocused === this.#state.isFocused) return;
    this.#state.isFocused = isFocused;
    if (isFocused) {
      this.#show();
      this.#open();
    } else {
      this.#dismiss();
      this.#isComposing = false;
      // The app's selection stands for an option that was accepted; what is only typed is still there next time.
      if (this.#isAccepted) this.#setText("", false);
      this.#show();
    }
  }

  dispose(): void {
    this.#menu.close();
  }

  #key(event: KeyboardEvent): boolean {
    if (this.#isComposing || event.isComposing || event.ctrlKey || event.metaKey) return false;
    const isOpen = this.#menu.isOpen;
    if (opensOrCloses(event, isOpen)) {
      event.preventDefault();
      if (!isOpen) this.#open();
      else if (this.#menu.current >= 0) this.#takeByKey(this.#menu.current);
      else this.#dismiss();
      return true;
    }
    if (event.key === "Escape" && isOpen) {
      this.#dismiss();
      return true;
    }
    if (event.key === "Tab" && isOpen && this.#isAimed && !event.shiftKey && this.#menu.current >= 0) {
      event.preventDefault();
      this.#takeByKey(this.#menu.current);
      return true;
    }
    if (event.key === "Enter" && isOpen && this.#menu.current >= 0) {
      event.preventDefault();
      this.#takeByKey(this.#menu.current);
      return true;
    }
    const move = PICK_KEYS[event.key];
    // Home and End belong to the text.
    if (move === undefined || move === "first" || move === "last") return false;
    if (!isOpen && move !== "up" && move !== "down") return false;
    event.preventDefault();
    this.#open();
    if (!this.#menu.isOpen) return true;
    // Opening shows where the selection is; without one the first key goes to the first row.
    if (!isOpen && this.#menu.current >= 0) return true;
    const index = moveHighlight(this.#offered.length, this.#menu.current, move, this.#menu.rowsPerPage());
    this.#aim(index);
    return true;
  }

  #edited(): void {
    if (this.#isComposing || this.#input.value === this.#typed) return;
    this.#setText(this.#input.value, false);
    this.#context.emit("input", this.#typed);
    if (this.#offered.length === 0) {
      this.#menu.close();
      return;
    }
    this.#open();
    this.#menu.replace(this.#offered, this.#selected());
    this.#aim(0);
  }

  #aim(index: number): void {
    const before = this.#offered[this.#menu.current];
    this.#menu.highlight(index);
    this.#isAimed = true;
    if (this.#offered[index] !== before) this.#hovered(index);
  }

  #hovered(index: number): void {
    const option = this.#offered[index];
    if (option !== undefined && this.#context.props()["on_option_hovered"] === true) {
      this.#context.emit("option_hovered", option);
    }
  }

  /** Shows what fits, if anything does. */
  #open(): void {
    if (!this.#isOpen) {
      this.#isOpen = true;
      if (this.#context.props()["on_open"] === true) this.#context.emit("open");
    }
    if (this.#menu.isOpen || this.#offered.length === 0) return;
    this.#isAimed = false;
    this.#menu.open(this.#offered, this.#selected());
  }

  #dismiss(): void {
    this.#menu.close();
    this.#isAimed = false;
    if (!this.#isOpen) return;
    this.#isOpen = false;
    if (this.#context.props()["on_close"] === true) this.#context.emit("close");
  }

  #takeByKey(index: number): void {
    const option = this.#offered[index];
    if (option === undefined) return;
    this.#setText(option, true);
    this.#show();
    this.#input.setSelectionRange(option.length, option.length);
    this.#context.emit("select", option);
    this.#dismiss();
  }

  #takeByPointer(index: number): void {
    const option = this.#offered[index];
    if (option === undefined) return;
    this.#setText("", false);
    this.#context.emit("select", option);
    this.#dismiss();
    this.#input.blur();
  }

  #setText(text: string, isAccepted: boolean): void {
    this.#typed = text;
    this.#isAccepted = isAccepted;
    this.#offered = isAccepted ? this.#options : filterOptions(this.#options, text);
  }

  /** Another list starts anew; the same list sent again does not disturb anybody. */
  #setOptions(props: WireProps): void {
    const options = (readArray(props["options"]) ?? []).filter((option) => typeof option === "string");
    const isSame = options.length === this.#options.length && options.every((one, at) => one === this.#options[at]);
    if (isSame) return;
    this.#options = options;
    this.#isAimed = false;
    this.#setText("", false);
    if (this.#offered.length === 0) this.#menu.close();
    else if (this.#menu.isOpen) {
      this.#menu.highlight(-1);
      this.#menu.replace(this.#offered, this.#selected());
    } else if (this.#isOpen) this.#open();
  }

  #selected(): string | undefined {
    return readString(this.#context.props()["selected"]);
  }

  /** The selection while nobody types here, else what was typed, with the selection as a hint. */
  #show(): void {
    const props = this.#context.props();
    const selected = readString(props["selected"]);
    const { isFocused } = this.#state;
    const text = isFocused || selected === undefined ? this.#typed : selected;
    if (!this.#isComposing && this.#input.value !== text) this.#input.value = text;
    const placeholder = readString(props["placeholder"]) ?? "";
    this.#input.placeholder = isFocused ? (selected ?? placeholder) : placeholder;
    const ellipsis = props["ellipsis"];
    const isShort = !isFocused && text !== "" && (ellipsis === "start" || ellipsis === "middle");
    this.element.classList.toggle("pl-combo-shortened", isShort);
    this.#input.style.textOverflow = ellipsis === "end" ? "" : "clip";
    if (isShort) showShortened(this.#context.document, this.#short, text, ellipsis);
  }
}
