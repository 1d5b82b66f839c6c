import type { WireProps } from "../../../protocol/node.ts";
import { readLength } from "../layout.ts";
import type { OverlayHandle } from "../overlay.ts";
import {
  applyFont,
  readArray,
  readBackground,
  readBorder,
  readColor,
  readFont,
  readLineHeight,
  readPadding,
  readRecord,
  readShadow,
  readSize,
  readString,
} from "../props.ts";
import type { StyleOptions, WidgetContext, WidgetModule, WidgetView } from "../widget.ts";
import { createInteraction, isPrimaryPress, setDisabled, statusOf } from "./button-press.ts";
import { moveHighlight, type PickKey, typeahead } from "./pick-list-keys.ts";
import { showShortened } from "./text.ts";
import { applyTextLook, px, readCodePoint } from "./text-look.ts";

const STYLES: StyleOptions = { presets: ["default"], fallback: "default", statuses: ["hovered"] };
/** The widest option is all but certainly among the longest ones; measuring them all would cost a layout per option. */
const SIZING_OPTIONS = 8;
const TYPEAHEAD_MS = 800;

const css = `
.pl-pick{position:relative;display:grid;grid-template-columns:minmax(0,1fr) auto;align-items:center;column-gap:8px;padding:5px 10px;cursor:pointer;user-select:none;-webkit-user-select:none;touch-action:manipulation;outline:none;white-space:pre;color:var(--s-fg,var(--p-fg));background:var(--s-bg,var(--p-bg));border-radius:var(--s-radius,2px);--p-bg:var(--bg-weak);--p-fg:var(--bg-weak-text);--p-border:var(--bg-strong);--p-placeholder:var(--secondary-base)}
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
.pl-menu{overflow:auto;overscroll-behavior:contain;min-height:0;background:var(--m-bg,var(--bg-weak));color:var(--m-fg,var(--bg-weak-text));border-radius:var(--m-radius,0);box-shadow:inset 0 0 0 var(--m-border-width,1px) var(--m-border,var(--bg-strong)),var(--m-shadow,0 4px 14px var(--shade));scrollbar-width:thin;user-select:none;-webkit-user-select:none;cursor:pointer}
.pl-menu>div{white-space:pre;overflow:hidden;text-overflow:ellipsis;content-visibility:auto;contain-intrinsic-height:auto 1.3em}
.pl-menu>.pl-current{background:var(--m-sel-bg,var(--primary-strong));color:var(--m-sel-fg,var(--primary-strong-text))}
@media (forced-colors:active){.pl-pick,.pl-menu{outline:1px solid}.pl-menu>.pl-current{background:Highlight;color:HighlightText;forced-color-adjust:none}}
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
  #menu: { readonly list: HTMLElement; readonly overlay: OverlayHandle } | undefined;
  #current = -1;
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
    this.element.setAttribute("aria-haspopup", "listbox");
    this.element.setAttribute("aria-expanded", "false");
    this.element.tabIndex = 0;
    this.#value = this.element.appendChild(document.createElement("span"));
    this.#value.className = "pl-pick-value";
    this.#handle = this.element.appendChild(document.createElement("span"));
    this.#handle.className = "pl-pick-handle pl-pick-arrow";
    this.#handle.ariaHidden = "true";
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
    this.#showHandle(props);
    this.#size(props);
    this.#state.isDisabled = props["disabled"] === true;
    if (this.#state.isDisabled !== (previous["disabled"] === true)) setDisabled(this.element, this.#state.isDisabled);
    if (this.#menu !== undefined) {
      if (this.#state.isDisabled) this.#close();
      else if (isNew) this.#fillMenu(this.#menu.list);
    }
    this.#report();
  }

  handle(event: Event): boolean {
    if (this.#state.isDisabled) return event.type === "pointerdown" || event.type === "click";
    if (this.#menu !== undefined && event.target instanceof Node && this.#menu.list.contains(event.target)) {
      return this.#handleMenu(event, event.target);
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
    if (event.altKey || event.metaKey || event.ctrlKey) return false;
    const isOpen = this.#menu !== undefined;
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
      else this.#choose(this.#current);
      return true;
    }
    if ([...event.key].length === 1) {
      event.preventDefault();
      this.#open();
      this.#typed = isTyping ? this.#typed + event.key : event.key;
      this.#typedAt = event.timeStamp;
      this.#highlight(typeahead(this.#options, this.#current, this.#typed));
      return true;
    }
    const move = PICK_KEYS[event.key];
    if (move === undefined || (!isOpen && move !== "up" && move !== "down")) return false;
    event.preventDefault();
    if (!isOpen) this.#open();
    else this.#highlight(moveHighlight(this.#options.length, this.#current, move, this.#rowsPerPage()));
    return true;
  }

  #handleMenu(event: Event, target: Node): boolean {
    const row = target instanceof Element ? target.closest(".pl-menu>div") : null;
    const index =
      row === null || this.#menu === undefined ? -1 : Array.prototype.indexOf.call(this.#menu.list.children, row);
    if (event.type === "pointermove" && index >= 0 && event instanceof PointerEvent && event.pointerType !== "touch") {
      this.#highlight(index, false);
    }
    if (event.type === "pointerdown") {
      // The focus stays on the control.
      event.preventDefault();
      this.#wasPressed = isPrimaryPress(event);
      if (this.#wasPressed && index >= 0) this.#choose(index);
    }
    if (event.type === "click" && !this.#wasPressed && index >= 0) this.#choose(index);
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
    if (this.#menu === undefined) this.#open();
    else this.#closeByPointer();
  }

  #open(): void {
    if (this.#menu !== undefined) return;
    const props = this.#context.props();
    const list = this.#context.document.createElement("div");
    list.className = "pl-menu";
    list.id = `${this.#context.domId(this.#context.id)}-menu`;
    list.setAttribute("role", "listbox");
    const label = this.element.getAttribute("aria-label");
    if (label !== null) list.setAttribute("aria-label", label);
    applyTextLook(list, props, {}, { size: "text_size" });
    applyMenuStyle(list, props);
    this.#fillMenu(list);
    const maxHeight = readSize(props["menu_height"]);
    const overlay = this.#context.overlay.open({
      anchor: this.element,
      content: list,
      side: "below",
      align: "start",
      flip: true,
      matchesWidth: true,
      maxHeight: maxHeight ?? Number.MAX_SAFE_INTEGER,
      onPressOutside: () => this.#closeByPointer(),
    });
    this.#menu = { list, overlay };
    this.element.setAttribute("aria-expanded", "true");
    this.element.setAttribute("aria-controls", list.id);
    this.#highlight(this.#options.indexOf(readString(props["selected"]) ?? ""));
    this.#showHandle(props);
    this.#report();
    if (props["on_open"] === true) this.#context.emit("open");
  }

  #close(): void {
    if (this.#menu === undefined) return;
    this.#menu.overlay.close();
    this.#menu = undefined;
    this.#current = -1;
    this.#typed = "";
    this.element.setAttribute("aria-expanded", "false");
    this.element.removeAttribute("aria-controls");
    this.element.removeAttribute("aria-activedescendant");
    this.#showHandle(this.#context.props());
    this.#report();
  }

  #closeByPointer(): void {
    if (this.#menu === undefined) return;
    this.#close();
    if (this.#context.props()["on_close"] === true) this.#context.emit("close");
  }

  #choose(index: number): void {
    const option = this.#options[index];
    this.#close();
    if (option !== undefined) this.#context.emit("select", option);
  }

  #fillMenu(list: HTMLElement): void {
    const props = this.#context.props();
    const padding = readPadding(props["padding"]) ?? "5px 10px";
    const selected = readString(props["selected"]);
    const rows = this.#options.map((option, index) => {
      const row = this.#context.document.createElement("div");
      row.id = `${list.id}-${index}`;
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", String(option === selected));
      row.style.padding = padding;
      row.textContent = option;
      return row;
    });
    list.replaceChildren(...rows);
    this.#menu?.overlay.reposition();
    if (this.#menu !== undefined) this.#highlight(Math.min(this.#current, this.#options.length - 1));
  }

  #highlight(index: number, scrolls = true): void {
    const rows = this.#menu?.list.children;
    rows?.[this.#current]?.classList.remove("pl-current");
    this.#current = index;
    const row = rows?.[index];
    if (row === undefined) {
      this.element.removeAttribute("aria-activedescendant");
      return;
    }
    row.classList.add("pl-current");
    this.element.setAttribute("aria-activedescendant", row.id);
    if (scrolls) row.scrollIntoView({ block: "nearest" });
  }

  #rowsPerPage(): number {
    const row = this.#menu?.list.firstElementChild;
    if (!(row instanceof HTMLElement) || row.offsetHeight === 0) return 1;
    return Math.max(1, Math.floor((this.#menu?.list.clientHeight ?? 0) / row.offsetHeight) - 1);
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
    const name = type === "static" ? "icon" : this.#menu === undefined ? "closed" : "open";
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
    const isOpen = this.#menu !== undefined && !this.#state.isDisabled;
    this.#context.emitStatus(isOpen ? "opened" : statusOf(this.#state));
  }
}

const PICK_KEYS: Readonly<Record<string, PickKey>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  Home: "first",
  End: "last",
  PageUp: "page_up",
  PageDown: "page_down",
};

function applyMenuStyle(list: HTMLElement, props: WireProps): void {
  const look = readRecord(props["menu_style"]);
  if (look === undefined) return;
  const border = readBorder(look["border"]);
  const variables: Readonly<Record<string, string | undefined>> = {
    "--m-bg": readBackground(look["background"]),
    "--m-fg": readColor(look["text_color"]),
    "--m-sel-fg": readColor(look["selected_text_color"]),
    "--m-sel-bg": readBackground(look["selected_background"]),
    "--m-border": border?.color,
    "--m-border-width": border?.width,
    "--m-radius": border?.radius,
    "--m-shadow": readShadow(look["shadow"]),
  };
  for (const [name, value] of Object.entries(variables)) if (value !== undefined) list.style.setProperty(name, value);
}
