import { describe, expect, test } from "vitest";
import counter from "../../examples/counter.ts";
import todo from "../../examples/todo.tsx";
import { callHandler } from "../app/app.ts";
import type { Child, Element } from "../app/element.ts";
import type { Event, WidgetEvent } from "../app/event.ts";
import { readResult } from "../app/result.ts";

function click(id: string): WidgetEvent<"click"> {
  return { kind: "widget", type: "click", id, scope: [], windowId: "main", target: `main#${id}`, value: null };
}

/** Looks an element up by its local ids, from the outside in. */
function find(child: unknown, ...path: string[]): Element | undefined {
  const [id, ...rest] = path;
  // A view is read here as the plain data it is.
  const made = child as Child | Element;
  if (Array.isArray(made)) return first(made, path);
  if (typeof made !== "object" || made === null || !("type" in made)) return undefined;
  if (made.id === id) return rest.length === 0 ? made : first(made.children ?? [], rest);
  return first(made.children ?? [], path);
}

function first(children: readonly unknown[], path: string[]): Element | undefined {
  for (const child of children) {
    const found = find(child, ...path);
    if (found !== undefined) return found;
  }
  return undefined;
}

describe("the counter", () => {
  test("counts what is clicked and shows it", () => {
    let model = { count: 0 };
    for (const id of ["increment", "increment", "decrement", "elsewhere"]) {
      const result = readResult(counter.update(model, click(id)), "update");
      if (result.ok) model = result.value.model;
    }
    expect(model).toEqual({ count: 1 });
    expect(find(counter.view(model), "count")?.props).toEqual({ content: "Count: 1" });
  });
});

describe("the todo list", () => {
  type Model = Parameters<typeof todo.view>[0];

  function start(): Model {
    const result = readResult(todo.init({}), "init");
    if (!result.ok) throw result.error;
    return result.value.model;
  }

  function act(model: Model, path: string[], name: string, event: Event): Model {
    const handler = find(todo.view(model), ...path)?.props?.[name];
    const result = readResult(callHandler(todo, handler, model, event), name);
    if (!result.ok) throw result.error;
    return result.value.model;
  }

  const typed: WidgetEvent<"input"> = { ...click("draft"), type: "input", value: " Milk " };
  const ticked: WidgetEvent<"toggle"> = { ...click("toggle"), type: "toggle", value: true };

  test("adds, ticks off and removes", () => {
    let model = act(start(), ["draft"], "onInput", typed);
    model = act(model, ["add"], "onClick", click("add"));
    expect(model).toMatchObject({ draft: "", todos: [{ id: 1, title: "Milk", done: false }] });
    model = act(model, ["todo-1", "toggle"], "onToggle", ticked);
    expect(model.todos[0]?.done).toBe(true);
    expect(find(todo.view(model), "left")?.props).toEqual({ content: "0 left" });
    model = act(model, ["todo-1", "remove"], "onClick", click("remove"));
    expect(model.todos).toEqual([]);
  });

  test("an unchanged line is the same element", () => {
    let model = act(start(), ["draft"], "onInput", typed);
    model = act(model, ["add"], "onClick", click("add"));
    const before = find(todo.view(model), "todo-1");
    const after = find(todo.view({ ...model, draft: "x" }), "todo-1");
    expect(before).toBeDefined();
    expect(after).toBe(before);
  });

  test("[R013] loads its first list with a task", () => {
    const load = async () => [];
    const result = readResult(todo.init({ load }), "init");
    expect(result).toMatchObject({
      ok: true,
      value: { commands: [{ kind: "async", tag: "todos_loaded", run: load }] },
    });
    const done: Event = {
      kind: "async",
      type: "done",
      tag: "todos_loaded",
      value: [{ id: 7, title: "a", done: false }],
    };
    const next = readResult(todo.update(start(), done), "update");
    expect(next).toMatchObject({ value: { model: { loading: false, nextId: 8, todos: [{ title: "a" }] } } });
  });
});
