import type { Clock } from "../../base/index.ts";
import { MAX_COALESCE_KEYS, type PatchOp, type WireNode } from "../../protocol/index.ts";
import type { SurfaceListener } from "../surface.ts";
import { isForPeople, type RendererMode } from "./mode.ts";
import type { Outlet } from "./outlet.ts";
import { type RatedEvent, RateLimiter } from "./rate.ts";
import { isUnsigned, textField } from "./record.ts";
import { nodeById } from "./select.ts";
import type { SubscriptionTable } from "./subscriptions.ts";

type WidgetEvent = Parameters<SurfaceListener["onWidgetEvent"]>[0];
type SubscriptionEvent = Omit<Parameters<SurfaceListener["onSubscriptionEvent"]>[0], "kind">;

/** Where events of the surface go out: copied to each subscriber, and held back where a rate says so. */
export class EventPort {
  /** For events whose widget or subscription sets no rate; `undefined` is no limit. */
  defaultRate: number | undefined;
  readonly #outlet: Outlet;
  readonly #subscriptions: SubscriptionTable;
  readonly #isRated: boolean;
  readonly #limiter: RateLimiter;
  readonly #root: () => WireNode | null;
  readonly #hasRates: () => boolean;
  /** `event_rate` of the widgets seen so far; `undefined` inside says that there is none. */
  #rates = new Map<string, number | undefined>();

  constructor(options: {
    readonly outlet: Outlet;
    readonly subscriptions: SubscriptionTable;
    readonly clock: Clock;
    readonly mode: RendererMode;
    readonly root: () => WireNode | null;
    /** False as long as no widget sets a rate. */
    readonly hasRates: () => boolean;
  }) {
    this.#outlet = options.outlet;
    this.#subscriptions = options.subscriptions;
    this.#isRated = isForPeople(options.mode);
    this.#root = options.root;
    this.#hasRates = options.hasRates;
    this.#limiter = new RateLimiter({
      clock: options.clock,
      send: (event) => this.#send(event),
      onOverflow: () =>
        this.#outlet.diagnostic("warn", { kind: "emitter_coalesce_cap_exceeded", cap: MAX_COALESCE_KEYS }),
    });
  }

  widget({ family, id, value, hint }: WidgetEvent): void {
    const event: RatedEvent = { family, id, ...(value === undefined ? {} : { value }) };
    if (hint !== undefined && this.#isRated) {
      this.#limiter.offer(event, this.#rateOf(id) ?? this.defaultRate, hint);
      return;
    }
    // What was held back happened before.
    this.#limiter.flush();
    this.#send(event);
  }

  subscription(event: SubscriptionEvent): void {
    const { family, value, modifiers, captured, hint } = event;
    const windowId = event.windowId ?? textField(value, "window_id");
    for (const entry of this.#subscriptions.matching(family, windowId)) {
      const copy: RatedEvent = {
        family,
        id: "",
        tag: entry.tag,
        ...(value === undefined ? {} : { value }),
        ...(modifiers === undefined ? {} : { modifiers }),
        ...(captured === undefined ? {} : { captured }),
      };
      if (hint === undefined || !this.#isRated) this.#send(copy);
      else this.#limiter.offer(copy, entry.maxRate ?? this.defaultRate, hint);
    }
  }

  flush(): void {
    this.#limiter.flush();
  }

  /** After a snapshot. */
  forgetRates(): void {
    this.#rates.clear();
  }

  /** A patch that may have given a widget another rate makes all of them unknown. */
  treePatched(applied: readonly PatchOp[]): void {
    if (applied.some(mayChangeRate)) this.#rates.clear();
  }

  /** Drops what is held back and everything known. */
  reset(): void {
    this.#limiter.clear();
    this.#rates.clear();
    this.defaultRate = undefined;
  }

  #rateOf(id: string): number | undefined {
    // Looking for the widget means walking through the tree.
    if (!this.#hasRates()) return undefined;
    if (this.#rates.has(id)) return this.#rates.get(id);
    const node = nodeById(this.#root(), id)?.node;
    const rate = node?.props["event_rate"];
    const known = isUnsigned(rate) ? rate : undefined;
    // Ids that are not in the tree (canvas elements of a list, radio groups) have no end; they are looked up each time.
    if (node !== undefined) this.#rates.set(id, known);
    return known;
  }

  #send(event: RatedEvent): void {
    const { modifiers, ...rest } = event;
    if (modifiers === undefined) {
      this.#outlet.send({ type: "event", ...rest });
      return;
    }
    const isHeld = (name: string): boolean => modifiers[name] === true;
    this.#outlet.send({
      type: "event",
      ...rest,
      modifiers: {
        shift: isHeld("shift"),
        ctrl: isHeld("ctrl"),
        alt: isHeld("alt"),
        logo: isHeld("logo"),
        command: isHeld("command"),
      },
    });
  }
}

function mayChangeRate(op: PatchOp): boolean {
  return op.op === "update_props" ? Object.hasOwn(op.props, "event_rate") : op.op !== "remove_child";
}
