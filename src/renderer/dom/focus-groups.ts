/** Parts that the app calls one of these are gone through by arrow keys, and the way they go unless the app says it. */
const GROUPS: Readonly<Record<string, "horizontal" | "vertical">> = {
  menu: "vertical",
  menubar: "horizontal",
  tablist: "horizontal",
  toolbar: "horizontal",
  tree: "vertical",
};
const GROUP = Object.keys(GROUPS)
  .map((role) => `[role="${role}"]`)
  .join(",");

/** Roles that have no use of their own for these keys. */
const ITEMS: ReadonlySet<string> = new Set(
  "button checkbox link menuitem menuitemcheckbox menuitemradio option switch tab treeitem".split(" "),
);

/** Where an arrow key, Home or End leads in the menu, list of tabs, toolbar or tree around what has the focus. */
export function stepInGroup(
  event: KeyboardEvent,
  active: HTMLElement,
  stopsIn: (group: Element) => readonly HTMLElement[],
): HTMLElement | undefined {
  if (event.shiftKey || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return undefined;
  if (!ITEMS.has(active.getAttribute("role") ?? "")) return undefined;
  const group = active.parentElement?.closest(GROUP);
  if (group === null || group === undefined) return undefined;
  const usual = GROUPS[group.getAttribute("role") ?? ""] ?? "horizontal";
  const isVertical = (group.getAttribute("aria-orientation") ?? usual) === "vertical";
  const isReversed = !isVertical && getComputedStyle(group).direction === "rtl";
  const [back, on] = isVertical ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
  const isStep = event.key === back || event.key === on;
  if (!isStep && event.key !== "Home" && event.key !== "End") return undefined;
  const stops = stopsIn(group);
  if (event.key === "Home") return stops[0];
  if (event.key === "End") return stops.at(-1);
  const at = stops.indexOf(active);
  const step = (event.key === on) !== isReversed ? 1 : -1;
  return at < 0 ? undefined : stops[(at + step + stops.length) % stops.length];
}
