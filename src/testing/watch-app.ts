// An app that tells what its functions return, for tests that read issued commands. The runtime sees the same elements,
// models and results as without it: handlers are wrapped where elements hold them, and each element, definition and list
// is wrapped once, so that identity (and with it memoization and the state of composites) stays what it was.

import { APP, brand } from "../app/brand.ts";
import {
  type App,
  COMPOSITE,
  COMPOSITE_TYPE,
  type CompositeUse,
  compositeOf,
  type Element,
  type Event,
  type Returned,
  readResult,
  type SingleCommand,
  type View,
} from "../app/index.ts";

export interface AppWatcher<Incoming> {
  /** Commands that `init`, `update` or a handler returned, in order, batches opened. */
  readonly onCommands: (commands: readonly SingleCommand<Incoming>[]) => void;
  /** An event of the library that no handler takes. */
  readonly onEvent: (event: Event) => void;
}

type AnyElement = Element<never>;

const HANDLER_NAME = /^on[A-Z_]/;

/** The same app, watched. Made anew for each harness, so that two never hear of each other. */
export function watchApp<Model, Incoming, Options>(
  app: App<Model, Incoming, Options>,
  watcher: AppWatcher<Incoming>,
): App<Model, Incoming, Options> {
  const watch = (returned: Returned<Model, Incoming>): Returned<Model, Incoming> => {
    // What is no result is reported by the runtime, which reads it again.
    const result = readResult<Model, Incoming>(returned, "watched");
    if (result.ok && result.value.commands.length > 0) watcher.onCommands(result.value.commands);
    return returned;
  };
  const elements = new ElementWatcher((returned) => watch(returned as Returned<Model, Incoming>));
  return brand(APP, {
    ...app,
    init: (options: Options) => watch(app.init(options)),
    update: (model: Model, incoming: Incoming) => watch(app.update(model, incoming)),
    onEvent(event: Event) {
      watcher.onEvent(event);
      return app.onEvent(event);
    },
    // Handlers of the application form only make messages, which pass through `update`.
    view: app.form === "app" ? (model: Model) => elements.view(app.view(model)) : app.view,
  });
}

class ElementWatcher {
  readonly #onReturned: (returned: unknown) => void;
  readonly #elements = new WeakMap<object, AnyElement>();
  readonly #definitions = new WeakMap<object, CompositeUse["definition"]>();

  constructor(onReturned: (returned: unknown) => void) {
    this.#onReturned = onReturned;
  }

  view(view: View<never>): View<never> {
    // A list of windows keeps its shape, so the result is a view again.
    return this.#child(view) as View<never>;
  }

  #child(child: unknown): unknown {
    if (Array.isArray(child)) return child.map((inner) => this.#child(inner));
    return isElement(child) ? this.#element(child) : child;
  }

  #element(element: AnyElement): AnyElement {
    const known = this.#elements.get(element);
    if (known !== undefined) return known;
    const { props, children } = element;
    const watched: AnyElement = {
      ...element,
      ...(props === undefined ? {} : { props: this.#props(element, props) }),
      // Whatever stands among the children is passed on, right or wrong; the tree reports it.
      ...(children === undefined ? {} : { children: this.#child(children) as NonNullable<typeof children> }),
    };
    this.#elements.set(element, watched);
    return watched;
  }

  #props(element: AnyElement, props: NonNullable<AnyElement["props"]>): NonNullable<AnyElement["props"]> {
    const watched: Record<string | symbol, unknown> = { ...props };
    for (const [name, value] of Object.entries(props)) {
      if (typeof value === "function" && HANDLER_NAME.test(name)) watched[name] = this.#handler(value);
    }
    const use = element.type === COMPOSITE_TYPE ? compositeOf(element) : undefined;
    if (use !== undefined) watched[COMPOSITE] = { ...use, definition: this.#definition(use.definition) };
    return watched;
  }

  #definition(definition: CompositeUse["definition"]): CompositeUse["definition"] {
    const known = this.#definitions.get(definition);
    if (known !== undefined) return known;
    const watched = Object.freeze({
      ...definition,
      view: (props: unknown, state: unknown) => {
        const shown = definition.view(props, state);
        // The same element with the same handlers, so it needs no other model than before.
        return isElement(shown) ? (this.#element(shown) as Element) : shown;
      },
    });
    this.#definitions.set(definition, watched);
    return watched;
  }

  #handler(handler: object): (...given: unknown[]) => unknown {
    return (...given) => {
      // `typeof` said that it is a function; its parameters are between the author and the runtime.
      const returned = (handler as (...given: unknown[]) => unknown)(...given);
      this.#onReturned(returned);
      return returned;
    };
  }
}

function isElement(value: unknown): value is AnyElement {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
