import { lstat, mkdir, readdir, readFile, rename, unlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { nameFault } from "../shared/file-name.ts";
import { MAX_FILE_CHARS, MAX_FILES } from "../shared/model.ts";

export interface FolderFile {
  readonly name: string;
  readonly text: string;
  readonly changedAt: number;
}

/** The folder with the experiments. Only names that pass `nameFault` are ever read, written or deleted. */
export class Folder {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** What is there; too large files, foreign names and what cannot be read are left alone. */
  async read(report: (message: string) => void): Promise<readonly FolderFile[]> {
    await mkdir(this.#path, { recursive: true });
    const entries = await readdir(this.#path, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isFile() && nameFault(entry.name) === undefined);
    const files: FolderFile[] = [];
    for (const { name } of names.slice(0, MAX_FILES)) {
      const path = join(this.#path, name);
      try {
        const { size, mtimeMs } = await lstat(path);
        if (size > MAX_FILE_CHARS) continue;
        files.push({ name, text: await readFile(path, "utf8"), changedAt: Math.floor(mtimeMs) });
      } catch (thrown) {
        // One file must not keep the pad from starting.
        report(`${name} cannot be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
      }
    }
    return files;
  }

  /**
   * Whole or not at all: a temporary file takes the place of the old one. The file is dated `savedAt`, so that an older
   * save that was written late is never taken for a change made by hand.
   */
  async write(name: string, text: string, savedAt: number): Promise<void> {
    const path = this.#pathOf(name);
    const temporary = join(this.#path, `.${name}.new`);
    await mkdir(this.#path, { recursive: true });
    // What a crash left there, or a link to somewhere else, is not written through.
    await unlessMissing(unlink(temporary));
    await writeFile(temporary, text, { encoding: "utf8", flag: "wx" });
    await utimes(temporary, savedAt / 1000, savedAt / 1000);
    await rename(temporary, path);
  }

  /** Moving or deleting what is not there is done already. */
  async rename(from: string, to: string): Promise<void> {
    await unlessMissing(rename(this.#pathOf(from), this.#pathOf(to)));
  }

  async remove(name: string): Promise<void> {
    await unlessMissing(unlink(this.#pathOf(name)));
  }

  #pathOf(name: string): string {
    const fault = nameFault(name);
    if (fault !== undefined) throw new Error(`not a file name for the folder: ${fault}`);
    return join(this.#path, name);
  }
}

async function unlessMissing(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (thrown) {
    if (!(thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT")) throw thrown;
  }
}
