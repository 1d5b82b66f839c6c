import { type ActionContext, change, type SharedDefinition, type SharedResult } from "plushie/room";
import { accept } from "./accept.ts";
import { completeName } from "./file-name.ts";
import {
  applySplice,
  createText,
  editText,
  normalize,
  replaceText,
  type SharedText,
  takeBatch,
  textAt,
} from "./merge.ts";
import {
  type Action,
  fileNamed,
  MAX_FILE_CHARS,
  MAX_LOG_LINES,
  MAX_PEOPLE,
  MAX_QUEUED_EVENTS,
  MAX_TRASH,
  type PadFile,
  type Person,
  type Preview,
  type PreviewEvent,
  type Shared,
} from "./model.ts";
import { freeColor, personOf } from "./person.ts";
import { fullRefusal, nameRefusal } from "./refusal.ts";
import { templateFor } from "./template.ts";

/** The pad's room. */
export const padDefinition: SharedDefinition<Shared, Action> = {
  name: "pad",
  version: "2",
  migrate,
  init: () => ({ files: {}, trash: [], people: {}, log: [], nextFile: 1 }),
  update,
  accept,
};

/** Answer to the author of `create` and `restore`: the file to open. */
export interface OpenReply {
  readonly open: string;
}

/** Answer to the author of an `edit` or a `batch`: what was typed is in the shared text now. */
export interface EditReply {
  readonly edited: string;
}

/** Answer to the author of a `preview` event: it waits for its run. */
export interface QueueReply {
  readonly queued: string;
}

/** Before version 2 no editor numbered its edits. */
function migrate(stored: unknown): Shared {
  // A room stores what `update` made; version 1 differs in this one member.
  const shared = stored as Shared;
  const upgraded = (file: PadFile): PadFile => ({ ...file, draft: { ...file.draft, answered: [] } });
  const files = Object.entries(shared.files).map(([id, file]) => [id, upgraded(file)] as const);
  return { ...shared, files: Object.fromEntries(files), trash: shared.trash.map(upgraded) };
}

function update(shared: Shared, action: Action, context: ActionContext): SharedResult<Shared> {
  switch (action.type) {
    case "hello":
      return withPerson(shared, context, {});
    case "person":
      return withPerson(shared, context, action);
    case "batch":
      return withFile<SharedResult<Shared>>(shared, action.file, (file) =>
        edited(shared, file, takeBatch(file.draft, action.batch)),
      );
    case "edit":
      return edit(shared, action, context);
    case "save":
      return withFile(shared, action.file, (file) => save(shared, file, context));
    case "create":
      return create(shared, action.name, templateFor(completeName(action.name)), context);
    case "import":
      return importFile(shared, action.name, action.text, context);
    case "rename":
      return withFile(shared, action.file, (file) => rename(shared, file, action.name, context));
    case "delete":
      return remove(shared, action.files, context);
    case "restore":
      return restore(shared, action.file, context);
    case "preview":
      return withFile<SharedResult<Shared>>(shared, action.file, (file) => enqueue(shared, file, action, context));
    case "ran":
      return withFile(shared, action.file, (file) => ran(shared, file, action, context));
    case "disk":
      return withFile(shared, action.file, ({ diskError: _, ...file }) =>
        putFile(shared, action.error === null ? file : { ...file, diskError: action.error }),
      );
  }
}

function edit(shared: Shared, action: Action & { type: "edit" }, context: ActionContext): SharedResult<Shared> {
  return withFile<SharedResult<Shared>>(shared, action.file, (file) => {
    const seen = textAt(file.draft, action.rev);
    if (seen === undefined) throw new Error(`revision ${action.rev} of ${file.name} is too old to edit`);
    const text = action.splice === null ? seen : applySplice(seen, action.splice);
    return edited(shared, file, editText(file.draft, context.participant, action.rev, text, action.had));
  });
}

function edited(shared: Shared, file: PadFile, draft: SharedText): SharedResult<Shared> {
  if (draft.text.length > MAX_FILE_CHARS)
    throw new Error(`${file.name} would have more than ${MAX_FILE_CHARS} characters`);
  return change(putFile(shared, { ...file, draft }), { reply: { edited: file.id } satisfies EditReply });
}

function save(shared: Shared, file: PadFile, context: ActionContext): Shared {
  const version = file.version + 1;
  const preview: Preview = {
    version,
    status: "pending",
    queue: [],
    ...(file.preview.tree === undefined ? {} : { tree: file.preview.tree }),
  };
  const saved = { ...file, saved: file.draft.text, savedAt: context.at, version, preview };
  return logged(putFile(shared, saved), context, `saved ${file.name}`);
}

function create(shared: Shared, typed: string, text: string, context: ActionContext): SharedResult<Shared> {
  // Asked again: somebody may have taken the name in the same turn.
  refuse(fullRefusal(shared) ?? nameRefusal(shared, typed));
  const name = completeName(typed);
  const id = `f${shared.nextFile}`;
  const file: PadFile = {
    id,
    name,
    draft: createText(text),
    saved: normalize(text),
    savedAt: context.at,
    version: 1,
    preview: { version: 1, status: "pending", queue: [] },
  };
  const next = putFile({ ...shared, nextFile: shared.nextFile + 1 }, file);
  return change(logged(next, context, `created ${name}`), { reply: { open: id } satisfies OpenReply });
}

/** The folder has a file that the pad does not know, or another text than was saved. */
function importFile(shared: Shared, name: string, text: string, context: ActionContext): SharedResult<Shared> {
  const known = fileNamed(shared, name);
  if (known === undefined) return create(shared, name, text, context);
  if (normalize(text) === known.saved) return shared;
  // Unsaved work stays in the editors; the folder's text is then what they differ from.
  const isClean = known.draft.text === known.saved;
  const draft = isClean ? replaceText(known.draft, text) : known.draft;
  const version = known.version + 1;
  const preview: Preview = { version, status: "pending", queue: [] };
  const file = { ...known, draft, saved: normalize(text), savedAt: context.at, version, preview };
  return logged(putFile(shared, file), context, `read ${name} from the folder`);
}

function rename(shared: Shared, file: PadFile, typed: string, context: ActionContext): Shared {
  const name = completeName(typed);
  if (name === file.name) return shared;
  refuse(nameRefusal(shared, name, file.id));
  return logged(putFile(shared, { ...file, name }), context, `renamed ${file.name} to ${name}`);
}

function remove(shared: Shared, ids: readonly string[], context: ActionContext): Shared {
  const gone = ids.map((id) => shared.files[id]).filter((file) => file !== undefined);
  if (gone.length === 0) return shared;
  const left = Object.fromEntries(Object.entries(shared.files).filter(([id]) => !gone.some((file) => file.id === id)));
  const trash = [...gone, ...shared.trash].slice(0, MAX_TRASH);
  return logged({ ...shared, files: left, trash }, context, `deleted ${gone.map((file) => file.name).join(", ")}`);
}

function restore(shared: Shared, id: string, context: ActionContext): SharedResult<Shared> {
  const file = shared.trash.find((deleted) => deleted.id === id);
  if (file === undefined) throw new Error("that file cannot be brought back any more");
  refuse(fullRefusal(shared) ?? nameRefusal(shared, file.name));
  const trash = shared.trash.filter((deleted) => deleted.id !== id);
  const next = logged(putFile({ ...shared, trash }, file), context, `brought back ${file.name}`);
  return change(next, { reply: { open: id } satisfies OpenReply });
}

function enqueue(
  shared: Shared,
  file: PadFile,
  action: Action & { type: "preview" },
  context: ActionContext,
): SharedResult<Shared> {
  const { preview } = file;
  // What was clicked is about to go; its author is told, so that nothing is dropped in silence.
  if (preview.version !== action.version || preview.status !== "ready") {
    throw new Error("The experiment is just being started anew; try again");
  }
  if (preview.queue.length >= MAX_QUEUED_EVENTS) throw new Error("the experiment does not keep up; wait a moment");
  const next = putFile(shared, { ...file, preview: { ...preview, queue: [...preview.queue, action.event] } });
  return change(logged(next, context, describeEvent(action.event)), {
    reply: { queued: file.id } satisfies QueueReply,
  });
}

function ran(shared: Shared, file: PadFile, action: Action & { type: "ran" }, context: ActionContext): Shared {
  const { preview } = file;
  if (preview.version !== action.version) return shared;
  const queue = preview.queue.slice(action.events);
  const { result, version } = action;
  const next: Preview = result.ok
    ? {
        version,
        status: "ready",
        queue,
        tree: result.tree,
        ...(result.state === undefined ? {} : { state: result.state }),
      }
    : {
        // After a failing event the experiment goes on from its last state, as an app would.
        ...preview,
        version,
        status: action.events > 0 && preview.status === "ready" ? "ready" : "failed",
        queue,
        error: result.error,
      };
  let after = putFile(shared, { ...file, preview: next });
  for (const line of result.logs) after = logged(after, context, line, file.name);
  if (!result.ok && preview.error?.message !== result.error.message) {
    after = logged(after, context, `${result.error.message}`, file.name);
  }
  return after;
}

function withPerson(
  shared: Shared,
  context: ActionContext,
  set: { readonly name?: string; readonly file?: string; readonly dark?: boolean },
): Shared {
  const before = personOf(shared, context.participant);
  const isNew = shared.people[context.participant] === undefined;
  const person: Person = {
    ...before,
    seenAt: context.at,
    ...(isNew ? { color: freeColor(Object.values(shared.people)) } : {}),
    ...(set.name === undefined ? {} : { name: set.name }),
    ...(set.dark === undefined ? {} : { dark: set.dark }),
    ...(set.file === undefined ? {} : { file: set.file }),
  };
  const people = { ...shared.people, [context.participant]: person };
  const ids = Object.keys(people);
  if (ids.length <= MAX_PEOPLE) return { ...shared, people };
  const oldest = ids.reduce((a, b) => ((people[a]?.seenAt ?? 0) <= (people[b]?.seenAt ?? 0) ? a : b));
  return { ...shared, people: Object.fromEntries(Object.entries(people).filter(([id]) => id !== oldest)) };
}

function withFile<Result>(shared: Shared, id: string, use: (file: PadFile) => Result): Result | Shared {
  const file = shared.files[id];
  // Deleted by somebody else in the meantime: the action has lost its object.
  return file === undefined ? shared : use(file);
}

function putFile(shared: Shared, file: PadFile): Shared {
  return { ...shared, files: { ...shared.files, [file.id]: file } };
}

function logged(shared: Shared, context: ActionContext, text: string, who?: string): Shared {
  const name = who ?? (context.participant === "host" ? "Pad" : personOf(shared, context.participant).name);
  const line = { seq: context.seq, at: context.at, who: name, text: text.slice(0, 200) };
  return { ...shared, log: [line, ...shared.log].slice(0, MAX_LOG_LINES) };
}

function describeEvent(event: PreviewEvent): string {
  const value = event.value === undefined ? "" : ` ${JSON.stringify(event.value)}`;
  return `${event.type} ${event.path}${value}`;
}

function refuse(reason: string | undefined): void {
  if (reason !== undefined) throw new Error(reason);
}
