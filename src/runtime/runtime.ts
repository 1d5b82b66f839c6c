import { type App, type Command, isApp, type SingleCommand, type Subscription } from "../app/index.ts";
import { messageOf, silentLogger, systemClock } from "../base/index.ts";
import type { Event, FromRenderer, ToRenderer, WireNode, WireProps } from "../protocol/index.ts";
import { createTree, type Tree } from "../tree/index.ts";
import { AppCore } from "./app-core.ts";
import { CommandQueue } from "./command-queue.ts";
import { CompositeSubscriptions, isOfComposite } from "./composite-subscriptions.ts";
import { createReport, type Report } from "./diagnostic.ts";
import { effectFailed } from "./effect-answer.ts";
import { EffectTracker, type TrackedEffect } from "./effect-tracker.ts";
import { EventRouter } from "./event-router.ts";
import { FaultLog } from "./fault-log.ts";
import { Inbox } from "./inbox.ts";
import { type IntakePorts, receive } from "./intake.ts";
import { eventJoining } from "./joining.ts";
import { Lifecycle, type RuntimeState } from "./lifecycle.ts";
import { type PerformerPorts, perform } from "./performer.ts";
import type { ExitReason, RendererPort } from "./ports.ts";
import { QueryTracker } from "./query-tracker.ts";
import type { Runtime, RuntimeOptions } from "./runtime-contract.ts";
import { RuntimeError } from "./runtime-error.ts";
import { Screen } from "./screen.ts";
import { encodeSettings } from "./settings.ts";
import { createShare } from "./share.ts";
import { SubscriptionTracker } from "./subscription-tracker.ts";
import { Tasks } from "./tasks.ts";
import { TextReports } from "./text-reports.ts";
import { type WindowChange, Windows } from "./windows.ts";

/** Events that commands put in one after another, before it is taken for a loop. */
export const MAX_DISPATCH_DEPTH = 100;

/**
 * Starts an app: calls `init` and asks the port for a renderer. Throws a `RuntimeError` when `init` fails; everything
 * later is reported by `ready`, `closed` and diagnostics.
 */
export function createRuntime<Model, Incoming, Options>(
  app: App<Model, Incoming, Options>,
  options: RuntimeOptions<Options>,
): Runtime<Model, Incoming> {
  const given: unknown = app;
  if (!isApp(given)) {
    throw new RuntimeError(
      "app-invalid",
      "This is no app. Give what app({ init, update, view }) or application(…) returned.",
    );
  }
  return new AppRuntime(app, options);
}

type Waiting<Incoming> =
  | { readonly kind: "library"; readonly event: Event; readonly isJoined?: true }
  | { readonly kind: "app"; readonly event: Event | Incoming; readonly depth: number };

const NOW = Promise.resolve();

/** In the next microtask. In a page `queueMicrotask` would make an object of the browser's for it, each time. */
function soon(work: () => void): void {
  void NOW.then(work);
}

class AppRuntime<Model, Incoming, Options> implements Runtime<Model, Incoming> {
  readonly name: string;
  readonly #options: RuntimeOptions<Options>;
  readonly #renderer: RendererPort;
  readonly #report: Report;
  readonly #life = new Lifecycle();
  readonly #core: AppCore<Model, Incoming, Options>;
  readonly #tree: Tree;
  readonly #windows: Windows;
  readonly #screen: Screen;
  readonly #subscriptions: SubscriptionTracker;
  readonly #sources: CompositeSubscriptions;
  readonly #tasks: Tasks;
  readonly #effects: EffectTracker;
  readonly #queries = new QueryTracker();
  readonly #router: EventRouter;
  readonly #texts: TextReports;
  readonly #commands: CommandQueue<Incoming>;
  readonly #inbox: Inbox<Waiting<Incoming>>;
  readonly #intake: IntakePorts;
  #generation = 0;
  /** Windows or composites changed: the view is shown again, though the model is the same. */
  #isScreenStale = true;
  /** The last `view` failed: the tree is not what the model says. */
  #isViewBroken = false;
  #isScheduled = false;
  #isFlushing = false;
  #mustEnd = false;

  constructor(app: App<Model, Incoming, Options>, options: RuntimeOptions<Options>) {
    const clock = options.clock ?? systemClock;
    this.#options = options;
    this.#renderer = options.renderer;
    this.name = options.name ?? app.name;
    this.#report = createReport(options.logger ?? silentLogger, options.onDiagnostic);
    const faults = new FaultLog(this.#report);
    // Options nobody gave are an empty record.
    this.#core = new AppCore(app, options.appOpts ?? ({} as Options), faults);
    this.#tree = createTree();
    this.#texts = new TextReports(this.#tree);
    this.#windows = new Windows(app.name, () => this.#core.windowConfig());
    const send = (message: ToRenderer): void => this.#renderer.send(message);
    this.#screen = new Screen({ tree: this.#tree, windows: this.#windows, send, report: this.#report });
    const deliver = (event: Event): void => this.#put({ kind: "library", event });
    this.#subscriptions = new SubscriptionTracker({
      clock,
      send: (message) => this.#screen.send(message),
      onTick: (tag, at) => deliver({ kind: "timer", type: "tick", tag, at }),
    });
    this.#tasks = new Tasks(clock, deliver);
    this.#effects = new EffectTracker(clock, (effect) => this.#effectTimedOut(effect));
    this.#sources = new CompositeSubscriptions(this.#tree, faults);
    this.#router = new EventRouter(this.#tree, faults, this.#sources, () => {
      this.#isScreenStale = true;
    });
    const ports = this.#performerPorts(deliver);
    this.#commands = new CommandQueue({
      perform: (command) => perform(command, ports),
      isReady: () => this.#life.state === "running",
      report: this.#report,
      faults,
    });
    this.#inbox = new Inbox({
      keyOf: (item) => (item.kind === "library" ? eventJoining.keyOf(item.event) : undefined),
      join: (older, newer) =>
        older.kind === "library" && newer.kind === "library"
          ? { kind: "library", event: eventJoining.join(older.event, newer.event), isJoined: true }
          : newer,
    });
    this.#intake = {
      effects: this.#effects,
      queries: this.#queries,
      subscriptions: this.#subscriptions,
      windows: this.#windows,
      report: this.#report,
      deliver,
      windowClosed: () => this.#markStale(),
      answerStep: () => this.#screen.answerStep(() => this.#flush()),
    };
    this.#takeCommands(this.#core.firstCommands, 0);
    this.#start(encodeSettings(this.#core.settings(), app.requiredWidgets));
  }

  get state(): RuntimeState {
    return this.#life.state;
  }

  get model(): Model {
    return this.#core.model;
  }

  get tree(): WireNode | null {
    return this.#tree.root();
  }

  get ready(): Promise<void> {
    return this.#life.ready;
  }

  get closed(): Promise<void> {
    return this.#life.closed;
  }

  dispatch(event: Event | Incoming): void {
    this.#put({ kind: "app", event, depth: 0 });
  }

  perform(command: Command<Incoming>): void {
    this.#takeCommands(this.#core.read(command), 0);
    this.#schedule();
  }

  activeSubscriptions(): readonly Subscription[] {
    return this.#subscriptions.active;
  }

  restartRenderer(): void {
    if (!this.#life.isStopped) this.#renderer.restart();
  }

  stop(): Promise<void> {
    return this.#end();
  }

  #start(settings: WireProps): void {
    // The port remembers it and opens every connection with it.
    this.#renderer.send({ type: "settings", settings });
    this.#renderer
      .start({
        onResync: ({ generation }) => this.#resync(generation),
        onMessage: (message) => this.#received(message),
        onExit: (reason, willRestart) => this.#exited(reason, willRestart),
        onEnd: (error) => {
          // The promise never rejects; `closed` tells what happened.
          void this.#end(error);
        },
      })
      .catch((error: unknown) => this.#end(error));
  }

  #resync(generation: number): void {
    if (this.#life.isStopped) return;
    if (generation !== this.#generation) {
      this.#generation = generation;
      this.#windows.forgetDefaults();
      this.#router.forget();
    }
    this.#screen.begin(
      () => this.#render(),
      () => this.#subscriptions.announceAll(),
    );
    this.#life.running();
    this.#renderer.resyncComplete();
    this.#schedule();
  }

  #received(message: FromRenderer): void {
    if (this.#life.state === "running") {
      receive(message, this.#intake);
      return;
    }
    if (message.type === "hello") return;
    this.#ignored(`a late message of type "${message.type}"; its renderer is gone`, "renderer");
  }

  #exited(reason: ExitReason, willRestart: boolean): void {
    // What the old renderer reported happened before it went.
    this.#flush();
    if (this.#life.isStopped) return;
    const wasRunning = this.#life.state === "running";
    this.#life.down();
    this.#screen.forget();
    this.#report({
      code: "renderer-exited",
      attribution: reason.kind === "connection-lost" ? "network" : "renderer",
      level: reason.kind === "shutdown" || reason.kind === "restart" ? "info" : "warn",
      message: `The renderer is gone (${reason.kind}${reason.detail === undefined ? "" : `: ${reason.detail}`}).`,
      fields: { kind: reason.kind, willRestart },
    });
    if (wasRunning) {
      this.#queries.clear();
      for (const effect of this.#effects.drain()) {
        this.#put({ kind: "library", event: effectFailed(effect, "renderer restarted") });
      }
    }
    if (reason.kind !== "restart") this.#core.rendererExit(reason);
    this.#schedule();
  }

  #put(item: Waiting<Incoming>): void {
    if (this.#life.isStopped) {
      this.#ignored("an event that came after the end", "app");
      return;
    }
    this.#inbox.put(item);
    this.#schedule();
  }

  #markStale(): void {
    this.#isScreenStale = true;
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled || this.#isFlushing || this.#life.isStopped) return;
    this.#isScheduled = true;
    const schedule = this.#options.scheduler ?? soon;
    schedule(() => {
      this.#isScheduled = false;
      this.#flush();
    });
  }

  /** Everything that waits, one event after the other; then one render; then the commands. */
  #flush(): void {
    if (this.#isFlushing || this.#life.state === "starting" || this.#life.isStopped) return;
    this.#isFlushing = true;
    try {
      do {
        for (let item = this.#inbox.take(); item !== undefined; item = this.#inbox.take()) this.#update(item);
        this.#show();
        this.#commands.flush();
      } while (!this.#mustEnd && (this.#inbox.size > 0 || this.#isDirty));
    } finally {
      this.#isFlushing = false;
    }
    if (this.#mustEnd) void this.#end();
  }

  get #isDirty(): boolean {
    return this.#core.isNew || this.#isScreenStale;
  }

  /** Brings the screen up to date. */
  #show(): void {
    if (this.#isDirty) this.#render();
    // While nobody knows what the app says, the reports wait.
    if (!this.#isViewBroken) this.#screen.repeat(this.#texts.take());
  }

  #update(item: Waiting<Incoming>): void {
    if (item.kind === "app") {
      this.#texts.heardApp();
      // What the app puts in is typed where it does so.
      const commands = this.#core.update({ origin: "app", event: item.event as Incoming });
      this.#takeCommands(commands, item.depth);
      return;
    }
    if (this.#texts.isAnswerDue(item.event)) this.#show();
    this.#texts.heard(item.event, item.isJoined === true);
    for (const input of this.#router.route(item.event)) this.#takeCommands(this.#core.update(input), 0);
  }

  #render(): void {
    this.#isScreenStale = false;
    this.#core.markShown();
    const wanted = this.#core.subscriptions();
    if (wanted !== undefined) this.#subscriptions.apply([...wanted, ...this.#sources.wanted]);
    let change: WindowChange | undefined;
    this.#isViewBroken = !this.#core.view((view) => {
      change = this.#screen.show(view, (ops) => this.#texts.answerIn(ops));
    });
    // Which composites there are, the view alone tells.
    if (!this.#isViewBroken && this.#sources.look()) {
      const own = this.#subscriptions.active.filter((subscription) => !isOfComposite(subscription));
      this.#subscriptions.apply([...own, ...this.#sources.wanted]);
    }
    if (change !== undefined) this.#applyWindowChange(change);
  }

  #applyWindowChange({ isPrimaryClosed, isLastClosed }: WindowChange): void {
    if (this.#options.daemon === true) return;
    if (isPrimaryClosed) {
      // An app that has an opinion about a lost renderer decides itself when it ends.
      const isHandled = this.#core.rendererExit({ kind: "shutdown", detail: "the primary window was closed" });
      if (!isHandled) this.#mustEnd = true;
    } else if (isLastClosed) this.#mustEnd = true;
  }

  #takeCommands(commands: readonly SingleCommand<Incoming>[], depth: number): void {
    if (commands.length === 0) return;
    const others: SingleCommand<Incoming>[] = [];
    for (const command of commands) {
      if (command.kind !== "dispatch") others.push(command);
      else if (depth < MAX_DISPATCH_DEPTH) this.#put({ kind: "app", event: command.event, depth: depth + 1 });
      else {
        this.#report({
          code: "dispatch_loop_exceeded",
          attribution: "app",
          level: "error",
          message: `An event was dropped: ${MAX_DISPATCH_DEPTH} dispatch commands followed from one another. Let update return one only when something is left to do.`,
          fields: { depth: depth + 1, limit: MAX_DISPATCH_DEPTH },
        });
      }
    }
    this.#commands.add(others);
  }

  #performerPorts(deliver: (event: Event) => void): PerformerPorts<Incoming> {
    return {
      send: (message) => this.#screen.send(message),
      root: () => this.#tree.root(),
      tasks: this.#tasks,
      effects: this.#effects,
      queries: this.#queries,
      windows: this.#windows,
      report: this.#report,
      enqueue: (event) => this.#put({ kind: "app", event, depth: 0 }),
      share: createShare(this.#options.share, this.#report, deliver),
      windowClosed: () => this.#markStale(),
      exit: () => {
        this.#mustEnd = true;
      },
    };
  }

  #effectTimedOut(effect: TrackedEffect): void {
    this.#report({
      code: "effect-timeout",
      attribution: "renderer",
      level: "warn",
      message: `The renderer did not answer the effect "${effect.kind}" in time.`,
      fields: { tag: effect.tag, kind: effect.kind },
    });
    this.#put({ kind: "library", event: effectFailed(effect, "timeout") });
  }

  #ignored(what: string, attribution: "app" | "renderer"): void {
    this.#report({ code: "message-ignored", attribution, level: "debug", message: `Ignored ${what}.` });
  }

  #end(error?: unknown): Promise<void> {
    return this.#life.end(error, async () => {
      if (error !== undefined) {
        const message = `The app ended, because the renderer failed: ${messageOf(error)}`;
        this.#report({ code: "renderer-failed", attribution: "renderer", level: "error", message, error });
      }
      this.#tasks.dispose();
      this.#subscriptions.dispose();
      this.#effects.drain();
      this.#inbox.clear();
      this.#commands.clear();
      await this.#renderer.stop();
    });
  }
}
