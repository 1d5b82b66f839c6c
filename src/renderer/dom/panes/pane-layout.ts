import type { Rect } from "../place.ts";

/** The binary tree of splits behind a pane grid. Pure: every operation gives a new tree. */
export type PaneTree =
  | { readonly kind: "pane"; readonly id: string }
  | {
      readonly kind: "split";
      readonly id: number;
      readonly axis: SplitAxis;
      /** Share of the first part. */
      readonly ratio: number;
      readonly first: PaneTree;
      readonly second: PaneTree;
    };

/** `vertical`: side by side. `horizontal`: one above the other. */
export type SplitAxis = "vertical" | "horizontal";

export type Region = "center" | "top" | "bottom" | "left" | "right";

export interface PlacedSplit {
  readonly id: number;
  readonly axis: SplitAxis;
  readonly ratio: number;
  /** The whole area that is split. */
  readonly area: Rect;
  /** The gap between both parts. */
  readonly gap: Rect;
}

export interface PlacedPanes {
  readonly panes: ReadonlyMap<string, Rect>;
  readonly splits: readonly PlacedSplit[];
}

/** Panes that vanished are closed, new ones split the pane before them (the first one found when there is none). */
export function reconcilePanes(
  tree: PaneTree | undefined,
  ids: readonly string[],
  axis: SplitAxis,
): PaneTree | undefined {
  let next = tree;
  const wanted = new Set(ids);
  for (const id of paneIds(tree)) if (!wanted.has(id)) next = closePane(next, id);
  const present = new Set(paneIds(next));
  let last: string | undefined;
  for (const id of ids) {
    if (!present.has(id)) {
      const target = last ?? paneIds(next).at(-1);
      next = target === undefined || next === undefined ? { kind: "pane", id } : splitPane(next, target, axis, id, 0.5);
      present.add(id);
    }
    last = id;
  }
  return next;
}

export function paneIds(tree: PaneTree | undefined): string[] {
  if (tree === undefined) return [];
  return tree.kind === "pane" ? [tree.id] : [...paneIds(tree.first), ...paneIds(tree.second)];
}

export function splitPane(tree: PaneTree, target: string, axis: SplitAxis, added: string, ratio: number): PaneTree {
  const id = nextSplitId(tree);
  return mapPane(tree, target, (pane) => ({
    kind: "split",
    id,
    axis,
    ratio,
    first: pane,
    second: { kind: "pane", id: added },
  }));
}

export function closePane(tree: PaneTree | undefined, id: string): PaneTree | undefined {
  if (tree === undefined) return undefined;
  if (tree.kind === "pane") return tree.id === id ? undefined : tree;
  const first = closePane(tree.first, id);
  const second = closePane(tree.second, id);
  if (first === undefined || second === undefined) return first ?? second;
  return first === tree.first && second === tree.second ? tree : { ...tree, first, second };
}

export function swapPanes(tree: PaneTree, a: string, b: string): PaneTree {
  if (tree.kind === "pane") {
    if (tree.id === a) return { kind: "pane", id: b };
    return tree.id === b ? { kind: "pane", id: a } : tree;
  }
  return { ...tree, first: swapPanes(tree.first, a, b), second: swapPanes(tree.second, a, b) };
}

/** Drops `moved` onto a region of `target`, or onto an edge of the whole grid when there is no target. */
export function movePane(tree: PaneTree, moved: string, target: string | undefined, region: Region): PaneTree {
  if (moved === target) return tree;
  if (region === "center") return target === undefined ? tree : swapPanes(tree, moved, target);
  const rest = closePane(tree, moved);
  if (rest === undefined) return tree;
  const pane: PaneTree = { kind: "pane", id: moved };
  const id = nextSplitId(tree);
  const axis: SplitAxis = region === "left" || region === "right" ? "vertical" : "horizontal";
  const isFirst = region === "left" || region === "top";
  const beside = (other: PaneTree): PaneTree => ({
    kind: "split",
    id,
    axis,
    ratio: 0.5,
    first: isFirst ? pane : other,
    second: isFirst ? other : pane,
  });
  return target === undefined ? beside(rest) : mapPane(rest, target, beside);
}

export function setRatio(tree: PaneTree, split: number, ratio: number): PaneTree {
  if (tree.kind === "pane") return tree;
  if (tree.id === split) return { ...tree, ratio };
  return { ...tree, first: setRatio(tree.first, split, ratio), second: setRatio(tree.second, split, ratio) };
}

/** Rectangles of panes and gaps in `area`. No side of a split gets smaller than what its panes need. */
export function placePanes(tree: PaneTree | undefined, area: Rect, spacing: number, minSize: number): PlacedPanes {
  const panes = new Map<string, Rect>();
  const splits: PlacedSplit[] = [];
  if (tree !== undefined) walk(tree, area);
  return { panes, splits };

  function walk(node: PaneTree, rect: Rect): void {
    if (node.kind === "pane") {
      panes.set(node.id, rect);
      return;
    }
    const isVertical = node.axis === "vertical";
    const length = isVertical ? rect.width : rect.height;
    const least = leastLength(node.first, node.axis, spacing, minSize);
    const most = length - leastLength(node.second, node.axis, spacing, minSize) - spacing;
    const wanted = Math.round(node.ratio * length - spacing / 2);
    const first = Math.max(0, Math.min(Math.max(wanted, least), Math.max(most, 0)));
    const rest = Math.max(0, length - first - spacing);
    const [one, gap, other] = isVertical
      ? [
          { ...rect, width: first },
          { ...rect, x: rect.x + first, width: spacing },
          { ...rect, x: rect.x + first + spacing, width: rest },
        ]
      : [
          { ...rect, height: first },
          { ...rect, y: rect.y + first, height: spacing },
          { ...rect, y: rect.y + first + spacing, height: rest },
        ];
    splits.push({ id: node.id, axis: node.axis, ratio: node.ratio, area: rect, gap });
    walk(node.first, one);
    walk(node.second, other);
  }
}

/** Where in a pane a point lies: outer thirds left and right first, then top and bottom. */
export function regionAt(rect: Rect, x: number, y: number): Region {
  if (x < rect.x + rect.width / 3) return "left";
  if (x > rect.x + (2 * rect.width) / 3) return "right";
  if (y < rect.y + rect.height / 3) return "top";
  return y > rect.y + (2 * rect.height) / 3 ? "bottom" : "center";
}

/** The outer edge of the grid at a point, if it is near one. */
export function edgeAt(area: Rect, x: number, y: number): Exclude<Region, "center"> | undefined {
  const zone = Math.min(area.width, area.height) / 25;
  if (x < area.x + zone) return "left";
  if (x > area.x + area.width - zone) return "right";
  if (y < area.y + zone) return "top";
  return y > area.y + area.height - zone ? "bottom" : undefined;
}

function leastLength(tree: PaneTree, axis: SplitAxis, spacing: number, minSize: number): number {
  if (tree.kind === "pane") return minSize;
  const first = leastLength(tree.first, axis, spacing, minSize);
  const second = leastLength(tree.second, axis, spacing, minSize);
  return tree.axis === axis ? first + spacing + second : Math.max(first, second);
}

function mapPane(tree: PaneTree, id: string, change: (pane: PaneTree) => PaneTree): PaneTree {
  if (tree.kind === "pane") return tree.id === id ? change(tree) : tree;
  const first = mapPane(tree.first, id, change);
  const second = mapPane(tree.second, id, change);
  return first === tree.first && second === tree.second ? tree : { ...tree, first, second };
}

function nextSplitId(tree: PaneTree): number {
  return tree.kind === "pane" ? 0 : Math.max(tree.id, nextSplitId(tree.first) - 1, nextSplitId(tree.second) - 1) + 1;
}
