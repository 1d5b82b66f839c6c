import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { app, Command, type Element, Subscription } from "../app/index.ts";
import type { WireNode } from "../protocol/index.ts";
import type { Recorded } from "../testing/recorder.ts";
import { mainWindow, start, text, windowElement, windowMessage } from "../testing/runtime-fixture.ts";
import { apply } from "../tree/index.ts";

interface Model {
  readonly rows: readonly string[];
  readonly hasSide: boolean;
  readonly isTicking: boolean;
  readonly isBroken: boolean;
}

type Change = Partial<Model> | { readonly command: Command };

/** Keeps what a renderer would show and listen to, from what the runtime sent to it. */
class Shadow {
  tree: WireNode | null = null;
  readonly windows = new Set<string>();
  readonly subscriptions = new Set<string>();

  renew(): void {
    this.tree = null;
    this.windows.clear();
    this.subscriptions.clear();
  }

  take(entry: Recorded): void {
    switch (entry.type) {
      case "snapshot":
        this.tree = entry.tree;
        return;
      case "patch": {
        const result = apply(this.tree, entry.ops);
        if (result.kind !== "applied" || result.skipped.length > 0) throw new Error("the patch does not fit");
        this.tree = result.root;
        return;
      }
      case "window_op":
        if (entry.op === "open") this.windows.add(entry.window_id);
        if (entry.op === "close") this.windows.delete(entry.window_id);
        return;
      case "subscribe":
        this.subscriptions.add(`${entry.kind} ${entry.tag}`);
        return;
      case "unsubscribe":
        this.subscriptions.delete(`${entry.kind} ${entry.tag}`);
        return;
      default:
        return;
    }
  }
}

const definition = app<Model, Change>({
  init: () => ({ rows: [], hasSide: false, isTicking: false, isBroken: false }),
  update: (model, event) => {
    if ("kind" in event) return model;
    return "command" in event ? [model, event.command] : { ...model, ...event };
  },
  subscribe: (model) => (model.isTicking ? [Subscription.every(100, "tick"), Subscription.onKeyPress("keys")] : []),
  view: (model) => {
    if (model.isBroken) throw new Error("cannot show");
    const main: Element<Model> = mainWindow(model.rows.map((row) => text(row, row)));
    return model.hasSide ? [main, windowElement("side")] : main;
  },
});

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ rows: fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e"), { maxLength: 5 }) }),
  },
  fc.record({ hasSide: fc.boolean() }),
  fc.record({ isTicking: fc.boolean() }),
  fc.record({ isBroken: fc.boolean() }),
  fc.constantFrom(
    "exit" as const,
    "ready" as const,
    "resync" as const,
    "closeSide" as const,
    "sideClosed" as const,
    "turn" as const,
    "time" as const,
  ),
);

describe("whatever happens", () => {
  test("[R259] [R260] the renderer shows the model, each timer runs once, and stop leaves nothing", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { runtime, port, clock, turn } = start(definition);
        const shadow = new Shadow();
        let isAway = false;
        const drain = (): void => {
          turn();
          if (!isAway) for (const entry of port.log) shadow.take(entry);
          port.clear();
        };
        drain();
        for (const each of steps) {
          if (typeof each === "object") runtime.dispatch(each);
          else if (each === "turn") drain();
          else if (each === "time") clock.advance(50);
          else if (each === "closeSide") runtime.dispatch({ command: Command.closeWindow("side") });
          else if (each === "resync" && !isAway) {
            drain();
            port.resync();
          } else if (each === "sideClosed" && !isAway) {
            drain();
            if (!shadow.windows.delete("side")) continue;
            port.receive(windowMessage("window_closed", "side", "plushie:windows"));
          } else if (each === "exit" && !isAway) {
            drain();
            port.exit();
            isAway = true;
            shadow.renew();
          } else if (each === "ready" && isAway) {
            drain();
            isAway = false;
            port.ready();
          }
        }
        drain();
        if (isAway) {
          isAway = false;
          port.ready();
        }
        runtime.dispatch({ isBroken: false });
        drain();

        expect(shadow.tree).toEqual(runtime.tree);
        const shown =
          runtime.tree?.type === "window" ? [runtime.tree.id] : (runtime.tree?.children ?? []).map(({ id }) => id);
        expect([...shadow.windows].sort()).toEqual([...shown].sort());
        expect(shadow.subscriptions.has("on_key_press keys")).toBe(runtime.model.isTicking);
        expect(clock.pending).toBe(runtime.model.isTicking ? 1 : 0);
        await runtime.stop();
        expect(clock.pending).toBe(0);
      }),
      { seed: 20, numRuns: 400 },
    );
  });
});
