import { describe, expect, test } from "vitest";
import type { Element, View, WindowConfig } from "../app/index.ts";
import type { WireProps } from "../protocol/index.ts";
import type { TreeWindow } from "../tree/index.ts";
import { Windows } from "./windows.ts";

type AnyElement = Element<never>;

function win(id: string, props: Record<string, unknown> = {}): AnyElement {
  return { type: "window", id, props, children: [] };
}

function wire(id: string, props: WireProps = {}): TreeWindow {
  return { id, props };
}

function shown(...windows: TreeWindow[]): readonly TreeWindow[] {
  return windows;
}

function ids(view: View<never>): (string | undefined)[] {
  if (view === null) return [];
  return "type" in view ? [view.id] : view.map((entry) => (entry ? entry.id : undefined));
}

function propsOf(view: View<never>): Record<string, unknown> {
  return view !== null && "type" in view ? { ...view.props } : {};
}

describe("window defaults", () => {
  test("[R189] a window without title shows the app's name, and closing asks first", () => {
    const windows = new Windows("Notes", () => undefined);
    expect(propsOf(windows.prepare(win("main")))).toEqual({ title: "Notes", exitOnCloseRequest: false });
  });

  test("[R190] takes title, width, height, minSize, resizable and theme from windowConfig", () => {
    const config: WindowConfig = {
      title: "T",
      width: 400,
      height: 600,
      minSize: { width: 1, height: 2 },
      resizable: false,
      theme: "dark",
    };
    const windows = new Windows("Notes", () => config);
    expect(propsOf(windows.prepare(win("main")))).toEqual({ ...config, exitOnCloseRequest: false });
  });

  test("[R191] props on the node win, in either spelling, and undefined is absent", () => {
    const windows = new Windows("Notes", () => ({
      title: "config",
      minSize: [1, 1],
      exitOnCloseRequest: false,
      level: "normal",
    }));
    const props = propsOf(
      windows.prepare(win("main", { title: undefined, min_size: [9, 9], exitOnCloseRequest: true })),
    );
    expect(props).toEqual({ title: "config", min_size: [9, 9], exitOnCloseRequest: true, level: "normal" });
  });

  test("[R191] a size on the node wins over width and height of the defaults", () => {
    const windows = new Windows("Notes", () => ({ size: [100, 200] }));
    expect(propsOf(windows.prepare(win("a", { size: [5, 6] })))).not.toHaveProperty("width");
    expect(propsOf(windows.prepare(win("b", { width: 5 })))).toMatchObject({ width: 5, height: 200 });
  });

  test("[R188] asks once per opened window, and again after the defaults were forgotten", () => {
    let asked = 0;
    const windows = new Windows("Notes", () => {
      asked += 1;
      return {};
    });
    windows.prepare([win("a"), win("b")]);
    windows.prepare([win("a"), win("b")]);
    expect(asked).toBe(2);
    windows.prepare([win("a")]);
    windows.prepare([win("a"), win("b")]);
    expect(asked).toBe(3);
    windows.forgetDefaults();
    windows.prepare([win("a"), win("b")]);
    expect(asked).toBe(5);
  });

  test("gives the same element for the same element, so that nothing is compared again", () => {
    const windows = new Windows("Notes", () => undefined);
    const element = win("main");
    expect(windows.prepare(element)).toBe(windows.prepare(element));
  });
});

describe("windows that come and go", () => {
  test("[R165] [R167] a new id opens, a gone id closes, a known one does neither", () => {
    const windows = new Windows("Notes", () => undefined);
    expect(windows.sync(shown(wire("main", { title: "T", padding: 3 }))).operations).toEqual([
      { op: "open", windowId: "main", payload: { title: "T" } },
    ]);
    expect(windows.sync(shown(wire("main", { title: "New" }), wire("about"))).operations).toEqual([
      { op: "open", windowId: "about", payload: {} },
    ]);
    expect(windows.sync(shown(wire("main"))).operations).toEqual([{ op: "close", windowId: "about" }]);
  });

  test("[R173] a length that is no number is not sent as the size of the window", () => {
    const windows = new Windows("Notes", () => undefined);
    expect(windows.sync(shown(wire("main", { width: "fill", height: 300 }))).operations).toMatchObject([
      { payload: { height: 300 } },
    ]);
  });

  test("[D20] a changed scale factor is an update, anything else is not", () => {
    const windows = new Windows("Notes", () => undefined);
    windows.sync(shown(wire("main", { scale_factor: 1, width: 100 })));
    expect(windows.sync(shown(wire("main", { scale_factor: 1.5, width: 200 }))).operations).toEqual([
      { op: "update", windowId: "main", payload: { scale_factor: 1.5 } },
    ]);
  });

  test("[R200] [R201] the first window is the primary; its going is told, that of others is not", () => {
    const windows = new Windows("Notes", () => undefined);
    windows.sync(shown(wire("main"), wire("side")));
    expect(windows.primary).toBe("main");
    expect(windows.sync(shown(wire("main")))).toMatchObject({ isPrimaryClosed: false, isLastClosed: false });
    windows.sync(shown(wire("main"), wire("side")));
    expect(windows.sync(shown(wire("side")))).toMatchObject({ isPrimaryClosed: true, isLastClosed: false });
  });

  test("a new first window takes the role over", () => {
    const windows = new Windows("Notes", () => undefined);
    windows.sync(shown(wire("login")));
    expect(windows.sync(shown(wire("main")))).toMatchObject({ isPrimaryClosed: false });
    expect(windows.primary).toBe("main");
  });

  test("a window closed by the person stays closed until the view leaves it out", () => {
    const windows = new Windows("Notes", () => undefined);
    const both: View<never> = [win("main"), win("side")];
    windows.sync(shown(wire("main"), wire("side")));
    expect(windows.markClosed("side")).toBe(true);
    expect(windows.markClosed("side")).toBe(false);
    expect(ids(windows.prepare(both))).toEqual(["main"]);
    expect(windows.sync(shown(wire("main"))).operations).toEqual([]);
    expect(ids(windows.prepare(both))).toEqual(["main"]);
    windows.prepare(win("main"));
    expect(ids(windows.prepare(both))).toEqual(["main", "side"]);
  });

  test("[R200] no window at the start is not the last one closing", () => {
    const windows = new Windows("Notes", () => undefined);
    expect(windows.sync([])).toMatchObject({ isPrimaryClosed: false, isLastClosed: false });
    windows.sync(shown(wire("main")));
    expect(windows.sync([])).toMatchObject({ isPrimaryClosed: true, isLastClosed: true });
  });
});
