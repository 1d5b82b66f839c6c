// The process with the server. It does what its parent orders and ends with it.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type WebSocket, WebSocketServer } from "ws";
import { createMemoryStore, Room } from "../../src/room/index.ts";
import { openEmbeddedStore, serveRoom } from "../../src/server/index.ts";
import { createNoteApp, noteDefinition } from "./room-app.ts";
import { type Answer, keyIn, type Memory, type Order, type Setup, textOf } from "./setup.ts";

interface Running {
  readonly port: number;
  stop(): Promise<void>;
}

export function serveForParent(): void {
  let running: Running | undefined;
  const answer = (message: Answer) => process.send?.(message);
  const obey = async (order: Order): Promise<void> => {
    switch (order.type) {
      case "setup":
        running = await (order.setup.kind === "bare" ? startBare(order.setup) : startRoom(order.setup));
        answer({ type: "listening", port: running.port });
        return;
      case "memory":
        answer({ type: "memory", memory: memory() });
        return;
      case "cpu": {
        const { user, system } = process.cpuUsage();
        answer({ type: "cpu", microseconds: user + system });
        return;
      }
      case "stop":
        await running?.stop();
        process.disconnect();
        return;
    }
  };
  // Both ends are the same bundle, so an order has the shape that was sent.
  process.on("message", (order) => {
    obey(order as Order).catch((thrown: unknown) => answer({ type: "failed", reason: String(thrown) }));
  });
  process.on("disconnect", () => process.exit(0));
  answer({ type: "started" });
}

function memory(): Memory {
  gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rssBytes: rss, heapBytes: heapUsed + external };
}

async function startRoom({ kind, isMemoized, folder }: Setup): Promise<Running> {
  const store = kind === "memory" ? createMemoryStore() : await openEmbeddedStore(join(folder, "log"));
  const report = ({ level, message }: { readonly level: string; readonly message: string }) => {
    if (level === "warn" || level === "error") console.error(message);
  };
  const room = await Room.open({ definition: noteDefinition, store, logger: report });
  const page = join(folder, "page");
  await mkdir(page, { recursive: true });
  await writeFile(join(page, "index.html"), "<!doctype html><title>Note</title>");
  const served = await serveRoom(createNoteApp(isMemoized), room, {
    port: 0,
    page: { directory: page },
    access: "anyone",
    // All participants come from one address, and at once.
    limits: { joinsPerSecond: 1_000, joinBurst: 1_000 },
    logger: report,
  });
  return {
    port: served.port,
    async stop() {
      await served.close();
      await room.close();
      await store.close();
    },
  };
}

/** The least one can do: a key comes in, one frame is built, `ws.send` takes it to everybody. */
async function startBare({ frameBytes }: Setup): Promise<Running> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
  const sockets = new Set<WebSocket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("message", (data) => {
      if (!Buffer.isBuffer(data) || keyIn(data) < 0) return;
      const frame = Buffer.alloc(frameBytes, ".");
      frame.write(textOf(keyIn(data)));
      for (const other of sockets) other.send(frame, { binary: false });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("listening", resolve);
    server.once("error", reject);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return {
    port: address.port,
    async stop() {
      for (const socket of sockets) socket.terminate();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
