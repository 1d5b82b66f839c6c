import { describe, expect, test } from "vitest";
import { app, Composite, composite, type Element, type Event } from "../app/index.ts";
import { button, mainWindow, start, text, widgetMessage } from "../testing/runtime-fixture.ts";

interface Stars {
  readonly label: string;
}

const rating = composite<Stars, { readonly stars: number }>({
  name: "rating",
  init: () => ({ stars: 0 }),
  view: ({ label }, { stars }) => ({
    type: "row",
    children: [text("shown", `${label} ${stars}`), button("more"), button("done"), button("other"), button("broken")],
  }),
  handle: ({ stars }, event) => {
    switch (event.id) {
      case "more":
        return Composite.state({ stars: stars + 1 });
      case "done":
        return Composite.emitWith({ stars: 0 }, "rated", stars);
      case "broken":
        throw new Error("no");
      default:
        return Composite.ignore();
    }
  },
});

function rated(onRated?: (model: number, event: Event) => number) {
  const heard: Event[] = [];
  let updates = 0;
  const fixture = start(
    app<number>({
      init: () => 0,
      update: (model, event) => {
        updates += 1;
        heard.push(event);
        return model;
      },
      view: (): Element<number> =>
        mainWindow([rating("stars", { label: "Score" }, onRated === undefined ? {} : { onRated })]),
    }),
  );
  fixture.port.clear();
  return { ...fixture, heard, updates: () => updates };
}

const press = (id: string) => widgetMessage("click", `main#stars/${id}`);

describe("composites", () => {
  test("are asked first; a new state is shown with a patch and without update", () => {
    const { receive, port, updates } = rated();
    receive(press("more"));
    expect(updates()).toBe(0);
    expect(port.sent("patch")[0]?.ops).toEqual([{ op: "update_props", path: [0, 0], props: { content: "Score 1" } }]);
  });

  test("emit an event of their own, with value and place", () => {
    const { receive, heard } = rated();
    receive(press("more"), press("more"), press("done"));
    expect(heard).toEqual([
      {
        kind: "widget",
        type: "custom",
        family: "rated",
        value: 2,
        id: "stars",
        scope: [],
        windowId: "main",
        target: "main#stars",
      },
    ]);
  });

  test("have handlers for what they emit", () => {
    const { receive, runtime, heard } = rated((_model, event) =>
      event.kind === "widget" && event.type === "custom" ? 7 : 0,
    );
    receive(press("done"));
    expect([runtime.model, heard]).toEqual([7, []]);
  });

  test("let other events through", () => {
    const { receive, heard } = rated();
    receive(press("other"));
    expect(heard.map((event) => event.kind === "widget" && event.target)).toEqual(["main#stars/other"]);
  });

  test("that fail are skipped and reported", () => {
    const { receive, heard, reports } = rated();
    receive(press("broken"));
    expect(heard).toHaveLength(1);
    expect(reports[0]).toMatchObject({
      code: "composite-failed",
      message: expect.stringContaining('"rating" at "main#stars"'),
    });
  });

  test("keep their state in a restart of the renderer", () => {
    const { receive, port, turn } = rated();
    receive(press("more"));
    port.exit();
    port.clear();
    port.ready();
    turn();
    expect(JSON.stringify(port.sent("snapshot")[0]?.tree)).toContain("Score 1");
  });
});

describe("handlers with the name of their opt-in", () => {
  function handled(type: string, props: Record<string, unknown>) {
    return start(
      app<string>({
        init: () => "",
        update: () => "update",
        view: () => mainWindow([{ type, id: "area", props, children: [text("in", "x")] }]),
      }),
    );
  }
  const viewport = { absolute_x: 0, absolute_y: 1 };
  const pressed = { x: 1, y: 2, button: "right" };

  test("onScroll of a scrollable takes what is called scrolled on the wire", () => {
    const { receive, runtime } = handled("scrollable", { onScroll: () => "scroll" });
    receive(widgetMessage("scrolled", "main#area", viewport));
    expect(runtime.model).toBe("scroll");
  });

  test("onRightPress of a pointer area takes presses of that button only", () => {
    const { receive, runtime } = handled("pointer_area", { onRightPress: () => "right" });
    receive(widgetMessage("press", "main#area", pressed));
    expect(runtime.model).toBe("right");
    receive(widgetMessage("press", "main#area", { ...pressed, button: "left" }));
    expect(runtime.model).toBe("update");
  });
});
