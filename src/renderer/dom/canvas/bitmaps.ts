import type { BitmapSource } from "./shape.ts";

export interface BitmapEvents {
  /** A picture is ready to be drawn. */
  onReady(): void;
  onFailed(source: BitmapSource, reason: string): void;
}

/** Decoded pictures kept per canvas; the oldest are let go. */
const MAX_BITMAPS = 256;

/** Loads the pictures that shapes name, each of them once. */
export class Bitmaps {
  readonly #document: Document;
  readonly #events: BitmapEvents;
  readonly #known = new Map<string, HTMLImageElement | undefined>();
  #isDisposed = false;

  constructor(document: Document, events: BitmapEvents) {
    this.#document = document;
    this.#events = events;
  }

  /** The picture, or nothing while it is being loaded or when it cannot be. */
  find(source: BitmapSource): CanvasImageSource | undefined {
    if (source.name === "") return undefined;
    const key = `${source.kind} ${source.name}`;
    if (this.#known.has(key)) return this.#known.get(key);
    const oldest = this.#known.keys().next();
    if (this.#known.size >= MAX_BITMAPS && oldest.done !== true) this.#known.delete(oldest.value);
    this.#known.set(key, undefined);
    if (source.kind === "handle") this.#events.onFailed(source, "uploaded images are not drawn on a canvas");
    else this.#load(key, source);
    return undefined;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#known.clear();
  }

  #load(key: string, source: BitmapSource): void {
    const image = this.#document.createElement("img");
    const isText = source.kind === "svg" && source.name.trimStart().startsWith("<");
    image.src = isText ? `data:image/svg+xml,${encodeURIComponent(source.name)}` : source.name;
    image.decode().then(
      () => {
        if (this.#isDisposed || !this.#known.has(key)) return;
        this.#known.set(key, image);
        this.#events.onReady();
      },
      (thrown: unknown) => {
        if (this.#isDisposed) return;
        this.#events.onFailed(source, thrown instanceof Error ? thrown.message : String(thrown));
      },
    );
  }
}
