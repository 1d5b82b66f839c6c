import { type Accepted, HOST_ID, type Participant } from "plushie/room";
import { type Action, MAX_FILE_CHARS, MAX_PERSON_NAME_CHARS, type Shared } from "./model.ts";
import { fullRefusal, nameRefusal } from "./refusal.ts";

const MAX_EDITOR_ID_CHARS = 64;
const MAX_BATCH_CHANGES = 1_000;

/** Looks at what somebody sent before it is stored: shape, sizes, names, and who may send it. */
export function accept(action: unknown, shared: Shared, participant: Participant): Accepted<Action> {
  if (!isRecord(action) || typeof action["type"] !== "string") return refuse("an action is an object with a type");
  const reason = participant.id === HOST_ID ? undefined : refusal(action, shared);
  // Everything that `Action` says about the members was checked on the line above; the host's own actions are ours.
  return reason === undefined ? { ok: true, action: action as unknown as Action } : refuse(reason);
}

function refusal(action: Readonly<Record<string, unknown>>, shared: Shared): string | undefined {
  switch (action["type"]) {
    case "hello":
      return undefined;
    case "person":
      return personRefusal(action, shared);
    case "batch":
      return isString(action["file"]) && isBatch(action["batch"]) ? undefined : malformed(action);
    case "edit":
      return isEdit(action) ? undefined : malformed(action);
    case "save":
    case "restore":
      return isString(action["file"]) ? undefined : malformed(action);
    case "create":
      return isString(action["name"])
        ? (fullRefusal(shared) ?? nameRefusal(shared, action["name"]))
        : malformed(action);
    case "rename": {
      const { file, name } = action;
      return isString(file) && isString(name) ? nameRefusal(shared, name, file) : malformed(action);
    }
    case "delete": {
      const { files } = action;
      return Array.isArray(files) && files.length <= 1_000 && files.every(isString) ? undefined : malformed(action);
    }
    case "preview":
      return isString(action["file"]) && isCount(action["version"]) && isPreviewEvent(action["event"])
        ? undefined
        : malformed(action);
    default:
      return `participants cannot send ${JSON.stringify(action["type"]).slice(0, 40)}`;
  }
}

function personRefusal(action: Readonly<Record<string, unknown>>, shared: Shared): string | undefined {
  const { name, file, dark } = action;
  if (name !== undefined) {
    if (!isString(name) || name.trim() === "") return "A name has at least one letter";
    if ([...name].length > MAX_PERSON_NAME_CHARS) return `A name has at most ${MAX_PERSON_NAME_CHARS} characters`;
  }
  if (file !== undefined && !(isString(file) && Object.hasOwn(shared.files, file))) return "There is no such file";
  return dark === undefined || typeof dark === "boolean" ? undefined : malformed(action);
}

function isEdit({ file, rev, had, splice }: Readonly<Record<string, unknown>>): boolean {
  return isString(file) && isCount(rev) && (had === undefined || isCount(had)) && isSplice(splice);
}

function isBatch(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { editor, number, after, revision, attempt, changes } = value;
  if (!isString(editor) || editor.length > MAX_EDITOR_ID_CHARS) return false;
  if (![number, after, revision, attempt].every(isCount)) return false;
  if (!Array.isArray(changes) || changes.length > MAX_BATCH_CHANGES || !changes.every(isChange)) return false;
  return changes.reduce((sum, change) => sum + change.insert.length, 0) <= MAX_FILE_CHARS;
}

function isChange(value: unknown): value is { readonly insert: string } {
  if (!isRecord(value)) return false;
  const { start, end, insert } = value;
  return isCount(start) && isCount(end) && start <= end && isString(insert);
}

function isSplice(value: unknown): boolean {
  if (value === null) return true;
  if (!isRecord(value)) return false;
  const { from, to, insert } = value;
  return isCount(from) && isCount(to) && from <= to && isString(insert) && insert.length <= MAX_FILE_CHARS;
}

function isPreviewEvent(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { type, path } = value;
  return isString(type) && type.length <= 64 && isString(path) && path.length <= 1_024;
}

function malformed(action: Readonly<Record<string, unknown>>): string {
  return `the members of ${String(action["type"])} are not as they should be`;
}

function refuse(reason: string): Accepted<Action> {
  return { ok: false, reason };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isString(value: unknown): value is string {
  return typeof value === "string" && value.length <= MAX_FILE_CHARS;
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
