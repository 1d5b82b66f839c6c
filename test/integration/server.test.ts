import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { CloseReason, Transport } from "../../src/bridge/transport.ts";
import {
  createServer,
  type Listening,
  type Server,
  type ServerOptions,
  type ServerSession,
} from "../../src/server/index.ts";
import { fakeClock } from "../../src/testing/fake-clock.ts";
import { eventually, FakePage, get, makePageFolder, openLink } from "./server-rig.ts";

const cleanups: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

interface Rig {
  readonly server: Server;
  readonly listening: Listening;
  readonly port: number;
  readonly clock: ReturnType<typeof fakeClock>;
  readonly sessions: ServerSession[];
  readonly stopped: string[];
  readonly received: string[];
  readonly closes: CloseReason[];
  readonly transports: Transport[];
  readonly directory: string;
  page(options?: {
    cookie?: string;
    session?: string;
    headers?: Record<string, string>;
    protocols?: string[];
  }): FakePage;
  cookie(): Promise<string>;
}

/** A server whose sessions write down what they get and open again when their connection is lost. */
async function serve(options: Partial<ServerOptions> = {}): Promise<Rig> {
  const folder = makePageFolder();
  cleanups.push(() => folder.clean());
  const clock = fakeClock(1_000_000);
  const sessions: ServerSession[] = [];
  const stopped: string[] = [];
  const received: string[] = [];
  const closes: CloseReason[] = [];
  const transports: Transport[] = [];
  const server = createServer({
    page: { directory: folder.directory, title: "Test <page>" },
    port: 0,
    clock,
    onSession(session) {
      sessions.push(session);
      const abort = new AbortController();
      const open = async (): Promise<void> => {
        const transport = await session.connector.open(
          {
            onMessage: (payload) => received.push(String(payload)),
            onDrain: () => {},
            onClose: (reason) => {
              closes.push(reason);
              if (reason.kind !== "shutdown") open().catch(() => {});
            },
          },
          abort.signal,
        );
        transports.push(transport);
      };
      open().catch(() => {});
      return {
        stop() {
          stopped.push(session.id);
          abort.abort();
        },
      };
    },
    ...options,
  });
  cleanups.push(() => server.close());
  const listening = await server.listen();
  const { port } = listening;
  return {
    server,
    listening,
    port,
    clock,
    sessions,
    stopped,
    received,
    closes,
    transports,
    directory: folder.directory,
    page(pageOptions) {
      const page = new FakePage({ port, ...pageOptions });
      cleanups.push(() => page.socket.terminate());
      return page;
    },
    cookie: () => openLink(server.mintLink()),
  };
}

const click = (id: string): string => JSON.stringify({ type: "event", session: "", family: "click", id });

describe("the page", () => {
  test("[R348] listens on the loopback address and names it", async () => {
    const { listening, port } = await serve();
    expect(listening.url).toBe(`http://127.0.0.1:${port}/`);
    expect(listening.startUrl.startsWith(`http://127.0.0.1:${port}/?token=`)).toBe(true);
  });

  test("a link opens once: it gives a cookie and leads to an address without the token", async () => {
    const { listening, port } = await serve();
    const { pathname, search } = new URL(listening.startUrl);
    const first = await get(port, pathname + search);
    expect(first.status).toBe(303);
    expect(first.headers["location"]).toBe("/");
    expect(String(first.headers["set-cookie"])).toMatch(/; HttpOnly; SameSite=Strict; Max-Age=\d+$/);
    const second = await get(port, pathname + search);
    expect(second.headers["set-cookie"]).toBeUndefined();
  });

  test("a look ahead does not use a link up", async () => {
    const { listening, port } = await serve();
    const { pathname, search } = new URL(listening.startUrl);
    expect((await get(port, pathname + search, { method: "HEAD" })).status).toBe(405);
    expect((await get(port, pathname + search, { headers: { "Sec-Purpose": "prefetch" } })).status).toBe(405);
    expect(await openLink(listening.startUrl)).not.toBe("");
  });

  test("without cookie a page says how to open it", async () => {
    const { port } = await serve();
    const answer = await get(port, "/");
    expect(answer.status).toBe(401);
    expect(answer.body).toContain("?token=");
    expect(answer.body).toContain("Test &#60;page&#62;");
    expect((await get(port, "/page.js")).status).toBe(401);
  });

  test("after a link in another page the browser is sent on once more, with its cookie", async () => {
    const { port } = await serve();
    const answer = await get(port, "/", { headers: { "Sec-Fetch-Site": "cross-site" } });
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('http-equiv="refresh"');
  });

  test("with cookie the page and its files come with their types and strict rules", async () => {
    const { port, cookie } = await serve();
    const headers = { Cookie: await cookie() };
    const index = await get(port, "/", { headers });
    expect(index.status).toBe(200);
    expect(index.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(index.body).toContain('<script type="module" src="/page.js">');
    expect(index.body).toContain("<title>Test &#60;page&#62;</title>");
    const policy = String(index.headers["content-security-policy"]);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
    expect(index.headers["x-content-type-options"]).toBe("nosniff");
    expect((await get(port, "/page.js", { headers })).headers["content-type"]).toBe("text/javascript; charset=utf-8");
    expect((await get(port, "/assets/logo.svg", { headers })).headers["content-type"]).toBe("image/svg+xml");
  });

  test("files are compressed where asked for, and not sent again when unchanged", async () => {
    const { port, cookie } = await serve();
    const headers = { Cookie: await cookie() };
    const plain = await get(port, "/page.js", { headers });
    const packed = await get(port, "/page.js", { headers: { ...headers, "Accept-Encoding": "gzip" } });
    expect(packed.headers["content-encoding"]).toBe("gzip");
    expect(packed.body.length).toBeLessThan(plain.body.length / 2);
    const again = await get(port, "/page.js", {
      headers: { ...headers, "If-None-Match": String(plain.headers["etag"]) },
    });
    expect({ status: again.status, length: again.body.length }).toEqual({ status: 304, length: 0 });
  });

  test.each([
    "/../outside.txt",
    "/assets/../../outside.txt",
    "/%2e%2e/outside.txt",
    "/%2e%2e%2foutside.txt",
    "/..%5coutside.txt",
    "/assets/%00",
    "/.secret",
    "/assets",
    "/assets/",
    "/page.js/",
    "/%zz",
  ])("%s is no file of the page", async (path) => {
    const { port, cookie } = await serve();
    const answer = await get(port, path, { headers: { Cookie: await cookie() } });
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain("outside");
  });

  test.each(["//evil.example/", "http://evil.example/"])("the target %s is refused", async (path) => {
    const { port, cookie } = await serve();
    expect((await get(port, path, { headers: { Cookie: await cookie() } })).status).toBe(400);
  });

  test("a name that somebody else points at us is refused", async () => {
    const { port, cookie } = await serve();
    const headers = { Cookie: await cookie(), Host: `evil.example:${port}` };
    expect((await get(port, "/", { headers })).status).toBe(421);
  });

  test("only reading is possible", async () => {
    const { port, cookie } = await serve();
    expect((await get(port, "/", { method: "POST", headers: { Cookie: await cookie() } })).status).toBe(405);
  });

  test("a cookie that was changed is none", async () => {
    const { port, cookie } = await serve();
    const good = await cookie();
    const [name, value = ""] = good.split("=");
    const [identity, expires, signature] = value.split(".");
    for (const bad of [
      `x${identity}.${expires}.${signature}`,
      `${identity}.9${expires}.${signature}`,
      `${identity}.${expires}.`,
    ]) {
      expect((await get(port, "/", { headers: { Cookie: `${name}=${bad}` } })).status).toBe(401);
    }
    expect((await get(port, "/", { headers: { Cookie: `other=1; ${good}` } })).status).toBe(200);
  });

  test("a cookie ends after thirty days", async () => {
    const { port, cookie, clock } = await serve();
    const headers = { Cookie: await cookie() };
    clock.advance(30 * 24 * 3_600_000 - 1);
    expect((await get(port, "/", { headers })).status).toBe(200);
    clock.advance(1);
    expect((await get(port, "/", { headers })).status).toBe(401);
  });

  test("a cookie survives a restart when there is a data folder, whose secret only its owner reads", async () => {
    const folder = makePageFolder();
    cleanups.push(() => folder.clean());
    const dataDirectory = join(folder.directory, "..", "data");
    const first = await serve({ dataDirectory });
    const cookie = await first.cookie();
    await first.server.close();
    expect(statSync(join(dataDirectory, "server-secret")).mode & 0o777).toBe(0o600);
    const second = await serve({ dataDirectory, port: first.port });
    expect((await get(second.port, "/", { headers: { Cookie: cookie } })).status).toBe(200);
    // The link of the first start is worth nothing any more; the second start has its own.
    expect(await openLink(first.listening.startUrl)).toBe("");
    expect(await openLink(second.listening.startUrl)).not.toBe("");
  });

  test("with access for anyone the first visit gives a cookie", async () => {
    const { port } = await serve({ access: "anyone" });
    const answer = await get(port, "/");
    expect(answer.status).toBe(200);
    expect(answer.headers["set-cookie"]).toBeDefined();
  });

  test("a used port is an error that names it", async () => {
    const { port, directory } = await serve();
    const second = createServer({ page: { directory }, port, onSession: () => ({ stop() {} }) });
    await expect(second.listen()).rejects.toMatchObject({ code: "listen-failed" });
  });

  test("a missing page folder is an error before anything listens", () => {
    expect(() => createServer({ page: { directory: "/nowhere" }, onSession: () => ({ stop() {} }) })).toThrow(
      "/nowhere",
    );
  });

  test("a secret that is too short is refused", () => {
    const folder = makePageFolder();
    cleanups.push(() => folder.clean());
    writeFileSync(join(folder.directory, "server-secret"), "short", { mode: 0o600 });
    expect(() =>
      createServer({ page: folder, dataDirectory: folder.directory, onSession: () => ({ stop() {} }) }),
    ).toThrow("too short");
  });
});

describe("the upgrade", () => {
  test("a page with its cookie connects and its messages arrive in order", async () => {
    const { page, cookie, received } = await serve();
    const tab = page({ cookie: await cookie() });
    await tab.until(({ socket }) => socket.readyState === 1);
    for (const id of ["a", "b", "c"]) tab.click(id);
    await eventually(() => received.length === 4);
    expect(received.slice(1)).toEqual([click("a"), click("b"), click("c")]);
    expect(tab.socket.protocol).toBe("plushie.v1");
  });

  test.each([
    ["[R378] a foreign origin", { Origin: "http://evil.example" }, 403],
    ["[R378] an origin that only looks like ours", { Origin: "http://localhost.evil.example" }, 403],
    ["a foreign host name", { Host: "evil.example" }, 421],
    ["no cookie", { Cookie: "" }, 401],
    ["a forged cookie", { Cookie: "plushie_1=a.b.c" }, 401],
  ])("%s is refused with a reason", async (_name, headers, status) => {
    const { page, cookie, sessions } = await serve();
    const tab = page({ cookie: await cookie(), headers });
    await tab.until(({ refused }) => refused !== undefined);
    expect(tab.refused?.status).toBe(status);
    expect(tab.refused?.text.length).toBeGreaterThan(10);
    expect(sessions).toEqual([]);
  });

  test("[R378] an origin on the list is accepted", async () => {
    const { page, cookie } = await serve({ origins: ["https://portal.example"] });
    const tab = page({ cookie: await cookie(), headers: { Origin: "https://portal.example" } });
    await tab.until(({ socket }) => socket.readyState === 1);
  });

  test.each([
    ["no session", ["plushie.v1"]],
    ["a short session id", ["plushie.v1", "plushie.session.abc"]],
    ["no version", ["plushie.session.0123456789abcdef"]],
  ])("%s is refused", async (_name, protocols) => {
    const { page, cookie } = await serve();
    const tab = page({ cookie: await cookie(), protocols });
    await tab.until(({ refused }) => refused !== undefined);
    expect(tab.refused?.status).toBe(400);
  });

  test("too many joins of one address are refused, and allowed again later", async () => {
    const { page, cookie, clock } = await serve({ limits: { joinBurst: 2, joinsPerSecond: 1 } });
    const value = await cookie();
    const tabs = [0, 1, 2].map((index) => page({ cookie: value, session: `session-number-${index}` }));
    await eventually(() => tabs.every((tab) => tab.refused !== undefined || tab.socket.readyState === 1));
    expect(tabs.map((tab) => tab.refused?.status)).toEqual([undefined, undefined, 429]);
    clock.advance(1_000);
    const later = page({ cookie: value, session: "session-number-3" });
    await later.until(({ socket }) => socket.readyState === 1);
  });

  test("behind a proxy joins are counted by the address the proxy adds, not by what the visitor claims", async () => {
    const { page, cookie } = await serve({ isBehindProxy: true, limits: { joinBurst: 1, joinsPerSecond: 1 } });
    const value = await cookie();
    const join = (index: number, forwarded: string): FakePage =>
      page({ cookie: value, session: `session-number-${index}`, headers: { "X-Forwarded-For": forwarded } });
    const tabs = [join(0, "10.0.0.1"), join(1, "10.0.0.2"), join(2, "9.9.9.9, 10.0.0.1")];
    await eventually(() => tabs.every((tab) => tab.refused !== undefined || tab.socket.readyState === 1));
    expect(tabs.map((tab) => tab.refused?.status)).toEqual([undefined, undefined, 429]);
  });

  test("too many sessions are refused, of the server and of one person", async () => {
    const { page, cookie } = await serve({ limits: { maxSessions: 2, maxSessionsPerIdentity: 1 } });
    const [ann, bob, eve] = [await cookie(), await cookie(), await cookie()];
    const first = page({ cookie: ann, session: "session-of-ann-1" });
    await first.until(({ socket }) => socket.readyState === 1);
    const greedy = page({ cookie: ann, session: "session-of-ann-2" });
    await greedy.until(({ refused }) => refused !== undefined);
    const other = page({ cookie: bob });
    await other.until(({ socket }) => socket.readyState === 1);
    const late = page({ cookie: eve });
    await late.until(({ refused }) => refused !== undefined);
    expect([greedy.refused?.status, late.refused?.status]).toEqual([503, 503]);
  });
});

describe("limits", () => {
  test("[R379] a flood closes the flooding connection with its reason; others stay", async () => {
    const { page, cookie, received } = await serve({ limits: { messageBurst: 20, messagesPerSecond: 10 } });
    const good = page({ cookie: await cookie() });
    await good.until(({ socket }) => socket.readyState === 1);
    const bad = page({ cookie: await cookie() });
    await bad.until(({ socket }) => socket.readyState === 1);
    for (let count = 0; count < 100; count += 1) bad.click("flood");
    await bad.until(({ closed }) => closed !== undefined);
    expect(bad.closed).toEqual({ code: 4029, text: "too many messages" });
    expect(received.filter((text) => text === click("flood")).length).toBeLessThanOrEqual(20);
    good.click("still-here");
    await eventually(() => received.includes(click("still-here")));
    expect(good.closed).toBeUndefined();
  });

  test("bytes are limited as well", async () => {
    const { page, cookie } = await serve({ limits: { maxMessageBytes: 1_000, byteBurst: 2_000, bytesPerSecond: 10 } });
    const tab = page({ cookie: await cookie() });
    await tab.until(({ socket }) => socket.readyState === 1);
    for (let count = 0; count < 5; count += 1) tab.click("x".repeat(600));
    await tab.until(({ closed }) => closed !== undefined);
    expect(tab.closed?.code).toBe(4029);
  });

  test("a message that is too large closes only its sender", async () => {
    const { page, cookie, received } = await serve({ limits: { maxMessageBytes: 2_000 } });
    const good = page({ cookie: await cookie() });
    const bad = page({ cookie: await cookie() });
    await eventually(() => good.socket.readyState === 1 && bad.socket.readyState === 1);
    bad.click("x".repeat(2_000));
    await bad.until(({ closed }) => closed !== undefined);
    expect(bad.closed?.code).toBe(1009);
    good.click("still-here");
    await eventually(() => received.includes(click("still-here")));
    expect(received.some((text) => text.includes("xxx"))).toBe(false);
  });

  test("a silent connection is closed as idle; a message starts the time anew", async () => {
    const { page, cookie, clock, received } = await serve({ limits: { idleMs: 60_000, pingMs: 1e9 } });
    const tab = page({ cookie: await cookie() });
    await eventually(() => received.length === 1);
    clock.advance(40_000);
    tab.click("alive");
    await eventually(() => received.length === 2);
    clock.advance(40_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(tab.closed).toBeUndefined();
    clock.advance(20_000);
    await tab.until(({ closed }) => closed !== undefined);
    expect(tab.closed).toEqual({ code: 4001, text: "idle for too long" });
  });

  test("a line that does not answer pings is given up", async () => {
    const { page, cookie, clock, closes, received } = await serve({ limits: { pingMs: 1_000, missedPings: 2 } });
    const tab = page({ cookie: await cookie() });
    await eventually(() => received.length === 1);
    tab.socket.pause();
    clock.advance(1_000);
    clock.advance(1_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(closes).toEqual([]);
    clock.advance(1_000);
    await eventually(() => closes.length === 1);
    expect(closes[0]?.kind).toBe("connection-lost");
  });

  test("a line that answers pings stays", async () => {
    const { page, cookie, clock, closes, received } = await serve({ limits: { pingMs: 1_000, missedPings: 2 } });
    const tab = page({ cookie: await cookie() });
    await eventually(() => received.length === 1);
    let pings = 0;
    tab.socket.on("ping", () => {
      pings += 1;
    });
    for (let round = 1; round <= 5; round += 1) {
      clock.advance(1_000);
      await eventually(() => pings === round);
      tab.click(`round-${round}`);
      // The pong was sent before the click, so it has arrived with it.
      await eventually(() => received.length === 1 + round);
    }
    expect(closes).toEqual([]);
  });

  test("a reader that does not keep up is closed after its time, and others get everything", async () => {
    const { page, cookie, clock, transports } = await serve({ limits: { slowMs: 10_000, pingMs: 1e9 } });
    const slow = page({ cookie: await cookie() });
    await eventually(() => transports.length === 1);
    const quick = page({ cookie: await cookie() });
    await eventually(() => transports.length === 2);
    slow.socket.pause();
    const payload = JSON.stringify({ type: "snapshot", filler: "x".repeat(1_000_000) });
    // More than the network's own buffers take.
    for (let count = 0; count < 30; count += 1) for (const transport of transports) transport.send(payload);
    await quick.until(({ messages }) => messages.length === 30);
    expect(transports[0]?.bufferedBytes).toBeGreaterThan(1_000_000);
    clock.advance(10_000);
    // It reads again, too late.
    slow.socket.resume();
    await slow.until(({ closed }) => closed !== undefined);
    expect(slow.closed).toEqual({ code: 4002, text: "reading too slowly" });
    expect(quick.closed).toBeUndefined();
  });

  test("limits that contradict each other are refused", async () => {
    await expect(serve({ limits: { byteBurst: 10 } })).rejects.toMatchObject({ code: "bad-limits" });
  });
});

describe("sessions", () => {
  test("a dropped connection comes back to its session within the grace period", async () => {
    const { page, cookie, sessions, stopped, transports, clock } = await serve();
    const value = await cookie();
    const tab = page({ cookie: value });
    await eventually(() => transports.length === 1);
    await tab.leave(1001);
    clock.advance(59_000);
    const again = page({ cookie: value });
    await again.until(({ socket }) => socket.readyState === 1);
    await eventually(() => transports.length === 2);
    expect({ sessions: sessions.length, stopped }).toEqual({ sessions: 1, stopped: [] });
  });

  test("after the grace period the session stops, and the same id starts afresh", async () => {
    const { page, cookie, sessions, stopped, closes, clock, server } = await serve();
    const value = await cookie();
    const tab = page({ cookie: value });
    await eventually(() => sessions.length === 1 && tab.socket.readyState === 1);
    await tab.leave();
    await eventually(() => closes.length === 1);
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(60_000);
    await eventually(() => stopped.length === 1);
    expect(server.sessionCount).toBe(0);
    const again = page({ cookie: value });
    await again.until(({ socket }) => socket.readyState === 1);
    expect(sessions).toHaveLength(2);
  });

  test("a second connection of a session takes over; the first is told", async () => {
    const { page, cookie, sessions, transports, received } = await serve();
    const value = await cookie();
    const first = page({ cookie: value });
    await eventually(() => transports.length === 1);
    const second = page({ cookie: value });
    await first.until(({ closed }) => closed !== undefined);
    expect(first.closed).toEqual({ code: 4005, text: "opened elsewhere" });
    await eventually(() => transports.length === 2);
    second.click("mine");
    await eventually(() => received.includes(click("mine")));
    expect(sessions).toHaveLength(1);
  });

  test("somebody else's cookie with the same session id gets a session of its own", async () => {
    const { page, cookie, sessions } = await serve();
    const mine = page({ cookie: await cookie() });
    const theirs = page({ cookie: await cookie() });
    await eventually(() => sessions.length === 2);
    expect(sessions[0]?.identity).not.toBe(sessions[1]?.identity);
    expect([mine.closed, theirs.closed]).toEqual([undefined, undefined]);
  });

  test("a refused session tells its page why", async () => {
    const { page, cookie, server } = await serve({ onSession: () => ({ refuse: "room-full" }) });
    const tab = page({ cookie: await cookie() });
    await tab.until(({ closed }) => closed !== undefined);
    expect(tab.closed).toEqual({ code: 4003, text: "room full" });
    expect(server.sessionCount).toBe(0);
  });

  test("a session that fails to start ends, and the server goes on", async () => {
    const { page, cookie, port } = await serve({
      onSession: () => {
        throw new Error("bug");
      },
    });
    const value = await cookie();
    const tab = page({ cookie: value });
    await tab.until(({ closed }) => closed !== undefined);
    expect(tab.closed?.code).toBe(4007);
    expect((await get(port, "/", { headers: { Cookie: value } })).status).toBe(200);
  });
});

describe("close", () => {
  test("tells pages to connect again, stops the sessions and frees the port", async () => {
    const { page, cookie, server, stopped, port, transports } = await serve();
    const tab = page({ cookie: await cookie() });
    await eventually(() => transports.length === 1);
    await Promise.all([server.close(), server.close()]);
    await tab.until(({ closed }) => closed !== undefined);
    expect(tab.closed).toEqual({ code: 1001, text: "server stopping" });
    expect(stopped).toHaveLength(1);
    await expect(get(port, "/")).rejects.toThrow();
  });
});
