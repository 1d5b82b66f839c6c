import { type PictureSource, pictureName } from "../pictures/picture-source.ts";
import type { PictureState, PictureSupply } from "../pictures/pictures.ts";
import type { BitmapSource } from "./shape.ts";

export interface BitmapEvents {
  /** A picture is ready to be drawn, or another one, or gone. */
  onChanged(): void;
  onFailed(name: string, reason: string): void;
}

/** Pictures one canvas uses at a time; the oldest are let go. */
const MAX_BITMAPS = 256;

interface Use {
  state: PictureState;
  stop: () => void;
}

/** The pictures that the shapes of one canvas name, each of them used once. */
export class Bitmaps {
  readonly #supply: PictureSupply;
  readonly #events: BitmapEvents;
  readonly #uses = new Map<string, Use>();

  constructor(supply: PictureSupply, events: BitmapEvents) {
    this.#supply = supply;
    this.#events = events;
  }

  /** The picture, or nothing while it is being loaded or when it cannot be. */
  find(source: BitmapSource): CanvasImageSource | undefined {
    if (source.name === "") return undefined;
    const key = `${source.kind} ${source.name}`;
    const use = this.#uses.get(key) ?? this.#begin(key, pictureSource(source));
    return use.state.kind === "ready" ? use.state.picture.image : undefined;
  }

  dispose(): void {
    for (const use of this.#uses.values()) use.stop();
    this.#uses.clear();
  }

  #begin(key: string, source: PictureSource): Use {
    const [oldest] = this.#uses;
    if (this.#uses.size >= MAX_BITMAPS && oldest !== undefined) {
      oldest[1].stop();
      this.#uses.delete(oldest[0]);
    }
    const use: Use = { state: { kind: "waiting" }, stop: () => {} };
    this.#uses.set(key, use);
    let isStarting = true;
    use.stop = this.#supply.use(source, (state) => {
      use.state = state;
      if (state.kind === "failed" && source.kind !== "handle") {
        this.#events.onFailed(pictureName(source), state.reason);
      }
      // What is there at once is drawn by whoever asked.
      if (!isStarting) this.#events.onChanged();
    });
    isStarting = false;
    return use;
  }
}

/** The text of a drawing is a picture in itself. */
function pictureSource({ kind, name }: BitmapSource): PictureSource {
  if (kind === "handle") return { kind: "handle", name };
  if (kind === "svg" && name.trimStart().startsWith("<")) {
    return { kind: "data", name: `data:image/svg+xml,${encodeURIComponent(name)}` };
  }
  return { kind: /^data:image\//i.test(name) ? "data" : "path", name };
}
