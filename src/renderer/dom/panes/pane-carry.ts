import type { Rect } from "../place.ts";
import type { Region } from "./pane-layout.ts";

export type Edge = Exclude<Region, "center">;

/** Where a pane that is moved would come to lie: on a part of another pane, or at an edge of the whole grid. */
export type PaneTarget =
  | { readonly kind: "pane"; readonly id: string; readonly region: Region; readonly rect: Rect }
  | { readonly kind: "edge"; readonly edge: Edge; readonly rect: Rect };

const DIRECTIONS: Readonly<Record<string, Edge>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "top",
  ArrowDown: "bottom",
};
const OPPOSITE: Readonly<Record<Edge, Edge>> = { left: "right", right: "left", top: "bottom", bottom: "top" };

export function directionOf(key: string): Edge | undefined {
  return Object.hasOwn(DIRECTIONS, key) ? DIRECTIONS[key] : undefined;
}

/** Where keys set out from: changing places with the pane after it. */
export function firstTarget(rects: ReadonlyMap<string, Rect>, moved: string): PaneTarget | undefined {
  const ids = [...rects.keys()];
  const id = ids[(ids.indexOf(moved) + 1) % ids.length];
  return id === undefined || id === moved ? undefined : onPane(rects, id, "center");
}

/**
 * Where an arrow key leads: from the middle of a pane to its side, from the side across to the next pane or, behind the last
 * one, to the edge of the grid; and the same way back.
 */
export function nextTarget(
  target: PaneTarget,
  direction: Edge,
  moved: string,
  rects: ReadonlyMap<string, Rect>,
  area: Rect,
): PaneTarget {
  if (target.kind === "edge") {
    if (direction !== OPPOSITE[target.edge]) return atEdge(area, direction);
    const id = outermost(rects, moved, target.edge);
    return (id === undefined ? undefined : onPane(rects, id, target.edge)) ?? target;
  }
  if (target.region === OPPOSITE[direction]) return onPane(rects, target.id, "center") ?? target;
  if (target.region !== direction) return onPane(rects, target.id, direction) ?? target;
  const id = neighbor(rects, target.id, direction, moved);
  return (id === undefined ? undefined : onPane(rects, id, OPPOSITE[direction])) ?? atEdge(area, direction);
}

/** The part of a rectangle that a drop would take. */
export function partOf(rect: Rect, region: Region): Rect {
  const [halfWidth, halfHeight] = [rect.width / 2, rect.height / 2];
  if (region === "left") return { ...rect, width: halfWidth };
  if (region === "right") return { ...rect, x: rect.x + halfWidth, width: halfWidth };
  if (region === "top") return { ...rect, height: halfHeight };
  return region === "bottom" ? { ...rect, y: rect.y + halfHeight, height: halfHeight } : rect;
}

const PLACES: Readonly<Record<Region, string>> = {
  center: "Swap with",
  left: "Left of",
  right: "Right of",
  top: "Above",
  bottom: "Below",
};

/** In words, for people who do not see it. */
export function describeTarget(target: PaneTarget, nameOf: (id: string) => string): string {
  if (target.kind === "pane") return `${PLACES[target.region]} ${nameOf(target.id)}`;
  return `${target.edge[0]?.toUpperCase() ?? ""}${target.edge.slice(1)} edge of all panes`;
}

function onPane(rects: ReadonlyMap<string, Rect>, id: string, region: Region): PaneTarget | undefined {
  const rect = rects.get(id);
  return rect === undefined ? undefined : { kind: "pane", id, region, rect: partOf(rect, region) };
}

function atEdge(area: Rect, edge: Edge): PaneTarget {
  return { kind: "edge", edge, rect: partOf(area, edge) };
}

/** How far a rectangle reaches in a direction. */
function reach(rect: Rect, direction: Edge): number {
  if (direction === "left") return -rect.x;
  if (direction === "right") return rect.x + rect.width;
  return direction === "top" ? -rect.y : rect.y + rect.height;
}

/** The pane that lies behind another one in a direction: the nearest one, of several the one with the longest common side. */
function neighbor(rects: ReadonlyMap<string, Rect>, from: string, direction: Edge, moved: string): string | undefined {
  const start = rects.get(from);
  if (start === undefined) return undefined;
  const isSideways = direction === "left" || direction === "right";
  const common = (rect: Rect): number =>
    isSideways
      ? Math.min(rect.y + rect.height, start.y + start.height) - Math.max(rect.y, start.y)
      : Math.min(rect.x + rect.width, start.x + start.width) - Math.max(rect.x, start.x);
  const distance = (rect: Rect): number => -reach(rect, OPPOSITE[direction]) - reach(start, direction);
  let best: { readonly id: string; readonly distance: number; readonly common: number } | undefined;
  for (const [id, rect] of rects) {
    const found = { id, distance: distance(rect), common: common(rect) };
    if (id === from || id === moved || found.distance < 0 || found.common <= 0) continue;
    const isNearer = best === undefined || found.distance < best.distance;
    if (isNearer || (found.distance === best?.distance && found.common > best.common)) best = found;
  }
  return best?.id;
}

function outermost(rects: ReadonlyMap<string, Rect>, moved: string, direction: Edge): string | undefined {
  let best: { readonly id: string; readonly reach: number } | undefined;
  for (const [id, rect] of rects) {
    const far = reach(rect, direction);
    if (id !== moved && (best === undefined || far > best.reach)) best = { id, reach: far };
  }
  return best?.id;
}
