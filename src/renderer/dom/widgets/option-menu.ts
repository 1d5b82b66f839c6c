import type { WireProps } from "../../../protocol/node.ts";
import type { OverlayHandle } from "../overlay.ts";
import { readBackground, readBorder, readColor, readPadding, readRecord, readShadow, readSize } from "../props.ts";
import type { WidgetContext } from "../widget.ts";
import { isPrimaryPress } from "./button-press.ts";
import { applyTextLook, type TextLookOptions } from "./text-look.ts";

export const OPTION_MENU_CSS = `
.pl-menu{padding:4px;scroll-padding:4px;overflow:auto;overscroll-behavior:contain;min-height:0;background:var(--m-bg,var(--bg-weak));color:var(--m-fg,var(--bg-weak-text));border-radius:var(--m-radius,var(--radius-box));box-shadow:inset 0 0 0 var(--m-border-width,1px) var(--m-border,var(--bg-strong)),var(--m-shadow,0 2px 4px var(--shade),0 6px 18px var(--shade));scrollbar-width:thin;user-select:none;-webkit-user-select:none;cursor:pointer}
.pl-menu>div{border-radius:var(--radius);white-space:pre;overflow:hidden;text-overflow:ellipsis;content-visibility:auto;contain-intrinsic-height:auto 1.3em}
.pl-menu>.pl-current{background:var(--m-sel-bg,var(--primary-strong));color:var(--m-sel-fg,var(--primary-strong-text))}
@media (forced-colors:active){.pl-menu{outline:1px solid}.pl-menu>.pl-current{background:Highlight;color:HighlightText;forced-color-adjust:none}}
`;

export interface OptionMenuOptions {
  readonly context: WidgetContext;
  /** The menu opens beside it and is as wide. */
  readonly anchor: HTMLElement;
  /** Has the keyboard focus while the menu is open, and says what the menu shows. */
  readonly control: HTMLElement;
  readonly size: TextLookOptions["size"];
  /** CSS padding of a row when the app gives none. */
  readonly padding: string;
  readonly onChoose: (index: number) => void;
  readonly onPressOutside: () => void;
  /** The pointer moved the highlight. */
  readonly onHover?: (index: number) => void;
}

/** The list of options below a control, in the overlay layer. What is highlighted and chosen is told by index. */
export class OptionMenu {
  readonly #options: OptionMenuOptions;
  #shown: { readonly list: HTMLElement; readonly overlay: OverlayHandle } | undefined;
  #current = -1;
  #wasPressed = false;

  constructor(options: OptionMenuOptions) {
    this.#options = options;
    options.control.setAttribute("aria-haspopup", "listbox");
    options.control.setAttribute("aria-expanded", "false");
  }

  get isOpen(): boolean {
    return this.#shown !== undefined;
  }

  /** The highlighted row; -1 when there is none. */
  get current(): number {
    return this.#current;
  }

  open(options: readonly string[], selected: string | undefined): void {
    if (this.#shown !== undefined) return;
    const { context, anchor, control } = this.#options;
    const props = context.props();
    const list = context.document.createElement("div");
    list.className = "pl-menu";
    list.id = `${context.domId(context.id)}-menu`;
    list.setAttribute("role", "listbox");
    const label = control.getAttribute("aria-label");
    if (label !== null) list.setAttribute("aria-label", label);
    applyTextLook(list, props, {}, { size: this.#options.size });
    applyMenuStyle(list, props);
    this.#fill(list, options, selected);
    const overlay = context.overlay.open({
      anchor,
      content: list,
      side: "below",
      align: "start",
      gap: 4,
      flip: true,
      matchesWidth: true,
      maxHeight: readSize(props["menu_height"]) ?? Number.MAX_SAFE_INTEGER,
      onPressOutside: this.#options.onPressOutside,
    });
    this.#shown = { list, overlay };
    control.setAttribute("aria-expanded", "true");
    control.setAttribute("aria-controls", list.id);
    this.highlight(selected === undefined ? -1 : options.indexOf(selected));
  }

  /** Shows other options; the highlight stays at its place as long as there is one. */
  replace(options: readonly string[], selected: string | undefined): void {
    if (this.#shown === undefined) return;
    this.#fill(this.#shown.list, options, selected);
    this.#shown.overlay.reposition();
    this.highlight(Math.min(this.#current, options.length - 1));
  }

  close(): void {
    if (this.#shown === undefined) return;
    this.#shown.overlay.close();
    this.#shown = undefined;
    this.#current = -1;
    const { control } = this.#options;
    control.setAttribute("aria-expanded", "false");
    control.removeAttribute("aria-controls");
    control.removeAttribute("aria-activedescendant");
  }

  highlight(index: number, scrolls = true): void {
    const { control } = this.#options;
    const rows = this.#shown?.list.children;
    rows?.[this.#current]?.classList.remove("pl-current");
    this.#current = index;
    const row = rows?.[index];
    if (row === undefined) {
      control.removeAttribute("aria-activedescendant");
      return;
    }
    row.classList.add("pl-current");
    control.setAttribute("aria-activedescendant", row.id);
    if (scrolls) row.scrollIntoView({ block: "nearest" });
  }

  rowsPerPage(): number {
    const row = this.#shown?.list.firstElementChild;
    if (!(row instanceof HTMLElement) || row.offsetHeight === 0) return 1;
    return Math.max(1, Math.floor((this.#shown?.list.clientHeight ?? 0) / row.offsetHeight) - 1);
  }

  contains(target: EventTarget | null): boolean {
    return target instanceof Node && this.#shown?.list.contains(target) === true;
  }

  /** An event in the list: hovering highlights, a press chooses, a finger chooses by tapping. */
  handle(event: Event): void {
    const row = event.target instanceof Element ? event.target.closest(".pl-menu>div") : null;
    const rows = this.#shown?.list.children;
    const index = row === null || rows === undefined ? -1 : Array.prototype.indexOf.call(rows, row);
    if (event.type === "pointermove" && event instanceof PointerEvent && event.pointerType !== "touch") {
      if (index < 0 || index === this.#current) return;
      this.highlight(index, false);
      this.#options.onHover?.(index);
    } else if (event.type === "pointerdown") {
      // The focus stays on the control.
      event.preventDefault();
      this.#wasPressed = isPrimaryPress(event);
      if (this.#wasPressed && index >= 0) this.#options.onChoose(index);
    } else if (event.type === "click" && !this.#wasPressed && index >= 0) this.#options.onChoose(index);
  }

  #fill(list: HTMLElement, options: readonly string[], selected: string | undefined): void {
    const { context } = this.#options;
    const padding = readPadding(context.props()["padding"]) ?? this.#options.padding;
    const rows = options.map((option, index) => {
      const row = context.document.createElement("div");
      row.id = `${list.id}-${index}`;
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", String(option === selected));
      row.style.padding = padding;
      // Within the edge of the menu, so that its text stands below the control's.
      row.style.paddingLeft = `max(6px,${row.style.paddingLeft} - 4px)`;
      row.style.paddingRight = `max(6px,${row.style.paddingRight} - 4px)`;
      row.textContent = option;
      return row;
    });
    list.replaceChildren(...rows);
  }
}

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
