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
  for (const port of portsIn(scope)) {
    const isNeeded = overflows(port) && port.closest(HIDDEN) === null && isShown(port) && !hasStop(port);
    if (isNeeded !== (port.tabIndex === 0)) setPort(port, isNeeded);
  }
}

/** From the inside out: an inner port that is a stop is one in the outer port. Found by what browsers keep lists of, as it is done often. */
function portsIn(scope: Element): readonly HTMLElement[] {
  const found: HTMLElement[] = [];
  for (const name of ["pl-scroll-port", "pl-tbody", "pl-markdown"]) {
    for (const element of scope.getElementsByClassName(name)) {
      if (name === "pl-markdown") found.push(...element.querySelectorAll<HTMLElement>(PORTS));
      else if (element instanceof HTMLElement && element.matches(SCROLLERS)) found.push(element);
    }
  }
  const { DOCUMENT_POSITION_PRECEDING } = Node;
  return found.sort((one, other) =>
    (one.compareDocumentPosition(other) & DOCUMENT_POSITION_PRECEDING) === 0 ? 1 : -1,
  );
}

/** Thousands of rows without a stop in them are the common case, so that the whole search is the last resort. */
function hasStop(port: Element): boolean {
  const first = port.querySelector('[tabindex="0"]');
  if (first !== null && isStop(first)) return true;
  const isPossible =
    first !== null ||
    port.getElementsByClassName("cm-content")[0] !== undefined ||
    FIELDS.some((tag) => port.getElementsByTagName(tag)[0] !== undefined);
  return isPossible && tabbable(port).length > 0;
}

const FIELDS = ["input", "textarea", "a"];

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
