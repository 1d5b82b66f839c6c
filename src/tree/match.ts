/** Which of the children that were there goes on as which of those that are there now. */
import { AUTO_ID_PREFIX, checkId } from "../protocol/ids.ts";
import type { EncodeContext } from "./encode/context.ts";
import type { AnyElement } from "./flatten.ts";
import { type Place, placeChild } from "./ids.ts";
import type { TreeRecord } from "./record.ts";
import type { Registry } from "./registry.ts";
import { markMoved } from "./sequence.ts";

/** The part of a child list that may have changed. What is before and after it goes on as it is. */
export interface Middle {
  readonly parent: TreeRecord;
  readonly elements: readonly AnyElement[];
  /** What the records that were there show, by position; empty where their order alone says which is which. */
  readonly shown: readonly AnyElement[];
  /** The places of all elements, where they had to be given with care. */
  readonly places: readonly Place[] | undefined;
  readonly head: number;
  readonly tail: number;
  /** So many after the head go on in order, with other elements. */
  readonly same: number;
}

export interface Match {
  /** For each element of the middle the position in the old middle, `-1` for what is new. */
  readonly sources: readonly number[];
  /** What becomes of each record of the old middle. */
  readonly fates: readonly number[];
  /** How many stay where they are. */
  readonly staying: number;
  /** Places by position in the middle; absent for elements whose own id is one. */
  readonly places: readonly (Place | undefined)[];
}

/** A record leaves the list. */
export const GOES = 0;
/** It is taken out and put in elsewhere. */
export const MOVES = 1;
/** It keeps its place among those that stay. */
export const STAYS = 2;

/** So many children are looked for one by one. */
const FEW = 4;
/** How many may have been removed in one place before all that follows is looked up by name. */
const NEAR = 16;
const NO_PLACES: readonly (Place | undefined)[] = [];

export function match(context: EncodeContext, registry: Registry, middle: Middle): Match {
  const { parent, elements, shown, places: named, head, tail, same } = middle;
  const before = parent.children;
  const count = elements.length - tail - head;
  const countBefore = before.length - tail - head;
  const sources = new Array<number>(count).fill(-1);
  const fates = new Array<number>(countBefore).fill(GOES);
  let ordinals: Map<string, number> | undefined;
  let places: (Place | undefined)[] | undefined;
  let positions: Map<string, number> | undefined;
  let lookUps = 0;
  let kept = same;
  let last = same - 1;
  let isInOrder = true;
  /** Where the next child is when nothing moved. */
  let next = same;
  for (let i = 0; i < same; i++) {
    sources[i] = i;
    fates[i] = STAYS;
  }
  for (let i = same; i < count; i++) {
    // As little as possible for those that follow each other as before: this runs once for each child of a long list.
    const first = next;
    while (next < countBefore && shown[head + next] === elements[head + i] && fates[next] === GOES) {
      sources[i] = next;
      fates[next] = STAYS;
      i += 1;
      next += 1;
    }
    if (next > first) {
      kept += next - first;
      if (first < last) isInOrder = false;
      last = next - 1;
    }
    const element = elements[head + i];
    if (i >= count || element === undefined) continue;
    let position: number;
    if (
      next < countBefore &&
      fates[next] === GOES &&
      named === undefined &&
      isNamedAlike(before[head + next], element)
    ) {
      position = next;
    } else {
      let local = named === undefined ? plainId(element) : undefined;
      if (local === undefined) {
        ordinals ??= ordinalsBefore(context, middle);
        const place = named?.[head + i] ?? placeChild(context, parent, element, ordinals);
        places ??= new Array(count);
        places[i] = place;
        local = place.local;
      }
      if (kept === countBefore) continue;
      if (lookUps < FEW && positions === undefined) {
        // Whoever has the id now is asked where it stands: cheaper than a list of all as long as few have moved.
        lookUps += 1;
        position = positionOf(registry, middle, places?.[i]?.id ?? parent.inner + local, local) - head;
      } else {
        positions ??= positionsOf(before, head, head + countBefore);
        position = positions.get(local) ?? -1;
      }
      // A second element with this id is a new one; its id turns out to be taken.
      if (position < same || position >= countBefore || fates[position] !== GOES) continue;
    }
    sources[i] = position;
    fates[position] = STAYS;
    kept += 1;
    if (position < last) isInOrder = false;
    last = position;
    // After what was removed the others follow at once; what came from far away is an exception.
    next = position >= next && position - next <= NEAR ? position + 1 : next + 1;
  }
  const moved = isInOrder ? 0 : markMoved(sources, fates, MOVES);
  return { sources, fates, staying: kept - moved, places: places ?? NO_PLACES };
}

/** The author's id where it can be used as it is. */
export function plainId({ id }: AnyElement): string | undefined {
  return typeof id === "string" && checkId(id) === undefined ? id : undefined;
}

/** Elements before those that are matched count for the generated ids among these, where there are any. */
function ordinalsBefore(context: EncodeContext, { parent, elements, shown, head, same }: Middle): Map<string, number> {
  const ordinals = new Map<string, number>();
  const end = shown.length === 0 ? head + same : 0;
  for (let i = 0; i < end; i++) {
    const element = elements[i];
    if (element !== undefined && parent.children[i]?.local.startsWith(AUTO_ID_PREFIX)) {
      placeChild(context, parent, element, ordinals);
    }
  }
  return ordinals;
}

function positionOf(registry: Registry, { parent, head, same }: Middle, id: string, local: string): number {
  const record = registry.get(id);
  return record?.parent === parent && record.local === local ? parent.children.indexOf(record, head + same) : -1;
}

function positionsOf(before: readonly TreeRecord[], start: number, end: number): Map<string, number> {
  const positions = new Map<string, number>();
  for (let i = start; i < end; i++) {
    const record = before[i];
    if (record !== undefined) positions.set(record.local, i - start);
  }
  return positions;
}

/** Whether an element with an id has the one of a record, told without looking at the characters that are allowed. */
function isNamedAlike(record: TreeRecord | undefined, element: AnyElement): boolean {
  return record !== undefined && element.id !== undefined && element.id === record.key && record.key === record.local;
}
