import type { Node } from "./steps.ts";

export const BUTTON: Node = {
  id: "main",
  type: "window",
  props: { title: "Demo" },
  children: [{ id: "main#save", type: "button", props: { label: "Save" } }],
};

/** One of everything that scripted interaction and selectors look at. */
export const FORM: Node = {
  id: "main",
  type: "window",
  props: { title: "Form", width: 640, height: 480 },
  children: [
    {
      id: "main#form",
      type: "column",
      props: { spacing: 8 },
      children: [
        { id: "main#form/email", type: "text_input", props: { value: "a@b", placeholder: "E-mail" } },
        { id: "main#form/agree", type: "checkbox", props: { label: "I agree", checked: false } },
        { id: "main#form/size", type: "slider", props: { value: 0.5, range: [0, 1] } },
        {
          id: "main#form/save",
          type: "button",
          props: { label: "Save", a11y: { role: "switch", label: "Save the form" } },
        },
        { id: "main#form/note", type: "text", props: { content: "All fields are required" } },
      ],
    },
    { id: "main#log", type: "scrollable" },
    { id: "main#people", type: "table" },
    { id: "main#panes", type: "pane_grid" },
    {
      id: "main#chart",
      type: "canvas",
      props: { alt: "Chart" },
      children: [
        {
          id: "main#chart/bar",
          type: "group",
          props: { on_click: true, focusable: true, a11y: { role: "button", label: "Bar" } },
          children: [{ id: "main#chart/bar/area", type: "rect", props: { x: 0, y: 0, w: 10, h: 10 } }],
        },
      ],
    },
  ],
};

/** Places of the three texts below a window, for patches. */
export function list(...names: readonly string[]): Node {
  return { id: "main", type: "window", children: names.map(item) };
}

export function item(name: string): Node {
  return { id: `main#${name}`, type: "text", props: { content: name } };
}
