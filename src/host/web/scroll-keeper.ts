// Where people had scrolled to is known to the page alone. It is written down when the page goes and looked up when it comes again:
// by reloading, or by going back to it.

/** Pages of one origin share the storage of a tab. */
const keyOf = ({ pathname }: Location): string => `plushie.scroll ${pathname}`;
/** More is not worth the wait at the end. */
const MAX_PLACES = 500;
/** The app shows itself within a moment, or after the connection was tried again. */
const SHOWN_WITHIN_MS = 15_000;
/** Pictures and editors come later than the rest, and make their surroundings longer. */
const COMPLETE_WITHIN_MS = 2_000;
/** Whoever does something has seen where they are. */
const HANDS_ON = ["wheel", "pointerdown", "keydown"] as const;

interface Place {
  /** From the root down to what scrolls, which child each time: the app shows the same again. */
  readonly path: readonly number[];
  /** Its class, lest something else be there now. */
  readonly kind: string;
  readonly left: number;
  readonly top: number;
}

/** Brings the page's scroll offsets back, once, and keeps them for the next page of this tab. Returns how to end that. */
export function keepScrollOffsets(
  root: HTMLElement,
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem">,
): () => void {
  const view = root.ownerDocument.defaultView;
  if (view === null) return () => {};
  const key = keyOf(view.location);
  const places = readPlaces(storage, key);
  const stop = places.length > 0 ? restore(root, view, places) : () => {};
  const keep = (): void => {
    try {
      storage.setItem(key, JSON.stringify(placesIn(root)));
    } catch {
      // The storage is full: the next page begins at the top.
    }
  };
  view.addEventListener("pagehide", keep);
  return () => {
    view.removeEventListener("pagehide", keep);
    stop();
  };
}

function restore(root: HTMLElement, view: Window, wanted: readonly Place[]): () => void {
  let left = wanted;
  let until = view.performance.now() + SHOWN_WITHIN_MS;
  let isShown = false;
  const stop = (): void => {
    left = [];
    for (const type of HANDS_ON) root.removeEventListener(type, stop, true);
  };
  for (const type of HANDS_ON) root.addEventListener(type, stop, { capture: true, passive: true });
  const look = (now: number): void => {
    if (!isShown && root.querySelector(".pl-window") !== null) {
      isShown = true;
      until = now + COMPLETE_WITHIN_MS;
    }
    left = left.filter((place) => !scrollTo(root, place));
    if (left.length > 0 && now < until) view.requestAnimationFrame(look);
    else stop();
  };
  view.requestAnimationFrame(look);
  return stop;
}

/** True when it is there. */
function scrollTo(root: HTMLElement, { path, kind, left, top }: Place): boolean {
  let element: Element | undefined = root;
  for (const at of path) element = element?.children[at];
  if (element === undefined || kindOf(element) !== kind) return false;
  element.scrollTo({ left, top, behavior: "instant" });
  return Math.abs(element.scrollTop - top) <= 1 && Math.abs(element.scrollLeft - left) <= 1;
}

function placesIn(root: HTMLElement): readonly Place[] {
  const places: Place[] = [];
  for (const element of root.querySelectorAll("*")) {
    const { scrollTop: top, scrollLeft: left } = element;
    if ((top === 0 && left === 0) || places.length >= MAX_PLACES) continue;
    const path: number[] = [];
    for (let at = element; at !== root && at.parentElement !== null; at = at.parentElement) {
      path.unshift([...at.parentElement.children].indexOf(at));
    }
    places.push({ path, kind: kindOf(element), left, top });
  }
  return places;
}

function kindOf(element: Element): string {
  return element.classList.item(0) ?? element.tagName;
}

function readPlaces(storage: Pick<Storage, "getItem" | "removeItem">, key: string): readonly Place[] {
  const text = storage.getItem(key);
  storage.removeItem(key);
  if (text === null) return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter(isPlace).slice(0, MAX_PLACES) : [];
  } catch {
    // Somebody else wrote under this name.
    return [];
  }
}

function isPlace(value: unknown): value is Place {
  if (typeof value !== "object" || value === null) return false;
  const place: Partial<Record<keyof Place, unknown>> = value;
  const { path, kind, left, top } = place;
  return typeof kind === "string" && Array.isArray(path) && typeof left === "number" && typeof top === "number";
}
