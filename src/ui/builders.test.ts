import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { build } from "./chain.ts";
import { createMessageUi, createUi } from "./create-ui.ts";
import { WIDGETS } from "./generated/table.ts";
import * as ui from "./index.ts";

const { button, checkbox, column, image, pickList, progressBar, richText, row, rule, space, text, textInput, window } =
  ui;

const onClick = (model: number) => model + 1;

describe("function builders", () => {
  test("[R030] give elements of the documented types", () => {
    expect(window("main", { title: "Hi" }, [])).toEqual({
      type: "window",
      id: "main",
      props: { title: "Hi" },
      children: [],
    });
    expect(button("save", "Save").type).toBe("button");
    expect(textInput("name", "").type).toBe("text_input");
    expect(checkbox("done", true).type).toBe("checkbox");
  });

  test("[R029] are equal to elements written by hand", () => {
    expect(column({ padding: 16 }, [text("a")])).toEqual({
      type: "column",
      props: { padding: 16 },
      children: [{ type: "text", props: { content: "a" } }],
    });
  });

  test("[R036] [R040] containers take id, props and children in four combinations", () => {
    const children = [text("a")];
    const props = { spacing: 8 };
    expect(column()).toEqual({ type: "column" });
    expect(column(children)).toEqual({ type: "column", children });
    expect(column(props)).toEqual({ type: "column", props });
    expect(column(props, children)).toEqual({ type: "column", props, children });
    expect(column("list", children)).toEqual({ type: "column", id: "list", children });
    expect(column("list", props, children)).toEqual({ type: "column", id: "list", props, children });
  });

  test("props and children given as one object are not copied", () => {
    const props = { spacing: 8 };
    const children = [text("a")];
    const made = row(props, children);
    expect(made.props).toBe(props);
    expect(made.children).toBe(children);
  });

  test("[R036] a text takes content, or an id and content", () => {
    expect(text("hello")).toEqual({ type: "text", props: { content: "hello" } });
    expect(text("hello", { size: 20 })).toEqual({ type: "text", props: { content: "hello", size: 20 } });
    expect(text("greeting", "hello")).toEqual({ type: "text", id: "greeting", props: { content: "hello" } });
    expect(text("greeting", "", { size: 20 })).toEqual({
      type: "text",
      id: "greeting",
      props: { content: "", size: 20 },
    });
  });

  test("other content than text follows the same rule", () => {
    expect(progressBar(0.5)).toEqual({ type: "progress_bar", props: { value: 0.5 } });
    expect(progressBar("load", 0)).toEqual({ type: "progress_bar", id: "load", props: { value: 0 } });
    const spans = [{ text: "a" }];
    expect(richText("r", spans)).toEqual({ type: "rich_text", id: "r", props: { spans } });
    expect(image("logo", { handle: "l" })).toEqual({ type: "image", id: "logo", props: { source: { handle: "l" } } });
    expect(image({ handle: "logo" }, { width: 10 })).toEqual({
      type: "image",
      props: { source: { handle: "logo" }, width: 10 },
    });
  });

  test("[R036] widgets with a value take it after the id", () => {
    expect(checkbox("done", false, { label: "Done" })).toEqual({
      type: "checkbox",
      id: "done",
      props: { label: "Done", checked: false },
    });
    expect(pickList("size", ["S", "M"], { selected: "S" }).props).toEqual({ selected: "S", options: ["S", "M"] });
  });

  test("[R034] [R035] a text input takes placeholder and submit", () => {
    expect(textInput("name", "", { placeholder: "Name", onSubmit: true }).props).toEqual({
      value: "",
      placeholder: "Name",
      onSubmit: true,
    });
  });

  test("a button shows a label or an element", () => {
    const icon = image("icon.png");
    expect(button("save", "Save", { onClick })).toEqual({
      type: "button",
      id: "save",
      props: { label: "Save", onClick },
    });
    expect(button("save", icon, { onClick })).toEqual({
      type: "button",
      id: "save",
      props: { onClick },
      children: [icon],
    });
    expect(button("save", [icon])).toEqual({ type: "button", id: "save", children: [icon] });
  });

  test("leaves take an id, props, both or neither", () => {
    expect(rule()).toEqual({ type: "rule" });
    expect(space({ width: 8 })).toEqual({ type: "space", props: { width: 8 } });
    expect(space("gap", { width: 8 })).toEqual({ type: "space", id: "gap", props: { width: 8 } });
  });

  test("[R037] children may be mixed with lists and conditions", () => {
    const items = ["a", "b"].map((item) => text(item));
    expect(column([text("first"), items, false, null]).children).toHaveLength(4);
  });

  test("[R162] a window group is its windows", () => {
    const windows = [window("a", []), null, window("b", [])];
    expect(ui.windowGroup(windows)).toBe(windows);
  });

  test("all elements have the same members in the same order", () => {
    for (const made of [column(), text("a"), rule(), button("a", "b"), window("w", [])]) {
      expect(Object.keys(made)).toEqual(["type", "id", "props", "children"]);
    }
  });
});

describe("every widget of the catalog", () => {
  test("has a builder, a component and a chain of the same type", () => {
    const functions = new Map<string, unknown>(Object.entries(ui));
    for (const [name, entry] of Object.entries(WIDGETS)) {
      const pascal = name.charAt(0).toUpperCase() + name.slice(1);
      // The table and the exports are compared by name here, so the types are not known.
      const make = functions.get(name) as ((...args: unknown[]) => { readonly type: string }) | undefined;
      const component = functions.get(pascal) as ((props: object) => { readonly type: string }) | undefined;
      expect(make?.("x", "y").type, name).toBe(entry.type);
      expect(component?.({ id: "x" }).type, pascal).toBe(entry.type);
      expect(build[name as keyof typeof WIDGETS]("x").build().type, name).toBe(entry.type);
    }
  });

  test("all types of the catalog are covered", () => {
    const catalog = JSON.parse(readFileSync(new URL("../protocol/catalog/widgets.json", import.meta.url), "utf8"));
    const types = catalog.widgets.map((widget: { readonly type: string }) => widget.type);
    expect(Object.values(WIDGETS).map((entry) => entry.type)).toEqual(types);
  });
});

describe("chained builders", () => {
  test("[R031] equal the function builders", () => {
    const chained = build
      .column<number>("list")
      .padding(16)
      .spacing(8)
      .child(build.text().content("a").build(), null)
      .build();
    expect(chained).toEqual(column("list", { padding: 16, spacing: 8 }, [text("a"), null]));
    expect(build.column().build()).toEqual(column());
    expect(build.button<number>("save").label("Save").onClick(onClick).build()).toEqual(
      button("save", "Save", { onClick }),
    );
    expect(
      build
        .row()
        .id("r")
        .children([text("a")])
        .child(text("b"))
        .build(),
    ).toEqual(row("r", [text("a"), text("b")]));
  });

  test("have a setter for every prop", () => {
    for (const [name, entry] of Object.entries(WIDGETS)) {
      const chain = build[name as keyof typeof WIDGETS]();
      for (const prop of entry.props) expect(typeof Reflect.get(chain, prop), `${name}.${prop}`).toBe("function");
    }
  });

  test("an element already built does not change", () => {
    const chain = build.column().padding(1);
    const first = chain.build();
    chain.padding(2).child(text("a"));
    expect(first).toEqual(column({ padding: 1 }));
  });
});

describe("builders for one app", () => {
  test("are the same functions", () => {
    const typed = createUi<number>();
    expect(typed.button).toBe(ui.button);
    expect(typed.Button).toBe(ui.Button);
    expect(createMessageUi<string>().column).toBe(ui.column);
    expect(typed.build.column().spacing(1).build()).toEqual(column({ spacing: 1 }));
  });
});

describe("values", () => {
  test("[R033] padding has structured forms", () => {
    expect(ui.padding.all(16)).toEqual({ top: 16, right: 16, bottom: 16, left: 16 });
    expect(ui.padding.xy(1, 2)).toEqual({ top: 2, right: 1, bottom: 2, left: 1 });
  });

  test("a portion is a whole number from 1 up", () => {
    expect(ui.fillPortion(3)).toEqual({ fillPortion: 3 });
    for (const portion of [0, -1, 1.5, Number.NaN]) expect(() => ui.fillPortion(portion)).toThrow(RangeError);
  });

  test("a gradient runs through the middle of the unit square", () => {
    const stops = [
      [0, "#000"],
      [1, "#fff"],
    ] as const;
    expect(ui.linearGradient(0, stops)).toEqual({ type: "linear", start: [0, 0.5], end: [1, 0.5], stops });
    expect(ui.linearGradient(90, stops)).toMatchObject({ start: [0.5, 0], end: [0.5, 1] });
    expect(ui.linearGradient(45, stops)).toMatchObject({ start: [0, 0], end: [1, 1] });
  });
});
