import { type Command, next, readResult, type SingleCommand } from "../app/index.ts";
import { Emitter } from "../base/index.ts";
import type { Bridge } from "../bridge/index.ts";
import type { Runtime } from "../runtime/index.ts";
import { hash, nodesOf } from "../tree/index.ts";
import { createExpectation } from "./expectation.ts";
import type { FakeClock } from "./fake-clock.ts";
import { callerStack, GoldenFiles } from "./golden-files.ts";
import type { Harness } from "./harness.ts";
import type { Screen, ScreenshotOptions, ScreenshotSize } from "./harness-contract.ts";
import { interactionWith, type KeyAction, keySteps, moveInteraction, widgetActions } from "./interaction.ts";
import { textOf } from "./node-facts.ts";
import { type PlainNode, plainTree, treeDifference } from "./plain-tree.ts";
import { submitReal, typeOver } from "./real-typing.ts";
import type { ReportBook } from "./report-book.ts";
import type { Instruction } from "./script-grammar.ts";
import { type Selector, selectAll, selectOne } from "./selector.ts";
import { TestFailure } from "./test-failure.ts";
import type { RendererPicture, TestRenderer } from "./test-renderer.ts";
import { matchTreeHash, matchTreeSnapshot } from "./tree-snapshot.ts";

/** One frame at 60 per second, as a renderer counts them. */
const FRAME_MS = 16;

export interface ScreenParts<Model, Incoming> {
  readonly runtime: Runtime<Model, Incoming>;
  readonly bridge: Bridge;
  readonly harness: Harness<Model, Incoming>;
  readonly clock: FakeClock;
  readonly reports: ReportBook;
  readonly commands: readonly SingleCommand<Incoming>[];
  readonly issued: (commands: readonly SingleCommand<Incoming>[]) => void;
  readonly backend: "mock" | "headless";
  readonly renderer: TestRenderer;
  readonly testFile: string | undefined;
}

/** Gives a harness the words of a test. */
export function screenOf<Model, Incoming>(parts: ScreenParts<Model, Incoming>): Screen<Model, Incoming> {
  const { runtime, bridge, harness, clock, reports, commands, backend, renderer, testFile } = parts;
  const instructions = new Emitter<Instruction>();
  const { picture } = renderer;
  let unnamedSnapshots = 0;

  /** Work that a script can say: recorded when it is done. */
  const recorded = (instruction: Instruction | undefined, work: () => Promise<void>): Promise<void> =>
    harness.awaited(async () => {
      await work();
      if (instruction !== undefined) instructions.emit(instruction);
    });
  const act = (selector: Selector, action: Parameters<typeof interactionWith>[2]): Promise<void> =>
    harness.awaited(() => harness.interact(() => [interactionWith(runtime.tree, selector, action)]));
  const keys = (action: KeyAction, combo: string): Promise<void> =>
    harness.awaited(async () => {
      // A screen takes every key: the widget with the focus may want it.
      if (renderer.key === undefined) return harness.interact(() => [{ action, payload: { combo } }]);
      await harness.quiet();
      const windowId = [...nodesOf(runtime.tree)].find(({ type }) => type === "window")?.id;
      for (const step of keySteps(action, combo, runtime.activeSubscriptions())) {
        renderer.key(step, combo, windowId);
        await harness.quiet();
      }
    });
  const root = () => runtime.tree;
  const golden = (): GoldenFiles => new GoldenFiles(testFile, callerStack());
  const matchTree = (match: (tree: PlainNode) => string | undefined, purpose: string): Promise<void> =>
    harness.poll((root) => {
      if (root === null) return `${purpose}: the view shows nothing.`;
      const problem = match(plainTree(root));
      return problem === undefined ? undefined : `${purpose}: ${problem}`;
    });
  const dispose = (): Promise<void> => harness.dispose();
  const find = (selector: Selector) =>
    selectAll(runtime.tree, selector).length === 0 ? undefined : selectOne(runtime.tree, selector, "find");

  return {
    runtime,
    clock,
    backend,
    draws: picture !== undefined,
    get model() {
      return runtime.model;
    },
    get tree() {
      return runtime.tree;
    },
    get issuedCommands() {
      return commands;
    },
    get activeSubscriptions() {
      return runtime.activeSubscriptions();
    },
    get diagnostics() {
      return reports.entries;
    },
    find,
    findAll: (selector) => selectAll(runtime.tree, selector),
    text: (selector) => textOf(selectOne(runtime.tree, selector, "text")),

    click: (selector) => act(selector, widgetActions.click()),
    type: (selector, text) =>
      picture === undefined
        ? act(selector, widgetActions.type(text))
        : harness.awaited(() => typeOver({ harness, root, selector }, text)),
    submit: (selector, value) =>
      picture === undefined
        ? act(selector, widgetActions.submit(value))
        : harness.awaited(() => submitReal({ harness, root, selector }, value)),
    toggle: (selector, value) => act(selector, widgetActions.toggle(value)),
    select: (selector, value) => act(selector, widgetActions.select(value)),
    slide: (selector, value) => act(selector, widgetActions.slide(value)),
    paste: (selector, text) => act(selector, widgetActions.paste(text)),
    scroll: (selector, { x = 0, y = 0 }) => {
      const { family, ...scroll } = widgetActions.scroll(x, y);
      // A wheel turns over anything.
      return act(selector, picture === undefined ? { ...scroll, family } : scroll);
    },
    sort: (selector, column) => act(selector, widgetActions.sort(column)),
    canvasPress: (selector, { x, y, button = "left" }) => act(selector, widgetActions.canvasPress(x, y, button)),
    canvasRelease: (selector, { x, y, button = "left" }) => act(selector, widgetActions.canvasRelease(x, y, button)),
    canvasMove: (selector, { x, y }) => act(selector, widgetActions.canvasMove(x, y)),
    press: (combo) => keys("type_key", combo),
    keyDown: (combo) => keys("press", combo),
    keyUp: (combo) => keys("release", combo),
    moveTo: ({ x, y }) =>
      harness.awaited(() =>
        harness.interact(() =>
          picture === undefined
            ? [moveInteraction(x, y, runtime.activeSubscriptions())]
            : [{ action: "move_to", payload: { x, y } }],
        ),
      ),
    dispatch: (value) =>
      harness.awaited(async () => {
        runtime.dispatch(value);
        await harness.quiet();
      }),
    perform: (command) =>
      harness.awaited(async () => {
        parts.issued(singleCommands<Model, Incoming>(command, runtime.model));
        await harness.perform(command);
      }),

    stubEffect: (kind, response) =>
      recorded({ do: "stub", effect: kind, response }, async () => {
        const answer = await harness.ask(
          { type: "register_effect_stub", kind, response },
          (message) => message.type === "effect_stub_register_ack" && message.kind === kind,
        );
        if (answer.type === "effect_stub_register_ack" && answer.status === "registered") return;
        throw new TestFailure(`stubEffect: the renderer knows no effect "${kind}".`);
      }),
    advance: (milliseconds) => recorded({ do: "advance", milliseconds }, () => harness.advance(milliseconds)),
    advanceFrame: (milliseconds = FRAME_MS) =>
      recorded({ do: "advance_frame", milliseconds }, () => harness.advanceFrame(milliseconds)),
    settled: () => recorded({ do: "settle" }, () => harness.settled()),
    until: (isSo) =>
      harness.awaited(() =>
        harness.poll(() => (isSo(runtime.model) ? undefined : "until: the model never got there.")),
      ),

    expect: (selector) =>
      createExpectation(selector, (check, instruction) => recorded(instruction, () => harness.poll(check))),
    toMatchTree: (expected) =>
      harness.awaited(() => matchTree((tree) => withStop(treeDifference(tree, expected)), "toMatchTree")),
    toMatchTreeSnapshot(name) {
      const files = golden();
      if (name === undefined) unnamedSnapshots += 1;
      const chosen = name ?? (unnamedSnapshots === 1 ? "tree" : `tree-${unnamedSnapshots}`);
      return recorded({ do: "snapshot", name: chosen }, () =>
        matchTree((tree) => matchTreeSnapshot(files, chosen, tree), "toMatchTreeSnapshot"),
      );
    },
    toMatchTreeHash(name) {
      const files = golden();
      return recorded({ do: "hash", name }, () =>
        matchTree(() => matchTreeHash(files, name, hash(runtime.tree)), "toMatchTreeHash"),
      );
    },
    async screenshot(size = {}) {
      // Nothing else is asked for; `awaited` gives nothing back.
      let shot: Awaited<ReturnType<RendererPicture["take"]>> | undefined;
      await harness.awaited(async () => {
        shot = await take("screenshot", size);
      });
      if (shot === undefined) throw new TestFailure("screenshot: the renderer gave no picture.");
      return shot;
    },
    toMatchScreenshot(name, { tolerance, ...size }: ScreenshotOptions = {}) {
      const files = golden();
      return recorded({ do: "screenshot", name }, async () => {
        const shot = await take("toMatchScreenshot", size);
        const { matchScreenshot } = await import("./screenshot.ts");
        const drawnBy = picture?.drawnBy ?? "";
        const problem = matchScreenshot({ files, name, backend, drawnBy, shot, tolerance });
        if (problem !== undefined) throw new TestFailure(`toMatchScreenshot: ${problem}`);
      });
    },
    plainTree: () => (runtime.tree === null ? null : plainTree(runtime.tree)),
    treeHash: () => hash(runtime.tree),
    observe: (observer) => bridge.observe(observer),
    onInstruction: (observer) => instructions.on(observer),
    allowDiagnostics: (...codes) => reports.allow(codes),
    dispose,
    [Symbol.asyncDispose]: dispose,
  };

  async function take(purpose: string, size: ScreenshotSize) {
    if (picture === undefined) {
      throw new TestFailure(
        `${purpose}: the backend "${backend}" draws nothing. Mount with backend: "headless", or ask screen.draws first.`,
      );
    }
    await harness.quiet();
    return picture.take(size);
  }
}

function withStop(difference: string | undefined): string | undefined {
  return difference === undefined ? undefined : `${difference}.`;
}

/** A command as `update` would have returned it; nothing when it is none, which the runtime then says. */
function singleCommands<Model, Incoming>(command: Command<Incoming>, model: Model): readonly SingleCommand<Incoming>[] {
  const result = readResult<Model, Incoming>(next<Model, Incoming>(model, command), "perform");
  return result.ok ? result.value.commands : [];
}
