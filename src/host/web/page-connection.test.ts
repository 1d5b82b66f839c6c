import { describe, expect, test } from "vitest";
import type { CloseReason, Transport, TransportListener } from "../../bridge/index.ts";
import type { FromRenderer } from "../../protocol/index.ts";
import { createEngine, createNoSurface, type Surface } from "../../renderer/index.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { type ConnectionStatus, PageConnection } from "./page-connection.ts";

const SETTINGS = { type: "settings", settings: { protocol_version: 1 } };
const SNAPSHOT = { type: "snapshot", tree: { id: "main", type: "window", props: {}, children: [] } };

interface Line {
  readonly listener: TransportListener;
  readonly sent: FromRenderer[];
  readonly closed: CloseReason[];
}

/** A page whose server is the test: it decides whether an attempt succeeds, and speaks on the line. */
function page(settleOpen: "at once" | "never" | "fails" = "at once") {
  const clock = fakeClock();
  const lines: Line[] = [];
  const statuses: ConnectionStatus[] = [];
  const shown: unknown[] = [];
  const control = { settleOpen };
  const connection = new PageConnection({
    clock,
    random: () => 0.5,
    onStatus: (status) => void statuses.push(status),
    open(listener, signal) {
      const line: Line = { listener, sent: [], closed: [] };
      const transport: Transport = {
        send: (payload) => {
          line.sent.push(JSON.parse(String(payload)));
          return true;
        },
        bufferedBytes: 0,
        close: async (reason) => void line.closed.push(reason ?? { kind: "shutdown" }),
      };
      lines.push(line);
      if (control.settleOpen === "fails") return Promise.reject(new Error("refused"));
      if (control.settleOpen === "at once") return Promise.resolve(transport);
      return new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("aborted"))));
    },
  });
  const engine = createEngine({
    mode: "web",
    backend: "test",
    transport: "websocket",
    codec: "json",
    clock,
    surface: (listener): Surface => ({ ...surfaceOf(listener), showTree: (root) => void shown.push(root) }),
    send: (message) => connection.send(message),
    onEnd: (reason) => connection.engineEnded(reason),
  });
  const say = (...messages: readonly object[]): void => {
    for (const message of messages) lines.at(-1)?.listener.onMessage(JSON.stringify(message));
  };
  return { clock, lines, statuses, shown, control, connection, engine, say };
}

function surfaceOf(listener: Parameters<ReturnType<typeof createNoSurface>>[0]): Surface {
  const surface = createNoSurface()(listener);
  return {
    showTree: () => {},
    applyPatch: () => {},
    configure: () => {},
    setWanted: () => {},
    perform: () => {},
    performWindow: (operation) => surface.performWindow(operation),
    query: (question) => surface.query(question),
    runEffect: (effect) => surface.runEffect(effect),
    dispose: () => surface.dispose(),
  };
}

const turn = async (): Promise<void> => {
  for (let count = 0; count < 5; count += 1) await Promise.resolve();
};

async function live() {
  const made = page();
  made.connection.start(made.engine);
  await turn();
  made.say(SETTINGS, SNAPSHOT);
  return made;
}

describe("connecting", () => {
  test("greets the server and is live with the first snapshot", async () => {
    const made = page();
    made.connection.start(made.engine);
    await turn();
    expect(made.lines[0]?.sent).toMatchObject([{ type: "hello", mode: "web", transport: "websocket" }]);
    made.say(SETTINGS);
    expect(made.statuses).toEqual([{ kind: "connecting", isFirst: true }]);
    made.say(SNAPSHOT);
    expect(made.statuses.at(-1)).toEqual({ kind: "live" });
  });

  test("does not lose what the server says before the opening is known here", async () => {
    const made = page();
    made.connection.start(made.engine);
    made.say(SETTINGS, SNAPSHOT);
    await turn();
    expect(made.statuses.at(-1)).toEqual({ kind: "live" });
  });

  test("waits longer after each failure, and not at all when somebody asks", async () => {
    const made = page("fails");
    made.connection.start(made.engine);
    await turn();
    expect(made.statuses.at(-1)).toEqual({ kind: "waiting", retryAt: 750 });
    made.clock.advance(750);
    await turn();
    expect(made.statuses.at(-1)).toEqual({ kind: "waiting", retryAt: 750 + 1250 });
    made.connection.wake();
    await turn();
    expect(made.lines).toHaveLength(3);
    made.connection.retryNow();
    await turn();
    expect(made.lines).toHaveLength(4);
  });

  test("gives up on an attempt that gets nowhere", async () => {
    const made = page("never");
    made.connection.start(made.engine);
    made.clock.advance(15_000);
    await turn();
    expect(made.statuses.at(-1)).toMatchObject({ kind: "waiting" });
  });

  test("asking for a connection while there is one does nothing", async () => {
    const made = await live();
    made.connection.retryNow();
    made.connection.wake();
    expect(made.lines).toHaveLength(1);
  });
});

describe("losing the connection", () => {
  test("keeps the picture, connects again, and fits the new snapshot in", async () => {
    const made = await live();
    made.lines[0]?.listener.onClose({ kind: "connection-lost" });
    expect(made.statuses.at(-1)).toMatchObject({ kind: "waiting" });
    expect(made.shown).toHaveLength(1);
    made.clock.advance(15_000);
    await turn();
    expect(made.statuses.at(-1)).toEqual({ kind: "connecting", isFirst: false });
    expect(made.lines[1]?.sent).toMatchObject([{ type: "hello" }]);
    made.say(SETTINGS, SNAPSHOT);
    expect(made.statuses.at(-1)).toEqual({ kind: "live" });
    expect(made.shown).toHaveLength(2);
  });

  test("starts with short waits again after a connection that worked", async () => {
    const made = await live();
    for (let round = 0; round < 3; round += 1) {
      made.lines.at(-1)?.listener.onClose({ kind: "connection-lost" });
      const now = made.clock.now();
      expect(made.statuses.at(-1)).toEqual({ kind: "waiting", retryAt: now + 750 });
      made.clock.advance(750);
      await turn();
      made.say(SETTINGS, SNAPSHOT);
    }
  });

  test("ignores what an old connection still says", async () => {
    const made = await live();
    const [old] = made.lines;
    old?.listener.onClose({ kind: "connection-lost" });
    old?.listener.onMessage(JSON.stringify(SNAPSHOT));
    old?.listener.onClose({ kind: "connection-lost" });
    expect(made.shown).toHaveLength(1);
    expect(made.clock.pending).toBe(1);
  });

  test("connects again when the server is stopping, since it may come back", async () => {
    const made = await live();
    made.lines[0]?.listener.onClose({ kind: "shutdown", closeCode: 1001 });
    expect(made.statuses.at(-1)).toMatchObject({ kind: "waiting" });
  });
});

describe("the end", () => {
  test.each([
    [{ kind: "connection-lost", closeCode: 4401 }, "unauthorized"],
    [{ kind: "connection-lost", closeCode: 4003 }, "room-full"],
    [{ kind: "connection-lost", closeCode: 4005 }, "taken-over"],
    [{ kind: "shutdown", closeCode: 1000 }, "app-ended"],
  ] as const)("%j is told and not tried again until somebody asks", async (reason, name) => {
    const made = await live();
    made.lines[0]?.listener.onClose(reason);
    expect(made.statuses.at(-1)).toEqual({ kind: "ended", reason: name });
    made.clock.advance(60_000);
    made.connection.wake();
    expect(made.lines).toHaveLength(1);
    made.connection.retryNow();
    expect(made.lines).toHaveLength(2);
  });

  test("a server that speaks another protocol is refused once", async () => {
    const made = page();
    made.connection.start(made.engine);
    await turn();
    made.say({ type: "settings", settings: { protocol_version: 2 } });
    expect(made.lines[0]?.sent.at(-1)).toMatchObject({ type: "error" });
    expect(made.lines[0]?.closed).toEqual([{ kind: "shutdown" }]);
    expect(made.statuses.at(-1)).toEqual({ kind: "ended", reason: "refused" });
    expect(made.clock.pending).toBe(0);
  });

  test("an app that ends its renderer ends the connection", async () => {
    const made = await live();
    made.say({ type: "widget_op", op: "exit", payload: {} });
    expect(made.statuses.at(-1)).toEqual({ kind: "ended", reason: "exit" });
  });

  test("a page that is disposed closes its connection and leaves no timer", async () => {
    const made = await live();
    made.connection.dispose();
    made.engine.dispose();
    expect(made.lines[0]?.closed).toHaveLength(1);
    expect(made.clock.pending).toBe(0);
    made.connection.retryNow();
    expect(made.lines).toHaveLength(1);
  });
});
