import type { Clock } from "../../base/index.ts";
import { type EventMessage, MAX_COALESCE_KEYS, type PatchOp, type WireNode } from "../../protocol/index.ts";
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
    const event: RatedEvent = value === undefined ? { family, id } : { family, id, value };
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
    if (this.#rates.size > 0 && applied.some(mayChangeRate)) this.#rates.clear();
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

  #send({ family, id, tag, value, captured, modifiers }: RatedEvent): void {
    const message: { -readonly [Field in keyof EventMessage]: EventMessage[Field] } = { type: "event", family, id };
    if (tag !== undefined) message.tag = tag;
    if (value !== undefined) message.value = value;
    if (captured !== undefined) message.captured = captured;
    if (modifiers !== undefined) {
      const isHeld = (name: string): boolean => modifiers[name] === true;
      message.modifiers = {
        shift: isHeld("shift"),
        ctrl: isHeld("ctrl"),
        alt: isHeld("alt"),
        logo: isHeld("logo"),
        command: isHeld("command"),
      };
    }
    message.session = this.#outlet.session;
    this.#outlet.raw(message);
  }
}

function mayChangeRate(op: PatchOp): boolean {
  return op.op === "update_props" ? Object.hasOwn(op.props, "event_rate") : op.op !== "remove_child";
}
