import type { PlainElement } from "plushie/sandbox";
import type { Batch, SharedText, Splice } from "./merge.ts";

/** What everybody in the pad shares. Plain JSON data, changed by actions only. */
export interface Shared {
  readonly files: { readonly [id: string]: PadFile };
  /** Deleted files, newest first, until they are forgotten. */
  readonly trash: readonly PadFile[];
  readonly people: { readonly [id: string]: Person };
  /** What happened, newest first. */
  readonly log: readonly LogLine[];
  /** Number for the next file's id. */
  readonly nextFile: number;
}

export interface PadFile {
  /** Stays the same when the file is renamed. */
  readonly id: string;
  readonly name: string;
  /** What the editors show. */
  readonly draft: SharedText;
  /** What the last save took; this is what is run and what is in the folder. */
  readonly saved: string;
  readonly savedAt: number;
  /** Counts saves. */
  readonly version: number;
  readonly preview: Preview;
  /** Why the file is not in the folder. */
  readonly diskError?: string;
}

export interface Preview {
  /** The save it belongs to. */
  readonly version: number;
  readonly status: "pending" | "ready" | "failed";
  /** The last tree that worked; also shown, dimmed, while the next save is being compiled. */
  readonly tree?: PlainElement;
  /** The experiment's model, as JSON text. */
  readonly state?: string;
  readonly error?: PreviewError;
  /** Events that were accepted and have not run yet, oldest first. */
  readonly queue: readonly PreviewEvent[];
}

export interface PreviewError {
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

export interface PreviewEvent {
  readonly type: string;
  readonly path: string;
  readonly value?: unknown;
}

export interface Person {
  readonly name: string;
  readonly color: string;
  /** The file in this person's editor. */
  readonly file?: string;
  readonly dark: boolean;
  readonly seenAt: number;
}

export interface LogLine {
  /** Number of the action it tells of. */
  readonly seq: number;
  readonly at: number;
  readonly who: string;
  readonly text: string;
}

export type Action =
  | { readonly type: "hello" }
  | { readonly type: "person"; readonly name?: string; readonly file?: string; readonly dark?: boolean }
  /** What was typed into an editor that numbers its edits. */
  | { readonly type: "batch"; readonly file: string; readonly batch: Batch }
  /**
   * The new text of an editor that does not, as a change to the text of a revision that the sender's app had. `had` is the newest revision that
   * the editor is known to have shown.
   */
  | {
      readonly type: "edit";
      readonly file: string;
      readonly rev: number;
      readonly had?: number;
      readonly splice: Splice | null;
    }
  | { readonly type: "save"; readonly file: string }
  | { readonly type: "create"; readonly name: string }
  | { readonly type: "rename"; readonly file: string; readonly name: string }
  | { readonly type: "delete"; readonly files: readonly string[] }
  | { readonly type: "restore"; readonly file: string }
  | { readonly type: "preview"; readonly file: string; readonly version: number; readonly event: PreviewEvent }
  /** The host's own: what running gave, what the folder holds. */
  | {
      readonly type: "ran";
      readonly file: string;
      readonly version: number;
      /** How many queued events the run has taken. */
      readonly events: number;
      readonly result: RunResult;
    }
  | { readonly type: "disk"; readonly file: string; readonly error: string | null }
  | { readonly type: "import"; readonly name: string; readonly text: string };

export type RunResult =
  | { readonly ok: true; readonly tree: PlainElement; readonly state?: string; readonly logs: readonly string[] }
  | { readonly ok: false; readonly error: PreviewError; readonly logs: readonly string[] };

export const MAX_FILES = 200;
export const MAX_TRASH = 20;
export const MAX_PEOPLE = 200;
export const MAX_LOG_LINES = 20;
export const MAX_QUEUED_EVENTS = 100;
export const MAX_FILE_CHARS = 256 * 1024;
export const MAX_PERSON_NAME_CHARS = 24;

export function filesByName(shared: Shared): readonly PadFile[] {
  return Object.values(shared.files).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

export function isUnsaved(file: PadFile): boolean {
  return file.draft.text !== file.saved;
}

export function fileNamed(shared: Shared, name: string): PadFile | undefined {
  const wanted = name.toLowerCase();
  return Object.values(shared.files).find((file) => file.name.toLowerCase() === wanted);
}
