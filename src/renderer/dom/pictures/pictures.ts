import { MAX_IMAGE_SIDE_PX, type WireProps } from "../../../protocol/index.ts";
import { readNumber, readString } from "../props.ts";
import { AssetRefusal, type Assets } from "./asset-source.ts";
import { type PictureSource, pictureType } from "./picture-source.ts";

/** A picture that can be drawn. */
export interface Picture {
  /** For `src` and `url()`. */
  readonly address: string;
  readonly width: number;
  readonly height: number;
  /** Loaded, for canvases. */
  readonly image: HTMLImageElement;
}

export type PictureState =
  /** On its way, or a handle under which nothing was uploaded yet. */
  | { readonly kind: "waiting" }
  | { readonly kind: "ready"; readonly picture: Picture }
  /** `isRefused`: the path leads out of the app's folders, and nothing was asked for. */
  | { readonly kind: "failed"; readonly reason: string; readonly isRefused: boolean };

/** Gets the state at once and after each change of it. */
export type PictureListener = (state: PictureState) => void;

/** Pictures as widgets see them. */
export interface PictureSupply {
  /** Returns the function that ends the use. */
  use(source: PictureSource, listener: PictureListener): () => void;
}

export interface PicturesOptions {
  readonly document: Document;
  readonly assets: Assets;
  /** Uploaded bytes are no picture. */
  readonly onBadUpload: (handle: string, reason: string) => void;
  /** A picture is on its way. */
  readonly onLoading?: (work: Promise<unknown>) => void;
}

/** Pictures nobody shows that are kept, so that what is shown again is there at once. */
const MAX_IDLE = 64;
const WAITING: PictureState = { kind: "waiting" };

interface Entry {
  state: PictureState;
  readonly listeners: Set<PictureListener>;
  /** Of a blob that belongs to this entry. */
  blobAddress: string | undefined;
  /** Counts what was put in, so that a late load of something older is dropped. */
  version: number;
}

/** All pictures of one surface: uploaded ones until they are deleted, files as long as they are shown. */
export class Pictures implements PictureSupply {
  readonly #document: Document;
  readonly #assets: Assets;
  readonly #onBadUpload: PicturesOptions["onBadUpload"];
  readonly #onLoading: PicturesOptions["onLoading"];
  readonly #uploads = new Map<string, Entry>();
  readonly #loaded = new Map<string, Entry>();
  #isDisposed = false;

  constructor(options: PicturesOptions) {
    this.#document = options.document;
    this.#assets = options.assets;
    this.#onBadUpload = options.onBadUpload;
    this.#onLoading = options.onLoading;
  }

  /** `{ handle, data }` or `{ handle, pixels, width, height }`. The old picture stays until the new one can be drawn. */
  set(value: WireProps): void {
    const handle = readString(value["handle"]) ?? "";
    const entry = this.#upload(handle);
    entry.version += 1;
    const { version } = entry;
    const isOutdated = (): boolean => this.#isDisposed || entry.version !== version;
    let address = "";
    const load = async (): Promise<Picture> => {
      const bytes = await uploadedBytes(value);
      address = this.#blob(bytes);
      return this.#loadImage(address);
    };
    const arrived = load().then(
      (picture) => {
        if (isOutdated()) URL.revokeObjectURL(address);
        else this.#settle(entry, { kind: "ready", picture }, address);
      },
      (thrown: unknown) => {
        if (address !== "") URL.revokeObjectURL(address);
        if (isOutdated()) return;
        const reason = `could not decode image: ${reasonOf(thrown)}`;
        this.#onBadUpload(handle, reason);
        if (entry.state.kind !== "ready") this.#settle(entry, { kind: "failed", reason, isRefused: false }, undefined);
      },
    );
    this.#onLoading?.(arrived);
  }

  delete(handle: string): void {
    const entry = this.#uploads.get(handle);
    if (entry === undefined) return;
    entry.version += 1;
    this.#settle(entry, WAITING, undefined);
    if (entry.listeners.size === 0) this.#uploads.delete(handle);
  }

  clear(): void {
    for (const handle of [...this.#uploads.keys()]) this.delete(handle);
  }

  use(source: PictureSource, listener: PictureListener): () => void {
    const isUpload = source.kind === "handle";
    const entry = isUpload ? this.#upload(source.name) : this.#load(source);
    // Each use counts, also of the same function.
    const own: PictureListener = (state) => listener(state);
    entry.listeners.add(own);
    listener(entry.state);
    return () => {
      if (!entry.listeners.delete(own) || entry.listeners.size > 0) return;
      if (!isUpload) this.#trim();
      else if (entry.state.kind === "waiting" && entry.version === 0) this.#uploads.delete(source.name);
    };
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const entry of [...this.#uploads.values(), ...this.#loaded.values()]) release(entry);
    this.#uploads.clear();
    this.#loaded.clear();
  }

  #upload(handle: string): Entry {
    const known = this.#uploads.get(handle);
    if (known !== undefined) return known;
    const entry = emptyEntry();
    this.#uploads.set(handle, entry);
    return entry;
  }

  #load(source: PictureSource): Entry {
    const known = this.#loaded.get(source.name);
    if (known !== undefined) {
      // Last in the order of letting go; what failed is tried again by whoever comes next.
      this.#loaded.delete(source.name);
      if (known.state.kind !== "failed" || known.listeners.size > 0) {
        this.#loaded.set(source.name, known);
        return known;
      }
    }
    const entry = emptyEntry();
    this.#loaded.set(source.name, entry);
    this.#start(entry, source);
    return entry;
  }

  #start(entry: Entry, source: PictureSource): void {
    let blobAddress: string | undefined;
    const failed = (thrown: unknown): void => {
      if (blobAddress !== undefined) URL.revokeObjectURL(blobAddress);
      if (this.#isDisposed) return;
      const isRefused = thrown instanceof AssetRefusal;
      this.#settle(entry, { kind: "failed", reason: reasonOf(thrown), isRefused }, undefined);
    };
    try {
      const address = source.kind === "data" ? source.name : this.#assets.address(source.name);
      const addressReady =
        address === undefined
          ? this.#assets.bytes(source.name).then((bytes) => {
              blobAddress = this.#blob(bytes);
              return blobAddress;
            })
          : Promise.resolve(address);
      const arrived = addressReady
        .then((ready) => this.#loadImage(ready))
        .then((picture) => {
          if (this.#isDisposed) {
            if (blobAddress !== undefined) URL.revokeObjectURL(blobAddress);
          } else this.#settle(entry, { kind: "ready", picture }, blobAddress);
        })
        .catch(failed);
      this.#onLoading?.(arrived);
    } catch (thrown) {
      failed(thrown);
    }
  }

  #settle(entry: Entry, state: PictureState, blobAddress: string | undefined): void {
    const old = entry.blobAddress;
    entry.state = state;
    entry.blobAddress = blobAddress;
    for (const listener of [...entry.listeners]) listener(state);
    // Nobody shows the old one any more.
    if (old !== undefined) URL.revokeObjectURL(old);
  }

  #trim(): void {
    let idle = 0;
    for (const entry of this.#loaded.values()) if (entry.listeners.size === 0) idle += 1;
    for (const [name, entry] of this.#loaded) {
      if (idle <= MAX_IDLE) return;
      if (entry.listeners.size > 0) continue;
      this.#loaded.delete(name);
      release(entry);
      idle -= 1;
    }
  }

  #blob(bytes: Uint8Array): string {
    // A view on shared memory cannot be in a blob; the types cannot tell.
    return URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: pictureType(bytes) }));
  }

  async #loadImage(address: string): Promise<Picture> {
    const image = this.#document.createElement("img");
    await new Promise<void>((resolve, reject) => {
      image.addEventListener("load", () => resolve(), { once: true });
      image.addEventListener("error", () => reject(new Error("it cannot be loaded or is no picture")), { once: true });
      image.src = address;
    });
    const { naturalWidth: width, naturalHeight: height } = image;
    if (width > MAX_IMAGE_SIDE_PX || height > MAX_IMAGE_SIDE_PX) {
      throw new Error(`${width}x${height} pixels: each side must be 1 to ${MAX_IMAGE_SIDE_PX}`);
    }
    await image.decode();
    return { address, width, height, image };
  }
}

async function uploadedBytes(value: WireProps): Promise<Uint8Array> {
  const { pixels, data } = value;
  if (pixels instanceof Uint8Array) {
    // Few apps paint pixels themselves.
    const { encodePng } = await import("./png.ts");
    return encodePng(pixels, readNumber(value["width"]) ?? 0, readNumber(value["height"]) ?? 0);
  }
  if (data instanceof Uint8Array) return data;
  throw new Error("there are no bytes");
}

function emptyEntry(): Entry {
  return { state: WAITING, listeners: new Set(), blobAddress: undefined, version: 0 };
}

function release(entry: Entry): void {
  if (entry.blobAddress !== undefined) URL.revokeObjectURL(entry.blobAddress);
  entry.blobAddress = undefined;
}

function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
