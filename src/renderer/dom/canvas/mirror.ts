import { type AriaTargets, attributesOf, RELATIONS } from "../accessibility.ts";
import { readRecord, readString } from "../props.ts";
import { boundsOf, type CanvasElement, type Scene, textOf } from "./scene.ts";

interface Reflection {
  readonly element: HTMLElement;
  attributes: ReadonlyMap<string, string>;
  place: string;
  source: CanvasElement | undefined;
}

/** Stands for the elements of a canvas in the accessibility tree: one hidden node each, over its place. */
export class Mirror {
  readonly element: HTMLElement;
  readonly #targets: AriaTargets;
  readonly #byId = new Map<string, Reflection>();
  #elements: readonly CanvasElement[] = [];

  constructor(document: Document, targets: AriaTargets) {
    this.element = document.createElement("div");
    this.element.className = "pl-canvas-mirror";
    this.#targets = {
      domId: (id) => targets.domId(id),
      mounted: (id) => this.#byId.get(id) ?? targets.mounted(id),
    };
  }

  setScene({ elements }: Scene): void {
    const before = this.#elements;
    this.#elements = elements;
    const isSameSet =
      elements.length === before.length && elements.every((element, index) => element.id === before[index]?.id);
    if (!isSameSet) this.#arrange(elements);
    for (const [index, source] of elements.entries()) {
      if (isSameSet && source === before[index]) continue;
      const reflection = this.#byId.get(source.id);
      if (reflection === undefined || reflection.source === source) continue;
      reflection.source = source;
      this.#place(reflection, source);
      this.#describe(reflection, source);
    }
  }

  #arrange(elements: readonly CanvasElement[]): void {
    const ids = new Set(elements.map(({ id }) => id));
    for (const [id, { element }] of this.#byId) {
      if (ids.has(id)) continue;
      element.remove();
      this.#byId.delete(id);
    }
    let previous: HTMLElement | undefined;
    for (const source of elements) {
      const reflection = this.#byId.get(source.id) ?? this.#add(source.id);
      const expected = previous === undefined ? this.element.firstElementChild : previous.nextElementSibling;
      if (expected !== reflection.element) this.element.insertBefore(reflection.element, expected);
      previous = reflection.element;
    }
  }

  /** DOM id for `aria-activedescendant`. */
  domIdOf(id: string): string | undefined {
    return this.#byId.get(id)?.element.id;
  }

  /** The canvas element that a node of the mirror stands for. */
  idOf(target: EventTarget | null): string | undefined {
    for (const [id, { element }] of this.#byId) if (element === target) return id;
    return undefined;
  }

  #add(id: string): Reflection {
    const element = this.element.ownerDocument.createElement("div");
    element.id = this.#targets.domId(id);
    element.dataset["id"] = id;
    const reflection: Reflection = { element, attributes: new Map(), place: "", source: undefined };
    this.#byId.set(id, reflection);
    return reflection;
  }

  #place(reflection: Reflection, source: CanvasElement): void {
    const { left, top, right, bottom } = boundsOf(source);
    const place = `${left} ${top} ${right} ${bottom}`;
    if (reflection.place === place) return;
    reflection.place = place;
    const { style } = reflection.element;
    style.left = `${left}px`;
    style.top = `${top}px`;
    style.width = `${right - left}px`;
    style.height = `${bottom - top}px`;
  }

  #describe(reflection: Reflection, source: CanvasElement): void {
    const fields = readRecord(source.props["a11y"]) ?? {};
    const wanted = attributesOf(fields, this.#targets);
    // The other end may come later, and then it has this very id. Until then the relation counts for nothing.
    for (const [key, attribute] of RELATIONS) {
      const id = readString(fields[key]);
      if (id === undefined || wanted.has(attribute) || (key === "error_message" && !isId(id))) continue;
      if (key === "error_message" && wanted.get("aria-description") === id) wanted.delete("aria-description");
      wanted.set(attribute, this.#targets.domId(id));
    }
    if (!wanted.has("role")) wanted.set("role", source.props["on_click"] === true ? "button" : "group");
    if (!wanted.has("aria-label")) {
      const name = textOf(source.node) || readString(source.props["tooltip"]);
      if (name !== undefined) wanted.set("aria-label", name);
    }
    for (const name of reflection.attributes.keys()) if (!wanted.has(name)) reflection.element.removeAttribute(name);
    for (const [name, value] of wanted) {
      if (reflection.attributes.get(name) !== value) reflection.element.setAttribute(name, value);
    }
    reflection.attributes = wanted;
  }
}

/** Ids name the scope they are in; a message is a sentence. */
function isId(text: string): boolean {
  return /^\S*[#/]\S*$/.test(text);
}
