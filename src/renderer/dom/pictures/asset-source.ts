import { ASSET_PATH_RULE, assetSegments } from "../../../base/asset-path.ts";

/**
 * Gives the bytes of a file in the app's asset folders, wherever those are. Rejects with a reason for people. The path has
 * been checked to lead nowhere else.
 */
export type AssetReader = (path: string) => Promise<Uint8Array>;

/** Where a surface finds the files that an app names by path: below an address, or through a function. */
export type AssetOption = string | AssetReader;

/** A path that is not below the asset folders, or no such folders. The message says so. */
export class AssetRefusal extends Error {}

/** The files of an app as addresses and bytes. */
export class Assets {
  readonly #option: AssetOption | undefined;
  readonly #baseAddress: string;

  /** `baseAddress`: of the document, for options that are relative addresses. */
  constructor(option: AssetOption | undefined, baseAddress: string) {
    this.#option = option;
    this.#baseAddress = baseAddress;
  }

  /** The address of a file, or nothing when only its bytes can be had. Throws an `AssetRefusal`. */
  address(path: string): string | undefined {
    const segments = this.#check(path);
    if (typeof this.#option !== "string") return undefined;
    const folder = this.#option.endsWith("/") ? this.#option : `${this.#option}/`;
    return new URL(segments.map(encodeURIComponent).join("/"), new URL(folder, this.#baseAddress)).href;
  }

  /** The content of a file. Rejects with an `AssetRefusal` or with why it cannot be read. */
  async bytes(path: string): Promise<Uint8Array> {
    const address = this.address(path);
    if (address === undefined) {
      const read = this.#option;
      return typeof read === "function" ? read(path) : Promise.reject(new AssetRefusal(NO_ASSETS));
    }
    const response = await fetch(address);
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  }

  #check(path: string): readonly string[] {
    if (this.#option === undefined) throw new AssetRefusal(NO_ASSETS);
    const segments = assetSegments(path);
    if (segments === undefined) throw new AssetRefusal(ASSET_PATH_RULE);
    return segments;
  }
}

const NO_ASSETS = "no asset folder is declared for this app";
