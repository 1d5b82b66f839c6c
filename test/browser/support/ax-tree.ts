import type { Page } from "playwright-core";

interface DomNode {
  readonly backendNodeId: number;
  readonly attributes?: readonly string[];
  readonly children?: readonly DomNode[];
}

/** Chromium's own words for what is only text or a box. */
const PLAIN = new Set(["StaticText", "InlineTextBox", "RootWebArea", "LineBreak", "none", "ListMarker"]);
/** True of every field and every live region. */
const SKIPPED = new Set(["editable", "settable", "atomic", "relevant", "root", "focused", "url"]);
/** What the protocol of the browser's tools does not tell. */
const FROM_DOM = ["posinset", "setsize", "sort", "valuetext"] as const;
const RELATIONS = new Set(["labelledby", "describedby", "errormessage", "activedescendant", "controls", "owns"]);
/** States whose `false` means something. */
const STATES = new Set(["checked", "expanded", "pressed"]);

/**
 * The accessibility tree as Chromium hands it to assistive technology: lines like `button "Save" focusable`, by the group
 * that matches in the nearest `data-id` around.
 */
export async function axLines(page: Page, group: RegExp): Promise<ReadonlyMap<string, readonly string[]>> {
  const session = await page.context().newCDPSession(page);
  const { root } = await session.send("DOM.getDocument", { depth: -1 });
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();

  const attributes = new Map<number, ReadonlyMap<string, string>>();
  const groups = new Map<number, string>();
  const visit = (node: DomNode, around: string): void => {
    const list = node.attributes ?? [];
    const own = new Map(list.flatMap((name, at) => (at % 2 === 0 ? [[name, list[at + 1] ?? ""] as const] : [])));
    const inside = group.exec(own.get("data-id") ?? "")?.[1] ?? around;
    attributes.set(node.backendNodeId, own);
    groups.set(node.backendNodeId, inside);
    for (const child of node.children ?? []) visit(child, inside);
  };
  visit(root, "");

  const idOf = (backendId: number | undefined): string => {
    const own = attributes.get(backendId ?? -1);
    const around = groups.get(backendId ?? -1) ?? "";
    const id = own?.get("data-id") ?? (own?.get("role") === "tooltip" ? `${around}tip` : (own?.get("id") ?? ""));
    return id.startsWith(around) ? `@${id.slice(around.length)}` : id;
  };

  const lines = new Map<string, string[]>();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const describe = (nodeId: string): void => {
    const node = byId.get(nodeId);
    if (node === undefined) return;
    const role = String(node.role?.value ?? "");
    const name = String(node.name?.value ?? "").trim();
    const isPlain = PLAIN.has(role) || (role === "generic" && name === "");
    if (node.ignored !== true && !isPlain) {
      const own = attributes.get(node.backendDOMNodeId ?? -1);
      const words: string[] = [];
      const description = String(node.description?.value ?? "");
      if (description !== "") words.push(`description="${description}"`);
      if (node.value !== undefined && node.value.value !== "") words.push(`value=${JSON.stringify(node.value.value)}`);
      for (const { name: property, value } of node.properties ?? []) {
        if (SKIPPED.has(property)) continue;
        if (RELATIONS.has(property)) {
          const targets = (value.relatedNodes ?? []).map(({ backendDOMNodeId }) => idOf(backendDOMNodeId));
          if (targets.length > 0) words.push(`${property}=${targets.join(",")}`);
        } else if (STATES.has(property)) words.push(`${property}=${value.value}`);
        else if (value.value === true) words.push(property);
        else if (![false, "false", "", 0, undefined].includes(value.value)) words.push(`${property}=${value.value}`);
      }
      for (const attribute of FROM_DOM) {
        const value = own?.get(`aria-${attribute}`);
        if (value !== undefined && value !== "none") words.push(`${attribute}=${value}`);
      }
      words.sort();
      const key = groups.get(node.backendDOMNodeId ?? -1) ?? "";
      const line = [role, ...(name === "" ? [] : [JSON.stringify(name)]), ...words].join(" ");
      const group = lines.get(key);
      if (group === undefined) lines.set(key, [line]);
      else group.push(line);
    }
    for (const child of node.childIds ?? []) describe(child);
  };
  const top = nodes.find((node) => node.parentId === undefined);
  if (top !== undefined) describe(top.nodeId);
  return lines;
}
