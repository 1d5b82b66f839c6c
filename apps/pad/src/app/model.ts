import type { Participant } from "plushie/room";
import type { TextSync } from "plushie/ui";
import { answeredTo } from "../shared/merge.ts";
import { filesByName, type PadFile, type Person, type Shared } from "../shared/model.ts";
import { personOf } from "../shared/person.ts";

/** What one participant's app holds: the shared model as it was last told, and what only this screen knows. */
export interface Model {
  readonly shared: Shared;
  /** This participant's id. */
  readonly me: string;
  readonly present: readonly Participant[];
  readonly route: "editor" | "browser";
  readonly search: string;
  /** Ids of the ticked files. */
  readonly selection: readonly string[];
  readonly newName: string;
  readonly newNameFault: string | undefined;
  readonly renaming: { readonly file: string; readonly name: string; readonly fault: string | undefined } | undefined;
  /** The person's own name while it is being changed. */
  readonly myName: string | undefined;
  readonly isDetached: boolean;
  readonly isAutoSave: boolean;
  readonly notice: Notice | undefined;
  /** The last batch of numbered edits that this person's editor told, and whether it was refused. */
  readonly told:
    | {
        readonly file: string;
        readonly editor: string;
        readonly number: number;
        readonly attempt: number;
        readonly isRefused: boolean;
      }
    | undefined;
  /**
   * Only of an editor that does not number its edits, as the next two: what it told last, while the room has not answered it:
   * shown until then, so that the editor is never told an older text. `waiting` counts the answers that are still to come.
   */
  readonly typing: { readonly file: string; readonly text: string; readonly waiting: number } | undefined;
  /**
   * The newest revision of a file's text that this person's editor is known to have shown: what is typed after that is typed
   * over nothing older.
   */
  readonly had: Shown | undefined;
  /** The editor was told this revision, and is asked whether it shows it. Nothing was typed since. */
  readonly asked: Shown | undefined;
  /** What was typed into the preview's fields, by path, until the experiment has answered. */
  readonly drafts: { readonly [path: string]: Draft };
  /** Makes a link that lets one more person in; absent where nobody can be invited. */
  readonly invite: (() => string) | undefined;
  /** The file whose editor gets the keyboard as soon as it is there. */
  readonly focusEditorOf: string | undefined;
}

export interface Shown {
  readonly file: string;
  readonly rev: number;
}

export interface Draft {
  readonly file: string;
  readonly text: string;
  /** The room has it; the next run of the experiment answers it. */
  readonly isQueued: boolean;
}

export interface Notice {
  readonly kind: "info" | "error";
  readonly text: string;
  /** Deleted files that can be brought back. */
  readonly undo?: readonly string[];
}

export interface Options {
  readonly sharedModel: Shared;
  readonly participantId: string;
  readonly participants: readonly Participant[];
}

export function startModel(options: Options, invite?: () => string): Model {
  return {
    shared: options.sharedModel,
    me: options.participantId,
    present: options.participants,
    route: "editor",
    search: "",
    selection: [],
    newName: "",
    newNameFault: undefined,
    renaming: undefined,
    myName: undefined,
    isDetached: false,
    isAutoSave: false,
    notice: undefined,
    told: undefined,
    typing: undefined,
    had: undefined,
    asked: undefined,
    drafts: {},
    invite,
    focusEditorOf: undefined,
  };
}

export function myself(model: Model): Person {
  return personOf(model.shared, model.me);
}

/** The file in the editor: the one this person chose, else the first. */
export function activeFile(model: Model): PadFile | undefined {
  const chosen = myself(model).file;
  return (chosen === undefined ? undefined : model.shared.files[chosen]) ?? filesByName(model.shared)[0];
}

/** What the editor of a file shows. */
export function shownText({ typing }: Model, file: PadFile): string {
  return typing?.file === file.id ? typing.text : file.draft.text;
}

/** Which text of a file its editor is told, and how far that has what the editor told. */
export function syncOf({ told }: Model, file: PadFile): TextSync {
  const { rev } = file.draft;
  if (told === undefined || told.file !== file.id) return { revision: rev };
  const { number, attempt } = told.isRefused ? told : answeredTo(file.draft, told.editor);
  return { revision: rev, editor: told.editor, answered: number, attempt };
}

/** The files in the sidebar: all, or those whose name has the searched text in it. */
export function listedFiles(model: Model): readonly PadFile[] {
  const wanted = model.search.trim().toLowerCase();
  return filesByName(model.shared).filter((file) => file.name.toLowerCase().includes(wanted));
}

/** The ticked files that are listed; what a search hides is never deleted with them. */
export function selectedFiles(model: Model): readonly PadFile[] {
  return listedFiles(model).filter((file) => model.selection.includes(file.id));
}

/** Id of the container around a file's editor; every file has an editor of its own, so nothing typed can reach another. */
export function editorScope(file: string): string {
  return `editor-${file}`;
}
