import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Room } from "plushie/room";
import { openEmbeddedStore, type ServedSsh, type SshListening, serveRoom, serveRoomSsh } from "plushie/server";
import { createPad } from "../app/app.ts";
import { padDefinition } from "../shared/update.ts";
import { keyHolder } from "./key-holder.ts";
import { PadService } from "./service.ts";

export interface PadServerOptions {
  readonly port: number;
  readonly host: string;
  /** Folder for the log, the experiments and the secret of the cookies. */
  readonly data: string;
}

export interface PadServer {
  /** Opens the pad, once. */
  readonly startUrl: string;
  /** Lets renderers in over SSH as well, from this machine. Rejects when they cannot be; the pad goes on without. */
  openSsh(port: number): Promise<SshListening>;
  stop(): Promise<void>;
}

const EXAMPLES = fileURLToPath(new URL("../../experiments/", import.meta.url));

/** Opens the room from its log, starts what runs experiments, then lets people in. */
export async function startPad(options: PadServerOptions): Promise<PadServer> {
  const report = (message: string) => console.error(message);
  const store = await openEmbeddedStore(join(options.data, "log"));
  const room = await Room.open({
    definition: padDefinition,
    store,
    scheduler: setImmediate,
    logger: ({ level, message }) => {
      if (level === "warn" || level === "error") report(message);
    },
  });
  const service = new PadService({ room, folder: join(options.data, "experiments"), examples: EXAMPLES, report });
  await service.start();
  const links = { mint: () => "" };
  const pad = createPad({ invite: () => links.mint() });
  const served = await serveRoom(pad, room, {
    port: options.port,
    host: options.host,
    dataDirectory: options.data,
    logger: ({ level, message }) => {
      if (level === "error") report(message);
    },
  });
  links.mint = () => served.mintLink();
  let ssh: Promise<ServedSsh> | undefined;
  return {
    startUrl: served.startUrl,
    openSsh(port) {
      ssh = serveRoomSsh(pad, room, {
        port,
        dataDirectory: options.data,
        participant: (session) => keyHolder(session, room.participants),
        logger: ({ level, message }) => {
          if (level === "warn" || level === "error") report(`SSH: ${message}`);
        },
      });
      return ssh;
    },
    async stop() {
      await ssh?.then(
        (opened) => opened.close(),
        () => {
          // There is none; it was reported when it was opened.
        },
      );
      await served.close();
      await service.stop();
      await room.close();
      await store.close();
    },
  };
}
