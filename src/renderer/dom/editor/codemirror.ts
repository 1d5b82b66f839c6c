import {
  cursorCharLeft,
  cursorCharRight,
  cursorDocEnd,
  cursorDocStart,
  cursorGroupLeft,
  cursorGroupRight,
  cursorLineBoundaryBackward,
  cursorLineBoundaryForward,
  cursorLineDown,
  cursorLineUp,
  cursorPageDown,
  cursorPageUp,
  defaultKeymap,
  deleteCharBackward,
  deleteCharForward,
  history,
  historyKeymap,
  insertNewlineAndIndent,
  selectAll,
  selectCharLeft,
  selectCharRight,
  selectDocEnd,
  selectDocStart,
  selectGroupLeft,
  selectGroupRight,
  selectLine,
  selectLineBoundaryBackward,
  selectLineBoundaryForward,
  selectLineDown,
  selectLineUp,
  selectPageDown,
  selectPageUp,
} from "@codemirror/commands";
import { javascriptLanguage, jsxLanguage, tsxLanguage, typescriptLanguage } from "@codemirror/lang-javascript";
import { bracketMatching, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { Annotation, Compartment, EditorSelection, EditorState, type Extension, Transaction } from "@codemirror/state";
import { type Command, EditorView, keymap, placeholder } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { TextSelection } from "../echo-diff.ts";
import { addSheet } from "../style-sheet.ts";
import { differences } from "../text-differences.ts";
import type { CodeEditor, CodeEditorOptions, CodeEditorSettings, EditorCommand } from "./code-editor.ts";
import type { CodeLanguage } from "./code-language.ts";
import { type CodeTheme, readCodeTheme } from "./code-theme.ts";
import type { Motion } from "./key-bindings.ts";
import { styleRoot } from "./style-root.ts";

// Loaded on first use only: nothing outside this folder imports it statically.

const css = `
.pl-editor .cm-editor{flex:1 1 auto;min-height:0;min-width:0;outline:none}
.pl-editor .cm-scroller{font-family:inherit;line-height:inherit;overflow:auto;scrollbar-width:thin}
.pl-editor .cm-content{padding:0;tab-size:4;caret-color:currentColor;font-feature-settings:inherit;font-variant-ligatures:no-contextual}
.pl-editor .cm-line{padding:0}
.pl-editor .cm-placeholder{color:var(--f-placeholder-own,var(--f-placeholder))}
.pl-editor .cm-content ::selection,.pl-editor .cm-line::selection{background:var(--f-sel,var(--sel))}
.pl-editor .cm-matchingBracket{background:color-mix(in srgb,currentColor 18%,transparent)!important;color:inherit}
.pl-editor .cm-nonmatchingBracket{color:inherit}
.pl-editor .cm-editor:not(.cm-focused) .cm-matchingBracket{background:none!important}
`;

/** Marks what the app changed, so that it is not reported back. */
const fromApp = Annotation.define<boolean>();

const MOTION_COMMANDS: Readonly<Record<Motion, { readonly move: Command; readonly select: Command }>> = {
  left: { move: cursorCharLeft, select: selectCharLeft },
  right: { move: cursorCharRight, select: selectCharRight },
  up: { move: cursorLineUp, select: selectLineUp },
  down: { move: cursorLineDown, select: selectLineDown },
  word_left: { move: cursorGroupLeft, select: selectGroupLeft },
  word_right: { move: cursorGroupRight, select: selectGroupRight },
  home: { move: cursorLineBoundaryBackward, select: selectLineBoundaryBackward },
  end: { move: cursorLineBoundaryForward, select: selectLineBoundaryForward },
  page_up: { move: cursorPageUp, select: selectPageUp },
  page_down: { move: cursorPageDown, select: selectPageDown },
  document_start: { move: cursorDocStart, select: selectDocStart },
  document_end: { move: cursorDocEnd, select: selectDocEnd },
};

export function createCodeEditor(options: CodeEditorOptions): CodeEditor {
  const { parent } = options;
  addSheet(parent.ownerDocument, css);
  const configurable = new Compartment();
  const view = new EditorView({
    parent,
    root: styleRoot(parent.ownerDocument),
    state: EditorState.create({
      doc: options.text,
      selection: clampedSelection(options.text, options.selection),
      extensions: [
        configurable.of(configuration(options.settings)),
        history(),
        bracketMatching(),
        keymap.of([...defaultKeymap, ...historyKeymap]),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged || update.transactions.some((one) => one.annotation(fromApp) === true)) return;
          const isPaste = update.transactions.some((one) => one.isUserEvent("input.paste"));
          options.onEdit(isPaste ? insertedText(update.transactions) : null);
        }),
      ],
    }),
  });

  showBackground(parent, options.settings);

  return {
    content: view.contentDOM,
    text: () => view.state.doc.toString(),
    selection: () => ({ start: view.state.selection.main.from, end: view.state.selection.main.to }),
    show(text, selection) {
      const edits = differences(view.state.doc.toString(), text);
      // The change stays out of the undo history, which is carried over it; the view keeps its scroll position.
      view.dispatch({
        changes: edits.map(({ start, end, insert }) => ({ from: start, to: end, insert })),
        selection: clampedSelection(text, selection),
        annotations: [fromApp.of(true), Transaction.addToHistory.of(false)],
      });
    },
    select(selection) {
      const text = view.state.doc.toString();
      view.dispatch({ selection: clampedSelection(text, selection), scrollIntoView: true });
    },
    configure(settings) {
      view.dispatch({ effects: configurable.reconfigure(configuration(settings)) });
      showBackground(parent, settings);
    },
    run: (command) => run(view, command),
    focus: () => view.focus(),
    dispose() {
      parent.style.removeProperty(BACKGROUND);
      view.destroy();
    },
  };
}

/** The field around the code has the color of the theme, too. */
const BACKGROUND = "--f-code-bg";

function showBackground(field: HTMLElement, settings: CodeEditorSettings): void {
  const { background } = readCodeTheme(settings.theme);
  if (background === "transparent") field.style.removeProperty(BACKGROUND);
  else field.style.setProperty(BACKGROUND, background);
}

function run(view: EditorView, command: EditorCommand): void {
  if (command.kind === "insert") {
    view.dispatch(view.state.replaceSelection(command.text), { userEvent: "input.type", scrollIntoView: true });
    return;
  }
  if (command.kind === "motion") {
    const commands = MOTION_COMMANDS[command.motion];
    (command.select ? commands.select : commands.move)(view);
    return;
  }
  switch (command.action) {
    case "select_all":
      selectAll(view);
      return;
    case "select_line":
      selectLine(view);
      return;
    case "select_word": {
      const word = view.state.wordAt(view.state.selection.main.head);
      if (word !== null) view.dispatch({ selection: word });
      return;
    }
    case "enter":
      insertNewlineAndIndent(view);
      return;
    case "backspace":
      deleteCharBackward(view);
      return;
    case "delete":
      deleteCharForward(view);
  }
}

function configuration(settings: CodeEditorSettings): Extension {
  const theme = readCodeTheme(settings.theme);
  return [
    languageExtension(settings.language),
    syntaxHighlighting(highlightStyle(theme)),
    EditorView.theme(
      {
        "&": { color: theme.text },
        ...(theme.selection === ""
          ? {}
          : { ".cm-content ::selection, .cm-line::selection": { backgroundColor: theme.selection } }),
      },
      theme.isDark === null ? {} : { dark: theme.isDark },
    ),
    settings.wraps ? EditorView.lineWrapping : [],
    settings.placeholder === "" ? [] : placeholder(settings.placeholder),
    EditorState.readOnly.of(settings.isDisabled),
    EditorView.editable.of(!settings.isDisabled),
    EditorView.contentAttributes.of({ spellcheck: "false", ...settings.attributes }),
  ];
}

function languageExtension(language: CodeLanguage): Extension {
  switch (language) {
    case "javascript":
      return javascriptLanguage;
    case "jsx":
      return jsxLanguage;
    case "typescript":
      return typescriptLanguage;
    case "tsx":
      return tsxLanguage;
    case "json":
      return javascriptLanguage.configure({ top: "SingleExpression" });
    case "plain":
      return [];
  }
}

function highlightStyle(theme: CodeTheme): HighlightStyle {
  return HighlightStyle.define([
    { tag: [tags.comment, tags.docComment], color: theme.comment, fontStyle: "italic" },
    { tag: [tags.keyword, tags.modifier, tags.self], color: theme.keyword },
    { tag: [tags.string, tags.special(tags.string), tags.regexp], color: theme.string },
    { tag: [tags.number, tags.bool, tags.null, tags.atom], color: theme.number },
    { tag: tags.constant(tags.variableName), color: theme.constant },
    { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: theme.function },
    { tag: [tags.typeName, tags.className, tags.namespace], color: theme.type },
    { tag: tags.propertyName, color: theme.property },
    { tag: tags.tagName, color: theme.tag },
    { tag: tags.attributeName, color: theme.attribute },
    { tag: tags.operator, color: theme.operator },
    { tag: tags.invalid, color: theme.invalid },
  ]);
}

function insertedText(transactions: readonly Transaction[]): string {
  let inserted = "";
  for (const one of transactions) {
    one.changes.iterChanges((_fromOld, _toOld, _from, _to, text) => {
      inserted += text.toString();
    });
  }
  return inserted;
}

function clampedSelection(text: string, selection: TextSelection): EditorSelection {
  const clamp = (position: number): number => Math.max(0, Math.min(position, text.length));
  return EditorSelection.single(clamp(selection.start), clamp(selection.end));
}
