import { Command, Effect, type Event, isEffect, isKeyPress, isSystem, isTimer, type Returned, task } from "plushie";
import type { BroadcastEvent } from "plushie/room";
import { spliceBetween } from "../shared/merge.ts";
import { type Action, isUnsaved, type PadFile, type Shared } from "../shared/model.ts";
import { nameRefusal } from "../shared/refusal.ts";
import { activeFile, editorScope, type Model, myself, type Shown, selectedFiles } from "./model.ts";

export type PadEvent = Event | BroadcastEvent<Shared>;
type Next = Returned<Model, PadEvent>;

const COPIED = "copied";
const DELETED = "This file was deleted; what you type here is not kept";
const invitation = task<string>("invitation");
export const AUTO_SAVE = "auto-save";

export function update(model: Model, event: PadEvent): Next {
  if (event.kind === "broadcast") return hear(model, event);
  if (event.kind === "widget") return onWidget(model, event);
  if (isTimer(event, AUTO_SAVE)) return autoSave(model);
  if (isSystem(event, "focused")) return isShown(model, event.tag);
  if (invitation.isDone(event)) {
    const text = `For one more person, once: ${event.value}`;
    return [notify(model, "info", text), Effect.clipboardWrite(event.value, "invitation")];
  }
  if (isKeyPress(event)) return onKey(model, event);
  if (isEffect(event, "clipboard_write", COPIED)) {
    const isDone = event.type === "ok";
    return notify(
      model,
      isDone ? "info" : "error",
      isDone ? "Copied to the clipboard" : "The clipboard cannot be used here",
    );
  }
  if (event.kind === "window" && event.type === "close_requested" && event.windowId === "experiment") {
    return { ...model, isDetached: false };
  }
  return model;
}

function hear(model: Model, event: PadEvent & { kind: "broadcast" }): Next {
  switch (event.type) {
    case "model":
      return hearModel(model, event);
    case "presence":
      return { ...model, present: event.participants };
    case "published":
      return model;
    case "refused":
    case "failed":
      return notify(refused(answered(model)), "error", event.message);
  }
}

/** One thing that was typed is in the shared text, or will never be. After the last one the shared text is shown. */
function answered(model: Model): Model {
  const { typing } = model;
  if (typing === undefined) return model;
  return { ...model, typing: typing.waiting > 1 ? { ...typing, waiting: typing.waiting - 1 } : undefined };
}

/** What was told last will not come: its editor goes on with the shared text, which says whether it is in there. */
function refused(model: Model): Model {
  const { told } = model;
  return told === undefined ? model : { ...model, told: { ...told, isRefused: true } };
}

/** Drafts of preview fields go when the experiment has run everything that was queued, or is another one. */
function remaining(drafts: Model["drafts"], shared: Shared, isQueued: boolean): Model["drafts"] {
  const paths = Object.keys(drafts);
  if (paths.length === 0) return drafts;
  return Object.fromEntries(
    Object.entries(drafts)
      .map(([path, draft]) => [path, isQueued ? { ...draft, isQueued } : draft] as const)
      .filter(([, draft]) => {
        const preview = shared.files[draft.file]?.preview;
        if (preview?.status !== "ready") return false;
        return !draft.isQueued || preview.queue.length > 0;
      }),
  );
}

/**
 * Asks the renderer something, for the sake of the order: it answers after it has shown what it was told before. While the
 * editor shows what was typed last, it is told nothing of the room, so there is nothing to ask.
 */
function asking(model: Model): readonly [Model, readonly Command[]] {
  const file = activeFile(model);
  // An editor that numbers its edits says it itself.
  if (file === undefined || model.told !== undefined || model.typing?.file === file.id) return [model, []];
  const shown: Shown = { file: file.id, rev: file.draft.rev };
  if (isSame(shown, model.had) || isSame(shown, model.asked)) return [model, []];
  return [{ ...model, asked: shown }, [Command.findFocused(tagOf(shown))]];
}

function isShown(model: Model, tag: string): Model {
  const { asked } = model;
  return asked === undefined || tagOf(asked) !== tag ? model : { ...model, had: asked, asked: undefined };
}

function tagOf({ file, rev }: Shown): string {
  return `shown-${file}-${rev}`;
}

function isSame(a: Shown, b: Shown | undefined): boolean {
  return a.file === b?.file && a.rev === b.rev;
}

function isQueueReply(reply: unknown): boolean {
  return typeof reply === "object" && reply !== null && "queued" in reply;
}

function isEditReply(reply: unknown): boolean {
  return typeof reply === "object" && reply !== null && "edited" in reply;
}

function hearModel(model: Model, event: BroadcastEvent<Shared> & { type: "model" }): Next {
  const isAnswer = event.originatorId === model.me && isEditReply(event.reply);
  const isQueued = event.originatorId === model.me && isQueueReply(event.reply);
  const heard = { ...model, shared: event.model, drafts: remaining(model.drafts, event.model, isQueued) };
  const next = isAnswer ? answered(heard) : heard;
  const opened = event.originatorId === model.me ? openedBy(event.reply) : undefined;
  if (opened !== undefined) return [{ ...next, focusEditorOf: opened }, share({ type: "person", file: opened })];
  const [told, questions] = asking(next);
  if (told.focusEditorOf !== undefined && activeFile(told)?.id === told.focusEditorOf) {
    const focus = Command.focus(`${editorScope(told.focusEditorOf)}/editor`);
    return [{ ...told, focusEditorOf: undefined }, [focus, ...questions]];
  }
  return [told, questions];
}

function openedBy(reply: unknown): string | undefined {
  const isReply = typeof reply === "object" && reply !== null && "open" in reply;
  return isReply && typeof reply.open === "string" ? reply.open : undefined;
}

function onWidget(model: Model, event: PadEvent & { kind: "widget" }): Next {
  if (event.scope.includes("preview")) return onPreview(model, event);
  switch (event.type) {
    case "input":
      return onInput(model, event);
    case "edit":
      return onEdit(model, event);
    case "submit":
      return onSubmit(model, event);
    case "click":
      return onClick(model, event);
    case "toggle":
      return onToggle(model, event);
    default:
      return model;
  }
}

function onEdit(model: Model, { scope, value }: PadEvent & { kind: "widget"; type: "edit" }): Next {
  const file = fileOfEditor(model, scope);
  if (file === undefined) return notify(model, "error", DELETED);
  const { editor, number, attempt } = value;
  const told = { file: file.id, editor, number, attempt, isRefused: false };
  return [{ ...model, told }, share({ type: "batch", file: file.id, batch: value })];
}

function fileOfEditor(model: Model, scope: readonly string[]): PadFile | undefined {
  return Object.values(model.shared.files).find((candidate) => scope.includes(editorScope(candidate.id)));
}

function onInput(model: Model, { id, scope, value }: PadEvent & { kind: "widget"; type: "input" }): Next {
  switch (id) {
    case "editor": {
      const file = fileOfEditor(model, scope);
      if (file === undefined) return notify(model, "error", DELETED);
      const { text, rev } = file.draft;
      const waiting = (model.typing?.file === file.id ? model.typing.waiting : 0) + 1;
      const typing = { file: file.id, text: value, waiting };
      const had = model.had?.file === file.id ? { had: model.had.rev } : {};
      return [
        { ...model, typing, asked: undefined },
        share({ type: "edit", file: file.id, rev, ...had, splice: spliceBetween(text, value) ?? null }),
      ];
    }
    case "search":
      return { ...model, search: value };
    case "new-name":
      return { ...model, newName: value, newNameFault: undefined };
    case "new-file-name":
      return model.renaming === undefined
        ? model
        : { ...model, renaming: { ...model.renaming, name: value, fault: undefined } };
    case "my-name":
      return { ...model, myName: value };
    default:
      return model;
  }
}

function onSubmit(model: Model, { id }: PadEvent & { kind: "widget"; type: "submit" }): Next {
  switch (id) {
    case "new-name":
      return createFile(model);
    case "new-file-name":
      return finishRename(model);
    case "my-name":
      return finishMyName(model);
    default:
      return model;
  }
}

function onClick(model: Model, { id, scope }: PadEvent & { kind: "widget"; type: "click" }): Next {
  const row = Object.values(model.shared.files).find(
    (file) => scope.includes(file.name) || scope.includes(`browse-${file.id}`),
  );
  switch (id) {
    case "save":
      return save(model);
    case "select":
    case "open":
      if (row === undefined) return model;
      return [{ ...model, route: "editor", focusEditorOf: row.id }, share({ type: "person", file: row.id })];
    case "delete":
      return row === undefined ? model : deleteFiles(model, [row.id]);
    case "delete-selected":
      return deleteFiles(
        model,
        selectedFiles(model).map((file) => file.id),
      );
    case "undo-delete":
      return [
        { ...model, notice: undefined },
        Command.batch((model.notice?.undo ?? []).map((file) => share({ type: "restore", file }))),
      ];
    case "dismiss":
      return { ...model, notice: undefined };
    case "create":
      return createFile(model);
    case "rename":
      return startRename(model);
    case "rename-done":
      return finishRename(model);
    case "rename-cancel":
      return { ...model, renaming: undefined };
    case "copy": {
      const file = activeFile(model);
      return file === undefined ? model : [model, Effect.clipboardWrite(file.draft.text, COPIED)];
    }
    case "invite": {
      const { invite } = model;
      return invite === undefined ? model : [model, invitation.run(() => invite())];
    }
    case "detach":
      return { ...model, isDetached: !model.isDetached };
    case "show-browser":
      return { ...model, route: "browser" };
    case "back-to-editor":
      return { ...model, route: "editor" };
    case "me":
      return [{ ...model, myName: myself(model).name }, Command.focus("my-name")];
    case "my-name-done":
      return finishMyName(model);
    default:
      return model;
  }
}

function onToggle(model: Model, { id, scope, value }: PadEvent & { kind: "widget"; type: "toggle" }): Next {
  switch (id) {
    case "auto-save":
      return { ...model, isAutoSave: value };
    case "dark":
      return [model, share({ type: "person", dark: value })];
    case "file-select": {
      const file = Object.values(model.shared.files).find((candidate) => scope.includes(candidate.name));
      if (file === undefined) return model;
      const others = model.selection.filter((ticked) => ticked !== file.id);
      return { ...model, selection: value ? [...others, file.id] : others };
    }
    default:
      return model;
  }
}

/** What an experiment hears; looks and focus are the screen's own business. */
const PREVIEW_FAMILIES: ReadonlySet<string> = new Set([
  "click",
  "toggle",
  "select",
  "input",
  "submit",
  "slide",
  "slide_release",
  "link_click",
  "sort",
  "open",
  "close",
  "pane_clicked",
  "pane_resized",
]);

/** What happens in the preview belongs to the experiment; its path starts below the preview. */
function onPreview(model: Model, event: PadEvent & { kind: "widget" }): Next {
  const file = activeFile(model);
  if (file === undefined || !PREVIEW_FAMILIES.has(event.type)) return model;
  const below = event.scope.slice(0, event.scope.indexOf("preview"));
  const path = [...below].reverse().concat(event.id).join("/");
  const value = "value" in event && event.value !== undefined && event.value !== null ? { value: event.value } : {};
  const { version } = file.preview;
  const next =
    event.type === "input"
      ? { ...model, drafts: { ...model.drafts, [path]: { file: file.id, text: event.value, isQueued: false } } }
      : model;
  return [next, share({ type: "preview", file: file.id, version, event: { type: event.type, path, ...value } })];
}

function onKey(model: Model, event: PadEvent & { kind: "key" }): Next {
  if (isKeyPress(event, { key: "s", command: true })) return save(model);
  if (isKeyPress(event, { key: "n", alt: true })) return [{ ...model, route: "editor" }, Command.focus("new-name")];
  if (isKeyPress(event, { key: "F2" })) return startRename(model);
  if (isKeyPress(event, { key: "Escape" })) {
    return { ...model, notice: undefined, renaming: undefined, myName: undefined, newNameFault: undefined };
  }
  return model;
}

function save(model: Model): Next {
  const file = activeFile(model);
  return file === undefined ? model : [{ ...model, notice: undefined }, share({ type: "save", file: file.id })];
}

function autoSave(model: Model): Next {
  const file = activeFile(model);
  return model.isAutoSave && file !== undefined && isUnsaved(file) ? save(model) : model;
}

function createFile(model: Model): Next {
  const fault = nameRefusal(model.shared, model.newName);
  if (fault !== undefined) return { ...model, newNameFault: fault };
  return [{ ...model, newName: "", newNameFault: undefined }, share({ type: "create", name: model.newName })];
}

function startRename(model: Model): Next {
  const file = activeFile(model);
  if (file === undefined) return model;
  return [{ ...model, renaming: { file: file.id, name: file.name, fault: undefined } }, Command.focus("new-file-name")];
}

function finishRename(model: Model): Next {
  const { renaming } = model;
  if (renaming === undefined) return model;
  const fault = nameRefusal(model.shared, renaming.name, renaming.file);
  if (fault !== undefined) return { ...model, renaming: { ...renaming, fault } };
  return [{ ...model, renaming: undefined }, share({ type: "rename", file: renaming.file, name: renaming.name })];
}

function finishMyName(model: Model): Next {
  const name = (model.myName ?? "").trim();
  const done = { ...model, myName: undefined };
  return name === "" || name === myself(model).name ? done : [done, share({ type: "person", name })];
}

function deleteFiles(model: Model, files: readonly string[]): Next {
  const names = files.flatMap((id) => model.shared.files[id]?.name ?? []);
  if (names.length === 0) return model;
  const text = names.length === 1 ? `Deleted ${names[0]}` : `Deleted ${names.length} files`;
  const selection = model.selection.filter((ticked) => !files.includes(ticked));
  return [{ ...model, selection, notice: { kind: "info", text, undo: files } }, share({ type: "delete", files })];
}

function notify(model: Model, kind: "info" | "error", text: string): Model {
  return { ...model, notice: { kind, text } };
}

function share(action: Action) {
  return Command.share(action);
}
