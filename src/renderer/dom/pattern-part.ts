import type { WireProps, WireValue } from "../../protocol/index.ts";
import type { ItemLayout, ItemLengths, LayoutScope } from "./layout.ts";
import type { AttributeOverride } from "./mounted.ts";
import type { CopyHole, CopyRules, WidgetModule } from "./widget.ts";

/** A prop that copies may differ in. */
export interface Hole {
  readonly name: string;
  readonly rule: CopyHole;
  /** Copies differ in it, so that it is written on each of them. */
  isOpen: boolean;
  /** What the original shows. */
  shown: WireValue | undefined;
}

/** What a part needs that is drawn by the element of its parent while it sleeps. */
export interface Carried {
  /** As it was drawn by itself. */
  readonly own: HTMLElement;
  /** The parent's own classes. */
  readonly around: string;
}

/** One node of a pattern. */
export interface Part {
  readonly module: WidgetModule;
  readonly type: string;
  readonly props: WireProps;
  readonly propCount: number;
  holes: readonly Hole[];
  readonly parts: readonly Part[];
  /** Elements from the one of the sibling before, or from the first one inside of the parent's. */
  readonly steps: number;
  /** In the original. */
  element: HTMLElement;
  /** Its element is the parent's. */
  carried: Carried | undefined;
  readonly item: ItemLayout;
  readonly scope: LayoutScope | undefined;
  readonly lengths: ItemLengths | undefined;
  readonly place: number;
  readonly isTied: boolean;
  readonly overrides: ReadonlyMap<string, AttributeOverride> | undefined;
  /** There is an open hole in it or below. */
  hasOpen: boolean;
}

export function holeOf(part: Part, name: string): Hole | undefined {
  for (const hole of part.holes) if (hole.name === name) return hole;
  return undefined;
}

/** For a change of what is there already: also of props that the original does not have. */
export function ruleOf(part: Part, name: string): CopyHole | undefined {
  const hole = holeOf(part, name);
  if (hole !== undefined) return hole.rule;
  const holes: CopyRules["holes"] = part.module.copies?.holes ?? {};
  const rule = Object.hasOwn(holes, name) ? holes[name] : undefined;
  return rule?.isOptional === true ? rule : undefined;
}
