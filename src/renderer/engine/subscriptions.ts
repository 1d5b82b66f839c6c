import {
  currentSubscriptionKind,
  deliversFamily,
  SUBSCRIPTION_FAMILIES,
  SUBSCRIPTION_KINDS,
  type ToRendererMessage,
} from "../../protocol/index.ts";
import { MAX_SUBSCRIPTIONS } from "./limits.ts";

export interface SubscriptionEntry {
  readonly tag: string;
  /** Events per second for what can be merged. */
  readonly maxRate?: number;
  /** Only events of this window. */
  readonly windowId?: string;
}

/** The entries of one session, identified by kind and tag. */
export class SubscriptionTable {
  readonly #entries = new Map<string, Map<string, SubscriptionEntry>>();
  #count = 0;

  /** Adds the entry or replaces the one with the same kind and tag. False when there are too many. */
  subscribe({
    kind,
    tag,
    max_rate: maxRate,
    window_id: windowId,
  }: Omit<ToRendererMessage<"subscribe">, "type">): boolean {
    const entry: SubscriptionEntry = {
      tag,
      ...(typeof maxRate === "number" ? { maxRate } : {}),
      ...(typeof windowId === "string" ? { windowId } : {}),
    };
    const name = currentSubscriptionKind(kind);
    const ofKind = this.#entries.get(name) ?? new Map<string, SubscriptionEntry>();
    if (!ofKind.has(entry.tag)) {
      if (this.#count >= MAX_SUBSCRIPTIONS) return false;
      this.#count += 1;
    }
    ofKind.set(entry.tag, entry);
    this.#entries.set(name, ofKind);
    return true;
  }

  /** Removes the entry; without a tag all entries of the kind. */
  unsubscribe({ kind, tag }: Omit<ToRendererMessage<"unsubscribe">, "type">): void {
    const name = currentSubscriptionKind(kind);
    const ofKind = this.#entries.get(name);
    if (ofKind === undefined) return;
    if (tag === undefined) {
      this.#count -= ofKind.size;
      ofKind.clear();
    } else if (ofKind.delete(tag)) this.#count -= 1;
    if (ofKind.size === 0) this.#entries.delete(name);
  }

  clear(): void {
    this.#entries.clear();
    this.#count = 0;
  }

  /** Every entry that gets a copy. An event without a window does not reach entries that ask for one. */
  matching(family: string, windowId: string | undefined): SubscriptionEntry[] {
    const found: SubscriptionEntry[] = [];
    for (const [kind, entries] of this.#entries) {
      if (!deliversFamily(kind, family)) continue;
      for (const entry of entries.values()) {
        if (entry.windowId === undefined || entry.windowId === windowId) found.push(entry);
      }
    }
    return found;
  }

  /** What the surface has to listen to: the collective kinds are spelled out. */
  wantedKinds(): ReadonlySet<string> {
    const wanted = new Set(this.#entries.keys());
    if (wanted.has("on_event")) for (const kind of SUBSCRIPTION_KINDS) wanted.add(kind);
    if (wanted.has("on_window_event")) {
      const families: ReadonlySet<string> = new Set(SUBSCRIPTION_FAMILIES.on_window_event);
      for (const [kind, delivered] of Object.entries(SUBSCRIPTION_FAMILIES)) {
        if (delivered.some((family) => families.has(family))) wanted.add(kind);
      }
    }
    return wanted;
  }
}
