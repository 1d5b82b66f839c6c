import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Room } from "plushie/room";
import { openEmbeddedStore, serveRoom } from "plushie/server";
import { createPad } from "../app/app.ts";
import { padDefinition } from "../shared/update.ts";
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
  const served = await serveRoom(createPad({ invite: () => links.mint() }), room, {
    port: options.port,
    host: options.host,
    dataDirectory: options.data,
    logger: ({ level, message }) => {
      if (level === "error") report(message);
    },
  });
  links.mint = () => served.mintLink();
  return {
    startUrl: served.startUrl,
    async stop() {
      await served.close();
      await service.stop();
      await room.close();
      await store.close();
    },
  };
}
