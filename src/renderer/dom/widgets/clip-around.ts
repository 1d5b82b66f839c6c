/** Edges in client coordinates. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Clip {
  /** What the boxes around leave visible. */
  readonly all: Area;
  /** The same for those that scroll. */
  readonly scrolled: Area;
}

const EVERYTHING: Area = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };
/** Rounding is no cut. */
const TOLERANCE = 0.5;

/** What of an element its ancestors let be seen, as far as something fixed could leave them. */
export function clipAround(element: HTMLElement): Clip {
  let all = EVERYTHING;
  let scrolled = EVERYTHING;
  for (let around = element.parentElement; around !== null; around = around.parentElement) {
    const style = getComputedStyle(around);
    if (holdsFixed(style)) break;
    const clipsX = style.overflowX !== "visible";
    const clipsY = style.overflowY !== "visible";
    if (!clipsX && !clipsY) continue;
    const box = around.getBoundingClientRect();
    all = within(all, box, clipsX, clipsY);
    const scrollsX = clipsX && style.overflowX !== "clip";
    const scrollsY = clipsY && style.overflowY !== "clip";
    if (scrollsX || scrollsY) scrolled = within(scrolled, box, scrollsX, scrollsY);
  }
  return { all, scrolled };
}

export function isWithin(inner: Area, outer: Area): boolean {
  return (
    inner.left >= outer.left - TOLERANCE &&
    inner.top >= outer.top - TOLERANCE &&
    inner.right <= outer.right + TOLERANCE &&
    inner.bottom <= outer.bottom + TOLERANCE
  );
}

function within(area: Area, box: Area, clipsX: boolean, clipsY: boolean): Area {
  return {
    left: clipsX ? Math.max(area.left, box.left) : area.left,
    top: clipsY ? Math.max(area.top, box.top) : area.top,
    right: clipsX ? Math.min(area.right, box.right) : area.right,
    bottom: clipsY ? Math.min(area.bottom, box.bottom) : area.bottom,
  };
}

/** Fixed elements below stand in this one and are cut by it: the content of a window always, and what contains its painting. */
function holdsFixed(style: CSSStyleDeclaration): boolean {
  return (
    style.transform !== "none" ||
    style.filter !== "none" ||
    /layout|paint|strict|content/.test(style.contain) ||
    style.getPropertyValue("content-visibility") === "auto"
  );
}
