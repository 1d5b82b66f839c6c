import { html, render } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import { initialState, OPERATIONS, operate, type Row, type State, statusOf, type } from "../model.ts";
import { addLook, operationOf } from "./look.ts";
import { provide } from "./probe.ts";

function tableLine(item: Row, isSelected: boolean) {
  return html`<tr><td>${item.id}</td><td class=${isSelected ? "selected" : ""}>${item.label}</td><td>${item.value}</td></tr>`;
}

function listLine(item: Row, isSelected: boolean) {
  return html`<div class="line"><div class="label">${item.label}</div><button class=${isSelected ? "primary" : ""}>Pick</button><div class="check" role="checkbox" aria-checked=${String(item.isDone)} tabindex="0"><i></i><span>done</span></div></div>`;
}

function view(state: State, dispatch: (state: State) => void) {
  const { scene, rows, selected } = state;
  const line = scene === "table" ? tableLine : listLine;
  const lines = guard([rows, selected], () =>
    repeat(
      rows,
      (item) => item.id,
      (item) => guard([item, item.id === selected], () => line(item, item.id === selected)),
    ),
  );
  const onClick = (event: Event): void => {
    const name = operationOf(event.target);
    const operation = OPERATIONS.find((known) => known === name);
    if (operation !== undefined) dispatch(operate(state, operation));
  };
  const onInput = (event: Event): void => {
    if (event.target instanceof HTMLInputElement) dispatch(type(state, event.target.value));
  };
  const body =
    scene === "table"
      ? html`<table class="table"><thead><tr><th>Id</th><th>Label</th><th>Value</th></tr></thead><tbody>${lines}</tbody></table>`
      : html`<div class="list">${lines}</div>`;
  return html`<div class="bar" @click=${onClick}>${guard([], () => OPERATIONS.map((name) => html`<button data-id="op-${name}">${name}</button>`))}</div>
    <input class="typed" data-id="typed" .value=${state.typed} @input=${onInput}>
    <div data-id="status">${statusOf(state)}</div>
    <div class="scroll">${body}</div>`;
}

provide((scene) => {
  const root = addLook();
  const dispatch = (state: State): void => {
    render(view(state, dispatch), root);
  };
  dispatch(initialState(scene));
});
