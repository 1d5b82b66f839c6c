import { app, Command, next } from "plushie";
import { by, events, simulate } from "plushie/testing";
import { createUi } from "plushie/ui";
import { describe, expect, test } from "vitest";
import { counterApp, loaderApp, todoApp } from "./testing-kit-apps.ts";

describe("simulate", () => {
  test("[R394] [R395] input then click adds the todo and empties the input", () => {
    const sim = simulate(todoApp);
    sim.send(events.input("todo_field", "Buy milk"));
    expect(sim.model.input).toBe("Buy milk");
    sim.send(events.click("add_todo"));
    expect(sim.model.todos[0]?.text).toBe("Buy milk");
    expect(sim.model.input).toBe("");
  });

  test("[R396] the normalized view of a model with one todo has the todo's row", () => {
    const sim = simulate(todoApp, { model: { todos: [{ id: 1, text: "Buy milk", done: false }], input: "" } });
    expect(sim.find("todo-1")?.type).toBe("row");
    expect(sim.find("todo-2")).toBeUndefined();
    expect(sim.find(by.role("text", { name: "Buy milk" }))?.id).toBe("main#todo-1/text");
  });

  test("[R397] gives what view returned before it is normalized", () => {
    const sim = simulate(todoApp);
    expect(sim.view()).toMatchObject({ type: "window", id: "main", props: { title: "Todos" } });
  });

  test("lists commands and performs none", () => {
    let calls = 0;
    const load = async (): Promise<string> => {
      calls += 1;
      return "done";
    };
    const sim = simulate(loaderApp, { appOpts: { load } });
    expect(sim.send(events.click("load"))).toMatchObject([{ kind: "async", tag: "loaded" }]);
    expect(sim.model.state).toBe("loading");
    sim.send(events.done("loaded", "text"));
    expect(sim.model.state).toBe("text");
    expect(sim.commands).toHaveLength(1);
    expect(calls).toBe(0);
  });

  test("calls the inline handler of the widget that an event is for", () => {
    const sim = simulate(counterApp);
    sim.send(events.click("increment"));
    expect(sim.model).toEqual({ count: 1 });
    expect(sim.send(events.click("reset"))).toEqual([Command.announce("Back to zero")]);
    expect(sim.model).toEqual({ count: 0 });
  });

  test("refuses an event for a widget that the view does not have", () => {
    const sim = simulate(todoApp);
    expect(() => sim.send(events.click("add_tod"))).toThrow('no widget has the id "add_tod". Similar: "add_todo"');
  });

  test("throws what update throws, and what it returns wrongly", () => {
    const ui = createUi<number[]>();
    const broken = app<number[], "boom" | "pair">({
      init: () => next([1, 2]),
      update: (model, event) => {
        if (event === "boom") throw new Error("broken");
        return event === "pair" ? ([3, 4] as never) : next(model);
      },
      view: () => ui.window("main", []),
    });
    const sim = simulate(broken);
    expect(() => sim.dispatch("boom")).toThrow("broken");
    expect(() => sim.dispatch("pair")).toThrow("next(model)");
    expect(sim.model).toEqual([1, 2]);
  });
});
