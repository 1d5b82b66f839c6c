import type { WireProps } from "../../protocol/index.ts";
import { Animator, type AnimatorListener } from "../motion/index.ts";

/** Where the time of animations comes from: the display, or `advance_frame` alone. */
export type AnimationTime = "display" | "told";

export interface SurfaceMotionOptions {
  readonly view: Window | null;
  readonly time: AnimationTime;
  readonly listener: Omit<AnimatorListener, "wake">;
  /** Runs `work` once in the next frame, with the frame's time. */
  readonly inNextFrame: (work: (timeMs: number) => void) => void;
  /** After everything of one frame has been redrawn. */
  readonly endFrame: () => void;
}

/** Longer gaps between frames are a page that was hidden or busy: its animations go on where they were. */
const MAX_STEP_MS = 250;

/** Drives the animations of a surface. Asks for frames only while something moves. */
export class SurfaceMotion {
  readonly animator: Animator;
  readonly #options: SurfaceMotionOptions;
  readonly #reduced: MediaQueryList | undefined;
  #isTold: boolean;
  #lastToldMs: number | undefined;
  #lastFrameMs: number | undefined;

  constructor(options: SurfaceMotionOptions) {
    this.#options = options;
    this.#isTold = options.time === "told";
    this.animator = new Animator({ ...options.listener, wake: () => this.#wake() });
    // A script that tells the time wants to see the motion; nobody looks on who could be disturbed by it.
    if (!this.#isTold) this.#reduced = options.view?.matchMedia("(prefers-reduced-motion: reduce)");
    this.#reduced?.addEventListener("change", this.#preferenceChanged);
    this.animator.setStill(this.#reduced?.matches ?? false);
  }

  dispose(): void {
    this.#reduced?.removeEventListener("change", this.#preferenceChanged);
  }

  /** `advance_frame`. The first one says where time begins, and from then on frames of the display do not count. */
  advanceTo(timestampMs: number): void {
    this.#isTold = true;
    // A time before the last one is a new beginning.
    const byMs = Math.max(0, timestampMs - (this.#lastToldMs ?? timestampMs));
    this.#lastToldMs = timestampMs;
    this.#move(byMs);
    this.animator.report();
  }

  /** A tree is about to be shown in place of the whole last one. */
  treeReplaced(isEmpty: boolean): void {
    this.animator.dropRunning();
    if (isEmpty) this.#lastToldMs = undefined;
  }

  #wake(): void {
    if (!this.#isTold) this.#options.inNextFrame(this.#frame);
  }

  readonly #frame = (timeMs: number): void => {
    if (this.#isTold) return;
    // What the last frame ended has been seen by now.
    this.animator.report();
    const byMs = timeMs - (this.#lastFrameMs ?? timeMs);
    this.#lastFrameMs = timeMs;
    this.#move(Math.min(MAX_STEP_MS, Math.max(0, byMs)));
    if (this.animator.isBusy) this.#wake();
    else this.#lastFrameMs = undefined;
  };

  #move(byMs: number): void {
    this.animator.advance(byMs);
    this.#options.endFrame();
  }

  readonly #preferenceChanged = ({ matches }: { readonly matches: boolean }): void => {
    this.animator.setStill(matches);
    this.#options.endFrame();
  };
}

/** The event that an ended animation is reported with. */
export function completion(prop: string, tag: string): WireProps {
  return { tag, prop };
}
