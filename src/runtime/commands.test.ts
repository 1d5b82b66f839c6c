import { describe, expect, test } from "vitest";
import { app, Command, Effect, type Event } from "../app/index.ts";
import type { FromRenderer } from "../protocol/index.ts";
import { button, mainWindow, start, text, textApp, widgetMessage, windowElement } from "../testing/runtime-fixture.ts";

type Any = Command<Go | string>;
interface Go {
  readonly go: Any | readonly Any[];
}

/** An app that performs what is dispatched and keeps what it hears. */
function performing() {
  const heard: unknown[] = [];
  const fixture = start(
    app<number, Go | string>({
      init: () => 0,
      update: (model, event) => {
        if (typeof event === "object" && "go" in event) {
          return [model, event.go];
        }
        heard.push(event);
        return model;
      },
      view: () => [mainWindow([button("save"), text("title", "x")]), windowElement("side")],
    }),
  );
  fixture.port.clear();
  return {
    ...fixture,
    heard,
    go: (...commands: readonly Any[]) => {
      fixture.runtime.dispatch({ go: commands });
      fixture.turn();
    },
  };
}

describe("commands that stay here", () => {
  test("[R012] [R109] none and an empty batch do nothing", () => {
    const { go, port, reports } = performing();
    go(Command.none(), Command.batch([]));
    expect([port.log, reports]).toEqual([[], []]);
  });

  test("[R013] [R103] [R110] a task's result is an event with the tag, and does not hold up others", async () => {
    const { go, heard, runtime, turn, settle } = performing();
    let finish: (value: string[]) => void = () => {};
    go(Command.async(() => new Promise((resolve) => (finish = resolve)), "todos_loaded"));
    runtime.dispatch("other");
    turn();
    finish(["a"]);
    await settle();
    expect(heard).toEqual(["other", { kind: "async", type: "done", tag: "todos_loaded", value: ["a"] }]);
  });

  test("[R011] a command of init is performed once", async () => {
    let runs = 0;
    const { settle, port, turn } = start(
      textApp<number>({ init: () => [0, Command.async(() => (runs += 1), "load")], update: (model) => model }),
    );
    await settle();
    port.exit();
    port.ready();
    turn();
    await settle();
    expect(runs).toBe(1);
  });

  test("a cancelled task is told and its result dropped", async () => {
    const { go, heard, settle } = performing();
    let signal: AbortSignal | undefined;
    go(
      Command.async(async (given) => {
        signal = given;
        return 1;
      }, "a"),
      Command.cancel("a"),
    );
    await settle();
    expect([signal?.aborted, heard]).toEqual([true, []]);
  });

  test("a stream's items arrive in order", async () => {
    const { go, heard, settle } = performing();
    go(
      Command.stream(async function* () {
        yield "a";
        yield "b";
      }, "lines"),
    );
    await settle();
    expect(heard.map((event) => (event as Event).type)).toEqual(["item", "item", "done"]);
  });

  test("after waits, and a tag makes it cancellable", () => {
    const { go, heard, clock, turn } = performing();
    go(Command.after(100, "late"), Command.after(100, "never", { tag: "n" }), Command.cancel("n"));
    clock.advance(99);
    turn();
    expect(heard).toEqual([]);
    clock.advance(1);
    turn();
    expect(heard).toEqual(["late"]);
    expect(clock.pending).toBe(0);
  });

  test("dispatch puts its event behind what already waits, in the same turn", () => {
    const { heard, runtime, turn } = performing();
    runtime.dispatch({ go: Command.dispatch("second") });
    runtime.dispatch("first");
    turn();
    expect(heard).toEqual(["first", "second"]);
  });

  test("a chain of dispatch commands ends after a hundred with a report", () => {
    let updates = 0;
    const { runtime, turn, reports } = start(
      textApp<number, "again">({
        init: () => 0,
        update: (model) => {
          updates += 1;
          return [model, Command.dispatch("again" as const)];
        },
      }),
    );
    runtime.dispatch("again");
    turn();
    expect(updates).toBe(101);
    expect(reports).toEqual([
      expect.objectContaining({ code: "dispatch_loop_exceeded", fields: { depth: 101, limit: 100 } }),
    ]);
  });

  test("exit ends the app", async () => {
    const { go, runtime, port } = performing();
    go(Command.exit());
    await runtime.closed;
    expect([runtime.state, port.isStopped]).toEqual(["stopped", true]);
  });

  test("share goes to the host; without one, or refused, it is a fault", async () => {
    const shared: unknown[] = [];
    const heard: Event[] = [];
    const definition = textApp<number, "go">({
      init: () => 0,
      update: (model, event) => {
        if (event === "go") return [model, Command.share({ add: 1 })];
        heard.push(event);
        return model;
      },
    });
    const taken = start(definition, { share: (action) => shared.push(action) as unknown as undefined });
    taken.runtime.dispatch("go");
    taken.turn();
    expect(shared).toEqual([{ add: 1 }]);
    const refused = start(definition, { share: () => Promise.reject(new Error("room is full")) });
    refused.runtime.dispatch("go");
    refused.turn();
    await refused.settle();
    const alone = start(definition);
    alone.runtime.dispatch("go");
    alone.turn();
    expect(heard.map((event) => (event.kind === "fault" && "message" in event ? event.message : ""))).toEqual([
      "room is full",
      expect.stringContaining("no room"),
    ]);
  });
});

describe("commands for the renderer", () => {
  test.each<[string, Any, unknown]>([
    ["[R111] focus", Command.focus("save"), { type: "command", id: "main#save", family: "focus", value: null }],
    [
      "scrollTo",
      Command.scrollTo("save", { y: 4 }),
      { type: "command", id: "main#save", family: "scroll_to", value: { x: 0, y: 4 } },
    ],
    ["focusNext", Command.focusNext(), { type: "widget_op", op: "focus_next", payload: {} }],
    [
      "focusPreviousWithin",
      Command.focusPreviousWithin("save"),
      { type: "widget_op", op: "focus_previous_within", payload: { scope: "main#save" } },
    ],
    [
      "announce",
      Command.announce("Saved"),
      { type: "widget_op", op: "announce", payload: { text: "Saved", politeness: "polite" } },
    ],
    [
      "[R116] widgetCommand",
      Command.widgetCommand("main#save", "set_value", { value: 1 }),
      { type: "command", id: "main#save", family: "set_value", value: { value: 1 } },
    ],
    [
      "[R112] closeWindow",
      Command.closeWindow("side"),
      { type: "window_op", op: "close", window_id: "side", payload: {} },
    ],
    [
      "[R113] setWindowMode",
      Command.setWindowMode("main", "fullscreen"),
      { type: "window_op", op: "set_mode", window_id: "main", payload: { mode: "fullscreen" } },
    ],
    [
      "[R114] resizeWindow",
      Command.resizeWindow("main", [5, 6]),
      { type: "window_op", op: "resize", window_id: "main", payload: { width: 5, height: 6 } },
    ],
    [
      "[R187] setWindowTitle",
      Command.setWindowTitle("main", "T"),
      { type: "window_op", op: "update", window_id: "main", payload: { title: "T" } },
    ],
    [
      "allowAutomaticTabbing",
      Command.allowAutomaticTabbing(false),
      { type: "system_op", op: "allow_automatic_tabbing", payload: { enabled: false } },
    ],
    ["systemTheme", Command.systemTheme("t"), { type: "system_query", op: "get_system_theme", payload: { tag: "t" } }],
    [
      "windowSize",
      Command.windowSize("main", "s"),
      { type: "window_op", op: "get_size", window_id: "main", payload: { tag: "s" } },
    ],
    ["treeHash", Command.treeHash("h"), { type: "widget_op", op: "tree_hash", payload: { tag: "h" } }],
    ["deleteImage", Command.deleteImage("logo"), { type: "image_op", op: "delete_image", payload: { handle: "logo" } }],
    ["listImages", Command.listImages("l"), { type: "image_op", op: "list", payload: { handle: "", tag: "l" } }],
  ])("%s has its message", (_name, command, message) => {
    const { go, port } = performing();
    go(command);
    expect(port.log[0]).toEqual(message);
  });

  test("a target or window that is not there is reported and nothing is sent", () => {
    const { go, port, reports } = performing();
    go(Command.focus("missing"), Command.setWindowLevel("missing", "normal"));
    expect(port.log).toEqual([]);
    expect(reports.map((report) => report.code)).toEqual(["target-not-found", "window-not-found"]);
  });

  test("a focus command finds the widget that its own update brought in", () => {
    const { runtime, port, turn } = start(
      app<boolean, "open">({
        init: () => false,
        update: () => [true, Command.focus("name")],
        view: (isOpen) => mainWindow(isOpen ? [button("name")] : []),
      }),
    );
    port.clear();
    runtime.dispatch("open");
    turn();
    expect(port.log.map((entry) => entry.type)).toEqual(["patch", "command"]);
  });

  test("answers to questions nobody asked are dropped and reported", () => {
    const { go, receive, heard, reports } = performing();
    const answer: FromRenderer = { type: "op_query_response", kind: "system_theme", tag: "t", data: "dark" };
    receive(answer);
    expect([heard, reports.at(-1)?.code]).toEqual([[], "answer-unmatched"]);
    go(Command.systemTheme("t"));
    receive(answer, answer);
    expect(heard).toEqual([{ kind: "system", type: "theme", tag: "t", value: "dark" }]);
  });
});

describe("effects", () => {
  const open = Effect.fileOpen({ title: "Open" }, "open");

  test("[R118] ids are given when performed, so one value may be used twice", () => {
    const { go, port } = performing();
    const other = Effect.clipboardRead("read");
    go(other);
    go(other, open);
    const ids = port.sent("effect").map((message) => message.id);
    expect(new Set(ids).size).toBe(3);
  });

  test("[R118] each answer reaches its own tag", () => {
    const { go, port, receive, heard } = performing();
    go(open, Effect.clipboardRead("read"));
    const [first, second] = port.sent("effect");
    receive(
      { type: "effect_response", id: second?.id ?? "", status: "ok", result: { text: "hi" } },
      { type: "effect_response", id: first?.id ?? "", status: "cancelled" },
    );
    expect(heard).toEqual([
      { kind: "effect", type: "ok", tag: "read", effect: "clipboard_read", result: { text: "hi" } },
      { kind: "effect", type: "cancelled", tag: "open", effect: "file_open" },
    ]);
  });

  test("a result of the wrong shape is an error, an answer to nothing is dropped", () => {
    const { go, port, receive, heard, reports } = performing();
    go(open);
    receive({ type: "effect_response", id: port.sent("effect")[0]?.id ?? "", status: "ok", result: { path: 7 } });
    receive({ type: "effect_response", id: "ef_99", status: "cancelled" });
    expect(heard).toEqual([expect.objectContaining({ kind: "effect", type: "error", tag: "open" })]);
    expect(reports.at(-1)?.code).toBe("answer-unmatched");
  });

  test.each([
    ["a dialog", open, 120_000],
    ["the clipboard", Effect.clipboardRead("read"), 5_000],
    ["a notification", Effect.notification({ title: "T", body: "B" }, "note"), 30_000],
  ])("%s has its own time limit", (_name, effect, limit) => {
    const { go, heard, clock, turn } = performing();
    go(effect);
    clock.advance(limit - 1);
    turn();
    expect(heard).toEqual([]);
    clock.advance(1);
    turn();
    expect(heard).toEqual([expect.objectContaining({ type: "error", error: "timeout" })]);
  });
});

test("events of a widget keep arriving while a task runs", async () => {
  const { go, heard, receive } = performing();
  go(Command.async(() => new Promise(() => {}), "forever"));
  receive(widgetMessage("click", "main#save"));
  expect(heard).toHaveLength(1);
});
