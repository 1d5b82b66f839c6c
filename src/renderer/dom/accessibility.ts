import type { WireProps, WireValue } from "../../protocol/index.ts";
import type { Mounted, MountHost } from "./mounted.ts";
import { readEnum, readNumber, readRecord, readString } from "./props.ts";

/**
 * Explicit `a11y` props as ARIA attributes. They win over what the view wrote; a field that goes away gives the view's
 * own value back. Bad fields are dropped one by one.
 */
export function applyAccessibility(node: Mounted, host: MountHost): void {
  const element = node.view.accessible ?? node.view.element;
  const fields = readRecord(node.props["a11y"]) ?? {};
  const wanted = attributesOf(fields, host);
  node.overrides ??= new Map();
  const written = node.overrides;
  for (const [name, override] of written) {
    if (wanted.has(name)) continue;
    if (element.getAttribute(name) === override.explicit) setOrRemove(element, name, override.native);
    written.delete(name);
  }
  for (const [name, explicit] of wanted) {
    const current = element.getAttribute(name);
    const previous = written.get(name);
    if (previous?.explicit === explicit && current === explicit) continue;
    const native = previous !== undefined && current === previous.explicit ? previous.native : current;
    written.set(name, { explicit, native });
    element.setAttribute(name, explicit);
  }
}

/** Where relations of `a11y` props lead. */
export type AriaTargets = Pick<MountHost, "domId"> & { mounted(id: string): unknown };

/** ARIA attributes of the fields of an `a11y` prop. */
export function attributesOf(fields: WireProps, host: AriaTargets): Map<string, string> {
  const found = new Map<string, string>();
  const role = roleOf(readString(fields["role"]));
  if (role !== undefined) found.set("role", role);
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

const RELATIONS = [
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
