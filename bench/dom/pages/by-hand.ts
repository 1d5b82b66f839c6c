import { OPERATIONS, operate, type Row, type State, statusOf, type } from "../model.ts";
import { operationOf } from "./look.ts";

/** How rows look in the document. */
export interface Markup {
  create(row: Row): HTMLElement;
  relabel(element: HTMLElement, label: string): void;
  select(element: HTMLElement, isSelected: boolean): void;
}

export interface HandParts {
  readonly root: HTMLElement;
  /** What the rows lie in. */
  readonly content: HTMLElement;
  readonly typed: HTMLInputElement;
  readonly status: HTMLElement;
}

/**
 * DOM code as somebody writes it who knows what each operation does: nothing is compared, only what the operation names is
 * touched. One listener for each event type. It keeps the same model, so that the rows are the same.
 */
export function runByHand(parts: HandParts, markup: Markup, initial: State): void {
  const { root, content, typed, status } = parts;
  let state = initial;
  let lines: HTMLElement[] = [];
  const add = (rows: readonly Row[]): void => {
    const fragment = document.createDocumentFragment();
    for (const row of rows) {
      const element = markup.create(row);
      lines.push(element);
      fragment.append(element);
    }
    content.append(fragment);
  };
  const drop = (): void => {
    content.replaceChildren();
    lines = [];
  };
  const say = (): void => {
    status.textContent = statusOf(state);
  };
  root.addEventListener("click", (event) => {
    const name = operationOf(event.target);
    const operation = OPERATIONS.find((known) => known === name);
    if (operation === undefined) return;
    const before = state;
    state = operate(before, operation);
    switch (operation) {
      case "create":
      case "createMany":
      case "replace":
        drop();
        add(state.rows);
        break;
      case "append":
        add(state.rows.slice(before.rows.length));
        break;
      case "clear":
        drop();
        break;
      case "update":
        for (let i = 0; i < lines.length; i += 10) {
          const line = lines[i];
          const row = state.rows[i];
          if (line !== undefined && row !== undefined) markup.relabel(line, row.label);
        }
        break;
      case "select": {
        const old = lines[before.rows.findIndex((row) => row.id === before.selected)];
        if (old !== undefined) markup.select(old, false);
        const line = lines[state.rows.findIndex((row) => row.id === state.selected)];
        if (line !== undefined) markup.select(line, true);
        break;
      }
      case "swap": {
        const second = lines[1];
        const late = lines[998];
        if (second === undefined || late === undefined) break;
        const after = late.nextSibling;
        content.insertBefore(late, second);
        content.insertBefore(second, after);
        lines[1] = late;
        lines[998] = second;
        break;
      }
      case "remove":
        lines.splice(5, 1)[0]?.remove();
        break;
    }
    say();
  });
  root.addEventListener("input", () => {
    state = type(state, typed.value);
    say();
  });
  say();
}
