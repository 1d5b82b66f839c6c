import { describe, expect, test } from "vitest";
import { app, application, Command, type Event, isClick, isInput, isToggle } from "../app/index.ts";
import { widgetEvent } from "../protocol/index.ts";
import { createRuntime } from "../runtime/index.ts";
import { type RecorderPort, recorderPort } from "../testing/index.ts";
import { button, checkbox, column, text, textInput, window } from "../ui/index.ts";
import { createMemoryStore, joinWithRuntime, type LogStore, Room, sharedApp } from "./index.ts";

interface Model {
  readonly count: number;
  readonly notes: string;
  readonly dark: boolean;
}

/** The scratchpad of the sources, as somebody would write it for one person. */
const scratchpad = app<Model>({
  name: "Collab",
  init: () => ({ count: 0, notes: "", dark: false }),
  update(model, event: Event) {
    if (isClick(event, "inc")) return { ...model, count: model.count + 1 };
    if (isClick(event, "boom")) throw new Error("kaput");
    if (isClick(event, "say")) return [{ ...model, count: model.count + 1 }, Command.announce("done")];
    if (isInput(event, "notes")) return { ...model, notes: event.value };
    if (isToggle(event, "dark")) return { ...model, dark: event.value };
    return model;
  },
  view: (model) =>
    window("main", { theme: model.dark ? "dark" : "light" }, [
      column([
        text("count", `Count: ${model.count}`),
        button("inc", "+"),
        button("say", "Say"),
        button("boom", "Boom"),
        textInput("notes", model.notes),
        checkbox("dark", model.dark),
      ]),
    ]),
});

async function open(store: LogStore = createMemoryStore()) {
  const shared = sharedApp(scratchpad, { name: "collab", version: "1", local: ["dark"] });
  const room = await Room.open({ definition: shared.definition, store });
  const join = (id: string) => {
    const port: RecorderPort = recorderPort();
    const joined = joinWithRuntime(room, { id, name: id }, (appOpts, share) =>
      createRuntime(shared.app, { renderer: port, appOpts, share, daemon: true }),
    );
    port.ready();
    return { ...joined, port, click: (name: string) => joined.runtime.dispatch(widgetEvent("click", name, null)) };
  };
  /** Lets turns pass until nothing is under way. */
  const settle = async () => {
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
  };
  return { room, join, settle };
}

const texts = (port: RecorderPort) => JSON.stringify(port.sent("patch"));

describe("shared app", () => {
  test("[R322] the room starts from the app's own init", async () => {
    const { room } = await open();
    expect(room.model).toEqual({ count: 0, notes: "", dark: false });
  });

  test("[R327] [R333] [R342] a click anywhere counts once for all", async () => {
    const { room, join, settle } = await open();
    const [anna, bert] = [join("anna"), join("bert")];
    anna.click("inc");
    bert.click("inc");
    await settle();
    expect(room.model.count).toBe(2);
    expect(anna.runtime.model.count).toBe(2);
    expect(bert.runtime.model.count).toBe(2);
  });

  test("[R050] [R334] participants get patches, no second snapshot", async () => {
    const { join, settle } = await open();
    const [anna, bert] = [join("anna"), join("bert")];
    await settle();
    for (const { port } of [anna, bert]) port.clear();
    anna.click("inc");
    await settle();
    for (const { port } of [anna, bert]) {
      expect(port.sent("snapshot")).toEqual([]);
      expect(port.sent("patch")).toHaveLength(1);
      expect(texts(port)).toContain("Count: 1");
    }
  });

  test("[R338] [R341] [R380] dark is each participant's own and survives what others do", async () => {
    const { room, join, settle } = await open();
    const [anna, bert] = [join("anna"), join("bert")];
    anna.runtime.dispatch(widgetEvent("toggle", "dark", true));
    await settle();
    bert.click("inc");
    await settle();
    expect(anna.runtime.model).toMatchObject({ dark: true, count: 1 });
    expect(bert.runtime.model).toMatchObject({ dark: false, count: 1 });
    expect(room.model.dark).toBe(false);
  });

  test("[R083] [R329] an update that throws changes nothing anywhere", async () => {
    const { room, join, settle } = await open();
    const [anna, bert] = [join("anna"), join("bert")];
    anna.click("boom");
    bert.click("inc");
    await settle();
    expect(room.model.count).toBe(1);
    expect(anna.runtime.model.count).toBe(1);
  });

  test("[R328] a command of the central update runs where the click was", async () => {
    const { join, settle } = await open();
    const [anna, bert] = [join("anna"), join("bert")];
    await settle();
    anna.click("say");
    await settle();
    expect(anna.port.sent("widget_op")).toMatchObject([{ op: "announce" }]);
    expect(bert.port.sent("widget_op")).toEqual([]);
  });

  test("[R337] a late joiner starts with what is there", async () => {
    const { join, settle } = await open();
    const anna = join("anna");
    anna.runtime.dispatch(widgetEvent("input", "notes", "hello"));
    await settle();
    const carl = join("carl");
    await settle();
    expect(JSON.stringify(carl.port.sent("snapshot")[0])).toContain("hello");
  });

  test("[R336] [R371] a participant whose runtime has stopped is left out", async () => {
    const { room, join, settle } = await open();
    const [anna, bert] = [join("anna"), join("bert")];
    await anna.runtime.stop();
    anna.seat.leave();
    bert.click("inc");
    await settle();
    expect(room.model.count).toBe(1);
    expect(room.participants.map(({ id }) => id)).toEqual(["bert"]);
  });

  test("a reopened room replays the same events to the same model", async () => {
    const store = createMemoryStore();
    const first = await open(store);
    const anna = first.join("anna");
    anna.runtime.dispatch(widgetEvent("toggle", "dark", true));
    anna.runtime.dispatch(widgetEvent("input", "notes", "kept"));
    anna.click("inc");
    await first.settle();
    const second = await open(store);
    expect(second.room.model).toEqual({ count: 1, notes: "kept", dark: false });
  });

  test("events that are no app's are refused", async () => {
    const { room } = await open();
    const seat = room.join({ id: "mallory", name: "m" }, { deliver: () => {}, perform: () => {} });
    await expect(seat.share({ type: "anything" })).rejects.toMatchObject({ code: "action-refused" });
  });

  test("an application with messages of its own is refused with the reason", () => {
    const other = application<number, "tick">({
      init: () => 0,
      onEvent: () => "tick",
      update: (n) => n,
      view: () => null,
    });
    // @ts-expect-error its update takes messages, not events
    expect(() => sharedApp(other, { name: "x", version: "1", local: [] })).toThrow(/made with `app`/);
  });
});
