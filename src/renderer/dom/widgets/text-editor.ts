import type { WireProps, WireValue } from "../../../protocol/node.ts";
import { EchoField } from "../echo-field.ts";
import type { CodeEditor, CodeEditorSettings } from "../editor/code-editor.ts";
import { readLanguage } from "../editor/code-language.ts";
import { allowsPlainText, type KeyBinding, type KeyRule, matchKeyRule, parseKeyRules } from "../editor/key-bindings.ts";
import { type Axis, FILL, type Length, readLength, SHRINK } from "../layout.ts";
import { readSize, readString } from "../props.ts";
import { isSynced, TextSyncField } from "../text-sync-field.ts";
import type { WidgetContext, WidgetModule, WidgetView } from "../widget.ts";
import { createInteraction, reportStatus } from "./button-press.ts";
import { createTextArea, type TextArea } from "./text-editor-area.ts";
import {
  applyDirection,
  applyFieldColors,
  applyPurpose,
  FIELD_STYLES,
  focusFromFrame,
  handleTextEvent,
  performOnText,
} from "./text-input.ts";
import { applyTextLook, applyWrapping, isRepetition, px } from "./text-look.ts";

const MAX_CONTENT_CHARS = 1_048_576;
/** The code editor takes over what was composed a moment after the browser says it ended. */
const COMPOSITION_FLUSH_MS = 60;

const css = `
.pl-editor{flex-direction:column;--f-code-bg:initial}
.pl-editor.pl-code{font-family:var(--font-mono);background:var(--s-bg,var(--f-code-bg,var(--f-bg)))}
.pl-editor textarea{width:100%;resize:none;field-sizing:content;min-height:1lh;overflow:auto;scrollbar-width:thin;white-space:inherit;word-break:inherit;overflow-wrap:inherit}
.pl-editor.pl-sized textarea{field-sizing:fixed;flex-basis:0;min-height:0}
`;

export const textEditorModule: WidgetModule = {
  types: ["text_editor"],
  layout: { flow: "leaf", length: editorLength },
  css,
  create: (context, props) => new TextEditor(context, props),
};

/** The width is a number or everything there is; other lengths have no meaning here. */
function editorLength(props: WireProps, axis: Axis): Length | undefined {
  if (axis === "height") return undefined;
  const size = readSize(props["width"]);
  return size === undefined ? FILL : { kind: "fixed", size };
}

class TextEditor implements WidgetView {
  readonly element: HTMLElement;
  readonly #context: WidgetContext;
  readonly #area: TextArea;
  #field: EchoField | TextSyncField;
  readonly #state = createInteraction();
  #rules: readonly KeyRule[] | null = null;
  #code: CodeEditor | undefined;
  #isLoading = false;
  #isKeyAllowed = false;
  #swapWaits = false;
  /** A rule is being carried out: what it inserts is no stray text. */
  #isRunning = false;

  constructor(context: WidgetContext, initial: WireProps) {
    this.#context = context;
    this.element = context.document.createElement("div");
    this.element.className = "pl-field pl-editor pl-wrap-word";
    context.styles.apply(this.element, undefined, FIELD_STYLES);
    this.#area = createTextArea(context.document, readContent(initial));
    this.element.append(this.#area.element);
    this.#field = this.#createField(initial);
    // In the capture phase, before the code editor has its own way with keys and text.
    this.element.addEventListener("keydown", (event) => this.#key(event), true);
    this.element.addEventListener("beforeinput", (event) => this.#beforeInput(event), true);
  }

  get focusTarget(): HTMLElement {
    return this.#code?.content ?? this.#area.element;
  }

  get accessible(): HTMLElement {
    return this.focusTarget;
  }

  update(props: WireProps, previous: WireProps, named?: WireProps): void {
    const { element } = this;
    const area = this.#area.element;
    if (props["style"] !== previous["style"]) this.#context.styles.apply(element, props["style"], FIELD_STYLES);
    applyTextLook(element, props, previous);
    applyFieldColors(element, props, previous);
    if (props["padding"] !== previous["padding"]) element.style.padding = px(readSize(props["padding"]));
    if (props["min_height"] !== previous["min_height"]) element.style.minHeight = px(readSize(props["min_height"]));
    if (props["max_height"] !== previous["max_height"]) element.style.maxHeight = px(readSize(props["max_height"]));
    if (props["wrapping"] !== previous["wrapping"]) {
      applyWrapping(element, props["wrapping"]);
      if (props["wrapping"] === "none") area.wrap = "off";
      else area.removeAttribute("wrap");
    }
    element.classList.toggle("pl-sized", (readLength(props["height"]) ?? SHRINK).kind !== "shrink");
    if (props["placeholder"] !== previous["placeholder"]) area.placeholder = readString(props["placeholder"]) ?? "";
    applyDirection(area, props);
    applyPurpose(area, props, previous);
    if (props["key_bindings"] !== previous["key_bindings"]) this.#rules = parseKeyRules(props["key_bindings"]);
    this.#answer(props, previous, named);
    if (props["disabled"] !== previous["disabled"]) {
      this.#state.isDisabled = props["disabled"] === true;
      area.disabled = this.#state.isDisabled;
      if (this.#state.isDisabled) element.setAttribute("aria-disabled", "true");
      else element.removeAttribute("aria-disabled");
    }
    this.#chooseEditor(props, previous);
    reportStatus(this.#context, this.#state);
  }

  handle(event: Event): boolean {
    if (this.#state.isDisabled) return false;
    switch (event.type) {
      case "keydown":
        return event.defaultPrevented;
      case "pointerdown":
        return focusFromFrame(event, this.element, this.focusTarget);
      case "compositionend":
        this.#compositionEnded();
        return true;
    }
    // The code editor reports its edits itself.
    if (this.#code !== undefined && event.type !== "compositionstart") return event.type === "input";
    return handleTextEvent(event, this.#field);
  }

  hoverChanged(isHovered: boolean): void {
    this.#state.isHovered = isHovered;
    reportStatus(this.#context, this.#state);
  }

  focusChanged(isFocused: boolean): void {
    this.#state.isFocused = isFocused;
    this.#field.focusChanged(isFocused);
    reportStatus(this.#context, this.#state);
  }

  perform(operation: Parameters<NonNullable<WidgetView["perform"]>>[0]): boolean {
    return performOnText(operation, this.#field.shown, (start, end) => {
      if (this.#code !== undefined) this.#code.select({ start, end });
      else this.#area.element.setSelectionRange(start, end);
    });
  }

  hostLost(): void {
    this.#field.hostLost();
  }

  dispose(): void {
    this.#field.dispose();
    this.#code?.dispose();
    this.#code = undefined;
  }

  #createField(props: WireProps): EchoField | TextSyncField {
    const holder = this.#code ?? this.#area;
    const report = (family: string, value: WireValue, pasted: string | null): void => {
      this.#context.emit(family, value);
      if (pasted !== null && this.#context.props()["on_paste"] === true) this.#context.emit("paste", pasted);
    };
    if (isSynced(props)) {
      const editor = randomId();
      return new TextSyncField({
        holder,
        id: editor,
        text: readContent(props),
        sync: props["sync"],
        send: ({ changes, ...batch }, pasted) => {
          report("edit", { editor, ...batch, changes: changes.map((change) => ({ ...change })) }, pasted);
        },
      });
    }
    return new EchoField({
      holder,
      value: readContent(props),
      // Losing a document is worse than showing one that the app did not take.
      settles: () => false,
      send: (text, pasted) => report("input", text, pasted),
    });
  }

  #answer(props: WireProps, previous: WireProps, named: WireProps | undefined): void {
    const { content, sync } = props;
    if (isSynced(props) !== this.#field instanceof TextSyncField) {
      this.#field.dispose();
      this.#field = this.#createField(props);
      const text = readContent(props);
      const holder = this.#code ?? this.#area;
      if (holder.text() !== text) holder.show(text, { start: 0, end: 0 });
    } else if (this.#field instanceof TextSyncField) {
      // A new object of the same content comes from an app that is back.
      if (content !== previous["content"] || sync !== previous["sync"]) this.#field.answered(readContent(props), sync);
    } else if (content !== previous["content"]) this.#field.answered(readContent(props));
    else if (isRepetition("content", named)) this.#field.repeated(readContent(props));
  }

  /** With `highlight_syntax` the code editor, once it is loaded; until then and without it the plain area. */
  #chooseEditor(props: WireProps, previous: WireProps): void {
    const language = readLanguage(props["highlight_syntax"]);
    this.element.classList.toggle("pl-code", language !== null);
    if (language === null) {
      this.#leaveCode();
      return;
    }
    if (this.#code !== undefined) {
      if (CODE_PROPS.some((name) => props[name] !== previous[name])) this.#code.configure(this.#settings());
      return;
    }
    if (this.#isLoading) return;
    this.#isLoading = true;
    this.#context.load(
      () => import("../editor/codemirror.ts"),
      (loaded) => {
        this.#isLoading = false;
        this.#enterCode(loaded.createCodeEditor);
      },
    );
  }

  #enterCode(create: typeof import("../editor/codemirror.ts").createCodeEditor): void {
    if (this.#code !== undefined || readLanguage(this.#context.props()["highlight_syntax"]) === null) return;
    if (this.#field.isComposing) {
      // Taking the area away would end the composition and lose what is half written.
      this.#swapWaits = true;
      this.#area.element.addEventListener("compositionend", () => setTimeout(() => this.#resumeSwap(create)), {
        once: true,
      });
      return;
    }
    const area = this.#area.element;
    const hadFocus = this.element.contains(this.#context.document.activeElement);
    const scroll = area.scrollTop;
    const code = create({
      parent: this.element,
      text: this.#area.text(),
      selection: this.#area.selection(),
      settings: this.#settings(),
      onEdit: (pasted) => this.#field.edited(pasted),
    });
    for (const { name, value } of [...area.attributes]) {
      if (name.startsWith("aria-") || name === "id") code.content.setAttribute(name, value);
    }
    area.removeAttribute("id");
    this.#code = code;
    this.#field.moveTo(code);
    if (hadFocus) code.focus();
    area.remove();
    code.content.parentElement?.scrollTo({ top: scroll });
  }

  #resumeSwap(create: typeof import("../editor/codemirror.ts").createCodeEditor): void {
    if (!this.#swapWaits) return;
    this.#swapWaits = false;
    if (this.element.isConnected) this.#enterCode(create);
  }

  #leaveCode(): void {
    const code = this.#code;
    if (code === undefined) return;
    const hadFocus = this.element.contains(this.#context.document.activeElement);
    const selection = code.selection();
    this.#area.element.value = code.text();
    this.element.append(this.#area.element);
    this.#code = undefined;
    this.#field.moveTo(this.#area);
    code.dispose();
    if (!hadFocus) return;
    this.#area.element.focus();
    this.#area.element.setSelectionRange(selection.start, selection.end);
  }

  #settings(): CodeEditorSettings {
    const props = this.#context.props();
    return {
      language: readLanguage(props["highlight_syntax"]) ?? "plain",
      theme: props["highlight_theme"],
      wraps: props["wrapping"] !== "none",
      placeholder: readString(props["placeholder"]) ?? "",
      isDisabled: props["disabled"] === true,
      attributes: { dir: readString(props["text_direction"]) ?? "auto", "aria-multiline": "true" },
    };
  }

  #compositionEnded(): void {
    if (this.#code === undefined) this.#field.compositionEnded();
    else setTimeout(() => this.#field.compositionEnded(), COMPOSITION_FLUSH_MS);
  }

  #key(event: KeyboardEvent): void {
    // A shortcut may be about this text.
    if (this.#field instanceof TextSyncField && !wouldEdit(event)) this.#field.flush();
    if (this.#rules === null || this.#state.isDisabled || event.isComposing) return;
    const binding = matchKeyRule(this.#rules, event);
    this.#isKeyAllowed = binding?.kind === "default";
    if (this.#isKeyAllowed || (binding === null && !wouldEdit(event))) return;
    event.preventDefault();
    if (binding !== null) this.#run(binding);
  }

  #beforeInput(event: InputEvent): void {
    if (this.#rules === null || this.#isKeyAllowed || !event.inputType.startsWith("insert")) return;
    if (!allowsPlainText(this.#rules) && !this.#isRunning) event.preventDefault();
  }

  #run(binding: KeyBinding): void {
    const editor = this.#code ?? this.#area;
    this.#isRunning = true;
    switch (binding.kind) {
      case "custom":
        this.#context.emit("key_binding", binding.tag);
        break;
      case "insert":
      case "motion":
        editor.run(binding);
        break;
      case "sequence":
        for (const step of binding.bindings) this.#run(step);
        break;
      case "action":
        if (binding.action === "unfocus") this.focusTarget.blur();
        else if (binding.action === "copy" || binding.action === "cut") {
          this.#context.document.execCommand(binding.action);
        } else if (binding.action === "paste") this.#paste();
        else editor.run({ kind: "action", action: binding.action });
        break;
      case "default":
        break;
    }
    this.#isRunning = false;
  }

  #paste(): void {
    const clipboard = this.#context.document.defaultView?.navigator.clipboard;
    clipboard?.readText().then(
      (text) => {
        this.#isRunning = true;
        (this.#code ?? this.#area).run({ kind: "insert", text });
        this.#isRunning = false;
        if (this.#context.props()["on_paste"] === true) this.#context.emit("paste", text);
      },
      () => this.#context.diagnose("warn", "clipboard_denied", "The browser does not let the page read the clipboard."),
    );
  }
}

const CODE_PROPS = [
  "highlight_syntax",
  "highlight_theme",
  "wrapping",
  "placeholder",
  "disabled",
  "text_direction",
] as const;

const EDITING_KEYS: ReadonlySet<string> = new Set(
  "Enter Backspace Delete ArrowLeft ArrowRight ArrowUp ArrowDown Home End PageUp PageDown".split(" "),
);

/** Tab always moves on and keys of the browser itself keep working; everything that edits or moves is held back. */
function wouldEdit(event: KeyboardEvent): boolean {
  if (EDITING_KEYS.has(event.key)) return true;
  if ([...event.key].length !== 1) return false;
  return !(event.ctrlKey || event.metaKey) || "acvxzy".includes(event.key.toLowerCase());
}

/** Tells editors apart for as long as a text remembers them; not a secret. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  return Array.from(bytes, (byte) => byte.toString(36).padStart(2, "0")).join("");
}

/** With the line breaks that editors use, so that they do not come back as an edit. */
function readContent(props: WireProps): string {
  return (readString(props["content"]) ?? "").slice(0, MAX_CONTENT_CHARS).replace(/\r\n?/g, "\n");
}
