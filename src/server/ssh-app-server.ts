import type { App, Event } from "../app/index.ts";
import { withConfiguration } from "../host/node/configuration.ts";
import { type BroadcastEvent, type Participant, type ParticipantOptions, type Room, RoomError } from "../room/index.ts";
import { createRuntime, type Runtime, type RuntimeOptions } from "../runtime/index.ts";
import { type AppEnd, type AppSessionOptions, createSeatedRuntime, runApp } from "./app-session.ts";
import type { SessionHandler } from "./server.ts";
import {
  createSshServer,
  type OnSshChannel,
  type SshListening,
  type SshServer,
  type SshServerOptions,
  type SshSession,
} from "./ssh-server.ts";

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
        withConfiguration(app),
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
      return runInChannel(session, options, (runtimeOptions) =>
        createSeatedRuntime(app, room, participantOf(session), runtimeOptions),
      );
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

function runInChannel<Model, Incoming>(
  session: SshSession,
  options: AppSessionOptions,
  start: (options: RuntimeOptions<never>) => Runtime<Model, Incoming>,
): SessionHandler {
  const onEnd = (end: AppEnd): void => {
    if (end.kind === "ended") session.end();
    else session.end(end.kind === "never-there" ? end.text : "the app failed; its server has the details");
  };
  return runApp({ connector: session.connector, name: session.id }, options, onEnd, start);
}

function visitor({ id, userName }: SshSession): Participant {
  return { id, name: SHOWN_NAME.test(userName) ? userName : id };
}
