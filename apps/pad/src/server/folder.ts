import { mkdir, readdir, readFile, rename, stat, unlink, writeFile } from "node:fs/promises";
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

  /** What is there; too large files and foreign names are left alone. */
  async read(): Promise<readonly FolderFile[]> {
    await mkdir(this.#path, { recursive: true });
    const entries = await readdir(this.#path, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isFile() && nameFault(entry.name) === undefined);
    const files: FolderFile[] = [];
    for (const { name } of names.slice(0, MAX_FILES)) {
      const path = join(this.#path, name);
      const { size, mtimeMs } = await stat(path);
      if (size <= MAX_FILE_CHARS) files.push({ name, text: await readFile(path, "utf8"), changedAt: mtimeMs });
    }
    return files;
  }

  /** Whole or not at all: a temporary file takes the place of the old one. */
  async write(name: string, text: string): Promise<void> {
    const path = this.#pathOf(name);
    const temporary = join(this.#path, `.${name}.new`);
    await writeFile(temporary, text, "utf8");
    await rename(temporary, path);
  }

  /** Deleting what is not there is done already. */
  async remove(name: string): Promise<void> {
    try {
      await unlink(this.#pathOf(name));
    } catch (thrown) {
      if (!(thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT")) throw thrown;
    }
  }

  #pathOf(name: string): string {
    const fault = nameFault(name);
    if (fault !== undefined) throw new Error(`not a file name for the folder: ${fault}`);
    return join(this.#path, name);
  }
}
