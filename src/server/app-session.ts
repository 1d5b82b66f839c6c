import type { App, Event } from "../app/index.ts";
import type { Clock } from "../base/clock.ts";
import { messageOf } from "../base/error.ts";
import { type Logger, silentLogger } from "../base/logger.ts";
import { BridgeError, type BridgeErrorCode, type BridgeOptions, createBridge } from "../bridge/index.ts";
import { withConfiguration } from "../host/node/configuration.ts";
import {
  type BroadcastEvent,
  joinWithRuntime,
  type Participant,
  type ParticipantOptions,
  type Room,
} from "../room/index.ts";
import { createRuntime, type Runtime, type RuntimeOptions } from "../runtime/index.ts";
import type { SessionHandler } from "./server.ts";

/** How a bridge fails whose renderer went away before it said hello, or never was one. */
const NEVER_THERE: ReadonlySet<BridgeErrorCode> = new Set<BridgeErrorCode>([
  "early-exit",
  "hello-timeout",
  "open-failed",
  "stopped-before-ready",
]);

/** What the apps of one server have in common. */
export interface AppSessionOptions extends Pick<RuntimeOptions, "onDiagnostic"> {
  readonly clock?: Clock;
  readonly logger?: Logger;
}

/** Why an app is not shown any more. */
export type AppEnd =
  | { readonly kind: "ended" }
  /** No fault of the app. */
  | { readonly kind: "never-there"; readonly text: string }
  /** The log has the details. */
  | { readonly kind: "failed" };

/** Connects a runtime to a renderer: when one ends, so does the other. */
export function runApp<Model, Incoming>(
  renderer: Pick<BridgeOptions, "connector" | "name" | "maxRestarts" | "restartDelayMs">,
  { clock, logger = silentLogger, onDiagnostic }: AppSessionOptions,
  onEnd: (end: AppEnd) => void,
  start: (options: RuntimeOptions<never>) => Runtime<Model, Incoming>,
): SessionHandler {
  const shared = { logger, ...(clock === undefined ? {} : { clock }) };
  // The server itself watches the line.
  const bridge = createBridge({ ...shared, ...renderer, heartbeatMs: 0 });
  const runtime = start({
    ...shared,
    renderer: bridge,
    // Windows may all be closed and opened again; the session ends when its renderer is gone.
    daemon: true,
    ...(onDiagnostic === undefined ? {} : { onDiagnostic }),
  });
  runtime.closed.then(
    () => onEnd({ kind: "ended" }),
    (error: unknown) => {
      if (error instanceof BridgeError && NEVER_THERE.has(error.code)) {
        onEnd({ kind: "never-there", text: messageOf(error) });
        return;
      }
      logger({ level: "error", code: "app-failed", message: messageOf(error), error });
      onEnd({ kind: "failed" });
    },
  );
  runtime.ready.catch(() => {
    // `closed` rejects with the same error.
  });
  return { stop: () => runtime.stop() };
}

/** A runtime with a seat in the room, which is left when the runtime ends. Throws a `RoomError` when there is none. */
export function createSeatedRuntime<Model, Action, SharedModel, Extra>(
  app: App<Model, Event | BroadcastEvent<SharedModel> | Extra, ParticipantOptions<SharedModel>>,
  room: Room<SharedModel, Action>,
  participant: Participant,
  options: RuntimeOptions<never>,
): Runtime<Model, Event | BroadcastEvent<SharedModel> | Extra> {
  const { seat, runtime } = joinWithRuntime(room, participant, (appOpts, share) =>
    createRuntime(withConfiguration(app), { ...options, appOpts, share }),
  );
  const leave = (): void => seat.leave();
  runtime.closed.then(leave, leave);
  return runtime;
}
