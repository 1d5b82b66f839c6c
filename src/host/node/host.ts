import type { App } from "../../app/index.ts";
import { type BridgeFunctions, createBridge, createBridgeFunctions } from "../../bridge/index.ts";
import { createRuntime, type Runtime } from "../../runtime/index.ts";
import { withConfiguration } from "./configuration.ts";
import { createConnector } from "./connector.ts";
import { HostError } from "./host-error.ts";
import type { StartOptions } from "./start-options.ts";

/** Nothing of it changes what the runtime believes is shown. */
const RENDERER_FUNCTIONS = [
  "sendWidgetOp",
  "sendWidgetCommand",
  "sendWidgetCommands",
  "sendSystemOp",
  "sendImageOp",
  "sendAdvanceFrame",
  "sendRegisterEffectStub",
  "sendUnregisterEffectStub",
  "sendInteract",
  "screenshot",
] as const;

/** What may be said to the renderer behind the app's back. */
export type RendererFunctions = Pick<BridgeFunctions, (typeof RENDERER_FUNCTIONS)[number]>;

/** A started app. Works with `await using`. */
export interface Handle<Model, Incoming> extends Runtime<Model, Incoming>, AsyncDisposable {
  /** Calls for scripts, tests and tools: act on widgets, stub effects, take pictures. */
  readonly renderer: RendererFunctions;
}

/** What can be asked of an app whose types are not known: found by its name. */
export type NamedRuntime = Pick<
  Runtime<unknown, unknown>,
  "name" | "state" | "tree" | "ready" | "closed" | "dispatch" | "restartRenderer" | "stop"
>;

/** Starts apps and finds them by name. Names are unique within one host. */
export interface Host {
  /** Starts an app; resolves when it has ended, rejects with a typed error when it could not start or failed. */
  run<Model, Incoming, Options>(app: App<Model, Incoming, Options>, options?: StartOptions<Options>): Promise<void>;
  /** Starts an app; resolves when the first renderer shows it, rejects with a typed error when there is none. */
  start<Model, Incoming, Options>(
    app: App<Model, Incoming, Options>,
    options?: StartOptions<Options>,
  ): Promise<Handle<Model, Incoming>>;
  /** The runtime of a named instance. Throws a `HostError` when none has this name. */
  runtimeFor(name: string): NamedRuntime;
  /** Ends an instance. One that is gone already is fine. */
  stop(instance: Pick<Runtime<unknown, never>, "stop">): Promise<void>;
}

interface Launched<Model, Incoming> {
  readonly runtime: Runtime<Model, Incoming>;
  readonly renderer: RendererFunctions;
}

export function createHost(): Host {
  const named = new Map<string, NamedRuntime>();

  /** Throws before anything is started. */
  function launch<Model, Incoming, Options>(
    app: App<Model, Incoming, Options>,
    options: StartOptions<Options>,
  ): Launched<Model, Incoming> {
    const { name } = options;
    if (name !== undefined && named.has(name)) {
      throw new HostError(
        "name-taken",
        `An app named "${name}" is running. Stop it first, or choose another \`name\`.`,
      );
    }
    const logger = options.logger === undefined ? {} : { logger: options.logger };
    const clock = options.clock === undefined ? {} : { clock: options.clock };
    const label = name === undefined ? {} : { name };
    const renderer = createBridge({
      connector: createConnector(options),
      ...logger,
      ...clock,
      ...label,
      ...(options.maxRestarts === undefined ? {} : { maxRestarts: options.maxRestarts }),
      ...(options.restartDelay === undefined ? {} : { restartDelayMs: options.restartDelay }),
      ...(options.heartbeat === undefined ? {} : { heartbeatMs: options.heartbeat }),
    });
    const runtime = createRuntime(withConfiguration(app), {
      renderer,
      ...logger,
      ...clock,
      ...label,
      ...(options.appOpts === undefined ? {} : { appOpts: options.appOpts }),
      ...(options.daemon === undefined ? {} : { daemon: options.daemon }),
      ...(options.onDiagnostic === undefined ? {} : { onDiagnostic: options.onDiagnostic }),
      ...(options.share === undefined ? {} : { share: options.share }),
    });
    if (name !== undefined) remember(name, runtime);
    return { runtime, renderer: rendererFunctions(createBridgeFunctions(renderer, clock)) };
  }

  function remember<Model, Incoming>(name: string, runtime: Runtime<Model, Incoming>): void {
    // Who looks an app up by name knows what it takes; the types of another module's app cannot be known here.
    named.set(name, runtime as unknown as NamedRuntime);
    const forget = (): void => {
      named.delete(name);
    };
    // Whoever holds the handle hears of a failure; here it only matters that it is over.
    runtime.closed.then(forget, forget);
  }

  return {
    async run(app, options = {}) {
      await launch(app, options).runtime.closed;
    },
    async start(app, options = {}) {
      const launched = launch(app, options);
      await launched.runtime.ready;
      return handleOf(launched);
    },
    runtimeFor(name) {
      const runtime = named.get(name);
      if (runtime !== undefined) return runtime;
      throw new HostError("name-unknown", `No app named "${name}" is running here. Start one with this \`name\`.`);
    },
    stop: (instance) => instance.stop(),
  };
}

/** The runtime itself, with the dispose method that Node knows and with calls for the renderer. */
function handleOf<Model, Incoming>({ runtime, renderer }: Launched<Model, Incoming>): Handle<Model, Incoming> {
  return Object.assign(runtime, { renderer, [Symbol.asyncDispose]: () => runtime.stop() });
}

function rendererFunctions(all: BridgeFunctions): RendererFunctions {
  const entries = RENDERER_FUNCTIONS.map((name) => [name, all[name]]);
  // Exactly the members of the list.
  return Object.fromEntries(entries) as RendererFunctions;
}
