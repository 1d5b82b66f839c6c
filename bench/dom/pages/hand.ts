import { initialState, type Row, type Scene } from "../model.ts";
import { type Markup, runByHand } from "./by-hand.ts";
import { addBar, addLook } from "./look.ts";
import { provide } from "./probe.ts";

function make(tag: string, className: string, text = ""): HTMLElement {
  const element = document.createElement(tag);
  if (className !== "") element.className = className;
  if (text !== "") element.textContent = text;
  return element;
}

const table: Markup = {
  create(row: Row) {
    const line = make("tr", "");
    line.append(make("td", "", row.id), make("td", "", row.label), make("td", "", String(row.value)));
    return line;
  },
  relabel(line, label) {
    const text = line.children[1]?.firstChild;
    if (text instanceof Text) text.data = label;
  },
  select(line, isSelected) {
    line.children[1]?.classList.toggle("selected", isSelected);
  },
};

const list: Markup = {
  create(row: Row) {
    const line = make("div", "line");
    const check = make("div", "check");
    check.setAttribute("role", "checkbox");
    check.setAttribute("aria-checked", String(row.isDone));
    check.tabIndex = 0;
    check.append(make("i", ""), make("span", "", "done"));
    line.append(make("div", "label", row.label), make("button", "", "Pick"), check);
    return line;
  },
  relabel(line, label) {
    const text = line.firstElementChild?.firstChild;
    if (text instanceof Text) text.data = label;
  },
  select(line, isSelected) {
    line.children[1]?.classList.toggle("primary", isSelected);
  },
};

provide((scene: Scene) => {
  const root = addLook();
  const bar = addBar(root);
  const scroll = root.appendChild(make("div", "scroll"));
  let content: HTMLElement;
  if (scene === "table") {
    const whole = scroll.appendChild(make("table", "table"));
    const head = whole.appendChild(make("thead", "")).appendChild(make("tr", ""));
    head.append(make("th", "", "Id"), make("th", "", "Label"), make("th", "", "Value"));
    content = whole.appendChild(make("tbody", ""));
  } else content = scroll.appendChild(make("div", "list"));
  runByHand({ root, content, ...bar }, scene === "table" ? table : list, initialState(scene));
});
