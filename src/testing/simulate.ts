import type { App, Event, SingleCommand, View } from "../app/index.ts";
import { isWidget } from "../app/index.ts";
import { parseWireId, type WireNode } from "../protocol/index.ts";
import { CompositeSubscriptions } from "../runtime/composite-subscriptions.ts";
import type { RuntimeDiagnostic } from "../runtime/diagnostic.ts";
import { EventRouter } from "../runtime/event-router.ts";
import { FaultLog } from "../runtime/fault-log.ts";
import { firstStep, type Input, type StepResult, step } from "../runtime/step.ts";
import { createTree, type TreeDiagnostic } from "../tree/index.ts";
import { missing, type Selector, selectAll, selectOne } from "./selector.ts";
import { TestFailure } from "./test-failure.ts";

export interface SimulateOptions<Model, Options> {
  /** Handed to `init` by identity; default: an empty object. */
  readonly appOpts?: Options;
  /** Begin with this model; `init` is not called then. */
  readonly model?: Model;
}

/** An app's functions called one after the other, without a renderer. Nothing is performed. */
export interface Simulation<Model, Incoming> {
  readonly model: Model;
  /** Every command that was returned, in order, batches opened. */
  readonly commands: readonly SingleCommand<Incoming>[];
  /** What the tree says about the views so far. */
  readonly diagnostics: readonly TreeDiagnostic[];
  /**
   * An event of the library: goes to composites and inline handlers first, as in a running app. For a widget it is enough
   * to give the id that the view gives it. Returns the commands it led to; throws what the app's functions throw.
   */
  send(event: Event): readonly SingleCommand<Incoming>[];
  /** A value that the app would dispatch itself: goes straight to `update`. */
  dispatch(value: Incoming): readonly SingleCommand<Incoming>[];
  /** What `view` returns for the model: elements, before they are normalized. */
  view(): View<never>;
  /** The normalized view. */
  readonly tree: WireNode | null;
  /** The node a selector means; `undefined` when there is none. Throws when there are several. */
  find(selector: Selector): WireNode | undefined;
}

/** Calls `init`. What the app's functions throw or return wrongly is thrown here. */
export function simulate<Model, Incoming, Options>(
  app: App<Model, Incoming, Options>,
  options: SimulateOptions<Model, Options> = {},
): Simulation<Model, Incoming> {
  const tree = createTree();
  const commands: SingleCommand<Incoming>[] = [];
  const diagnostics: TreeDiagnostic[] = [];
  const faults: RuntimeDiagnostic[] = [];
  const faultLog = new FaultLog((fault) => faults.push(fault));
  const sources = new CompositeSubscriptions(tree, faultLog);
  const router = new EventRouter(tree, faultLog, sources, () => {});
  let { model, isShown } = { model: first(), isShown: false };

  function first(): Model {
    if (options.model !== undefined) return options.model;
    // Options nobody gave are an empty record.
    return take(firstStep(app, options.appOpts ?? ({} as Options)));
  }

  function take(result: StepResult<Model, Incoming>): Model {
    if (!result.ok) throw result.error.error;
    commands.push(...result.value.commands);
    return result.value.model;
  }

  function show(): WireNode | null {
    if (!isShown) {
      diagnostics.push(...tree.render(app.view(model)).diagnostics);
      sources.look();
    }
    isShown = true;
    return tree.root();
  }

  function run(inputs: readonly Input<Incoming>[]): readonly SingleCommand<Incoming>[] {
    const [fault] = faults.splice(0);
    if (fault !== undefined) throw new TestFailure(fault.message, { cause: fault.error });
    const before = commands.length;
    for (const input of inputs) model = take(step(app, model, input));
    isShown = false;
    show();
    return commands.slice(before);
  }

  show();
  return {
    get model() {
      return model;
    },
    commands,
    diagnostics,
    send: (event) => run(router.route(placed(show(), event))),
    dispatch: (value) => run([{ origin: "app", event: value }]),
    view: () => app.view(model),
    get tree() {
      return show();
    },
    find(selector) {
      const root = show();
      return selectAll(root, selector).length === 0 ? undefined : selectOne(root, selector, "find");
    },
  };
}

/** The event with the place its widget has in the view. */
function placed(root: WireNode | null, event: Event): Event {
  // What a composite emits comes from a place that need not be a node.
  if (!isWidget(event) || event.type === "custom") return event;
  const found = selectAll(root, event.target);
  if (found.some((node) => node.id === event.target)) return event;
  const path = [...event.scope].reverse().concat(event.id).join("/");
  const [node, ...others] = selectAll(root, path);
  if (node === undefined) throw new TestFailure(`send ${event.type}: ${missing(root, path)}`);
  if (others.length > 0) selectOne(root, path, `send ${event.type}`);
  return { ...event, ...parseWireId(node.id), target: node.id };
}
