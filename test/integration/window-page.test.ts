import { once } from "node:events";
import { type IncomingHttpHeaders, request } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { silentLogger } from "../../src/base/index.ts";
import type { PageFile } from "../../src/host/node/page-http/page-files.ts";
import { browserCommand, canOpenBrowser } from "../../src/host/node/window-page/open-browser.ts";
import { WindowPages } from "../../src/host/node/window-page/window-pages.ts";
import { type FakeClock, fakeClock } from "../../src/testing/index.ts";

const TAB = "0123456789abcdef0123456789abcdef";
const OTHER_TAB = "fedcba9876543210fedcba9876543210";

let clock: FakeClock;
let pages: WindowPages;
let printed: string[];
const sockets: WebSocket[] = [];

beforeEach(async () => {
  clock = fakeClock();
  printed = [];
  const page: PageFile = { body: Buffer.from("<p>page"), gzip: undefined, contentType: "text/html", etag: '"1"' };
  pages = new WindowPages({
    files: new Map([["/", page]]),
    environment: { PLUSHIE_NO_BROWSER: "1" },
    writeError: (text) => printed.push(text),
    logger: silentLogger,
    clock,
  });
  await pages.listen();
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await pages.close();
});

/** What was printed last. */
function link(): URL {
  const found = /^plushie: open (http:\S+) to see the app\n$/.exec(printed.at(-1) ?? "");
  return new URL(found?.[1] ?? "");
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

function get(url: URL, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers, method, agent: false }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => {
        body += text;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on("error", reject).end();
  });
}

/** The cookie that a link gives. */
async function signIn(): Promise<string> {
  const { headers } = await get(link());
  return headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
}

interface TabOptions {
  readonly cookie?: string;
  readonly origin?: string;
  readonly id?: string;
  readonly takesOver?: boolean;
}

function connect({ cookie = "", origin = link().origin, id = TAB, takesOver = false }: TabOptions): WebSocket {
  const protocols = ["plushie.window.v1", `plushie.tab.${id}`, ...(takesOver ? ["plushie.take-over"] : [])];
  const socket = new WebSocket(`ws://${link().host}/ws`, protocols, { origin, headers: { cookie } });
  sockets.push(socket);
  socket.on("error", () => {});
  return socket;
}

async function tab(options: TabOptions): Promise<WebSocket> {
  const socket = connect(options);
  await once(socket, "open");
  return socket;
}

async function refusal(options: TabOptions): Promise<number> {
  const [, response] = await once(connect(options), "unexpected-response");
  response.resume();
  return response.statusCode;
}

/** The app's end of the channel. */
function channel() {
  const texts: string[] = [];
  const closed: string[] = [];
  const opened = pages.open({ onText: (text) => texts.push(text), onClose: (reason) => closed.push(reason) });
  return { ...opened, texts, closed };
}

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo(); tries += 1) {
    if (tries > 400) throw new Error("it did not happen");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe("a link", () => {
  test("opens the page once, for whoever has the cookie it gave", async () => {
    pages.invite();
    const first = await get(link());
    expect(first.status).toBe(303);
    expect(first.headers.location).toBe("/");
    expect(first.headers["set-cookie"]?.[0]).toMatch(
      /^plushie_window_\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect(link().searchParams.get("token")).toMatch(/^[\w-]{43}$/);
    const cookie = first.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
    const page = new URL("/", link());
    const shown = await get(page, { cookie });
    expect(shown.body).toBe("<p>page");
    expect(shown.headers["content-security-policy"]).toContain("default-src 'none'; script-src 'self'");

    expect((await get(link())).status).toBe(401);
    expect((await get(page)).status).toBe(401);
    expect((await get(new URL("/?token=guessed", page))).status).toBe(401);
    expect((await get(page, { cookie: `${cookie}x` })).status).toBe(401);
  });

  test("is not used up by whoever only looks ahead", async () => {
    pages.invite();
    expect((await get(link(), {}, "HEAD")).status).toBe(405);
    expect((await get(link(), { "sec-purpose": "prefetch" })).status).toBe(405);
    expect((await get(link())).status).toBe(303);
  });

  test("works under the names of this machine only", async () => {
    pages.invite();
    expect((await get(link(), { host: "evil.example" })).status).toBe(421);
    expect((await get(link(), { host: `localhost:${link().port}` })).status).toBe(303);
  });

  test("is given once while nobody has used it", () => {
    pages.invite();
    pages.invite();
    channel();
    expect(printed).toHaveLength(1);
  });

  test("is opened where a display is, unless that is turned off", () => {
    expect(canOpenBrowser({}, "linux")).toBe(false);
    expect(canOpenBrowser({ DISPLAY: ":0" }, "linux")).toBe(true);
    expect(canOpenBrowser({ DISPLAY: ":0", PLUSHIE_NO_BROWSER: "1" }, "linux")).toBe(false);
    expect(canOpenBrowser({}, "darwin")).toBe(true);
    expect(browserCommand("http://x/", "win32")).toEqual(["cmd", "/c", "start", "", "http://x/"]);
  });
});

describe("a page", () => {
  test("is refused without cookie, from another origin, and without a name for its tab", async () => {
    pages.invite();
    const cookie = await signIn();
    expect(await refusal({})).toBe(401);
    expect(await refusal({ cookie, origin: "http://evil.example" })).toBe(403);
    expect(await refusal({ cookie, origin: `http://127.0.0.1:1` })).toBe(403);
    expect(await refusal({ cookie, id: "short" })).toBe(400);
  });

  test("carries texts both ways, also those from before the app had something to show", async () => {
    pages.invite();
    const socket = await tab({ cookie: await signIn() });
    socket.send("early");
    await new Promise((resolve) => {
      socket.once("pong", resolve);
      socket.ping();
    });
    const app = channel();
    expect(app.texts).toEqual(["early"]);
    expect(printed).toHaveLength(1);
    app.send("to the page");
    const [data] = await once(socket, "message");
    expect(String(data)).toBe("to the page");
    socket.send("to the app");
    await until(() => app.texts.length === 2);
    expect(app.texts[1]).toBe("to the app");
  });

  test("may be loaded anew within the grace period, and counts as closed after it", async () => {
    const app = channel();
    const cookie = await signIn();
    const first = await tab({ cookie });
    first.close();
    await until(() => clock.pending > 0);
    clock.advance(14_000);
    const second = await tab({ cookie });
    await until(() => clock.pending === 0);
    clock.advance(60_000);
    expect(app.closed).toEqual([]);
    second.close();
    await until(() => clock.pending > 0);
    clock.advance(15_000);
    expect(app.closed).toEqual(["the page was closed"]);
    // The app shows something again: another link.
    channel();
    expect(printed).toHaveLength(2);
  });

  test("is told when another tab has the app, and may take over", async () => {
    const app = channel();
    const cookie = await signIn();
    const first = await tab({ cookie });
    const [code] = await once(connect({ cookie, id: OTHER_TAB }), "close");
    expect(code).toBe(4005);
    const firstClosed = once(first, "close");
    const third = await tab({ cookie, id: OTHER_TAB, takesOver: true });
    expect((await firstClosed)[0]).toBe(4005);
    third.send("from the new one");
    await until(() => app.texts.length === 1);
    expect(app.closed).toEqual([]);
  });

  test("is told when the app is over", async () => {
    const app = channel();
    const socket = await tab({ cookie: await signIn() });
    app.close();
    const [code] = await once(socket, "close");
    expect(code).toBe(1000);
    await pages.close();
    await expect(get(link())).rejects.toThrow("ECONNREFUSED");
  });
});
