import type { ToRenderer } from "../protocol/index.ts";

/**
 * What happens to a message while there is no renderer.
 *
 * - `settings`: remembered for the next handshake
 * - `tree`, `state`: dropped, because the resync rebuilds them; `tree` is also left out for a slow renderer
 * - `transient`: queued, because nothing can rebuild it
 * - `immediate`: refused at once, because the answer is only of use now
 */
export type MessageClass = "settings" | "tree" | "state" | "transient" | "immediate";

/** Window operations that ask for an answer; the resync does not ask again. */
const WINDOW_QUERY = /^(?:get_|is_|monitor_size$|raw_id$|screenshot$)/;

export function classifyMessage(message: ToRenderer): MessageClass {
  switch (message.type) {
    case "settings":
      return "settings";
    case "snapshot":
    case "patch":
      return "tree";
    case "subscribe":
    case "unsubscribe":
      return "state";
    case "window_op":
      return WINDOW_QUERY.test(message.op) ? "transient" : "state";
    case "screenshot":
      return "immediate";
    default:
      return "transient";
  }
}
