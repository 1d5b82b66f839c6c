import type { WireProps } from "../../protocol/index.ts";
import { hasDescriptors, type MotionNews, NodeMotion } from "./node-motion.ts";

/** Something with props that may move. Known by identity. */
export interface MotionTarget {
  readonly id: string;
  /** Shows these props from now on. */
  redraw(props: WireProps): void;
}

export interface AnimatorListener {
  /** An animation with a tag has ended; told by `report`, once. */
  completed(id: string, prop: string, tag: string): void;
  /** A descriptor that makes no sense, once for each. */
  invalid(id: string, prop: string): void;
  /** There is something to do: `advance` and `report` are needed until `isBusy` is false. May be told often. */
  wake(): void;
}

interface Report {
  readonly target: MotionTarget;
  readonly prop: string;
  readonly tag: string;
}

/**
 * All animations of one surface. Knows no clock: time is the sum of what `advance` was given, so that it stands still while
 * nothing moves, and a frame or a script may move it.
 */
export class Animator {
  readonly #listener: AnimatorListener;
  readonly #motions = new Map<MotionTarget, NodeMotion>();
  readonly #moving = new Map<MotionTarget, NodeMotion>();
  #reports: Report[] = [];
  #nowMs = 0;
  #isStill = false;

  constructor(listener: AnimatorListener) {
    this.#listener = listener;
  }

  get isBusy(): boolean {
    return this.#moving.size > 0 || this.#reports.length > 0;
  }

  /**
   * What to show for new props of a node; the same object when nothing in them is animated. `shown` is what was shown
   * before; `redraw` is called for whatever comes after.
   */
  resolve(target: MotionTarget, wireProps: WireProps, shown: WireProps = NOTHING): WireProps {
    if (!hasDescriptors(wireProps)) {
      if (this.#motions.size > 0) this.#forget(target);
      return wireProps;
    }
    let motion = this.#motions.get(target);
    if (motion === undefined) {
      motion = new NodeMotion();
      this.#motions.set(target, motion);
    }
    const news = this.#newsOf(target);
    motion.update(wireProps, shown, this.#nowMs, news);
    if (this.#isStill) motion.finish(news);
    this.#follow(target, motion);
    if (this.isBusy) this.#listener.wake();
    return motion.props;
  }

  /** The node is gone, and nobody waits for its animations. */
  release(target: MotionTarget): void {
    this.#forget(target);
    if (this.#reports.length > 0) this.#reports = this.#reports.filter((report) => report.target !== target);
  }

  /** The animations of a node go on at another object that stands for the same node. */
  transfer(from: MotionTarget, to: MotionTarget): void {
    const motion = this.#motions.get(from);
    this.#forget(from);
    if (motion !== undefined) {
      this.#motions.set(to, motion);
      this.#follow(to, motion);
    }
    this.#reports = this.#reports.map((report) => (report.target === from ? { ...report, target: to } : report));
  }

  /** Nothing at all has an animation. */
  get isEmpty(): boolean {
    return this.#motions.size === 0;
  }

  isAnimated(target: MotionTarget): boolean {
    return this.#motions.has(target);
  }

  /** The tree is about to be replaced: an equal descriptor in the next one is an animation of its own. */
  dropRunning(): void {
    for (const motion of this.#moving.values()) motion.drop();
  }

  /** Moves time on and redraws what looks different then. */
  advance(byMs: number): void {
    this.#nowMs += byMs;
    for (const [target, motion] of [...this.#moving]) {
      if (this.#motions.get(target) !== motion) continue;
      const isChanged = motion.advance(this.#nowMs, this.#newsOf(target));
      this.#follow(target, motion);
      if (isChanged) target.redraw(motion.props);
    }
  }

  /** Tells what has ended since the last call. */
  report(): void {
    const reports = this.#reports;
    this.#reports = [];
    for (const { target, prop, tag } of reports) this.#listener.completed(target.id, prop, tag);
  }

  /** Whether motion is unwanted: everything shows its end at once, now and from now on. */
  setStill(isStill: boolean): void {
    if (this.#isStill === isStill) return;
    this.#isStill = isStill;
    for (const [target, motion] of [...this.#motions]) {
      const isChanged = isStill ? motion.finish(this.#newsOf(target)) : motion.thaw(this.#nowMs);
      this.#follow(target, motion);
      if (isChanged) target.redraw(motion.props);
    }
    if (this.isBusy) this.#listener.wake();
  }

  #follow(target: MotionTarget, motion: NodeMotion): void {
    if (motion.isMoving) this.#moving.set(target, motion);
    else this.#moving.delete(target);
  }

  #forget(target: MotionTarget): void {
    this.#motions.delete(target);
    this.#moving.delete(target);
  }

  #newsOf(target: MotionTarget): MotionNews {
    return {
      completed: (prop, tag) => this.#reports.push({ target, prop, tag }),
      invalid: (prop) => this.#listener.invalid(target.id, prop),
    };
  }
}

const NOTHING: WireProps = {};
