import { describe, expectTypeOf, test } from "vitest";
import { app, application, Command, type Element, type TakesMessages, type WidgetEvent } from "../index.ts";
import { Button, button, checkbox, column, createMessageUi, createUi, text, textInput, window } from "./index.ts";

// Compiled by the type check; what is marked as an error must be one.

interface Model {
  readonly name: string;
}
interface Other {
  readonly count: number;
}

const init = (): Model => ({ name: "" });
const update = (model: Model): Model => model;

describe("plain builders", () => {
  test("an element without handlers fits everywhere", () => {
    expectTypeOf(text("a")).toEqualTypeOf<Element<unknown>>();
    expectTypeOf(column([text("a")])).toEqualTypeOf<Element<unknown>>();
    app<Model>({ init, update, view: () => window("main", [text("a")]) });
  });

  test("[W30] an annotated handler needs no cast", () => {
    const save = button("save", "Save", { onClick: (model: Model) => ({ ...model, name: "saved" }) });
    expectTypeOf(save).toEqualTypeOf<Element<Model>>();
    const named = (model: Model, event: WidgetEvent<"input">) => ({ ...model, name: event.value });
    app<Model>({
      init,
      update,
      view: (model) =>
        window("main", { title: "x" }, [column([save, textInput("name", model.name, { onInput: named })])]),
    });
  });

  test("a handler for another model is refused where the view uses it", () => {
    const count = button("count", "+", { onClick: (model: Other) => ({ count: model.count + 1 }) });
    const _wrong = () => {
      // @ts-expect-error the button needs a model with a count
      app<Model>({ init, update, view: () => window("main", [count]) });
      // @ts-expect-error the same, nested
      app<Model>({ init, update, view: () => window("main", [column({ spacing: 1 }, [[count]])]) });
    };
    expectTypeOf(_wrong).toBeFunction();
  });

  test("handlers return what update returns", () => {
    button("a", "A", { onClick: (model: Model) => [model, Command.focus("name")] });
    // @ts-expect-error a handler must return the model
    button("a", "A", { onClick: (_model: Model) => {} });
    // @ts-expect-error a string is no Model
    button("a", "A", { onClick: (_model: Model) => "saved" });
  });

  test("props are exact", () => {
    column({ padding: [8, 16], width: "fill", alignX: "center" });
    column({ padding: { top: 1 }, width: { fillPortion: 2 } });
    window("main", { size: [400, 300], level: "always_on_top", theme: "system" }, []);
    window("main", { size: { width: 400, height: 300 } }, []);
    textInput("a", "", { onSubmit: true });
    // @ts-expect-error no such level
    window("main", { level: "top" }, []);
    // @ts-expect-error no such prop
    column({ paddings: 8 });
    // @ts-expect-error no such alignment
    column({ alignX: "middle" });
    // @ts-expect-error a window needs an id
    window([]);
    // @ts-expect-error checked is a boolean
    checkbox("a", "yes");
  });
});

describe("createUi", () => {
  const ui = createUi<Model>();

  test("handlers are typed by their place", () => {
    ui.textInput("name", "", {
      onInput: (model, event) => {
        expectTypeOf(model).toEqualTypeOf<Model>();
        expectTypeOf(event).toEqualTypeOf<WidgetEvent<"input">>();
        expectTypeOf(event.value).toEqualTypeOf<string>();
        return { ...model, name: event.value };
      },
      onSubmit: (model) => [model, Command.focus("name")],
    });
    ui.checkbox("done", true, { onToggle: (model, event) => ({ ...model, name: String(!event.value) }) });
    ui.slider("size", 1, { onSlide: (model, event) => ({ ...model, name: event.value.toFixed(1) }) });
    ui.scrollable({ onScroll: (model, event) => ({ ...model, name: String(event.value.absoluteY) }) }, []);
    ui.pointerArea({ onRightPress: (model, event) => ({ ...model, name: event.value.button }) });
  });

  test("elements are those of the app", () => {
    expectTypeOf(ui.column([ui.text("a"), text("plain")])).toEqualTypeOf<Element<Model>>();
    app<Model>({ init, update, view: () => ui.window("main", [ui.button("a", "A", { onClick: update })]) });
    const _wrong = () => {
      // @ts-expect-error the elements need another model
      app<Other>({ init: () => ({ count: 0 }), update: (model) => model, view: () => ui.window("main", []) });
      // @ts-expect-error a handler for another model
      ui.button("a", "A", { onClick: (model: Other) => model });
    };
    expectTypeOf(_wrong).toBeFunction();
  });

  test("chains are typed alike", () => {
    const made = ui.build
      .textInput("name")
      .value("")
      .onInput((model, event) => ({ ...model, name: event.value }))
      .build();
    expectTypeOf(made).toEqualTypeOf<Element<Model>>();
    // @ts-expect-error a number is no text
    ui.build.textInput("name").value(5);
  });

  test("handlers may dispatch what the app declares", () => {
    interface Saved {
      readonly kind: "saved";
    }
    createUi<Model, Saved>().button("a", "A", { onClick: (model) => [model, Command.dispatch({ kind: "saved" })] });
    // @ts-expect-error nothing but events may be dispatched here
    ui.button("a", "A", { onClick: (model) => [model, Command.dispatch({ kind: "saved" })] });
  });
});

describe("createMessageUi", () => {
  type Msg = { readonly type: "save" } | { readonly type: "rename"; readonly name: string };
  const ui = createMessageUi<Msg>();

  test("handlers are messages or functions to messages", () => {
    const made = ui.column([
      ui.button("save", "Save", { onClick: { type: "save" } }),
      ui.textInput("name", "", { onInput: (event) => ({ type: "rename", name: event.value }) }),
    ]);
    expectTypeOf(made).toEqualTypeOf<Element<TakesMessages<Msg>>>();
    application<Model, Msg>({ init, onEvent: () => ({ type: "save" }), update, view: () => ui.window("main", [made]) });
    // @ts-expect-error no such message
    ui.button("save", "Save", { onClick: { type: "close" } });
  });

  test("elements for fewer messages fit into an application with more", () => {
    const part = createMessageUi<{ readonly type: "save" }>().button("save", "Save", { onClick: { type: "save" } });
    ui.column([part]);
    const _wrong = () => {
      // @ts-expect-error messages are no handlers of the app form
      app<Model>({ init, update, view: () => ui.window("main", []) });
      // @ts-expect-error handlers of the app form are no messages
      ui.column([button("a", "A", { onClick: (model: Model) => model })]);
    };
    expectTypeOf(_wrong).toBeFunction();
  });
});

describe("TSX", () => {
  test("components are typed like builders", () => {
    const ui = createUi<Model>();
    const made = (
      <ui.Column padding={8}>
        <ui.TextInput id="name" value="" onInput={(model, event) => ({ ...model, name: event.value })} />
        <Button id="plain" onClick={(model: Model) => model}>
          Plain
        </Button>
      </ui.Column>
    );
    expectTypeOf(made).toEqualTypeOf<Element>();
    // @ts-expect-error no such prop
    expectTypeOf(<ui.Column paddings={8} />).toBeObject();
    // @ts-expect-error a window needs an id
    expectTypeOf(<ui.Window title="x" />).toBeObject();
    // @ts-expect-error tags in lower case do not exist
    const _tag = () => <column />;
    expectTypeOf(_tag).toBeFunction();
  });
});
