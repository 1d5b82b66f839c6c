import type { AnyWidgetEvent, CompositeOutcome } from "../app/index.ts";
import { type Event, parseWireId } from "../protocol/index.ts";
import type { CompositeHandle, Tree } from "../tree/index.ts";
import type { CompositeSubscriptions } from "./composite-subscriptions.ts";
import type { FaultLog } from "./fault-log.ts";
import { FocusTracker } from "./focus-tracker.ts";
import { attempt, type Input } from "./step.ts";

type LibraryInput = Extract<Input<never>, { readonly origin: "library" }>;

const IGNORED: CompositeOutcome<unknown> = { kind: "ignore" };

/** Finds who an event is for: the composites around the widget, innermost first, then an inline handler, then `update`. */
export class EventRouter {
  readonly #tree: Tree;
  readonly #faults: FaultLog;
  readonly #sources: CompositeSubscriptions;
  readonly #onStateChanged: () => void;
  readonly #focus = new FocusTracker();

  constructor(tree: Tree, faults: FaultLog, sources: CompositeSubscriptions, onStateChanged: () => void) {
    this.#tree = tree;
    this.#faults = faults;
    this.#sources = sources;
    this.#onStateChanged = onStateChanged;
  }

  /** What `update` or a handler has to see of it; nothing when a composite took it. */
  route(event: Event): readonly LibraryInput[] {
    if (event.kind !== "widget") return this.#routeOther(event);
    if (event.type !== "status") return this.#routeWidget(event);
    // A status is for who asks for it by a handler; everybody else hears when the focus comes and goes.
    const change = this.#focus.changed(event);
    const asked = this.#routeWidget(event).filter((input) => input.handler !== undefined);
    return change === undefined ? asked : [...asked, ...this.#routeWidget(change)];
  }

  /** A new renderer begins without focus. */
  forget(): void {
    this.#focus.clear();
  }

  /** Everything but widgets: for the app, unless a composite asked for it. */
  #routeOther(event: Event): readonly LibraryInput[] {
    const found = this.#sources.find(event);
    // Who asked for it has left the screen since.
    if (found === "gone") return [];
    if (found === undefined) return [{ origin: "library", event }];
    const { composite } = found;
    const { onSubscription } = composite.definition;
    if (onSubscription === undefined) return [];
    const outcome = this.#ask(composite, "onSubscription", () =>
      onSubscription(composite.state, found.event, composite.props),
    );
    if (outcome.kind === "ignore") return [];
    if (outcome.kind === "state") {
      this.#setState(composite, outcome.state);
      return [];
    }
    if (outcome.state !== undefined) this.#setState(composite, outcome.state.value);
    const around = this.#tree.composites(composite.id);
    const outer = around.slice(
      around.findIndex(({ id, level }) => id === composite.id && level === composite.level) + 1,
    );
    return this.#passOn(emitted(composite, outcome), composite, outer);
  }

  #routeWidget(start: AnyWidgetEvent): readonly LibraryInput[] {
    return this.#passOn(start, undefined, this.#tree.composites(start.target));
  }

  /** Asks these composites, then the handler. `from`: who emitted the event. */
  #passOn(
    start: AnyWidgetEvent,
    from: CompositeHandle | undefined,
    composites: readonly CompositeHandle[],
  ): readonly LibraryInput[] {
    let event = start;
    let emitter = from;
    for (const composite of composites) {
      const { handle } = composite.definition;
      if (handle === undefined) continue;
      const outcome = this.#ask(composite, "handle", () => handle(composite.state, event, composite.props));
      if (outcome.kind === "state") {
        this.#setState(composite, outcome.state);
        return [];
      }
      if (outcome.kind === "ignore") continue;
      if (outcome.state !== undefined) this.#setState(composite, outcome.state.value);
      // The composites further out are asked about what was emitted, and no longer about what caused it.
      event = emitted(composite, outcome);
      emitter = composite;
    }
    const value = emitter === undefined ? this.#handlerFor(event) : emitter.handler(familyOf(event));
    return [{ origin: "library", event, handler: value === undefined ? undefined : { value } }];
  }

  #ask(
    { id, definition }: CompositeHandle,
    what: string,
    call: () => CompositeOutcome<unknown>,
  ): CompositeOutcome<unknown> {
    const where = `composite "${definition.name}" at "${id}"`;
    const outcome = attempt("composite", call);
    if (!outcome.ok) {
      this.#faults.failed("composite", outcome.error.error, where);
      return IGNORED;
    }
    if (typeof outcome.value !== "object" || outcome.value === null || !("kind" in outcome.value)) {
      const error = new TypeError(`${what} must return Composite.state, Composite.emit or Composite.ignore`);
      this.#faults.failed("composite", error, where);
      return IGNORED;
    }
    this.#faults.succeeded("composite");
    return outcome.value;
  }

  #setState(composite: CompositeHandle, state: unknown): void {
    if (Object.is(state, composite.state)) return;
    composite.setState(state);
    this.#onStateChanged();
  }

  #handlerFor(event: AnyWidgetEvent): unknown {
    const value = event.type === "select" ? event.value : undefined;
    for (const family of this.#handlerFamilies(event)) {
      const handler = this.#tree.handler(event.target, family, value);
      if (handler !== undefined) return handler;
    }
    return undefined;
  }

  /** Where the wire's opt-in is not named like the family, the opt-in's name counts. */
  #handlerFamilies(event: AnyWidgetEvent): readonly string[] {
    switch (event.type) {
      case "scrolled":
        return ["scrolled", "scroll"];
      case "press":
      case "release": {
        const { button } = event.value;
        const isNamed = button !== "left" && this.#tree.find(event.target)?.type === "pointer_area";
        return isNamed ? [`${button}_${event.type}`] : [event.type];
      }
      default:
        return [familyOf(event)];
    }
  }
}

/** What the composite tells, as an event of its own. */
function emitted(
  { id }: CompositeHandle,
  { family, value }: Extract<CompositeOutcome<unknown>, { readonly kind: "emit" }>,
): AnyWidgetEvent {
  return { kind: "widget", type: "custom", ...parseWireId(id), target: id, family, value };
}

function familyOf(event: AnyWidgetEvent): string {
  return event.type === "custom" ? event.family : event.type;
}
