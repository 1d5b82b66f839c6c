import { messageOf } from "../base/index.ts";
import type { Event } from "../protocol/index.ts";
import type { Report } from "./diagnostic.ts";

/** Hands actions to whoever takes them. An action that nobody takes, or that is refused, is a fault the app hears of. */
export function createShare(
  take: ((action: unknown) => void | PromiseLike<unknown>) | undefined,
  report: Report,
  deliver: (event: Event) => void,
): (action: unknown) => void {
  const refused = (thrown: unknown): void => {
    const message = messageOf(thrown);
    report({
      code: "share-failed",
      attribution: "app",
      level: "warn",
      message: `An action was not shared: ${message}`,
      error: thrown,
    });
    deliver({ kind: "fault", type: "error", id: "share", message, value: null });
  };
  return (action) => {
    if (take === undefined) {
      refused(new Error("this app takes part in no room; Command.share needs one"));
      return;
    }
    try {
      Promise.resolve(take(action)).catch(refused);
    } catch (thrown) {
      refused(thrown);
    }
  };
}
