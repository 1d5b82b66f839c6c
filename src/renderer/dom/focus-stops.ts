/** What the Tab key stops at by itself. */
export const STOPS =
  '[tabindex="0"],a[href]:not([tabindex]),input:not([tabindex="-1"]),textarea:not([tabindex="-1"]),[contenteditable="true"]:not([tabindex="-1"])';

/** What scrolls by keys that nobody else has. */
export const SCROLLERS = ".pl-scroll-port,.pl-table-scroll>.pl-tbody";
/** What may have to be a stop, so that all of it can be read: also wide code and tables in documents. */
const PORTS = `${SCROLLERS},.pl-table,.pl-markdown pre,.pl-md-table`;

const PORT_NAME = "Scrollable content";
const HIDDEN = '[aria-hidden="true"]';

/** Elements the keyboard stops at, in the order of the document. */
export function tabbable(scope: Element): HTMLElement[] {
  const found: HTMLElement[] = [];
  for (const element of scope.querySelectorAll(STOPS)) if (isStop(element)) found.push(element);
  return found;
}

export function isStop(element: Element): element is HTMLElement {
  return element instanceof HTMLElement && !isDisabled(element) && isShown(element);
}

export function isDisabled(element: Element): boolean {
  return element.getAttribute("aria-disabled") === "true" || element.hasAttribute("disabled");
}

export function isShown(element: Element): boolean {
  return element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
}

/** More than what is seen, in a direction in which it scrolls. */
export function overflows(port: Element): boolean {
  const isHigh = port.scrollHeight > port.clientHeight + 1;
  const isWide = port.scrollWidth > port.clientWidth + 1;
  if (!isHigh && !isWide) return false;
  const { overflowX, overflowY } = getComputedStyle(port);
  return (isHigh && SCROLLING.has(overflowY)) || (isWide && SCROLLING.has(overflowX));
}

const SCROLLING: ReadonlySet<string> = new Set(["auto", "scroll"]);

/** Something that scrolls and has nothing to stop at in it is a stop itself, or its end could not be read by keyboard. */
export function openPorts(scope: Element): void {
  // From the inside out: an inner port that is a stop is one in the outer port.
  const ports = [...scope.querySelectorAll<HTMLElement>(PORTS)].reverse();
  for (const port of ports) {
    const isNeeded = overflows(port) && port.closest(HIDDEN) === null && isShown(port) && !hasStop(port);
    if (isNeeded !== (port.tabIndex === 0)) setPort(port, isNeeded);
  }
}

function hasStop(port: Element): boolean {
  const first = port.querySelector(STOPS);
  return first !== null && (isStop(first) || tabbable(port).length > 0);
}

/** A stop needs a role and a name; those that the app gave stay. */
function setPort(port: HTMLElement, isNeeded: boolean): void {
  port.tabIndex = isNeeded ? 0 : -1;
  if (isNeeded) {
    if (!port.hasAttribute("role")) {
      port.setAttribute("role", "group");
      port.dataset["port"] = "group";
    }
    if (!port.hasAttribute("aria-label") && !port.hasAttribute("aria-labelledby")) {
      port.setAttribute("aria-label", PORT_NAME);
    }
    return;
  }
  if (port.dataset["port"] === port.getAttribute("role")) port.removeAttribute("role");
  delete port.dataset["port"];
  if (port.getAttribute("aria-label") === PORT_NAME) port.removeAttribute("aria-label");
}

/**
 * Takes an element and everything in it out of the Tab order, also what comes later, until the returned function is called.
 * The pointer can still use it.
 */
export function withoutStops(part: Element): () => void {
  /** What each of them had. */
  const held = new Map<Element, string | null>();
  const hold = (element: Element): void => {
    held.set(element, element.getAttribute("tabindex"));
    element.setAttribute("tabindex", "-1");
  };
  const holdAll = (): void => {
    if (part.matches(STOPS)) hold(part);
    for (const element of part.querySelectorAll(`:is(${STOPS}),:is(${PORTS}):not([tabindex])`)) hold(element);
  };
  const observer = new MutationObserver((changes) => {
    for (const { target } of changes) {
      // Its widget has set it anew.
      if (target instanceof Element && target.getAttribute("tabindex") !== "-1") held.delete(target);
    }
    holdAll();
  });
  holdAll();
  const attributeFilter = ["tabindex", "href", "contenteditable"];
  observer.observe(part, { subtree: true, childList: true, attributes: true, attributeFilter });
  return () => {
    observer.disconnect();
    for (const [element, before] of held) {
      if (element.getAttribute("tabindex") !== "-1") continue;
      if (before === null) element.removeAttribute("tabindex");
      else element.setAttribute("tabindex", before);
    }
  };
}
