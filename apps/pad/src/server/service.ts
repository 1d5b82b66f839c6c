import type { Room } from "plushie/room";
import { Sandbox, type SandboxOptions, type SandboxResult } from "plushie/sandbox";
import { type Action, fileNamed, type PadFile, type RunResult, type Shared } from "../shared/model.ts";
import { Folder, type FolderFile } from "./folder.ts";

export interface ServiceOptions {
  readonly room: Room<Shared, Action>;
  /** Where the experiments are kept as files. */
  readonly folder: string;
  /** Copied into an empty folder of a new pad. */
  readonly examples: string;
  readonly sandbox?: SandboxOptions;
  readonly report: (message: string) => void;
}

/** Experiments that run at the same time. Each has a worker of its own, so one that hangs delays no more than this. */
const SANDBOXES = 2;

/**
 * Does what the shared model asks for: runs saved experiments and their events, keeps the folder equal to what was saved.
 * It looks at the model only, so after a crash it finds what is left to do by looking again.
 */
export class PadService {
  readonly #options: ServiceOptions;
  readonly #folder: Folder;
  readonly #sandboxes: readonly Sandbox[];
  readonly #idle: Sandbox[];
  readonly #running = new Set<string>();
  /** What the folder has, by file id. Changed by disk work only. */
  readonly #written = new Map<string, { readonly name: string; readonly text: string }>();
  /** The state of a file that disk work was last asked for; a failure is tried again when that changes. */
  readonly #asked = new Map<string, string>();
  #writing: Promise<void> = Promise.resolve();
  #unsubscribe: () => void = () => {};
  #isStopped = false;

  constructor(options: ServiceOptions) {
    this.#options = options;
    this.#folder = new Folder(options.folder);
    this.#sandboxes = Array.from({ length: SANDBOXES }, () => new Sandbox(options.sandbox));
    this.#idle = [...this.#sandboxes];
  }

  /** Takes over what changed in the folder while nobody looked, then follows the room. */
  async start(): Promise<void> {
    const { room } = this.#options;
    let found = await this.#folder.read(this.#options.report);
    if (found.length === 0 && room.seq === 0) {
      found = await new Folder(this.#options.examples).read(this.#options.report);
    }
    for (const file of found) await this.#takeOver(file);
    this.#unsubscribe = room.onApplied(() => this.#follow());
    this.#follow();
    await this.#writing;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#unsubscribe();
    await Promise.all(this.#sandboxes.map((sandbox) => sandbox.dispose()));
    await this.#writing;
  }

  async #takeOver({ name, text, changedAt }: FolderFile): Promise<void> {
    const { room } = this.#options;
    const known = fileNamed(room.model, name);
    if (known !== undefined) {
      this.#written.set(known.id, { name, text });
      // Older than the last save: the process ended between storing and writing, so the folder is behind.
      if (known.saved === text || changedAt <= known.savedAt) return;
    } else if (room.model.trash.some((file) => file.name === name && file.saved === text)) {
      await this.#folder.remove(name);
      return;
    }
    await room.share({ type: "import", name, text });
  }

  #follow(): void {
    if (this.#isStopped) return;
    const { model } = this.#options.room;
    for (const file of Object.values(model.files)) {
      const state = `${file.version} ${file.name}`;
      if (this.#asked.get(file.id) !== state) {
        this.#asked.set(file.id, state);
        this.#write(file);
      }
      if (needsRun(file)) this.#run(file);
    }
    for (const id of this.#asked.keys()) if (model.files[id] === undefined) this.#remove(id);
  }

  #write(file: PadFile): void {
    this.#disk(file.id, async () => {
      const { id, name, saved: text } = file;
      const before = this.#written.get(id);
      const isThere = before?.name === name && before.text === text;
      if (isThere && this.#options.room.model.files[id]?.diskError === undefined) return;
      const isRenamed = before !== undefined && before.name !== name;
      // On some systems both names are one file, which must not be deleted afterwards.
      if (isRenamed && before.name.toLowerCase() === name.toLowerCase()) await this.#folder.rename(before.name, name);
      await this.#folder.write(name, text, file.savedAt);
      if (isRenamed && !this.#isUsed(before.name)) await this.#folder.remove(before.name);
      this.#written.set(id, { name, text });
    });
  }

  #remove(id: string): void {
    this.#asked.delete(id);
    this.#disk(id, async () => {
      const before = this.#written.get(id);
      // Brought back in the meantime: the work after this one finds it in place.
      if (before === undefined || this.#options.room.model.files[id] !== undefined) return;
      if (!this.#isUsed(before.name)) await this.#folder.remove(before.name);
      this.#written.delete(id);
    });
  }

  #isUsed(name: string): boolean {
    return fileNamed(this.#options.room.model, name) !== undefined;
  }

  /** Disk work in the order it was asked for; a failure is shown at the file and does not stop what follows. */
  #disk(file: string, work: () => Promise<void>): void {
    this.#writing = this.#writing.then(work).then(
      () => {
        if (this.#options.room.model.files[file]?.diskError !== undefined)
          this.#share({ type: "disk", file, error: null });
      },
      (thrown: unknown) => {
        const error = thrown instanceof Error ? thrown.message : String(thrown);
        this.#options.report(`the folder could not be changed: ${error}`);
        this.#share({ type: "disk", file, error });
      },
    );
  }

  #run(file: PadFile): void {
    if (this.#running.has(file.id)) return;
    const sandbox = this.#idle.pop();
    if (sandbox === undefined) return;
    this.#running.add(file.id);
    const { preview } = file;
    const isFirst = preview.status === "pending";
    const events = isFirst ? [] : preview.queue;
    const state = isFirst || preview.state === undefined ? {} : { state: preview.state };
    const finish = async (result: SandboxResult) => {
      // Stopping cuts runs short; what they were about is still in the model and runs at the next start.
      if (this.#isStopped) return;
      const action = { type: "ran", file: file.id, version: preview.version, events: events.length } as const;
      await this.#options.room.share({ ...action, result: toRunResult(result) });
      this.#running.delete(file.id);
      this.#idle.push(sandbox);
      this.#follow();
    };
    sandbox
      .run({ name: file.name, source: file.saved, events, ...state })
      .then(finish)
      .catch((thrown: unknown) => {
        // The log does not take the result. The file stays as it is until the pad starts again: trying at once would
        // only spin.
        this.#options.report(`the result of ${file.name} was not stored: ${String(thrown)}`);
        this.#idle.push(sandbox);
        this.#follow();
      });
  }

  #share(action: Action): void {
    this.#options.room.share(action).catch((thrown: unknown) => this.#options.report(String(thrown)));
  }
}

function needsRun({ preview }: PadFile): boolean {
  return preview.status === "pending" || (preview.status === "ready" && preview.queue.length > 0);
}

function toRunResult(result: SandboxResult): RunResult {
  if (result.ok) {
    const { tree, state, logs } = result;
    return state === undefined ? { ok: true, tree, logs } : { ok: true, tree, state, logs };
  }
  const { message, line, column, logs } = result;
  const error = {
    message,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  };
  return { ok: false, error, logs };
}
