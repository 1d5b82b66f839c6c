import type { WireValue } from "../../protocol/index.ts";
import type { MotionValue, Plan, Step } from "./descriptor.ts";
import { type Run, STANDING, startRun, type Velocity } from "./run.ts";

/** Where an animation sets out. */
export interface Departure {
  readonly value: MotionValue;
  /** Carried over from the animation before; empty when nothing moved. */
  readonly velocity: Velocity;
}

/** One animated prop: runs through the steps of its plan and then holds what the last one ended with. */
export class Track {
  /** What to show now. */
  shown: MotionValue;
  isDone = false;
  /** Stands at its end because motion is not wanted; goes on when it is wanted again. */
  isFrozen = false;
  #descriptor: WireValue;
  #plan: Plan;
  #index = 0;
  #run: Run;
  #startMs: number;
  /** The tree it belongs to was replaced: an equal descriptor is a new animation. */
  #isStale = false;

  constructor(descriptor: WireValue, plan: Plan, departure: Departure, nowMs: number) {
    this.#descriptor = descriptor;
    this.#plan = plan;
    this.#startMs = nowMs;
    this.#run = startRun(plan.steps[0], departure.value, departure.velocity);
    this.shown = this.#run.at(0);
  }

  get isMoving(): boolean {
    return !this.isDone && !this.isFrozen;
  }

  /** True for the descriptor this track was made from, however often it is sent again. */
  isFor(descriptor: WireValue): boolean {
    if (this.#isStale) return false;
    return this.#descriptor === descriptor || JSON.stringify(this.#descriptor) === JSON.stringify(descriptor);
  }

  /** Another descriptor to where this track is going already: it goes on as it was, only the tag is the new one. */
  adopt(descriptor: WireValue, plan: Plan): boolean {
    if (this.#isStale || this.isDone || !isSameGoal(this.#plan, plan)) return false;
    this.#descriptor = descriptor;
    this.#plan = { steps: [{ ...this.#plan.steps[0], tag: plan.steps[0].tag }], tag: undefined };
    return true;
  }

  /** Brings `shown` up to date; tags of what ended on the way, in order. */
  advance(nowMs: number): readonly string[] {
    if (!this.isMoving) return NOTHING;
    let tags: string[] | undefined;
    for (;;) {
      const endMs = this.#run.endBy(nowMs - this.#startMs);
      if (endMs === undefined) break;
      const ended = this.#plan.steps[this.#index];
      if (ended?.tag !== undefined) tags = [...(tags ?? []), ended.tag];
      const next = this.#next(endMs);
      if (!next) {
        this.isDone = true;
        this.shown = this.#run.end;
        return this.#plan.tag === undefined ? (tags ?? NOTHING) : [...(tags ?? []), this.#plan.tag];
      }
    }
    this.shown = this.#run.at(nowMs - this.#startMs);
    return tags ?? NOTHING;
  }

  /** Goes to the end at once. What would never end stands where it goes. */
  finish(): readonly string[] {
    if (!this.isMoving) return NOTHING;
    const tags: string[] = [];
    for (;;) {
      this.shown = this.#run.end;
      if (this.#run.isEndless) {
        this.isFrozen = true;
        return tags;
      }
      const tag = this.#plan.steps[this.#index]?.tag;
      if (tag !== undefined) tags.push(tag);
      if (!this.#next(0)) break;
    }
    this.isDone = true;
    if (this.#plan.tag !== undefined) tags.push(this.#plan.tag);
    return tags;
  }

  /** Motion is wanted again: the step that has no end begins anew. */
  thaw(nowMs: number): void {
    if (!this.isFrozen) return;
    this.isFrozen = false;
    this.#startMs = nowMs;
    this.shown = this.#run.at(0);
  }

  velocity(nowMs: number): Velocity {
    return this.isMoving ? this.#run.velocityAt(nowMs - this.#startMs) : STANDING;
  }

  /** The tree was replaced: what runs is over without having been completed. What stands at its end stays. */
  drop(): void {
    if (!this.isDone) this.#isStale = true;
  }

  /** False when there is no next step. */
  #next(endMs: number): boolean {
    const step: Step | undefined = this.#plan.steps[this.#index + 1];
    if (step === undefined) return false;
    this.#index += 1;
    this.#startMs += endMs;
    this.#run = startRun(step, step.from ?? this.#run.end, STANDING);
    return true;
  }
}

const NOTHING: readonly string[] = [];

function isSameGoal(one: Plan, other: Plan): boolean {
  if (one.steps.length > 1 || other.steps.length > 1 || one.tag !== undefined || other.tag !== undefined) return false;
  const [from] = one.steps;
  const [to] = other.steps;
  if (from.to !== to.to) return false;
  if (from.kind === "spring" || to.kind === "spring") return from.kind === to.kind;
  return from.cycles === to.cycles && from.autoReverse === to.autoReverse;
}
