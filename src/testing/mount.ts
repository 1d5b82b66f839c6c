import { type App, type Command, next, readResult, type SingleCommand } from "../app/index.ts";
import { createBridge } from "../bridge/index.ts";
import { createRuntime, type Runtime } from "../runtime/index.ts";
import { hash } from "../tree/index.ts";
import { Activity } from "./activity.ts";
import { createExpectation } from "./expectation.ts";
import { fakeClock } from "./fake-clock.ts";
import { Harness } from "./harness.ts";
import type { MountOptions, Screen } from "./harness-contract.ts";
import { interactionWith, keyInteractions, widgetActions } from "./interaction.ts";
import { createMemoryRenderer } from "./memory-renderer.ts";
import { textOf } from "./node-facts.ts";
import { plainTree, treeDifference } from "./plain-tree.ts";
import { ReportBook } from "./report-book.ts";
import { type Selector, selectAll, selectOne } from "./selector.ts";
import { TaskWatch } from "./task-watch.ts";
import { chooseBackend } from "./test-backend.ts";
import { TestFailure } from "./test-failure.ts";
import { watchApp } from "./watch-app.ts";

const TIMEOUT_MS = 1000;
/** One frame at 60 per second, as a renderer counts them. */
const FRAME_MS = 16;

/**
 * Starts an app over a renderer in memory and resolves when its first view is shown. Rejects when `init` fails. Dispose of
 * what it gives, best with `await using`.
 */
export async function mount<Model, Incoming, Options>(
  app: App<Model, Incoming, Options>,
  options: MountOptions<Options> = {},
): Promise<Screen<Model, Incoming>> {
  chooseBackend(options.backend);
  const codec = options.testFormat ?? "msgpack";
  const clock = fakeClock(options.startAt ?? 0);
  const activity = new Activity();
  const tasks = new TaskWatch();
  const reports = new ReportBook(options.allowDiagnostics ?? []);
  const commands: SingleCommand<Incoming>[] = [];
  const renderer = createMemoryRenderer({
    codec,
    clock,
    onTraffic: () => activity.happened(),
    onFault: (message) => reports.entries.push({ level: "error", code: "encode-failed", message }),
  });
  const logger = (entry: (typeof reports.entries)[number]): void => void reports.entries.push(entry);
  // Moving the clock by minutes must not look like a renderer that fell silent.
  const bridge = createBridge({ connector: renderer.connector, clock, logger, heartbeatMs: 0 });
  const issued = (added: readonly SingleCommand<Incoming>[]): void => {
    commands.push(...added);
    tasks.issued(added as readonly SingleCommand<never>[]);
    activity.happened();
  };
  const watched = watchApp(app, {
    onCommands: issued,
    onEvent(event) {
      tasks.heard(event);
      activity.happened();
    },
  });
  const { appOpts, share, daemon } = options;
  let runtime: Runtime<Model, Incoming>;
  try {
    runtime = createRuntime(watched, {
      renderer: bridge,
      clock,
      logger,
      scheduler(flush) {
        activity.happened();
        queueMicrotask(flush);
      },
      ...(appOpts === undefined ? {} : { appOpts }),
      ...(share === undefined ? {} : { share }),
      ...(daemon === undefined ? {} : { daemon }),
    });
  } catch (thrown) {
    renderer.dispose();
    throw thrown;
  }
  // Who watches `closed` hears of a failure there; who does not, finds it among the reports.
  runtime.closed.catch(() => {});
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const harness = new Harness<Model, Incoming>({
    ...{ runtime, bridge, clock, activity, tasks, reports, commands, timeoutMs },
    disposeRenderer: () => renderer.dispose(),
  });
  try {
    await runtime.ready;
    await harness.quiet();
  } catch (thrown) {
    await runtime.stop();
    renderer.dispose();
    throw thrown;
  }
  return screenOf({ runtime, harness, clock, reports, commands, issued });
}

interface ScreenParts<Model, Incoming> {
  readonly runtime: Runtime<Model, Incoming>;
  readonly harness: Harness<Model, Incoming>;
  readonly clock: ReturnType<typeof fakeClock>;
  readonly reports: ReportBook;
  readonly commands: readonly SingleCommand<Incoming>[];
  readonly issued: (commands: readonly SingleCommand<Incoming>[]) => void;
}

function screenOf<Model, Incoming>(parts: ScreenParts<Model, Incoming>): Screen<Model, Incoming> {
  const { runtime, harness, clock, reports, commands } = parts;
  const act = (selector: Selector, action: Parameters<typeof interactionWith>[2]): Promise<void> =>
    harness.awaited(() => harness.interact(() => [interactionWith(runtime.tree, selector, action)]));
  const dispose = (): Promise<void> => harness.dispose();
  const find = (selector: Selector) =>
    selectAll(runtime.tree, selector).length === 0 ? undefined : selectOne(runtime.tree, selector, "find");
  const toPlain = () => (runtime.tree === null ? null : plainTree(runtime.tree));

  return {
    runtime,
    clock,
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
    type: (selector, text) => act(selector, widgetActions.type(text)),
    submit: (selector, value) => act(selector, widgetActions.submit(value)),
    toggle: (selector, value) => act(selector, widgetActions.toggle(value)),
    select: (selector, value) => act(selector, widgetActions.select(value)),
    slide: (selector, value) => act(selector, widgetActions.slide(value)),
    paste: (selector, text) => act(selector, widgetActions.paste(text)),
    scroll: (selector, { x = 0, y = 0 }) => act(selector, widgetActions.scroll(x, y)),
    sort: (selector, column) => act(selector, widgetActions.sort(column)),
    canvasPress: (selector, { x, y, button = "left" }) => act(selector, widgetActions.canvasPress(x, y, button)),
    press: (combo) =>
      harness.awaited(() => harness.interact(() => keyInteractions(combo, runtime.activeSubscriptions()))),
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
      harness.awaited(async () => {
        const answer = await harness.ask(
          { type: "register_effect_stub", kind, response },
          (message) => message.type === "effect_stub_register_ack" && message.kind === kind,
        );
        if (answer.type === "effect_stub_register_ack" && answer.status === "registered") return;
        throw new TestFailure(`stubEffect: the renderer knows no effect "${kind}".`);
      }),
    advance: (milliseconds) => harness.awaited(() => harness.advance(milliseconds)),
    advanceFrame: (milliseconds = FRAME_MS) => harness.awaited(() => harness.advanceFrame(milliseconds)),
    settled: () => harness.awaited(() => harness.settled()),
    until: (isSo) =>
      harness.awaited(() =>
        harness.poll(() => (isSo(runtime.model) ? undefined : "until: the model never got there.")),
      ),

    expect: (selector) => createExpectation(selector, (check) => harness.awaited(() => harness.poll(check))),
    toMatchTree: (expected) =>
      harness.awaited(() =>
        harness.poll((root) => {
          if (root === null) return "toMatchTree: the view shows nothing.";
          const difference = treeDifference(plainTree(root), expected);
          return difference === undefined ? undefined : `toMatchTree: ${difference}.`;
        }),
      ),
    plainTree: toPlain,
    treeHash: () => hash(runtime.tree),
    allowDiagnostics: (...codes) => reports.allow(codes),
    dispose,
    [Symbol.asyncDispose]: dispose,
  };
}

/** A command as `update` would have returned it; nothing when it is none, which the runtime then says. */
function singleCommands<Model, Incoming>(command: Command<Incoming>, model: Model): readonly SingleCommand<Incoming>[] {
  const result = readResult<Model, Incoming>(next<Model, Incoming>(model, command), "perform");
  return result.ok ? result.value.commands : [];
}
