import { runInPage } from "../../../src/host/web/in-page.ts";
import { createBenchApp } from "../app.ts";
import { initialState, operate, type Scene } from "../model.ts";
import { type Markup, runByHand } from "./by-hand.ts";
import { provide } from "./probe.ts";

/** Takes over a screen that Plushie has drawn, and goes on by hand with the same elements, classes and rules. */
async function show(scene: Scene): Promise<void> {
  const start = { ...operate(initialState(scene), "create"), done: 0 };
  const running = runInPage(createBenchApp(scene, { ...start, selected: start.rows[21]?.id ?? "" }));
  const rowSelector = scene === "table" ? ".pl-tbody>.pl-tr" : ".pl-content>.pl-row";
  while (document.querySelectorAll(rowSelector).length < start.rows.length)
    await new Promise((resolve) => setTimeout(resolve, 20));
  // Beyond the first eight all rows carry the same classes.
  const samples = [...document.querySelectorAll<HTMLElement>(rowSelector)];
  const content = samples[0]?.parentElement ?? document.body;
  const template = copyOf(samples[20]);
  const selected = copyOf(samples[21]);
  const isTable = scene === "table";
  const label = isTable ? ".pl-tr>:nth-child(2)" : ".pl-text";
  const picked = isTable ? label : ".pl-button";
  // A copy of the page without anything that listens.
  const surface = document.querySelector<HTMLElement>(".pl-root") ?? document.body;
  content.replaceChildren();
  const copy = surface.cloneNode(true);
  const place = surface.parentElement ?? document.body;
  const sheets = [...document.adoptedStyleSheets];
  await running.stop();
  document.adoptedStyleSheets = sheets;
  place.replaceChildren(copy);
  const root = copy instanceof HTMLElement ? copy : document.body;
  const find = (selector: string): HTMLElement => {
    const match = root.querySelector<HTMLElement>(selector);
    if (match === null) throw new Error(`Plushie draws no ${selector}`);
    return match;
  };
  // By these the code by hand knows what was pressed.
  for (const button of root.querySelectorAll<HTMLElement>(".pl-button"))
    button.dataset["id"] = `op-${button.textContent}`;
  const parts = {
    label: pathTo(template, label),
    picked: pathTo(template, picked),
    id: isTable ? pathTo(template, ".pl-tr>:nth-child(1)") : undefined,
    value: isTable ? pathTo(template, ".pl-tr>:nth-child(3)") : undefined,
    check: isTable ? undefined : pathTo(template, ".pl-checkbox"),
  };
  const plainLook = lookOf(at(template, parts.picked));
  const selectedLook = lookOf(at(selected, parts.picked));
  const markup: Markup = {
    create(row) {
      const line = template.cloneNode(true) as HTMLElement;
      setText(at(line, parts.label), row.label);
      if (parts.id !== undefined) setText(at(line, parts.id), row.id);
      if (parts.value !== undefined) setText(at(line, parts.value), String(row.value));
      if (parts.check !== undefined) at(line, parts.check).setAttribute("aria-checked", String(row.isDone));
      return line;
    },
    relabel: (line, text) => setText(at(line, parts.label), text),
    select(line, isSelected) {
      const look = isSelected ? selectedLook : plainLook;
      const element = at(line, parts.picked);
      element.className = look.className;
      if (look.style !== undefined) element.dataset["style"] = look.style;
      else delete element.dataset["style"];
    },
  };
  const typed = find(".pl-field input");
  const status = find(".pl-field+.pl-text");
  if (!(typed instanceof HTMLInputElement)) throw new Error("Plushie draws no field");
  const lines = find(isTable ? ".pl-tbody" : ".pl-content");
  runByHand({ root, content: lines, typed, status }, markup, initialState(scene));
}

function copyOf(sample: HTMLElement | undefined): HTMLElement {
  const element = sample?.cloneNode(true);
  if (!(element instanceof HTMLElement)) throw new Error("Plushie drew no rows");
  return element;
}

function lookOf(element: HTMLElement): { readonly className: string; readonly style: string | undefined } {
  return { className: element.className, style: element.dataset["style"] };
}

/** Child positions from the row to the element: the cheapest way there. */
function pathTo(row: HTMLElement, selector: string): readonly number[] {
  const holder = document.createElement("div");
  holder.append(row.cloneNode(true));
  let element: Element | null | undefined = holder.querySelector(selector);
  const path: number[] = [];
  while (element?.parentElement && element.parentElement !== holder) {
    path.unshift([...element.parentElement.children].indexOf(element));
    element = element.parentElement;
  }
  return path;
}

function at(row: HTMLElement, path: readonly number[]): HTMLElement {
  let element: Element = row;
  for (const index of path) element = element.children[index] ?? element;
  return element as HTMLElement;
}

function setText(element: HTMLElement, text: string): void {
  const node = element.firstChild;
  if (node instanceof Text) node.data = text;
  else element.textContent = text;
}

provide(show);
