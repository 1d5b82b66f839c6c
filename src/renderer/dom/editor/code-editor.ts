import type { WireValue } from "../../../protocol/node.ts";
import type { TextSelection } from "../echo-diff.ts";
import type { TextHolder } from "../echo-field.ts";
import type { CodeLanguage } from "./code-language.ts";
import type { EditorAction, Motion } from "./key-bindings.ts";

/** What a text editor needs of the highlighting one, which is loaded when the first is shown. */
export interface CodeEditor extends TextHolder {
  /** The element that is edited: takes the focus and carries role and name. */
  readonly content: HTMLElement;
  select(selection: TextSelection): void;
  configure(settings: CodeEditorSettings): void;
  run(command: EditorCommand): void;
  focus(): void;
  dispose(): void;
}

export interface CodeEditorOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly selection: TextSelection;
  readonly settings: CodeEditorSettings;
  /** The document was edited by a person; `pasted` is what came from the clipboard. */
  readonly onEdit: (pasted: string | null) => void;
}

export interface CodeEditorSettings {
  readonly language: CodeLanguage;
  /** As the app names it. */
  readonly theme: WireValue | undefined;
  readonly wraps: boolean;
  readonly placeholder: string;
  readonly isDisabled: boolean;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What a key rule asks the editor itself to do. */
export type EditorCommand =
  | { readonly kind: "motion"; readonly motion: Motion; readonly select: boolean }
  | { readonly kind: "insert"; readonly text: string }
  | { readonly kind: "action"; readonly action: Exclude<EditorAction, "copy" | "cut" | "paste" | "unfocus"> };
