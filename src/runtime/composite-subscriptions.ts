import { readSubscriptions, type Subscription, type SubscriptionEvent } from "../app/index.ts";
import type { Event } from "../protocol/index.ts";
import type { CompositeHandle, Tree } from "../tree/index.ts";
import type { FaultLog } from "./fault-log.ts";
import { attempt } from "./step.ts";

/** Tags that begin like this are a composite's; what follows names it and its own tag. */
const TAG_PREFIX = "plushie:composite ";
const NONE: readonly Subscription[] = [];

interface Known {
  readonly props: unknown;
  readonly state: unknown;
  readonly wanted: readonly Subscription[];
}

/** The sources that composites on the screen listen to, under tags that tell whose they are. */
export class CompositeSubscriptions {
  readonly #tree: Tree;
  readonly #faults: FaultLog;
  #known: ReadonlyMap<string, Known> = new Map();
  #wanted: readonly Subscription[] = NONE;

  constructor(tree: Tree, faults: FaultLog) {
    this.#tree = tree;
    this.#faults = faults;
  }

  /** As of the last `look`. */
  get wanted(): readonly Subscription[] {
    return this.#wanted;
  }

  /** Asks those that are new or changed, after a render. True when the list is another one. */
  look(): boolean {
    const composites = this.#tree.subscribers();
    if (composites.length === 0 && this.#wanted.length === 0) return false;
    const known = new Map<string, Known>();
    let hasChanged = composites.length !== this.#known.size;
    for (const composite of composites) {
      const name = nameOf(composite);
      const before = this.#known.get(name);
      const { props, state } = composite;
      if (before !== undefined && Object.is(before.props, props) && Object.is(before.state, state)) {
        known.set(name, before);
        continue;
      }
      hasChanged = true;
      known.set(name, { props, state, wanted: this.#ask(composite, name) ?? before?.wanted ?? NONE });
    }
    if (!hasChanged) return false;
    this.#known = known;
    this.#wanted = [...known.values()].flatMap(({ wanted }) => wanted);
    return true;
  }

  /** Whose event this is, and the event under the tag that one gave it. `undefined`: the app's. */
  find(event: Event): { readonly composite: CompositeHandle; readonly event: SubscriptionEvent } | "gone" | undefined {
    if (!isSubscribed(event) || !event.tag.startsWith(TAG_PREFIX)) return undefined;
    for (const composite of this.#tree.subscribers()) {
      const start = tagOf(nameOf(composite), "");
      if (event.tag.startsWith(start)) return { composite, event: { ...event, tag: event.tag.slice(start.length) } };
    }
    return "gone";
  }

  /** `undefined`: it cannot be told, and all stays as it is. */
  #ask(composite: CompositeHandle, name: string): readonly Subscription[] | undefined {
    const { subscribe, name: title } = composite.definition;
    if (subscribe === undefined) return NONE;
    const where = `subscribe of the composite "${title}" at "${composite.id}"`;
    const asked = attempt("composite", () => subscribe(composite.props, composite.state));
    if (!asked.ok) {
      this.#faults.failed("composite", asked.error.error, where);
      return undefined;
    }
    const list = readSubscriptions(asked.value);
    if (!list.ok) {
      this.#faults.failed("composite", list.error, where);
      return undefined;
    }
    return list.value.map((subscription) => ({ ...subscription, tag: tagOf(name, subscription.tag) }));
  }
}

/** True for an entry that a composite asked for. */
export function isOfComposite({ tag }: Subscription): boolean {
  return tag.startsWith(TAG_PREFIX);
}

function nameOf({ id, level }: CompositeHandle): string {
  return `${level} ${id}`;
}

/** The length tells where the name ends, so that no name is the beginning of another's tag. */
function tagOf(name: string, tag: string): string {
  return `${TAG_PREFIX}${name.length} ${name} ${tag}`;
}

const SUBSCRIBED: ReadonlySet<Event["kind"]> = new Set<SubscriptionEvent["kind"]>([
  "timer",
  "key",
  "modifiers",
  "pointer",
  "ime",
  "window",
  "file",
  "animation",
  "theme",
]);

function isSubscribed(event: Event): event is SubscriptionEvent {
  return SUBSCRIBED.has(event.kind) && "tag" in event && event.tag !== undefined;
}
