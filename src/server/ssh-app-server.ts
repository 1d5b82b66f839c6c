import type { App, Event } from "../app/index.ts";
import { messageOf } from "../base/error.ts";
import { silentLogger } from "../base/logger.ts";
import { BridgeError, type BridgeErrorCode, createBridge } from "../bridge/index.ts";
import {
  type BroadcastEvent,
  joinWithRuntime,
  type Participant,
  type ParticipantOptions,
  type Room,
  RoomError,
} from "../room/index.ts";
import { createRuntime, type Runtime, type RuntimeOptions } from "../runtime/index.ts";
import type { SessionHandler } from "./server.ts";
import {
  createSshServer,
  type OnSshChannel,
  type SshListening,
  type SshServer,
  type SshServerOptions,
  type SshSession,
} from "./ssh-server.ts";

/** How a bridge fails whose renderer went away, or never was one. */
const NO_FAULT_OF_THE_APP: ReadonlySet<BridgeErrorCode> = new Set<BridgeErrorCode>([
  "early-exit",
  "hello-timeout",
  "open-failed",
  "stopped-before-ready",
]);

/** A name that a person may have typed, short enough for a list of participants. */
const SHOWN_NAME = /^[\p{L}\p{N} ._@-]{1,64}$/u;

type RuntimeExtras = Pick<RuntimeOptions, "onDiagnostic">;

/** How an SSH server is made whose channels run an app. */
export interface ServeSshOptions<Options = unknown> extends Omit<SshServerOptions, "onChannel">, RuntimeExtras {
  /** Start options for the app, per channel. Default: none. */
  readonly appOpts?: (session: SshSession) => Options;
}

export interface ServeRoomSshOptions extends Omit<SshServerOptions, "onChannel">, RuntimeExtras {
  /** Who sits behind a channel. Default: its id, under the name they signed in with. */
  readonly participant?: (session: SshSession) => Participant;
}

/** An SSH server that listens. */
export interface ServedSsh extends SshListening {
  readonly server: SshServer;
  /** Stops the runtimes and the server. */
  close(): Promise<void>;
}

/** Serves an app to renderers that come over SSH: each channel has its own runtime and model. */
export function serveSsh<Model, Incoming, Options>(
  app: App<Model, Incoming, Options>,
  options: ServeSshOptions<Options> = {},
): Promise<ServedSsh> {
  return listen(options, (session) =>
    runInChannel(session, options, (runtimeOptions) => {
      const { appOpts } = options;
      return createRuntime(
        app,
        appOpts === undefined ? runtimeOptions : { ...runtimeOptions, appOpts: appOpts(session) },
      );
    }),
  );
}

/**
 * Serves an app whose channels share a room: each has its own runtime and sits in the room, which may be served to
 * browsers at the same time. Closing the server does not close the room.
 */
export function serveRoomSsh<Model, Action, SharedModel, Extra = never>(
  app: App<Model, Event | BroadcastEvent<SharedModel> | Extra, ParticipantOptions<SharedModel>>,
  room: Room<SharedModel, Action>,
  options: ServeRoomSshOptions = {},
): Promise<ServedSsh> {
  const participantOf = options.participant ?? visitor;
  return listen(options, (session) => {
    try {
      return runInChannel(session, options, (runtimeOptions) => {
        const joined = joinWithRuntime(room, participantOf(session), (appOpts, share) =>
          createRuntime(app, { ...runtimeOptions, appOpts, share }),
        );
        const leave = (): void => joined.seat.leave();
        joined.runtime.closed.then(leave, leave);
        return joined.runtime;
      });
    } catch (thrown) {
      if (thrown instanceof RoomError && thrown.code === "room-full") return { refuse: "the room is full" };
      throw thrown;
    }
  });
}

async function listen(options: Omit<SshServerOptions, "onChannel">, onChannel: OnSshChannel): Promise<ServedSsh> {
  const server = createSshServer({ ...options, onChannel });
  const listening = await server.listen();
  return { ...listening, server, close: () => server.close() };
}

/** Connects a runtime to the channel: when one ends, so does the other. */
function runInChannel<Model, Incoming>(
  session: SshSession,
  options: Omit<SshServerOptions, "onChannel"> & RuntimeExtras,
  start: (options: RuntimeOptions<never>) => Runtime<Model, Incoming>,
): SessionHandler {
  const logger = options.logger ?? silentLogger;
  const { clock, onDiagnostic } = options;
  const shared = { logger, ...(clock === undefined ? {} : { clock }) };
  const bridge = createBridge({
    ...shared,
    connector: session.connector,
    name: session.id,
    // The server's keepalives watch the line.
    heartbeatMs: 0,
  });
  const runtime = start({
    ...shared,
    renderer: bridge,
    // The renderer may close its windows and open them again; it ends the channel when it has no more to show.
    daemon: true,
    ...(onDiagnostic === undefined ? {} : { onDiagnostic }),
  });
  runtime.closed.then(
    () => session.end(),
    (error: unknown) => {
      if (error instanceof BridgeError && NO_FAULT_OF_THE_APP.has(error.code)) {
        session.end(messageOf(error));
        return;
      }
      logger({ level: "error", code: "app-failed", message: messageOf(error), error });
      session.end("the app failed; its server has the details");
    },
  );
  runtime.ready.catch(() => {
    // `closed` rejects with the same error.
  });
  return { stop: () => runtime.stop() };
}

function visitor({ id, userName }: SshSession): Participant {
  return { id, name: SHOWN_NAME.test(userName) ? userName : id };
}
