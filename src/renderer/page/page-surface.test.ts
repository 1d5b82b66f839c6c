import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PatchOp, WireNode, WireProps, WireValue } from "../../protocol/index.ts";
import { apply, diff } from "../../tree/index.ts";
import type { EffectOutcome, Surface, SurfaceListener, SurfaceQuery } from "../surface.ts";
import { type AttachedSurface, attachSurface, PageAssetError, type PageAssets } from "./attach-surface.ts";
import type { PageChannel, PageChannelListener } from "./channel.ts";
import { createPageSurface, type PageSurfaceOptions } from "./page-surface.ts";
import { decodePageText, encodePageText } from "./page-text.ts";

type Call = readonly [name: keyof Surface, ...values: unknown[]];

/** Writes down what it is told; answers what a test puts into it. */
class Recorder implements Surface {
  readonly calls: Call[] = [];
  answer: (question: SurfaceQuery) => Promise<WireValue> = async () => null;
  outcome: () => Promise<EffectOutcome> = async () => ({ status: "ok", result: null });

  showTree(root: WireNode | null): void {
    this.calls.push(["showTree", root]);
  }
  applyPatch(ops: readonly PatchOp[], root: WireNode): void {
    this.calls.push(["applyPatch", ops, root]);
  }
  hostLost(): void {
    this.calls.push(["hostLost"]);
  }
  configure(settings: unknown): void {
    this.calls.push(["configure", settings]);
  }
  setWanted(kinds: ReadonlySet<string>): void {
    this.calls.push(["setWanted", kinds]);
  }
  perform(operation: unknown): void {
    this.calls.push(["perform", operation]);
  }
  performWindow(operation: unknown): void {
    this.calls.push(["performWindow", operation]);
  }
  query(question: SurfaceQuery): Promise<WireValue> {
    this.calls.push(["query", question]);
    return this.answer(question);
  }
  runEffect(effect: unknown): Promise<EffectOutcome> {
    this.calls.push(["runEffect", effect]);
    return this.outcome();
  }
  dispose(): void {
    this.calls.push(["dispose"]);
  }
}

interface Page {
  readonly recorder: Recorder;
  readonly attached: AttachedSurface;
  readonly listener: SurfaceListener;
  readonly read: PageAssets;
}

/** Both ends and what is between them. A page comes when `page` is called. */
function rig(options: Partial<PageSurfaceOptions> = {}) {
  let near: PageChannelListener | undefined;
  let far: PageChannelListener | undefined;
  let now = 0;
  let opened = 0;
  let isClosed = false;
  const toPage: string[] = [];
  const heard: [string, unknown][] = [];
  const listener: SurfaceListener = {
    onWidgetEvent: (event) => heard.push(["widget", event]),
    onSubscriptionEvent: (event) => heard.push(["subscription", event]),
    onDiagnostic: (diagnostic) => heard.push(["diagnostic", diagnostic]),
  };
  const open = (given: PageChannelListener): PageChannel => {
    near = given;
    opened += 1;
    isClosed = false;
    return {
      send(text) {
        toPage.push(text);
        far?.onText(text);
      },
      close: () => {
        isClosed = true;
      },
    };
  };
  const front = createPageSurface(open, { clock: { now: () => now }, ...options })(listener);
  const state = { delay: (deliver: () => unknown): unknown => deliver() };
  return {
    front,
    set delay(delay: (deliver: () => unknown) => unknown) {
      state.delay = delay;
    },
    heard,
    toPage,
    get opened() {
      return opened;
    },
    get isClosed() {
      return isClosed;
    },
    advance: (milliseconds: number) => {
      now += milliseconds;
    },
    say: (text: string) => near?.onText(text),
    lose: (reason = "closed") => near?.onClose(reason),
    page(): Page {
      const recorder = new Recorder();
      let files: PageAssets | undefined;
      let pageListener = listener;
      const attached = attachSurface(
        (given) => {
          far = given;
          return { send: (text) => state.delay(() => near?.onText(text)), close: () => {} };
        },
        (to, assets) => {
          pageListener = to;
          files = assets;
          return recorder;
        },
      );
      const read: PageAssets = (path) => files?.(path) ?? Promise.reject(new Error("no surface was made"));
      return { recorder, attached, listener: pageListener, read };
    },
  };
}

function node(id: string, type: string, children: readonly WireNode[] = [], props: WireProps = {}): WireNode {
  return { id, type, props, children };
}

const names = fc.constantFrom("x", "y", "$bytes", "$$bytes", "$", "constructors");
const wireValue: fc.Arbitrary<WireValue> = fc.letrec<{ value: WireValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<WireValue>(null, true, false, 0, 1.5, "", "a\ud800\u2028"),
    fc.string({ unit: "binary", maxLength: 5 }),
    fc.uint8Array({ maxLength: 7 }),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(names, tie("value"), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;
const wireProps: fc.Arbitrary<WireProps> = fc.dictionary(names, wireValue, { maxKeys: 3, noNullPrototype: true });
const wireTree: fc.Arbitrary<WireNode> = fc.letrec<{ node: WireNode }>((tie) => ({
  node: fc.record(
    {
      id: fc.constantFrom("a", "b", "c", "d", "e"),
      type: fc.constantFrom("column", "text", "window"),
      props: wireProps,
      children: fc.oneof({ depthSize: "small", maxDepth: 3 }, fc.constant<WireNode[]>([]), fc.array(tie("node"))),
    },
    { noNullPrototype: true },
  ),
})).node;

type Step = (surface: Surface, state: { root: WireNode | null }) => void;
const step: fc.Arbitrary<Step> = fc.oneof(
  wireTree.map(
    (tree): Step =>
      (surface, state) => {
        state.root = tree;
        surface.showTree(tree);
      },
  ),
  wireTree.map(
    (tree): Step =>
      (surface, state) => {
        if (state.root === null) return;
        const result = apply(state.root, diff(state.root, tree));
        if (result.kind !== "applied" || result.root === null || result.applied.length === 0) return;
        state.root = result.root;
        surface.applyPatch(result.applied, result.root);
      },
  ),
  wireProps.map(
    (defaultFont): Step =>
      (surface) =>
        surface.configure({ defaultFont, scaleFactor: 2 }),
  ),
  fc.uniqueArray(names).map(
    (kinds): Step =>
      (surface) =>
        surface.setWanted(new Set(kinds)),
  ),
  wireValue.map(
    (value): Step =>
      (surface) =>
        surface.perform({ target: "a", name: "focus", value }),
  ),
  fc.uint8Array().map(
    (data): Step =>
      (surface) => {
        surface.perform({ name: "set_image", value: { handle: "h", data } });
      },
  ),
  wireProps.map(
    (payload): Step =>
      (surface) =>
        surface.performWindow({ windowId: "a", name: "open", payload }),
  ),
  fc.constant<Step>((surface) => surface.hostLost?.()),
  wireProps.map(
    (payload): Step =>
      (surface) => {
        void surface.query({ name: "locate", target: "a", payload });
      },
  ),
  wireProps.map(
    (payload): Step =>
      (surface) => {
        void surface.runEffect({ kind: "clipboard_write", payload });
      },
  ),
);

describe("texts", () => {
  test("carry every value and its bytes unchanged", () => {
    fc.assert(
      fc.property(wireValue, (value) => {
        const text = encodePageText({ value });
        if (!text.ok) throw new Error(text.error);
        expect(decodePageText(text.value)).toEqual({ ok: true, value: { value } });
      }),
      { seed: 20_261, numRuns: 500 },
    );
  });

  test("that hold anything else are refused in words", () => {
    expect(decodePageText("{").ok).toBe(false);
    expect(decodePageText('{"__proto__":1}').ok).toBe(false);
    expect(decodePageText('{"a":{"$bytes":"?"}}')).toEqual({ ok: false, error: "bytes that are not base64" });
    expect(decodePageText("[".repeat(100_000) + "]".repeat(100_000)).ok).toBe(false);
  });
});

describe("a page surface", () => {
  test("lets the surface in the page see exactly the calls made in front", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const both = rig();
        const { recorder } = both.page();
        recorder.calls.length = 0;
        const expected = new Recorder();
        const near = { root: null };
        const far = { root: null };
        for (const go of steps) {
          go(both.front, near);
          go(expected, far);
        }
        expect(recorder.calls).toEqual(expected.calls);
        expect(both.heard).toEqual([]);
      }),
      { seed: 20_262, numRuns: 300 },
    );
  });

  test("answers questions and effects once, also when the surface fails", async () => {
    const both = rig();
    const { recorder } = both.page();
    recorder.answer = async ({ name }) => {
      if (name === "screenshot") throw new Error("no picture");
      return { name, rgba: Uint8Array.of(1, 2, 255) };
    };
    recorder.outcome = async () => ({ status: "cancelled" });
    expect(await both.front.query({ name: "get_size" })).toEqual({ name: "get_size", rgba: Uint8Array.of(1, 2, 255) });
    await expect(both.front.query({ name: "screenshot" })).rejects.toThrow("no picture");
    expect(await both.front.runEffect({ kind: "file_open", payload: {} })).toEqual({ status: "cancelled" });
    recorder.outcome = () => Promise.reject(new Error("refused"));
    expect(await both.front.runEffect({ kind: "file_open", payload: {} })).toEqual({
      status: "error",
      error: "refused",
    });
  });

  test("reports what happens in the page", () => {
    const both = rig();
    const { listener } = both.page();
    listener.onWidgetEvent({ family: "input", id: "a", value: "x", hint: { kind: "accumulate", fields: ["dx"] } });
    listener.onSubscriptionEvent({ kind: "on_key_press", family: "key_press", value: { key: "a" }, captured: true });
    listener.onDiagnostic({ level: "warn", diagnostic: { kind: "svg_parse_error" } });
    expect(both.heard).toEqual([
      ["widget", { family: "input", id: "a", value: "x", hint: { kind: "accumulate", fields: ["dx"] } }],
      ["subscription", { kind: "on_key_press", family: "key_press", value: { key: "a" }, captured: true }],
      ["diagnostic", { level: "warn", diagnostic: { kind: "svg_parse_error" } }],
    ]);
  });

  test("sends nothing before a page is there, and then what holds", () => {
    const both = rig();
    both.front.configure({ scaleFactor: 2 });
    both.front.setWanted(new Set(["on_key_press"]));
    both.front.showTree(node("w", "window"));
    both.front.performWindow({ windowId: "w", name: "open", payload: { title: "W" } });
    both.front.perform({ name: "focus", target: "w#a", value: null });
    expect(both.toPage).toEqual([]);
    const { recorder } = both.page();
    expect(recorder.calls.map(([name]) => name)).toEqual([
      "configure",
      "setWanted",
      "showTree",
      "performWindow",
      "perform",
    ]);
  });

  test("brings a new page to where the old one was", async () => {
    const both = rig();
    const { front } = both;
    const first = both.page();
    first.recorder.answer = () => new Promise(() => {});
    const root = node("r", "column", [node("w", "window"), node("v", "window")]);
    const after = node("r", "column", [node("w", "window", [node("w#t", "text")]), node("v", "window")]);
    front.configure({ defaultTextSize: 20 });
    front.perform({ name: "load_font", value: { family: "F", data: Uint8Array.of(9) } });
    front.perform({ name: "set_image", value: { handle: "gone", data: Uint8Array.of(1) } });
    front.perform({ name: "set_image", value: { handle: "kept", data: Uint8Array.of(2) } });
    front.perform({ name: "delete_image", value: { handle: "gone" } });
    front.showTree(root);
    front.performWindow({ windowId: "w", name: "open", payload: { title: "W" } });
    front.performWindow({ windowId: "v", name: "open", payload: {} });
    front.performWindow({ windowId: "v", name: "close", payload: {} });
    front.performWindow({ windowId: "w", name: "toggle_maximize", payload: {} });
    front.performWindow({ windowId: "w", name: "toggle_maximize", payload: {} });
    front.performWindow({ windowId: "w", name: "resize", payload: { width: 1, height: 2 } });
    front.performWindow({ windowId: "w", name: "resize", payload: { width: 300, height: 200 } });
    front.performWindow({ windowId: "w", name: "gain_focus", payload: {} });
    front.applyPatch([{ op: "insert_child", path: [0], index: 0, node: node("w#t", "text") }], after);
    const unanswered = front.query({ name: "get_size", windowId: "w" });
    const { recorder } = both.page();
    expect(await unanswered).toBeNull();
    expect(recorder.calls).toEqual([
      ["configure", { defaultTextSize: 20 }],
      ["perform", { name: "load_font", value: { family: "F", data: Uint8Array.of(9) } }],
      ["perform", { name: "set_image", value: { handle: "kept", data: Uint8Array.of(2) } }],
      ["showTree", after],
      ["performWindow", { windowId: "w", name: "open", payload: { title: "W" } }],
      ["performWindow", { windowId: "w", name: "resize", payload: { width: 300, height: 200 } }],
      ["performWindow", { windowId: "v", name: "close", payload: {} }],
    ]);
  });

  test("puts windows where people had put them", () => {
    const both = rig();
    const first = both.page();
    both.front.showTree(node("r", "column", [node("main", "window"), node("tools", "window")]));
    for (const windowId of ["main", "tools"]) both.front.performWindow({ windowId, name: "open", payload: {} });
    const say = (windowId: string, family: string, value: WireProps): void =>
      first.listener.onSubscriptionEvent({ kind: "", family, windowId, value: { window_id: windowId, ...value } });
    say("main", "window_opened", { width: 800, height: 600 });
    say("tools", "window_opened", { width: 200, height: 100, x: 10, y: 10 });
    say("tools", "window_moved", { x: 10, y: 20 });
    say("tools", "window_resized", { width: 300, height: 100 });
    say("tools", "window_moved", { x: 30, y: 40 });
    // The browser's own window: nobody can give another one this size.
    say("main", "window_resized", { width: 500, height: 400 });
    const { recorder } = both.page();
    expect(recorder.calls.filter(([name]) => name === "performWindow")).toEqual([
      ["performWindow", { windowId: "main", name: "open", payload: {} }],
      ["performWindow", { windowId: "tools", name: "open", payload: {} }],
      ["performWindow", { windowId: "tools", name: "resize", payload: { width: 300, height: 100 } }],
      ["performWindow", { windowId: "tools", name: "move", payload: { x: 30, y: 40 } }],
    ]);
  });

  test("tells the app of a window that opened once, however often the page comes anew", () => {
    const both = rig();
    both.front.showTree(node("w", "window"));
    both.front.performWindow({ windowId: "w", name: "open", payload: {} });
    const opened = { kind: "on_window_open", family: "window_opened", windowId: "w" };
    both.page().listener.onSubscriptionEvent(opened);
    both.page().listener.onSubscriptionEvent(opened);
    expect(both.heard).toEqual([["subscription", opened]]);
    both.front.performWindow({ windowId: "w", name: "close", payload: {} });
    both.front.performWindow({ windowId: "w", name: "open", payload: {} });
    both.page().listener.onSubscriptionEvent(opened);
    expect(both.heard).toHaveLength(2);
  });

  test("does not close a window that the app is about to open when the page comes", () => {
    const texts: string[] = [];
    const front = createPageSurface(
      (near) => {
        // The page was there first: its text waits in the channel.
        near.onText('{"report":"ready"}');
        return { send: (text) => texts.push(text), close: () => {} };
      },
      { clock: { now: () => 0 }, opens: "for-windows" },
    )({ onWidgetEvent: () => {}, onSubscriptionEvent: () => {}, onDiagnostic: () => {} });
    front.showTree(node("w", "window"));
    front.performWindow({ windowId: "w", name: "open", payload: {} });
    expect(texts.map((text) => JSON.parse(text).call)).toEqual(["showTree", "performWindow"]);
    expect(JSON.parse(texts[1] ?? "").operation.name).toBe("open");
  });

  test("does not take the closing of a window for that of the one that came after it", () => {
    const both = rig();
    const { listener, recorder } = both.page();
    both.front.showTree(node("w", "window"));
    const closed = { kind: "on_window_event", family: "window_closed", windowId: "w" };
    // What the surface in the page says when it is told to close, on its way while the app opens the window again.
    const late: (() => void)[] = [];
    both.delay = (deliver) => late.push(deliver);
    both.front.performWindow({ windowId: "w", name: "close", payload: {} });
    listener.onSubscriptionEvent(closed);
    both.front.performWindow({ windowId: "w", name: "open", payload: {} });
    for (const deliver of late.splice(0)) deliver();
    expect(both.heard).toEqual([]);
    listener.onSubscriptionEvent(closed);
    for (const deliver of late) deliver();
    expect(both.heard).toEqual([["subscription", closed]]);
    expect(recorder.calls.at(-1)).toEqual(["performWindow", { windowId: "w", name: "open", payload: {} }]);
  });

  test("says everything again to a page that connects anew and keeps its surface", () => {
    const both = rig();
    const { recorder, attached } = both.page();
    both.front.showTree(node("w", "window"));
    recorder.calls.length = 0;
    attached.resume();
    expect(recorder.calls.map(([name]) => name)).toEqual(["hostLost", "showTree"]);
  });

  test("answers what was asked when the channel is gone, and reports its windows as closed", async () => {
    const both = rig();
    both.page().recorder.answer = () => new Promise(() => {});
    both.front.showTree(node("w", "window"));
    both.front.performWindow({ windowId: "w", name: "open", payload: {} });
    const answer = both.front.query({ name: "get_size", windowId: "w" });
    both.lose();
    expect(await answer).toBeNull();
    expect(await both.front.runEffect({ kind: "notification", payload: {} })).toEqual({ status: "unsupported" });
    const families = both.heard.flatMap(([, event]) =>
      Object.entries(Object(event)).filter(([key]) => key === "family"),
    );
    expect(families).toEqual([
      ["family", "window_close_requested"],
      ["family", "window_closed"],
    ]);
  });

  test("opens a channel for the first tree, and another one for a window after the page was closed", () => {
    const both = rig({ opens: "for-windows" });
    both.front.configure({});
    expect(both.opened).toBe(0);
    both.front.showTree(node("w", "window"));
    both.front.performWindow({ windowId: "w", name: "open", payload: {} });
    expect(both.opened).toBe(1);
    both.lose();
    both.front.applyPatch([], node("w", "window"));
    expect(both.opened).toBe(1);
    both.front.performWindow({ windowId: "w", name: "open", payload: {} });
    expect(both.opened).toBe(2);
  });

  test("tells the page of its end and closes the channel", () => {
    const both = rig();
    const { recorder } = both.page();
    both.front.dispose();
    both.front.dispose();
    expect(recorder.calls.at(-1)).toEqual(["dispose"]);
    expect(both.isClosed).toBe(true);
  });
});

describe("a page that cannot be trusted", () => {
  test.each([
    ["no JSON", "{"],
    ["an unknown report", '{"report":"reboot"}'],
    ["an event without id", '{"report":"widget","event":{"family":"click"}}'],
    ["an answer nobody waits for", '{"report":"answer","number":7,"value":1}'],
    ["a very long name", JSON.stringify({ report: "widget", event: { family: "x".repeat(70_000), id: "a" } })],
    ["too long a text", `"${"x".repeat(200_000)}"`],
  ])("gets a diagnostic for %s", (_, text) => {
    const both = rig({ maxTextLength: 150_000 });
    both.say(text);
    expect(both.heard).toMatchObject([["diagnostic", { level: "warn" }]]);
  });

  test("is cut off when it goes on, or sends without end", () => {
    const bad = rig();
    for (let count = 0; count < 16; count += 1) bad.say("{");
    expect(bad.isClosed).toBe(true);

    const fast = rig();
    const text = JSON.stringify({ report: "widget", event: { family: "click", id: "a" } });
    for (let count = 0; count < 5_000; count += 1) fast.say(text);
    expect(fast.isClosed).toBe(false);
    fast.advance(1_000);
    for (let count = 0; count < 5_001; count += 1) fast.say(text);
    expect(fast.isClosed).toBe(true);
  });
});

describe("files of the app", () => {
  test("come from the renderer, and what it does not give is told with why", async () => {
    const asked: string[] = [];
    const { page } = rig({
      async readAsset(path) {
        asked.push(path);
        if (path === "a.png") return { ok: true, data: Uint8Array.of(1, 2, 255) };
        if (path === "../a.png") return { ok: false, isRefused: true, message: "leads out" };
        throw new Error("the disk is gone");
      },
    });
    const { read } = page();
    expect(await read("a.png")).toEqual(Uint8Array.of(1, 2, 255));
    await expect(read("../a.png")).rejects.toEqual(new PageAssetError("leads out", true));
    await expect(read("b.png")).rejects.toEqual(new PageAssetError("the disk is gone", false));
    expect(asked).toEqual(["a.png", "../a.png", "b.png"]);
  });

  test("are refused where no folder is declared", async () => {
    const { read } = rig().page();
    await expect(read("a.png")).rejects.toEqual(new PageAssetError("no asset folder is declared for this app", true));
  });

  test("are read 64 at a time, and a page that lost its connection hears nothing of them", async () => {
    const waiting: (() => void)[] = [];
    const both = rig({
      readAsset: () => new Promise((resolve) => waiting.push(() => resolve({ ok: true, data: new Uint8Array() }))),
    });
    const { read, attached } = both.page();
    const first = Array.from({ length: 64 }, (_, index) => read(`${index}.png`).catch((thrown: unknown) => thrown));
    await expect(read("64.png")).rejects.toThrow("too many files at once");
    attached.resume();
    for (const answer of waiting) answer();
    expect(await Promise.all(first)).toEqual(first.map(() => new PageAssetError("the connection was lost", false)));
    expect(both.heard).toEqual([]);
  });
});
