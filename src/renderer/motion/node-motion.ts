import type { WireProps, WireValue } from "../../protocol/index.ts";
import { isDescriptor, isSameKind, type MotionValue, type Plan, readDescriptor } from "./descriptor.ts";
import { fitValue } from "./fit.ts";
import { STANDING } from "./run.ts";
import { type Departure, Track } from "./track.ts";

/** What ended, or could not begin. */
export interface MotionNews {
  completed(prop: string, tag: string): void;
  invalid(prop: string): void;
}

/** The props of a node that hold descriptors; `exit` and internal ones are not for showing. */
export function hasDescriptors(props: WireProps): boolean {
  for (const name in props) if (isAnimated(name, props[name])) return true;
  return false;
}

function isAnimated(name: string, value: WireValue | undefined): value is WireValue {
  return isDescriptor(value) && name !== "exit" && !name.startsWith("__");
}

/** All animations of one node. */
export class NodeMotion {
  /** With every descriptor replaced by what to show now. */
  props: WireProps = {};
  #tracks = new Map<string, Track>();
  /** Descriptors that were refused, so that each is reported once. */
  #refused = new Map<string, string>();

  get isMoving(): boolean {
    for (const track of this.#tracks.values()) if (track.isMoving) return true;
    return false;
  }

  /** Takes over new props. `shown`: what the node showed before, if it was there. */
  update(wireProps: WireProps, shown: WireProps, nowMs: number, news: MotionNews): void {
    const tracks = new Map<string, Track>();
    const refused = new Map<string, string>();
    const props: Record<string, WireValue> = { ...wireProps };
    for (const name in wireProps) {
      const value = wireProps[name];
      if (!isAnimated(name, value)) continue;
      const track = this.#trackFor(name, value, shown[name], nowMs, news);
      if (track instanceof Track) {
        tracks.set(name, track);
        props[name] = fitValue(name, track.shown);
        continue;
      }
      const key = JSON.stringify(value);
      if (this.#refused.get(name) !== key) news.invalid(name);
      refused.set(name, key);
      if (track === undefined) delete props[name];
      else props[name] = track;
    }
    this.#tracks = tracks;
    this.#refused = refused;
    this.props = props;
  }

  /** The track of a prop, or what to show instead of a descriptor that makes no sense. */
  #trackFor(
    name: string,
    value: WireValue,
    shown: WireValue | undefined,
    nowMs: number,
    news: MotionNews,
  ): Track | MotionValue | undefined {
    const before = this.#tracks.get(name);
    if (before?.isFor(value) === true) return before;
    const descriptor = readDescriptor(value);
    if (descriptor.kind === "invalid") return descriptor.end;
    const { plan } = descriptor;
    if (before?.adopt(value, plan) === true) return before;
    const track = new Track(value, plan, departure(plan, before, shown, nowMs), nowMs);
    for (const tag of track.advance(nowMs)) news.completed(name, tag);
    return track;
  }

  /** True when something looks different now. */
  advance(nowMs: number, news: MotionNews): boolean {
    return this.#each((track, name) => {
      for (const tag of track.advance(nowMs)) news.completed(name, tag);
    });
  }

  /** Everything at its end at once. */
  finish(news: MotionNews): boolean {
    return this.#each((track, name) => {
      for (const tag of track.finish()) news.completed(name, tag);
    });
  }

  thaw(nowMs: number): boolean {
    return this.#each((track) => track.thaw(nowMs));
  }

  drop(): void {
    for (const track of this.#tracks.values()) track.drop();
  }

  #each(change: (track: Track, name: string) => void): boolean {
    let changed: Record<string, WireValue> | undefined;
    for (const [name, track] of this.#tracks) {
      change(track, name);
      const value = fitValue(name, track.shown);
      if (value === this.props[name]) continue;
      changed ??= { ...this.props };
      changed[name] = value;
    }
    this.props = changed ?? this.props;
    return changed !== undefined;
  }
}

/**
 * What is shown goes on from where it is and as fast as it goes; `from` is for a prop that was not animated before.
 * Without either, the way begins at its end: nothing moves.
 */
function departure(plan: Plan, before: Track | undefined, shown: WireValue | undefined, nowMs: number): Departure {
  const [{ to, from }] = plan.steps;
  if (before !== undefined && isSameKind(before.shown, to)) {
    return { value: before.shown, velocity: before.velocity(nowMs) };
  }
  return { value: from ?? (isSameKind(shown, to) ? shown : to), velocity: STANDING };
}
