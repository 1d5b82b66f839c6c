import { describe, expect, test } from "vitest";
import { app, type Element, type Event, type View } from "../app/index.ts";
import type { FromRenderer } from "../protocol/index.ts";
import { type Fixture, mainWindow, start, text, widgetMessage } from "../testing/runtime-fixture.ts";
import { apply, find } from "../tree/index.ts";

interface Model {
  readonly text: string;
  readonly lines: readonly string[];
}

const EMPTY: Model = { text: "", lines: [] };
const ID = "main#name";

function field(value: string | undefined, props: Record<string, unknown> = {}): Element {
  return { type: "text_input", id: "name", props: { ...(value === undefined ? {} : { value }), ...props } };
}

/** An app with one field; what it does with the field's events is the test's. */
function running(
  update: (model: Model, event: Event) => Model,
  view: (model: Model) => View<Model> = (model) => mainWindow([field(model.text)]),
  init: Model = EMPTY,
): Fixture<Model, Event> {
  const fixture = start(app<Model>({ init: () => init, update, view }));
  fixture.port.clear();
  return fixture;
}

/** Takes every text and clears the field on submit. */
function chat(model: Model, event: Event): Model {
  if (event.kind !== "widget") return model;
  if (event.type === "input" || event.type === "paste") return { ...model, text: event.value };
  return event.type === "submit" ? { text: "", lines: [...model.lines, event.value] } : model;
}

function refuseDigits(model: Model, event: Event): Model {
  if (event.kind !== "widget" || event.type !== "input") return model;
  const kept = event.value.replace(/\d/g, "");
  return kept === model.text ? model : { ...model, text: kept };
}

function receive(fixture: Fixture<Model, Event>, ...messages: FromRenderer[]) {
  fixture.port.clear();
  fixture.receive(...messages);
  return fixture.port.sent("patch").map(({ ops }) => ops);
}

const input = (value: string, id = ID) => widgetMessage("input", id, value);
const submit = (value: string) => widgetMessage("submit", ID, value);
const said = (value: string, path: readonly number[] = [0]) => [{ op: "update_props", path, props: { value } }];

describe("a text that a field shows and the app does not have", () => {
  test("set and cleared within one turn: the empty value is said again, once", () => {
    const onEnter = (model: Model, event: Event): Model =>
      event.kind === "key" && event.key === "Enter" ? { text: "", lines: [model.text] } : chat(model, event);
    const fixture = running(onEnter);
    const modifiers = { shift: false, ctrl: false, alt: false, logo: false, command: false };
    const key = { key: "Enter", modifiers, repeat: false };
    const pressed: FromRenderer = { type: "event", family: "key_press", id: "", value: key, tag: "keys" };
    expect(receive(fixture, input("h"), input("he"), input("hello"), pressed)).toEqual([said("")]);
    expect(fixture.runtime.model).toEqual({ text: "", lines: ["hello"] });
  });

  test("refused without a new model: the value is said again and no view runs", () => {
    let views = 0;
    const fixture = running(refuseDigits, (model) => {
      views += 1;
      return mainWindow([field(model.text)]);
    });
    receive(fixture, input("ab"));
    views = 0;
    expect(receive(fixture, input("ab1"))).toEqual([said("ab")]);
    expect(receive(fixture, input("ab12"), input("ab123"))).toEqual([[...said("ab123"), ...said("ab")]]);
    expect(views).toBe(0);
  });

  test("refused with a new model and an equal view", () => {
    const fixture = running((model) => ({ ...model }));
    expect(receive(fixture, input("x"))).toEqual([said("")]);
  });

  test("refused by an update that throws", () => {
    const fixture = running(() => {
      throw new Error("not now");
    });
    expect(receive(fixture, input("x"))).toEqual([said("")]);
  });

  test("refused paste and refused submit", () => {
    const fixture = running((model) => model);
    expect(receive(fixture, widgetMessage("paste", ID, "pasted"))).toEqual([said("")]);
    expect(receive(fixture, submit("left over"))).toEqual([said("")]);
  });

  test("refused by an inline handler", () => {
    const fixture = running(
      (model) => model,
      (model) => mainWindow([field(model.text, { onInput: (same: Model) => same })]),
    );
    expect(receive(fixture, input("x"))).toEqual([said("")]);
  });

  test("the content of an editor", () => {
    const fixture = running(
      (model) => model,
      (model) => mainWindow([{ type: "text_editor", id: "name", props: { content: model.text } }]),
    );
    expect(receive(fixture, input("line\n"))).toEqual([[{ op: "update_props", path: [0], props: { content: "" } }]]);
  });

  test("several fields in one message, and later turns say nothing more", () => {
    const fixture = running(
      (model) => model,
      (model) =>
        mainWindow([field(model.text), { type: "row", id: "row", children: [{ ...field("kept"), id: "other" }] }]),
    );
    const ops = receive(fixture, input("a"), input("b", "main#row/other"), input("c"));
    expect(ops).toEqual([[...said(""), ...said("kept", [1, 0])]]);
    expect(receive(fixture, widgetMessage("click", "main#nothing"))).toEqual([]);
  });
});

describe("several texts in one turn", () => {
  const both = (heard: string, value: string, path: readonly number[] = [0]) => [
    ...said(heard, path),
    ...said(value, path),
  ];

  test("partly refused: the last text, then the value, in the patch of the render", () => {
    const fixture = running(refuseDigits);
    expect(receive(fixture, input("a"), input("a1"), input("a12"))).toEqual([both("a12", "a")]);
    expect(receive(fixture, input("a12b"), input("a12bc"))).toEqual([both("a12bc", "abc")]);
  });

  test("accepted: the value alone", () => {
    expect(receive(running(chat), input("a"), input("ab"))).toEqual([said("ab")]);
  });

  test("stands where other ops of the patch allow it", () => {
    const fixture = running(refuseDigits, ({ text: shown }) =>
      mainWindow([
        ...(shown === "" ? [] : [text("hint", "typed")]),
        field(shown),
        text("length", String(shown.length)),
      ]),
    );
    const [ops = []] = receive(fixture, input("a"), input("a1"));
    const root = fixture.runtime.tree;
    expect(ops.filter((op) => op.op === "update_props" && "value" in op.props)).toHaveLength(2);
    expect(find(root, ID)?.props["value"]).toBe("a");
  });

  test("with another event in the turn the value alone: it may be what somebody else set", () => {
    const fixture = running((model, event) =>
      event.kind === "timer" ? { ...model, text: "theirs" } : refuseDigits(model, event),
    );
    const turn = [input("a"), input("a1")];
    fixture.port.clear();
    for (const message of turn) fixture.port.receive(message);
    fixture.runtime.dispatch({ kind: "timer", type: "tick", tag: "others", at: 0 });
    fixture.turn();
    expect(fixture.port.sent("patch").map(({ ops }) => ops)).toEqual([said("theirs")]);
    expect(receive(fixture, input("a"), input("a1"), widgetMessage("toggle", "main#other", true))).toEqual([said("a")]);
  });

  test("two fields that change alike are left to the plain patch", () => {
    const fixture = running(refuseDigits, ({ text: shown }) =>
      mainWindow([field(shown), { ...field(shown), id: "other" }]),
    );
    expect(receive(fixture, input("a"), input("a1"))).toEqual([[...said("a"), ...said("a", [1])]]);
  });
});

describe("nothing is said again", () => {
  test("when a patch says the value", () => {
    const fixture = running(chat);
    expect(receive(fixture, input("hello"))).toEqual([said("hello")]);
    expect(receive(fixture, submit("hello"))).toEqual([said("")]);
    const upper = running((model, event) =>
      event.kind === "widget" && event.type === "input" ? { ...model, text: event.value.toUpperCase() } : model,
    );
    expect(receive(upper, input("a"))).toEqual([said("A")]);
  });

  test("when the value is what was reported last", () => {
    const fixture = running(chat);
    receive(fixture, input("ab"));
    expect(receive(fixture, input("abc"), widgetMessage("paste", ID, "abcd"), input("ab"))).toEqual([]);
    expect(receive(fixture, input("ab"))).toEqual([]);
  });

  test("when the app has no such prop", () => {
    const none = running(
      (model) => model,
      () => mainWindow([field(undefined)]),
    );
    expect(receive(none, input("x"), submit("x"))).toEqual([]);
    const combo = running(
      (model) => model,
      () => mainWindow([{ type: "combo_box", id: "name", props: { options: ["a"], selected: "a" } }]),
    );
    expect(receive(combo, input("x"))).toEqual([]);
    const button = running(
      (model) => model,
      () => mainWindow([{ type: "button", id: "name", props: { label: "x" } }]),
    );
    expect(receive(button, input("x"))).toEqual([]);
  });

  test("when the field is gone, or was never there", () => {
    const fixture = running(chat, (model) => mainWindow(model.lines.length === 0 ? [field(model.text)] : []));
    expect(receive(fixture, submit("bye"))).toEqual([[{ op: "remove_child", path: [], index: 0 }]]);
    expect(receive(fixture, input("late"))).toEqual([]);
  });

  test("for what an editor pasted: the input before it told the whole text", () => {
    const fixture = running(chat, (model) =>
      mainWindow([{ type: "text_editor", id: "name", props: { content: model.text, onPaste: (same: Model) => same } }]),
    );
    expect(receive(fixture, input("all of it"), widgetMessage("paste", ID, "of it"))).toEqual([
      [{ op: "update_props", path: [0], props: { content: "all of it" } }],
    ]);
    expect(receive(fixture, widgetMessage("paste", ID, "of it"))).toEqual([]);
  });

  test("for events that the app dispatches itself", () => {
    const fixture = running((model) => model);
    fixture.runtime.dispatch({
      kind: "widget",
      type: "input",
      id: "name",
      scope: [],
      windowId: "main",
      target: ID,
      value: "x",
    });
    expect(receive(fixture)).toEqual([]);
  });
});

describe("the order of what is said", () => {
  test("comes after the patch of the turn, with the path of the tree by then", () => {
    const fixture = running(chat, (model) =>
      mainWindow([...model.lines.map((line, index) => text(`line${index}`, line)), field(model.text)]),
    );
    let root = fixture.runtime.tree;
    const patches = receive(fixture, submit("hello"));
    expect(patches[1]).toEqual(said("", [1]));
    for (const ops of patches) {
      const result = apply(root, ops);
      expect([result.kind, result.kind === "applied" && result.skipped]).toEqual(["applied", []]);
      root = result.root;
    }
    expect(root).toEqual(fixture.runtime.tree);
    expect(find(root, ID)?.props["value"]).toBe("");
  });

  test("comes beside a patch of other props of the field", () => {
    const fixture = running(chat, (model) => mainWindow([field(model.text, { placeholder: `${model.lines.length}` })]));
    expect(receive(fixture, submit("hello"))).toEqual([
      [{ op: "update_props", path: [0], props: { placeholder: "1" } }],
      said(""),
    ]);
  });

  test("waits while the view fails, and is not needed when the view then says something else", () => {
    let isBroken = false;
    const fixture = running(chat, (model) => {
      if (isBroken) throw new Error("broken view");
      return mainWindow([field(model.text)]);
    });
    isBroken = true;
    expect(receive(fixture, input("a"))).toEqual([]);
    expect(receive(fixture, widgetMessage("click", "main#nothing"))).toEqual([]);
    isBroken = false;
    expect(receive(fixture, input("ab"))).toEqual([said("ab")]);
    isBroken = true;
    expect(receive(fixture, input("abc"))).toEqual([]);
    isBroken = false;
    fixture.runtime.dispatch({
      kind: "widget",
      type: "input",
      id: "name",
      scope: [],
      windowId: "main",
      target: ID,
      value: "ab",
    });
    expect(receive(fixture)).toEqual([said("ab")]);
  });

  test("a renderer that is away or asks for the whole tree gets no such patch", () => {
    const fixture = running((model) => model);
    const step: FromRenderer = {
      type: "interact_step",
      id: "1",
      events: [{ type: "event", family: "input", id: ID, value: "x" }],
    };
    expect(receive(fixture, step)).toEqual([]);
    expect(fixture.port.sent("snapshot")).toHaveLength(1);
    fixture.port.receive(input("x"));
    fixture.port.exit();
    fixture.port.clear();
    fixture.port.ready();
    fixture.turn();
    expect(fixture.port.sent("patch")).toEqual([]);
  });
});

describe("joining the texts of a field", () => {
  test.each([
    ["submit", widgetMessage("submit", ID, "a")],
    ["paste", widgetMessage("paste", ID, "ab")],
    ["key_binding", widgetMessage("key_binding", ID, "save")],
    ["status", widgetMessage("status", ID, "focused")],
    ["blurred", widgetMessage("status", ID, "active")],
  ])("texts before and after a %s are two events", (_name, between) => {
    const seen: string[] = [];
    const fixture = running((model, event) => {
      if (event.kind === "widget" && event.type === "input") seen.push(event.value);
      return model;
    });
    receive(fixture, widgetMessage("status", ID, "focused"));
    receive(fixture, input("a"), input("ab"), between, input("abc"), input("abcd"));
    expect(seen).toEqual(["ab", "abcd"]);
  });

  test("the text that counts is the last one reported", () => {
    const fixture = running((model) => model);
    expect(receive(fixture, input("a"), widgetMessage("paste", ID, "ab"), input(""))).toEqual([]);
    expect(receive(fixture, input(""), widgetMessage("paste", ID, ""), input("b"))).toEqual([
      [...said("b"), ...said("")],
    ]);
  });
});

describe("a text and what is done with it in one turn", () => {
  test("a submit: the text is answered first, so that clearing is a difference", () => {
    const fixture = running(chat);
    const patches = receive(fixture, input("h"), input("he"), input("hello"), submit("hello"));
    expect(patches).toEqual([said("hello"), said("")]);
    expect(fixture.runtime.model).toEqual({ text: "", lines: ["hello"] });
  });

  test("a submit of a refused text: both answers are said", () => {
    const fixture = running((model) => model);
    expect(receive(fixture, input("x"), submit("x"))).toEqual([said(""), said("")]);
  });

  test("a click on what sends the text", () => {
    const fixture = running((model, event) =>
      event.kind === "widget" && event.type === "click" ? EMPTY : chat(model, event),
    );
    const click = widgetMessage("click", "main#send");
    expect(receive(fixture, input("h"), input("hello"), click)).toEqual([said("hello"), said("")]);
  });

  test("a text typed before the answer to a submit came is seen by the app after that answer was sent", () => {
    const fixture = running(chat);
    expect(receive(fixture, input("hello"), submit("hello"), input("helloa"), input("helloan"))).toEqual([
      said("hello"),
      said(""),
      said("helloan"),
    ]);
    expect(fixture.runtime.model).toEqual({ text: "helloan", lines: ["hello"] });
  });

  test("the same for a bound key of an editor", () => {
    const clear = (model: Model, event: Event): Model =>
      event.kind === "widget" && event.type === "key_binding" ? { ...model, text: "" } : chat(model, event);
    const fixture = running(clear, (model) =>
      mainWindow([{ type: "text_editor", id: "name", props: { content: model.text } }]),
    );
    const content = (value: string) => [{ op: "update_props", path: [0], props: { content: value } }];
    const bound = widgetMessage("key_binding", ID, "send");
    expect(receive(fixture, input("a"), bound, input("ab"))).toEqual([content("a"), content(""), content("ab")]);
    expect(receive(fixture, bound)).toEqual([content("")]);
    expect(receive(fixture, bound)).toEqual([]);
  });

  test("other fields and other events cost no render more", () => {
    let views = 0;
    const fixture = running(chat, (model) => {
      views += 1;
      return mainWindow([field(model.text), { ...field(""), id: "other" }]);
    });
    views = 0;
    const other = input("b", "main#other");
    receive(fixture, widgetMessage("click", "main#x"), submit("a"), other, widgetMessage("toggle", "main#y", true));
    expect(views).toBe(1);
  });
});
