import { describe, expect, test } from "vitest";
import { app, application, Subscription } from "../app/index.ts";
import { mainWindow, start, text, textApp, widgetMessage } from "../testing/runtime-fixture.ts";

const click = widgetMessage("click", "main#go");

describe("a failing update", () => {
  function failing() {
    let isBroken = true;
    const error = new Error("boom");
    const fixture = start(
      textApp<{ readonly n: number }>({
        init: () => ({ n: 0 }),
        update: (model) => {
          if (isBroken) throw error;
          return { n: model.n + 1 };
        },
      }),
    );
    return {
      ...fixture,
      error,
      repair: () => {
        isBroken = false;
      },
    };
  }

  test("[R072] [R073] [R074] keeps the model by identity, sends nothing, and the next event works", () => {
    const { runtime, port, receive, repair } = failing();
    const before = runtime.model;
    port.clear();
    receive(click);
    expect(runtime.model).toBe(before);
    expect(port.log).toEqual([]);
    repair();
    receive(click);
    expect(runtime.model).toEqual({ n: 1 });
  });

  test("[R075] is reported with the error", () => {
    const { reports, receive, error } = failing();
    receive(click);
    expect(reports).toEqual([expect.objectContaining({ code: "update-failed", level: "error", error })]);
  });

  test("[R080] is suppressed after a hundred in a row", () => {
    const { reports, receive } = failing();
    for (let index = 0; index < 1000; index += 1) receive(click);
    expect(reports).toHaveLength(102);
  });

  test("[R082] without a result suggests the missing branch", () => {
    const { reports, receive } = start(
      // The author forgot a path, which the types would have told.
      textApp<number>({ init: () => 0, update: (() => undefined) as unknown as (model: number) => number }),
    );
    receive(click);
    expect(reports[0]?.message).toContain("return model");
  });

  test("[R082] by an exhaustiveness check suggests the missing branch", () => {
    const { reports, receive } = start(
      textApp<number>({
        init: () => 0,
        update: (_model, event) => {
          throw new Error(`unhandled event ${event.kind}`);
        },
      }),
    );
    receive(click);
    expect(reports[0]?.message).toContain("final `return model`");
  });
});

describe("a failing view", () => {
  function flaky() {
    const calls = { update: 0 };
    const fixture = start(
      app<{ readonly n: number; readonly isBroken: boolean }, "break" | "repair" | "add">({
        init: () => ({ n: 0, isBroken: false }),
        update: (model, event) => {
          calls.update += 1;
          if (event === "break") return { n: model.n + 1, isBroken: true };
          if (event === "repair") return { ...model, isBroken: false };
          return { ...model, n: model.n + 1 };
        },
        subscribe: (model) => (model.isBroken ? [Subscription.onKeyPress("keys")] : []),
        view: (model) => {
          if (model.isBroken) throw new Error("cannot show");
          return mainWindow([text("n", String(model.n))]);
        },
      }),
    );
    return { ...fixture, calls };
  }

  test("[R076] [R077] [R078] keeps the screen, takes the model, and the next good view shows it", () => {
    const { runtime, port, turn } = flaky();
    const tree = runtime.tree;
    port.clear();
    runtime.dispatch("break");
    turn();
    expect(runtime.model).toEqual({ n: 1, isBroken: true });
    expect(runtime.tree).toBe(tree);
    expect([port.sent("patch"), port.sent("snapshot")]).toEqual([[], []]);
    runtime.dispatch("repair");
    turn();
    expect(port.sent("patch")[0]?.ops).toEqual([{ op: "update_props", path: [0], props: { content: "1" } }]);
  });

  test("[D07] does not undo the change of subscriptions", () => {
    const { runtime, port, turn } = flaky();
    port.clear();
    runtime.dispatch("break");
    turn();
    expect(port.sent("subscribe").map((message) => message.kind)).toEqual(["on_key_press"]);
  });

  test("calls update once per event", () => {
    const { runtime, turn, calls } = flaky();
    for (let index = 0; index < 10; index += 1) {
      runtime.dispatch("break");
      turn();
    }
    expect(calls.update).toBe(10);
  });

  test("[R079] [R080] is suppressed although update works each time", () => {
    const { runtime, turn, reports } = flaky();
    for (let index = 0; index < 1000; index += 1) {
      runtime.dispatch("break");
      turn();
    }
    expect(reports.filter((report) => report.code === "view-failed")).toHaveLength(100);
    expect(reports.filter((report) => report.code === "suppressed")).toHaveLength(2);
    runtime.dispatch("repair");
    turn();
    expect(reports.at(-1)).toMatchObject({ code: "recovered", fields: { consecutive: 1000 } });
  });

  test("[R084] stays inside its runtime", () => {
    const broken = flaky();
    const sound = flaky();
    broken.runtime.dispatch("break");
    broken.turn();
    sound.port.clear();
    sound.runtime.dispatch("add");
    sound.turn();
    expect(sound.port.sent("patch")).toHaveLength(1);
  });

  test("at the start gives the renderer an empty tree and the app another chance", () => {
    let isBroken = true;
    const { port, runtime, turn } = start(
      app<number, "go">({
        init: () => 0,
        update: (model) => model + 1,
        view: () => {
          if (isBroken) throw new Error("not yet");
          return mainWindow([]);
        },
      }),
    );
    expect(port.sent("snapshot")[0]?.tree).toMatchObject({ id: "auto:root", children: [] });
    isBroken = false;
    runtime.dispatch("go");
    turn();
    expect(port.sent("snapshot").at(-1)?.tree).toMatchObject({ id: "main" });
    expect(port.sent("window_op").map((message) => message.op)).toEqual(["open"]);
  });
});

describe("other functions of the author that fail", () => {
  test("subscribe: what runs goes on", () => {
    let isBroken = false;
    const { runtime, turn, reports } = start(
      textApp<number, "go">({
        init: () => 0,
        update: (model) => model + 1,
        subscribe: () => {
          if (isBroken) throw new Error("no");
          return [Subscription.every(10, "tick")];
        },
      }),
    );
    isBroken = true;
    runtime.dispatch("go");
    turn();
    expect(runtime.activeSubscriptions()).toEqual([Subscription.every(10, "tick")]);
    expect(reports[0]?.code).toBe("subscribe-failed");
  });

  test("onEvent: the event is dropped", () => {
    const { runtime, receive, reports } = start(
      application<number, string>({
        init: () => 0,
        onEvent: () => {
          throw new Error("no");
        },
        update: (model) => model + 1,
        view: () => mainWindow([]),
      }),
    );
    receive(click);
    expect([runtime.model, reports[0]?.code]).toEqual([0, "on-event-failed"]);
  });

  test("windowConfig and settings: the app starts with defaults", () => {
    const { port, reports } = start(
      textApp<number>({
        init: () => 0,
        update: (model) => model,
        windowConfig: () => {
          throw new Error("no config");
        },
        settings: () => {
          throw new Error("no settings");
        },
      }),
    );
    expect(reports.map((report) => report.code)).toEqual(["settings-failed", "window-config-failed"]);
    expect(port.sent("settings")).toEqual([{ type: "settings", settings: { protocol_version: 1 } }]);
    expect(port.sent("snapshot")[0]?.tree.props).toMatchObject({ title: "Plushie" });
  });

  test("handleRendererExit: the model stays", () => {
    const { runtime, port, turn, reports } = start(
      textApp<number>({
        init: () => 7,
        update: (model) => model,
        handleRendererExit: () => {
          throw new Error("no");
        },
      }),
    );
    port.exit();
    turn();
    expect(runtime.model).toBe(7);
    expect(reports.map((report) => report.code)).toContain("renderer-exit-failed");
  });

  test("a diagnostics hook that throws is not called again", () => {
    let calls = 0;
    const logged: string[] = [];
    const { receive } = start(
      textApp<number>({
        init: () => 0,
        update: () => {
          throw new Error("x");
        },
      }),
      {
        logger: (entry) => logged.push(entry.code),
        onDiagnostic: () => {
          calls += 1;
          throw new Error("broken hook");
        },
      },
    );
    receive(click, click);
    receive(click);
    expect(calls).toBe(1);
    expect(logged.filter((code) => code === "update-failed")).toHaveLength(3);
  });
});
