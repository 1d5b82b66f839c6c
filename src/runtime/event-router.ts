import type { AnyWidgetEvent, CompositeOutcome } from "../app/index.ts";
import { type Event, parseWireId } from "../protocol/index.ts";
import type { CompositeHandle, Tree } from "../tree/index.ts";
import type { FaultLog } from "./fault-log.ts";
import { FocusTracker } from "./focus-tracker.ts";
import { attempt, type Input } from "./step.ts";

type LibraryInput = Extract<Input<never>, { readonly origin: "library" }>;

const IGNORED: CompositeOutcome<unknown> = { kind: "ignore" };

/** Finds who an event is for: the composites around the widget, innermost first, then an inline handler, then `update`. */
export class EventRouter {
  readonly #tree: Tree;
  readonly #faults: FaultLog;
  readonly #onStateChanged: () => void;
  readonly #focus = new FocusTracker();

  constructor(tree: Tree, faults: FaultLog, onStateChanged: () => void) {
    this.#tree = tree;
    this.#faults = faults;
    this.#onStateChanged = onStateChanged;
  }

  /** What `update` or a handler has to see of it; nothing when a composite took it. */
  route(event: Event): readonly LibraryInput[] {
    if (event.kind !== "widget") return [{ origin: "library", event }];
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

  #routeWidget(start: AnyWidgetEvent): readonly LibraryInput[] {
    let event = start;
    let emitter: CompositeHandle | undefined;
    for (const composite of this.#tree.composites(start.target)) {
      const outcome = this.#ask(composite, event);
      if (outcome.kind === "state") {
        this.#setState(composite, outcome.state);
        return [];
      }
      if (outcome.kind === "ignore") continue;
      if (outcome.state !== undefined) this.#setState(composite, outcome.state.value);
      // The composites further out are asked about what was emitted, and no longer about what caused it.
      const place = { ...parseWireId(composite.id), target: composite.id };
      event = { kind: "widget", type: "custom", ...place, family: outcome.family, value: outcome.value };
      emitter = composite;
    }
    const value = emitter === undefined ? this.#handlerFor(event) : emitter.handler(familyOf(event));
    return [{ origin: "library", event, handler: value === undefined ? undefined : { value } }];
  }

  #ask(composite: CompositeHandle, event: AnyWidgetEvent): CompositeOutcome<unknown> {
    const { handle, name } = composite.definition;
    if (handle === undefined) return IGNORED;
    const outcome = attempt("composite", () => handle(composite.state, event, composite.props));
    if (!outcome.ok) {
      this.#faults.failed("composite", outcome.error.error, `composite "${name}" at "${composite.id}"`);
      return IGNORED;
    }
    if (typeof outcome.value !== "object" || outcome.value === null || !("kind" in outcome.value)) {
      const error = new TypeError("handle must return Composite.state, Composite.emit or Composite.ignore");
      this.#faults.failed("composite", error, `composite "${name}" at "${composite.id}"`);
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

function familyOf(event: AnyWidgetEvent): string {
  return event.type === "custom" ? event.family : event.type;
}
