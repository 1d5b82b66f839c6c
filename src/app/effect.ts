import type { EffectKind } from "../protocol/effect.ts";
import type { WireValue } from "../protocol/node.ts";
import { brand, COMMAND } from "./brand.ts";
import { type EffectCommand, present } from "./command.ts";

/** What a file dialog starts with. */
export interface DialogOptions {
  readonly title?: string | undefined;
  readonly directory?: string | undefined;
  readonly filters?: readonly FileFilter[] | undefined;
  readonly defaultName?: string | undefined;
}

/** A kind of files: a name and extensions without dots. */
export interface FileFilter {
  readonly name: string;
  readonly extensions: readonly string[];
}

export interface NotificationOptions {
  readonly title: string;
  readonly body: string;
  readonly icon?: string | undefined;
  /** In milliseconds. */
  readonly timeout?: number | undefined;
  readonly urgency?: "low" | "normal" | "critical" | undefined;
  readonly sound?: string | undefined;
}

/**
 * Makes commands that ask the renderer's platform for something. Each is answered by one event of kind `effect` with the
 * same tag: `ok` with a result, `error`, `cancelled` (the dialog was closed) or `unsupported`.
 */
export const Effect = Object.freeze({
  /** A dialog for one file; the result is `{ path }`. */
  fileOpen: (options: DialogOptions, tag: string): EffectCommand => dialog("file_open", options, tag),
  /** The result is `{ paths }`. */
  fileOpenMultiple: (options: DialogOptions, tag: string): EffectCommand => dialog("file_open_multiple", options, tag),
  fileSave: (options: DialogOptions, tag: string): EffectCommand => dialog("file_save", options, tag),
  directorySelect: (options: DialogOptions, tag: string): EffectCommand => dialog("directory_select", options, tag),
  directorySelectMultiple: (options: DialogOptions, tag: string): EffectCommand =>
    dialog("directory_select_multiple", options, tag),

  /** The result is `{ text }`, empty when the clipboard holds no text. */
  clipboardRead: (tag: string): EffectCommand => effect("clipboard_read", {}, tag),
  clipboardWrite: (text: string, tag: string): EffectCommand => effect("clipboard_write", { text }, tag),
  /** The result is `{ html }`. */
  clipboardReadHtml: (tag: string): EffectCommand => effect("clipboard_read_html", {}, tag),
  clipboardWriteHtml: (
    content: { readonly html: string; readonly altText?: string | undefined },
    tag: string,
  ): EffectCommand => effect("clipboard_write_html", present({ html: content.html, alt_text: content.altText }), tag),
  clipboardClear: (tag: string): EffectCommand => effect("clipboard_clear", {}, tag),
  /** The selection clipboard of Linux; elsewhere the answer is `unsupported`. */
  clipboardReadPrimary: (tag: string): EffectCommand => effect("clipboard_read_primary", {}, tag),
  clipboardWritePrimary: (text: string, tag: string): EffectCommand => effect("clipboard_write_primary", { text }, tag),

  notification: (options: NotificationOptions, tag: string): EffectCommand =>
    effect("notification", present({ ...options }), tag),
});

function dialog(kind: EffectKind, options: DialogOptions, tag: string): EffectCommand {
  const filters = options.filters?.map(({ name, extensions }): WireValue => [name, extensions.join(";")]);
  return effect(
    kind,
    present({ title: options.title, directory: options.directory, filters, default_name: options.defaultName }),
    tag,
  );
}

function effect(kind: EffectKind, payload: { readonly [key: string]: WireValue }, tag: string): EffectCommand {
  if (typeof tag !== "string" || tag === "") throw new TypeError(`an effect needs a tag: a non-empty string`);
  return brand(COMMAND, { kind: "effect", effect: kind, payload: Object.freeze(payload), tag });
}
