import type { WireProps } from "../../../protocol/node.ts";
import { readLength } from "../layout.ts";
import {
  applyFont,
  readArray,
  readFont,
  readLineHeight,
  readPadding,
  readRecord,
  readSize,
  readString,
} from "../props.ts";
import type { StyleOptions, WidgetContext, WidgetModule, WidgetView } from "../widget.ts";
import { createInteraction, isPrimaryPress, setDisabled, statusOf } from "./button-press.ts";
import { OPTION_MENU_CSS, OptionMenu } from "./option-menu.ts";
import { moveHighlight, opensOrCloses, PICK_KEYS, typeahead } from "./pick-list-keys.ts";
import { showShortened } from "./text.ts";
import { applyTextLook, px, readCodePoint } from "./text-look.ts";

const STYLES: StyleOptions = { presets: ["default"], fallback: "default", statuses: ["hovered"] };
/** The widest option is all but certainly among the longest ones; measuring them all would cost a layout per option. */
const SIZING_OPTIONS = 8;
const TYPEAHEAD_MS = 800;

const css = `${OPTION_MENU_CSS}
.pl-pick{position:relative;display:grid;grid-template-columns:minmax(0,1fr) auto;align-items:center;column-gap:8px;padding:5px 10px;cursor:pointer;user-select:none;-webkit-user-select:none;touch-action:manipulation;outline:none;white-space:pre;color:var(--s-fg,var(--p-fg));background:var(--s-bg,var(--p-bg));border-radius:var(--s-radius,var(--radius));--p-bg:var(--bg-weak);--p-fg:var(--bg-weak-text);--p-border:var(--bg-strong);--p-placeholder:var(--placeholder-on-bg-weak)}
.pl-pick::after{content:"";position:absolute;inset:0;border:var(--s-border-width,1px) solid var(--s-border-color,var(--p-border));border-radius:inherit;pointer-events:none}
@media (hover:hover){.pl-pick:hover{--p-border:var(--primary-strong)}}
.pl-pick[aria-expanded="true"]{--p-border:var(--primary-strong)}
.pl-pick:focus-visible{box-shadow:0 0 0 1px var(--focus-ring),0 0 6px 1px var(--focus-glow-soft)}
.pl-pick:focus-visible::after{border-width:2px;border-color:var(--focus-ring-on-bg-weak)}
.pl-pick[aria-disabled="true"]{cursor:default;--p-bg:var(--bg-weaker);--p-fg:var(--bg-strongest);--p-border:var(--bg-weak);--p-placeholder:var(--bg-strongest)}
.pl-pick-value,.pl-pick-sizer{grid-area:1/1;min-width:0;overflow:hidden}
.pl-pick-value:empty::before{content:"\\200b"}
.pl-pick-value.pl-placeholder{color:var(--p-placeholder)}
.pl-pick-sizer{display:grid;height:0;visibility:hidden}
.pl-pick-sizer>span{grid-area:1/1}
.pl-pick-handle{grid-area:1/2;line-height:1.2}
.pl-pick-arrow{width:.75em;height:.45em;background:currentColor;clip-path:polygon(0 14%,10% 0,50% 66%,90% 0,100% 14%,50% 100%)}
@media (forced-colors:active){.pl-pick{outline:1px solid}}
`;

export const pickListModule: WidgetModule = {
  types: ["pick_list"],
  layout: { flow: "leaf" },
  css,
  create: (context) => new PickList(context),
};

class PickList implements WidgetView {
  readonly element: HTMLElement;
  readonly focusTarget: HTMLElement;
  readonly #context: WidgetContext;
  readonly #value: HTMLElement;
  readonly #handle: HTMLElement;
  readonly #state = createInteraction();
  #sizer: HTMLElement | undefined;
  #options: readonly string[] = [];
  readonly #menu: OptionMenu;
  #typed = "";
  #typedAt = 0;
  #wasPressed = false;

  constructor(context: WidgetContext) {
    this.#context = context;
    const { document } = context;
    this.element = document.createElement("div");
    this.focusTarget = this.element;
    this.element.className = "pl-pick";
    this.element.setAttribute("role", "combobox");
    this.element.tabIndex = 0;
    this.#value = this.element.appendChild(document.createElement("span"));
    this.#value.className = "pl-pick-value";
    this.#handle = this.element.appendChild(document.createElement("span"));
    this.#handle.className = "pl-pick-handle pl-pick-arrow";
    this.#handle.ariaHidden = "true";
    this.#menu = new OptionMenu({
      context,
      anchor: this.element,
      control: this.element,
      size: "text_size",
      padding: "5px 10px",
      onChoose: (index) => this.#choose(index),
      onPressOutside: () => this.#closeByPointer(),
    });
    context.styles.apply(this.element, undefined, STYLES);
    // Not passive: turning the wheel with Ctrl would zoom the page.
    this.element.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
  }

  update(props: WireProps, previous: WireProps): void {
    if (props["style"] !== previous["style"]) this.#context.styles.apply(this.element, props["style"], STYLES);
    applyTextLook(this.element, props, previous, { size: "text_size" });
    if (props["padding"] !== previous["padding"]) this.element.style.padding = readPadding(props["padding"]) ?? "";
    const isNew = props["options"] !== previous["options"];
    if (isNew) this.#options = (readArray(props["options"]) ?? []).filter((option) => typeof option === "string");
    this.#showValue(props);
    const placeholder = readString(props["placeholder"]) ?? "";
    if (placeholder === "") this.element.removeAttribute("aria-description");
    else this.element.setAttribute("aria-description", placeholder);
    this.#showHandle(props);
    this.#size(props);
    this.#state.isDisabled = props["disabled"] === true;
    if (this.#state.isDisabled !== (previous["disabled"] === true)) setDisabled(this.element, this.#state.isDisabled);
    if (this.#state.isDisabled) this.#close();
    else if (isNew) this.#menu.replace(this.#options, readString(props["selected"]));
    this.#report();
  }

  handle(event: Event): boolean {
    if (this.#state.isDisabled) return event.type === "pointerdown" || event.type === "click";
    if (this.#menu.contains(event.target)) {
      this.#menu.handle(event);
      return true;
    }
    if (isPrimaryPress(event)) {
      this.#wasPressed = true;
      this.#toggleByPointer();
      return true;
    }
    if (event.type === "pointerdown") {
      this.#wasPressed = false;
      return true;
    }
    if (event.type === "click") {
      if (!this.#wasPressed) this.#toggleByPointer();
      this.#wasPressed = false;
      return true;
    }
    return event instanceof KeyboardEvent && event.type === "keydown" && this.#key(event);
  }

  hoverChanged(isHovered: boolean): void {
    this.#state.isHovered = isHovered;
    this.#report();
  }

  focusChanged(isFocused: boolean): void {
    this.#state.isFocused = isFocused;
    if (!isFocused) this.#close();
    this.#report();
  }

  dispose(): void {
    this.#close();
  }

  #key(event: KeyboardEvent): boolean {
    const isOpen = this.#menu.isOpen;
    if (opensOrCloses(event, isOpen)) {
      event.preventDefault();
      if (isOpen) this.#choose(this.#menu.current);
      else this.#open();
      return true;
    }
    if (event.altKey || event.metaKey || event.ctrlKey) return false;
    if (event.key === "Tab") {
      this.#close();
      return false;
    }
    if (event.key === "Escape") {
      this.#close();
      return isOpen;
    }
    const isTyping = this.#typed !== "" && event.timeStamp - this.#typedAt < TYPEAHEAD_MS;
    if (event.key === "Enter" || (event.key === " " && !isTyping)) {
      event.preventDefault();
      if (!isOpen) this.#open();
      else this.#choose(this.#menu.current);
      return true;
    }
    if ([...event.key].length === 1) {
      event.preventDefault();
      this.#open();
      this.#typed = isTyping ? this.#typed + event.key : event.key;
      this.#typedAt = event.timeStamp;
      this.#menu.highlight(typeahead(this.#options, this.#menu.current, this.#typed));
      return true;
    }
    const move = PICK_KEYS[event.key];
    if (move === undefined || (!isOpen && move !== "up" && move !== "down")) return false;
    event.preventDefault();
    if (!isOpen) this.#open();
    else this.#menu.highlight(moveHighlight(this.#options.length, this.#menu.current, move, this.#menu.rowsPerPage()));
    return true;
  }

  #wheel(event: WheelEvent): void {
    if (!event.ctrlKey || event.deltaY === 0 || this.#state.isDisabled || this.#options.length === 0) return;
    event.preventDefault();
    const selected = this.#options.indexOf(readString(this.#context.props()["selected"]) ?? "");
    const next = this.#options[selected + (event.deltaY > 0 ? 1 : -1)];
    if (next !== undefined) this.#context.emit("select", next);
  }

  #toggleByPointer(): void {
    if (!this.#menu.isOpen) this.#open();
    else this.#closeByPointer();
  }

  #open(): void {
    if (this.#menu.isOpen) return;
    const props = this.#context.props();
    this.#menu.open(this.#options, readString(props["selected"]));
    this.#showHandle(props);
    this.#report();
    if (props["on_open"] === true) this.#context.emit("open");
  }

  #close(): void {
    if (!this.#menu.isOpen) return;
    this.#menu.close();
    this.#typed = "";
    this.#showHandle(this.#context.props());
    this.#report();
  }

  #closeByPointer(): void {
    if (!this.#menu.isOpen) return;
    this.#close();
    if (this.#context.props()["on_close"] === true) this.#context.emit("close");
  }

  #choose(index: number): void {
    const option = this.#options[index];
    this.#close();
    if (option !== undefined) this.#context.emit("select", option);
  }

  #showValue(props: WireProps): void {
    const selected = readString(props["selected"]);
    this.#value.classList.toggle("pl-placeholder", selected === undefined);
    showShortened(
      this.#context.document,
      this.#value,
      selected ?? readString(props["placeholder"]) ?? "",
      props["ellipsis"],
    );
  }

  #showHandle(props: WireProps): void {
    const handle = readRecord(props["handle"]);
    const type = readString(handle?.["type"]) ?? "arrow";
    const name = type === "static" ? "icon" : this.#menu.isOpen ? "open" : "closed";
    const icon = type === "static" || type === "dynamic" ? readRecord(handle?.[name]) : undefined;
    const character = readCodePoint(icon?.["code_point"]);
    const isArrow = type === "arrow" || (type !== "none" && character === undefined);
    const { style } = this.#handle;
    this.#handle.hidden = type === "none";
    this.#handle.classList.toggle("pl-pick-arrow", isArrow);
    this.#handle.classList.toggle("pl-basic-shaping", !isArrow && icon?.["shaping"] !== "advanced");
    this.#handle.textContent = isArrow ? "" : (character ?? "");
    style.fontSize = px(readSize(isArrow ? handle?.["size"] : icon?.["size"]));
    style.lineHeight = readLineHeight(icon?.["line_height"]) ?? "";
    applyFont(style, readFont(icon?.["font"]));
  }

  /** As wide as the widest option, by letting the longest ones lie invisibly in the cell of the value. */
  #size(props: WireProps): void {
    const length = readLength(props["width"]);
    if (length !== undefined && length.kind !== "shrink") {
      this.#sizer?.remove();
      this.#sizer = undefined;
      return;
    }
    const document = this.#context.document;
    if (this.#sizer === undefined) {
      this.#sizer = document.createElement("span");
      this.#sizer.className = "pl-pick-sizer";
      this.#sizer.ariaHidden = "true";
      this.element.append(this.#sizer);
    }
    const texts = [...this.#options, readString(props["placeholder"]) ?? ""];
    const longest = texts.sort((a, b) => b.length - a.length).slice(0, SIZING_OPTIONS);
    const key = longest.join("\n");
    if (this.#sizer.dataset["texts"] === key) return;
    this.#sizer.dataset["texts"] = key;
    this.#sizer.replaceChildren(
      ...longest.map((text) => {
        const part = document.createElement("span");
        part.textContent = text;
        return part;
      }),
    );
  }

  #report(): void {
    const isOpen = this.#menu.isOpen && !this.#state.isDisabled;
    this.#context.emitStatus(isOpen ? "opened" : statusOf(this.#state));
  }
}
