import type { WireProps, WireValue } from "../../protocol/index.ts";
import { withoutStops } from "./focus-stops.ts";
import type { AttributeOverride, Mounted, MountHost } from "./mounted.ts";
import { readEnum, readNumber, readRecord, readString } from "./props.ts";

/**
 * Explicit `a11y` props of all nodes as ARIA attributes. They win over what the view wrote; a field that goes away gives
 * the view's own value back. Bad fields are dropped one by one. Relations are written once both ends are there, whichever
 * comes first.
 */
export class Accessibility {
  readonly #targets: AriaTargets;
  /** Nodes that refer to a node of this id, which is not there. */
  readonly #waiting = new Map<string, Set<Mounted>>();
  readonly #due = new Set<Mounted>();
  readonly #modals = new Set<Mounted>();
  /** Hidden nodes, and what gives the keyboard back to them. */
  readonly #hidden = new Map<Mounted, () => void>();

  constructor(host: MountHost) {
    this.#targets = { domId: (id) => host.domId(id), mounted: (id) => host.mounted(id) ?? holderOf(host, id) };
  }

  /** Nodes that confine the keyboard to themselves, in the order in which they became so. */
  get modals(): ReadonlySet<Mounted> {
    return this.#modals;
  }

  apply(node: Mounted): void {
    const fields = readRecord(node.props["a11y"]) ?? {};
    applyFields(node, fields, this.#targets);
    if (fields["modal"] === true) this.#modals.add(node);
    else this.#modals.delete(node);
    this.#hide(node, fields["hidden"] === true);
    this.#forget(node);
    const missing = RELATIONS.flatMap(([key]) => {
      const id = readString(fields[key]);
      return id === undefined || this.#targets.mounted(id) !== undefined ? [] : [id];
    });
    if (missing.length === 0) return;
    node.awaited = missing;
    for (const id of missing) {
      const others = this.#waiting.get(id);
      if (others === undefined) this.#waiting.set(id, new Set([node]));
      else others.add(node);
    }
  }

  appeared(id: string): void {
    if (this.#waiting.size === 0) return;
    for (const node of this.#waiting.get(id) ?? []) this.#due.add(node);
  }

  /** Some node refers to one that is not there. */
  get isWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  isAwaited(id: string): boolean {
    return this.#waiting.has(id);
  }

  /** Writes the relations to what appeared. */
  settle(): void {
    // What is inside of a drawing appears without a word.
    for (const [id, nodes] of this.#waiting) {
      if (this.#targets.mounted(id) !== undefined) for (const node of nodes) this.#due.add(node);
    }
    for (const node of this.#due) if (!node.isDisposed) this.apply(node);
    this.#due.clear();
  }

  release(node: Mounted): void {
    this.#forget(node);
    this.#modals.delete(node);
    this.#hidden.get(node)?.();
    this.#hidden.delete(node);
  }

  /** What is not there for assistive technology is nothing to stop at; the pointer can use it all the same. */
  #hide(node: Mounted, isHidden: boolean): void {
    const { element, accessible } = node.view;
    const show = this.#hidden.get(node);
    if (isHidden === (show !== undefined)) return;
    if (show === undefined) {
      // All of the widget, not only the part that has its name.
      if (accessible !== undefined && accessible !== element) element.setAttribute("aria-hidden", "true");
      this.#hidden.set(node, withoutStops(element));
      return;
    }
    show();
    if (accessible !== undefined && accessible !== element) element.removeAttribute("aria-hidden");
    this.#hidden.delete(node);
  }

  #forget(node: Mounted): void {
    for (const id of node.awaited ?? []) {
      const others = this.#waiting.get(id);
      others?.delete(node);
      if (others?.size === 0) this.#waiting.delete(id);
    }
    node.awaited = undefined;
  }
}

/** The node that has an element of this id inside, which is no node of its own. */
function holderOf(host: MountHost, id: string): Mounted | undefined {
  for (let at = id.lastIndexOf("/"); at > 0; at = id.lastIndexOf("/", at - 1)) {
    const node = host.mounted(id.slice(0, at));
    if (node !== undefined) return node.view.holds?.(id) === true ? node : undefined;
  }
  return undefined;
}

function applyFields(node: Mounted, fields: WireProps, host: AriaTargets): void {
  const element = node.view.accessible ?? node.view.element;
  node.overrides ??= new Map();
  const written = node.overrides;
  const role = written.get("role");
  const wanted = attributesOf(fields, host);
  fitRole(wanted, fields, element, role === undefined ? element.getAttribute("role") : role.native);
  for (const [name, override] of written) {
    if (wanted.has(name)) continue;
    if (name === "aria-describedby") describe(element, written, "");
    else if (element.getAttribute(name) === override.explicit) setOrRemove(element, name, override.native);
    written.delete(name);
  }
  for (const [name, explicit] of wanted) {
    const current = element.getAttribute(name);
    const previous = written.get(name);
    if (name === "aria-describedby") {
      describe(element, written, explicit);
      continue;
    }
    if (previous?.explicit === explicit && current === explicit) continue;
    const native = previous !== undefined && current === previous.explicit ? previous.native : current;
    written.set(name, { explicit, native });
    element.setAttribute(name, explicit);
  }
}

/** A description from the app comes before the one of a tooltip around the node and does not replace it. */
function describe(element: Element, written: Map<string, AttributeOverride>, explicit: string): void {
  const current = element.getAttribute("aria-describedby");
  const previous = written.get("aria-describedby");
  const own = new Set((previous?.explicit ?? "").split(" "));
  const kept = new Set((previous?.native ?? "").split(" "));
  const native = (current ?? "")
    .split(" ")
    .filter((id) => id !== "" && id !== explicit && (!own.has(id) || kept.has(id)));
  const all = [explicit, ...native].filter((id) => id !== "").join(" ");
  written.set("aria-describedby", { explicit: all, native: native.length === 0 ? null : native.join(" ") });
  if (current !== all) setOrRemove(element, "aria-describedby", all === "" ? null : all);
}

/** What fields mean depends on the role, which may be the view's own. */
function fitRole(wanted: Map<string, string>, fields: WireProps, element: Element, own: string | null): void {
  // A drawing with elements in it is a group: what is inside of an image does not exist for assistive technology.
  if (fields["role"] === "canvas" && own !== null) wanted.delete("role");
  if (!wanted.has("role") && own === null && (element.tagName === "DIV" || element.tagName === "SPAN")) {
    // Names and states of elements without a role are not told to anybody.
    if (fields["modal"] === true) wanted.set("role", "dialog");
    else if (wanted.has("aria-label") || wanted.has("aria-labelledby")) wanted.set("role", "group");
  }
  const checked = wanted.get("aria-checked");
  if (checked !== undefined && (wanted.get("role") ?? own) === "button") {
    wanted.delete("aria-checked");
    wanted.set("aria-pressed", checked);
  }
}

/** Where relations of `a11y` props lead. */
export type AriaTargets = Pick<MountHost, "domId"> & { mounted(id: string): unknown };

/** ARIA attributes of the fields of an `a11y` prop. */
export function attributesOf(fields: WireProps, host: AriaTargets): Map<string, string> {
  const found = new Map<string, string>();
  const role = roleOf(readString(fields["role"]));
  if (role !== undefined) found.set("role", role);
  if (fields["role"] === "multiline_text_input" || fields["role"] === "text_editor")
    found.set("aria-multiline", "true");
  for (const [key, attribute] of TEXTS) {
    const text = readString(fields[key]);
    if (text !== undefined) found.set(attribute, text);
  }
  for (const [key, attribute] of STATES) {
    const state = fields[key];
    if (typeof state === "boolean") found.set(attribute, String(state));
  }
  for (const [key, attribute] of NUMBERS) {
    const value = readNumber(fields[key]);
    if (value !== undefined) found.set(attribute, String(value));
  }
  for (const [key, attribute] of RELATIONS) {
    // Radios name the chosen one of their group; the keyboard focus is on the radio itself all the same.
    if (key === "active_descendant" && Array.isArray(fields["radio_group"])) continue;
    const id = readString(fields[key]);
    // A message that is no node is the message itself; there is nothing to point at.
    if (id !== undefined && host.mounted(id) !== undefined) found.set(attribute, host.domId(id));
    else if (key === "error_message" && id !== undefined && !found.has("aria-description")) {
      found.set("aria-description", id);
    }
  }
  const live = readEnum(fields["live"], ["polite", "assertive"]);
  if (live !== undefined) found.set("aria-live", live);
  const orientation = readEnum(fields["orientation"], ["horizontal", "vertical"]);
  if (orientation !== undefined) found.set("aria-orientation", orientation);
  const popup = readEnum(fields["has_popup"], ["listbox", "menu", "dialog", "tree", "grid"]);
  if (popup !== undefined) found.set("aria-haspopup", popup);
  const mnemonic = mnemonicOf(fields["mnemonic"]);
  if (mnemonic !== undefined) found.set("aria-keyshortcuts", `Alt+${mnemonic.toUpperCase()}`);
  return found;
}

/** The one character of a mnemonic. */
export function mnemonicOf(value: WireValue | undefined): string | undefined {
  return typeof value === "string" && [...value].length === 1 ? value : undefined;
}

const TEXTS = [
  ["label", "aria-label"],
  ["description", "aria-description"],
  ["value", "aria-valuetext"],
] as const;

const STATES = [
  ["hidden", "aria-hidden"],
  ["expanded", "aria-expanded"],
  ["required", "aria-required"],
  ["busy", "aria-busy"],
  ["invalid", "aria-invalid"],
  ["modal", "aria-modal"],
  ["read_only", "aria-readonly"],
  ["toggled", "aria-checked"],
  ["selected", "aria-selected"],
  ["disabled", "aria-disabled"],
] as const;

const NUMBERS = [
  ["level", "aria-level"],
  ["position_in_set", "aria-posinset"],
  ["size_of_set", "aria-setsize"],
] as const;

/** Fields that lead to another node. */
export const RELATIONS = [
  ["labelled_by", "aria-labelledby"],
  ["described_by", "aria-describedby"],
  ["error_message", "aria-errormessage"],
  ["active_descendant", "aria-activedescendant"],
] as const;

/** Names that differ from the ARIA role. */
const ROLES: Readonly<Record<string, string>> = {
  alert_dialog: "alertdialog",
  canvas: "img",
  check_box: "checkbox",
  cell: "cell",
  table_cell: "cell",
  column_header: "columnheader",
  combo_box: "combobox",
  image: "img",
  list_item: "listitem",
  menu_bar: "menubar",
  menu_item: "menuitem",
  multiline_text_input: "textbox",
  text_editor: "textbox",
  text_input: "textbox",
  progress_indicator: "progressbar",
  progress_bar: "progressbar",
  radio_button: "radio",
  radio_group: "radiogroup",
  table_row: "row",
  scroll_bar: "scrollbar",
  tab_list: "tablist",
  tab_panel: "tabpanel",
  tree_item: "treeitem",
};

/** Names that are ARIA roles as they are. */
const PLAIN_ROLES: ReadonlySet<string> = new Set(
  (
    "alert button dialog document group heading link list menu meter navigation radio region row search separator slider " +
    "status switch tab table toolbar tooltip tree"
  ).split(" "),
);

/** ARIA role of a protocol role; `undefined` for names that mean nothing to a page. */
export function roleOf(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  if (Object.hasOwn(ROLES, name)) return ROLES[name];
  return PLAIN_ROLES.has(name) ? name : undefined;
}

function setOrRemove(element: Element, name: string, value: string | null): void {
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}
