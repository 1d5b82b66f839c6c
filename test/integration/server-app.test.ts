import { afterEach, describe, expect, test } from "vitest";
import { app, type BroadcastEvent, Command, type Element, type StartOptions } from "../../src/app/index.ts";
import { createMemoryStore, type ParticipantOptions, Room } from "../../src/room/index.ts";
import { type Served, type ServeOptions, serve, serveRoom } from "../../src/server/index.ts";
import { fakeClock } from "../../src/testing/fake-clock.ts";
import { eventually, FakePage, makePageFolder, openLink } from "./server-rig.ts";

const cleanups: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

interface Count {
  readonly count: number;
}

const view = (lines: readonly string[]): Element => ({
  type: "window",
  id: "main",
  props: {},
  children: lines.map((content, index) => ({ type: "text", id: `line-${index}`, props: { content } })),
});

const isClick = (event: { readonly kind: string; readonly type: string; readonly id?: string }, id: string): boolean =>
  event.kind === "widget" && event.type === "click" && event.id === id;

const counter = app<Count>({
  init: () => ({ count: 0 }),
  update(model, event) {
    if (isClick(event, "quit")) return [model, Command.exit()];
    if (isClick(event, "fail")) throw new Error("bug of the app");
    return isClick(event, "plus") ? { count: model.count + 1 } : model;
  },
  view: ({ count }) => view([`count ${count}`]),
});

async function start(options: Partial<ServeOptions<StartOptions>> = {}) {
  const folder = makePageFolder();
  cleanups.push(() => folder.clean());
  const clock = fakeClock(1_000_000);
  const served = await serve(counter, { page: folder, port: 0, clock, ...options });
  cleanups.push(() => served.close());
  return { served, clock };
}

function open(served: Served, cookie: string, session?: string): FakePage {
  const page = new FakePage({ port: served.port, cookie, ...(session === undefined ? {} : { session }) });
  cleanups.push(() => page.socket.terminate());
  return page;
}

/** Whether the newest tree or patch holds the text. */
const ends =
  (text: string) =>
  (page: FakePage): boolean =>
    JSON.stringify(page.messages.at(-1)).includes(text);

const shows =
  (text: string) =>
  (page: FakePage): boolean =>
    page.shown.includes(text);

describe("an app in browser tabs", () => {
  test("a tab gets settings, then the whole tree, then patches", async () => {
    const { served } = await start();
    const page = open(served, await openLink(served.startUrl));
    await page.until(shows("count 0"));
    expect(page.types.slice(0, 2)).toEqual(["settings", "snapshot"]);
    page.click("main#plus");
    await page.until(shows("count 1"));
    expect(page.types.at(-1)).toBe("patch");
  });

  test("[R320] each tab has its own model", async () => {
    const { served } = await start();
    const cookie = await openLink(served.startUrl);
    const one = open(served, cookie, "tab-number-one-xx");
    const two = open(served, cookie, "tab-number-two-xx");
    await one.until(shows("count 0"));
    await two.until(shows("count 0"));
    one.click("main#plus");
    await one.until(shows("count 1"));
    two.click("main#nothing");
    two.click("main#plus");
    two.click("main#plus");
    await two.until(shows("count 2"));
    expect(one.shown).not.toContain("count 2");
  });

  test("a connection that drops comes back to its model, by a snapshot", async () => {
    const { served, clock } = await start();
    const cookie = await openLink(served.startUrl);
    const before = open(served, cookie);
    await before.until(shows("count 0"));
    before.click("main#plus");
    await before.until(shows("count 1"));
    before.socket.terminate();
    await before.until(({ closed }) => closed !== undefined);
    const after = open(served, cookie);
    await after.until(({ socket }) => socket.readyState === 1);
    // The bridge's restart waits for a timer of no time.
    const ticking = setInterval(() => clock.advance(1), 1);
    await after.until(shows("count 1"));
    clearInterval(ticking);
    expect(after.types.slice(0, 2)).toEqual(["settings", "snapshot"]);
    expect(served.server.sessionCount).toBe(1);
  });

  test("a reload keeps the model as well", async () => {
    const { served, clock } = await start();
    const cookie = await openLink(served.startUrl);
    const before = open(served, cookie);
    await before.until(shows("count 0"));
    before.click("main#plus");
    await before.until(shows("count 1"));
    await before.leave(1001);
    const after = open(served, cookie);
    const ticking = setInterval(() => clock.advance(1), 1);
    await after.until(shows("count 1"));
    clearInterval(ticking);
  });

  test("after the grace period the tab starts afresh", async () => {
    const { served, clock } = await start();
    const cookie = await openLink(served.startUrl);
    const before = open(served, cookie);
    await before.until(shows("count 0"));
    before.click("main#plus");
    await before.until(shows("count 1"));
    await before.leave(1001);
    const ticking = setInterval(() => clock.advance(5_000), 1);
    await eventually(() => served.server.sessionCount === 0);
    clearInterval(ticking);
    const after = open(served, cookie);
    await after.until(shows("count 0"));
    expect(after.shown).not.toContain("count 1");
  });

  test("a page that is left before it said hello is no failure of the app, and begins anew", async () => {
    const log: string[] = [];
    const { served } = await start({ logger: ({ code }) => log.push(code) });
    const cookie = await openLink(served.startUrl);
    const hasty = new FakePage({ port: served.port, cookie, isMute: true });
    await hasty.until(({ types }) => types.includes("settings"));
    await hasty.leave(1001);
    await eventually(() => served.server.sessionCount === 0);
    const page = open(served, cookie);
    await page.until(shows("count 0"));
    expect(log).not.toContain("app-failed");
  });

  test("an app that ends tells its page so, and the page need not come back", async () => {
    const { served } = await start();
    const page = open(served, await openLink(served.startUrl));
    await page.until(shows("count 0"));
    page.click("main#quit");
    await page.until(({ closed }) => closed !== undefined);
    expect(page.closed).toMatchObject({ code: 1000 });
    await eventually(() => served.server.sessionCount === 0);
  });

  test("a page that says goodbye ends its session at once", async () => {
    const { served } = await start();
    const page = open(served, await openLink(served.startUrl));
    await page.until(shows("count 0"));
    await page.leave(1000);
    await eventually(() => served.server.sessionCount === 0);
  });

  test("a bug of the app in one tab stops neither that tab nor the others", async () => {
    const { served } = await start();
    const page = open(served, await openLink(served.startUrl));
    await page.until(shows("count 0"));
    page.click("main#fail");
    page.click("main#plus");
    await page.until(shows("count 1"));
  });

  test("options for init can depend on the session", async () => {
    const folder = makePageFolder();
    cleanups.push(() => folder.clean());
    const greeting = app<string, never, { readonly who: string }>({
      init: ({ who }) => who,
      update: (model) => model,
      view: (who) => view([`hello ${who}`]),
    });
    const served = await serve(greeting, {
      page: folder,
      port: 0,
      appOpts: (session) => ({ who: `tab ${session.id.slice(0, 4)}` }),
    });
    cleanups.push(() => served.close());
    const page = open(served, await openLink(served.startUrl));
    await page.until(shows("hello tab 0123"));
  });

  test("closing tells the page to connect again later", async () => {
    const { served } = await start();
    const page = open(served, await openLink(served.startUrl));
    await page.until(shows("count 0"));
    await served.close();
    await page.until(({ closed }) => closed !== undefined);
    expect(page.closed?.code).toBe(1001);
  });
});

describe("a reader that is slow", () => {
  test("gets the present state once it reads again, and delays nobody", async () => {
    const folder = makePageFolder();
    cleanups.push(() => folder.clean());
    const clock = fakeClock(1_000_000);
    const filler = app<Count>({
      init: () => ({ count: 0 }),
      update: (model, event) => (isClick(event, "plus") ? { count: model.count + 1 } : model),
      view: ({ count }) => view([`count ${count} ${"x".repeat(500_000)}`]),
    });
    const served = await serve(filler, { page: folder, port: 0, clock, limits: { pingMs: 1e9, messageBurst: 1_000 } });
    cleanups.push(() => served.close());
    const slow = open(served, await openLink(served.startUrl));
    await slow.until(shows("count 0 "));
    const quick = open(served, await openLink(served.mintLink()));
    await quick.until(shows("count 0 "));
    slow.socket.pause();
    for (let count = 1; count <= 60; count += 1) {
      slow.click("main#plus");
      quick.click("main#plus");
      await quick.until(ends(`count ${count} `));
    }
    slow.socket.resume();
    await slow.until(ends("count 60 "));
    // Most patches were left out, and the last word was a snapshot.
    expect(slow.types.filter((type) => type === "patch").length).toBeLessThan(40);
    expect(slow.types.filter((type) => type === "snapshot").length).toBeGreaterThan(1);
    expect(quick.types.filter((type) => type === "patch")).toHaveLength(60);
  });
});

describe("a room in browser tabs", () => {
  interface Seen {
    readonly votes: number;
    readonly isDark: boolean;
  }
  interface Votes {
    readonly votes: number;
  }

  const ballot = app<Seen, BroadcastEvent<Votes>, ParticipantOptions<Votes>>({
    init: ({ sharedModel }) => ({ ...sharedModel, isDark: false }),
    update(model, event) {
      if (event.kind === "broadcast" && event.type === "model") return { ...model, votes: event.model.votes };
      if (event.kind === "widget" && isClick(event, "vote")) return [model, Command.share({ type: "vote" })];
      if (event.kind === "widget" && isClick(event, "dark")) return { ...model, isDark: !model.isDark };
      return model;
    },
    view: ({ votes, isDark }) => view([`votes ${votes} ${isDark ? "dark" : "light"}`]),
  });

  async function startRoom(maxParticipants = 10): Promise<Served> {
    const folder = makePageFolder();
    cleanups.push(() => folder.clean());
    const room = await Room.open<Votes, { readonly type: "vote" }>({
      definition: {
        name: "ballot",
        version: "1",
        init: () => ({ votes: 0 }),
        update: (model) => ({ votes: model.votes + 1 }),
      },
      store: createMemoryStore(),
      maxParticipants,
    });
    const served = await serveRoom(ballot, room, { page: folder, port: 0 });
    cleanups.push(async () => {
      await served.close();
      await room.close();
    });
    return served;
  }

  test("[R376] [R343] what one shares all see; a late tab begins with it", async () => {
    const served = await startRoom();
    const one = open(served, await openLink(served.startUrl));
    const two = open(served, await openLink(served.mintLink()));
    await one.until(shows("votes 0"));
    await two.until(shows("votes 0"));
    one.click("main#vote");
    await two.until(shows("votes 1"));
    two.click("main#vote");
    await one.until(shows("votes 2"));
    const late = open(served, await openLink(served.mintLink()));
    await late.until(shows("votes 2"));
    expect(late.shown).not.toContain("votes 0");
  });

  test("[R380] what is not shared stays with its tab", async () => {
    const served = await startRoom();
    const one = open(served, await openLink(served.startUrl));
    const two = open(served, await openLink(served.mintLink()));
    await one.until(shows("votes 0 light"));
    await two.until(shows("votes 0 light"));
    one.click("main#dark");
    await one.until(shows("votes 0 dark"));
    two.click("main#vote");
    await one.until(shows("votes 1 dark"));
    await two.until(shows("votes 1 light"));
  });

  test("a full room says so", async () => {
    const served = await startRoom(1);
    const one = open(served, await openLink(served.startUrl));
    await one.until(shows("votes 0"));
    const two = open(served, await openLink(served.mintLink()));
    await two.until(({ closed }) => closed !== undefined);
    expect(two.closed).toEqual({ code: 4003, text: "room full" });
  });
});
