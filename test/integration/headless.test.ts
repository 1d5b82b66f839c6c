// Drawing without a screen, with a real browser: in this process, and as the command.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundleHeadless } from "../../scripts/lib/headless.mjs";
import { app } from "../../src/app/index.ts";
import { silentLogger, systemClock } from "../../src/base/index.ts";
import type { HeadlessBrowser, HeadlessScreen } from "../../src/host/node/chromium/index.ts";
import { start as hostStart } from "../../src/host/node/index.ts";
import { RendererConnection } from "../../src/host/node/renderer-connection.ts";
import type { ToRenderer } from "../../src/protocol/index.ts";
import { text, window } from "../../src/ui/index.ts";
import { chromiumPath } from "../browser/support/chromium.ts";
import { drawTree, HEADLESS_ENVIRONMENT, isRoot, node, startTestBrowser } from "./headless-rig.ts";
import { bundleRenderer, frameOf, Inbox, type Message, RunningRenderer, SETTINGS } from "./renderer-process-rig.ts";

const folder = fileURLToPath(new URL("../../.cache/renderer-process/headless-process/", import.meta.url));

const form = (title: string): object =>
  node(
    "main",
    "window",
    { title: "Form" },
    node(
      "main#box",
      "column",
      { padding: 16, spacing: 8 },
      node("main#box/title", "text", { content: `${title}: AVA fi, שלום, مرحبا, Žluť` }),
      node("main#box/code", "text", { content: "0O 1lI", font: "monospace" }),
      node("main#box/name", "text_input", { value: "Ada", placeholder: "Name" }),
      node("main#box/done", "checkbox", { label: "Done", checked: true }),
      node("main#box/save", "button", { label: "Save" }),
      node("main#box/bar", "progress_bar", { value: 40, range: [0, 100] }),
    ),
  );

let bundle: string;

beforeAll(async () => {
  await bundleHeadless(folder);
  bundle = await bundleRenderer("headless-process");
}, 60_000);

describe("a browser in this process", () => {
  let browser: HeadlessBrowser;

  beforeAll(async () => {
    browser = await startTestBrowser("headless-browser");
  }, 60_000);

  afterAll(() => browser.close());

  const draw = (tree: object) => drawTree(browser, tree);

  test("the same tree gives the same bytes, ten times and in two sessions, and another tree others", async () => {
    const one = draw(form("Form"));
    const two = draw(form("Form"));
    const other = draw(form("Another"));
    const first = await one.screen.picture();
    expect([first.width, first.height]).toEqual([1024, 768]);
    const hashes = new Set<string>();
    for (let count = 0; count < 10; count += 1) hashes.add((await one.screen.picture()).hash);
    hashes.add((await two.screen.picture()).hash);
    expect([...hashes]).toEqual([first.hash]);
    expect((await other.screen.picture()).hash).not.toBe(first.hash);
    for (const { engine } of [one, two, other]) engine.dispose();
  });

  test("a field with the keyboard in it shows no caret, so that its picture does not blink", async () => {
    const { screen, engine } = draw(form("Form"));
    await screen.picture();
    engine.receive({
      type: "command",
      session: "",
      id: "main#box/name",
      family: "focus",
      value: null,
    } as unknown as ToRenderer);
    const hashes = new Set<string>();
    for (let count = 0; count < 6; count += 1) {
      hashes.add((await screen.picture()).hash);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(hashes.size).toBe(1);
    engine.dispose();
  });

  test("text is drawn with the fonts that come with the package", async () => {
    const { screen, engine } = draw(form("Form"));
    await screen.picture();
    const expression = `[...document.fonts].filter(({ status }) => status === "loaded").map(({ family }) => family)`;
    const { result } = await screen.send("Runtime.evaluate", { expression, returnByValue: true });
    const loaded = new Set((result as { value: string[] }).value.map((name) => name.replaceAll('"', "")));
    for (const name of ["Inter", "JetBrains Mono", "Noto Sans Arabic", "Noto Sans Hebrew"]) {
      expect(loaded).toContain(`${name} Variable`);
    }
    await screen.send("DOM.enable");
    const { root } = await screen.send("DOM.getDocument");
    const { nodeId } = await screen.send("DOM.querySelector", {
      nodeId: (root as { nodeId: number }).nodeId,
      selector: ".pl-root",
    });
    await screen.send("CSS.enable");
    const { fonts } = await screen.send("CSS.getPlatformFontsForNode", { nodeId });
    const used = (fonts as { isCustomFont: boolean }[]).filter(({ isCustomFont }) => !isCustomFont);
    expect(used).toEqual([]);
    engine.dispose();
  });

  test("a page reaches neither the network nor files nor other pages", async () => {
    const { screen, engine } = draw(form("Form"));
    await screen.picture();
    const attempt = async (code: string): Promise<unknown> => {
      const expression = `(async () => { try { ${code} } catch (thrown) { return "refused"; } })()`;
      const { result } = await screen.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
      return (result as { value: unknown }).value;
    };
    expect(await attempt(`await fetch("http://127.0.0.1/"); return "went"`)).toBe("refused");
    expect(await attempt(`await fetch("/../package.json"); return "went"`)).toBe("refused");
    expect(await attempt(`return window.open("about:blank") === null ? "refused" : "opened"`)).toBe("refused");
    expect(await attempt(`return isSecureContext`)).toBe(true);
    await attempt(`location.href = "file:///etc/hostname"`);
    await attempt(`location.href = "http://127.0.0.1:1/"`);
    await screen.settled();
    expect(await attempt(`return location.origin`)).toBe("https://plushie.invalid");
    engine.dispose();
  });

  test("a page that crashes ends its session and no other", async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const inbox = new Inbox("json");
    output.on("data", inbox.push);
    const screens: HeadlessScreen[] = [];
    const connection = new RendererConnection({
      input,
      output,
      mode: "headless",
      transport: "stdio",
      backend: "tiny-skia",
      maxSessions: 4,
      clock: systemClock,
      logger: silentLogger,
      surface(listener) {
        const screen = browser.newScreen();
        screens.push(screen);
        return screen.surface(listener);
      },
    });
    const send = (...messages: Message[]): void => {
      for (const message of messages) input.write(frameOf(message, "json"));
    };
    const shot = (session: string, id: string): Message => ({ type: "screenshot", session, id, name: id });
    send(
      SETTINGS,
      { type: "snapshot", session: "a", tree: form("A") },
      { type: "snapshot", session: "b", tree: form("B") },
    );
    send(shot("a", "a1"), shot("b", "b1"));
    await inbox.find(({ id }) => id === "a1");
    await inbox.find(({ id }) => id === "b1");
    // The first surface greeted the host.
    screens[1]?.send("Page.crash").catch(() => {});
    const error = await inbox.find(({ family }) => family === "session_error");
    expect(error).toMatchObject({ session: "a", value: { code: "session_panic", error: "the page crashed" } });
    await inbox.find(({ family, session }) => family === "session_closed" && session === "a");
    send(shot("b", "b2"), { type: "snapshot", session: "a", tree: form("A") }, shot("a", "a2"));
    expect(await inbox.find(({ id }) => id === "b2")).toMatchObject({ session: "b", width: 1024 });
    const anew = await inbox.find(({ id }) => id === "a2");
    expect(anew["hash"]).toBe((await inbox.find(({ id }) => id === "a1"))["hash"]);
    expect(inbox.messages.filter(({ family }) => family === "session_closed")).toHaveLength(1);
    await connection.stop();
  });
});

describe("plushie-renderer --headless", () => {
  const start = (...args: string[]): RunningRenderer =>
    new RunningRenderer(bundle, ["--headless", ...args], { codec: "msgpack", environment: HEADLESS_ENVIRONMENT });

  test("[R220] a picture has the size that was asked for and the SHA-256 of its bytes, and the size stays", async () => {
    const renderer = start();
    renderer.send(SETTINGS, { type: "screenshot", id: "none", name: "n" });
    expect(await renderer.inbox.ofType("hello")).toMatchObject({ mode: "headless", backend: "tiny-skia" });
    const stub = await renderer.inbox.find(({ id }) => id === "none");
    expect(stub).toMatchObject({ hash: "", width: 0, height: 0 });
    renderer.send(
      { type: "snapshot", tree: form("Form") },
      { type: "screenshot", id: "default", name: "n" },
      { type: "screenshot", id: "small", name: "n", width: 300, height: 0 },
      { type: "query", id: "tree", target: "find", selector: { by: "id", value: "main#box/save" } },
    );
    const picture = await renderer.inbox.find(({ id }) => id === "default");
    expect(picture).toMatchObject({ type: "screenshot_response", name: "n", width: 1024, height: 768 });
    const rgba = picture["rgba"] as Uint8Array;
    expect(rgba.length).toBe(1024 * 768 * 4);
    expect(picture["hash"]).toBe(createHash("sha256").update(rgba).digest("hex"));
    expect(new Set(rgba).size).toBeGreaterThan(8);
    const small = await renderer.inbox.find(({ id }) => id === "small");
    expect(small).toMatchObject({ width: 300, height: 1 });
    await renderer.inbox.find(({ id }) => id === "tree");
    const order = renderer.inbox.messages.map(({ id }) => id).filter((id) => id !== undefined && id !== "");
    expect(order).toEqual(["none", "default", "small", "tree"]);
    expect(await renderer.finish()).toEqual({ code: 0, signal: null });
  });

  test("a picture that no message holds is a diagnostic and a stub", async () => {
    const renderer = start();
    renderer.send(SETTINGS, { type: "snapshot", tree: form("Form") });
    renderer.send({ type: "screenshot", id: "huge", name: "n", width: 99_999, height: 99_999 });
    expect(await renderer.inbox.find(({ id }) => id === "huge")).toMatchObject({ hash: "", width: 0, height: 0 });
    const { diagnostic } = await renderer.inbox.ofType("diagnostic");
    expect(diagnostic).toMatchObject({ kind: "renderer_runtime_error" });
    expect(JSON.stringify(diagnostic)).toContain("16384x16384");
    await renderer.finish();
  });

  test("sessions draw apart, each has its clipboard, and a reset forgets", async () => {
    const renderer = start("--max-sessions", "4");
    renderer.send(SETTINGS);
    const effect = (session: string, id: string, kind: string, payload: object): Message => ({
      type: "effect",
      session,
      id,
      kind,
      payload,
    });
    for (const session of ["a", "b"]) {
      renderer.send(
        { type: "snapshot", session, tree: form(session) },
        effect(session, `${session}-write`, "clipboard_write", { text: `of ${session}` }),
        effect(session, `${session}-read`, "clipboard_read", {}),
        effect(session, `${session}-open`, "file_open", {}),
        effect(session, `${session}-note`, "notification", { title: "t", body: "b" }),
        { type: "screenshot", session, id: `${session}-picture`, name: "n" },
        { type: "reset", session, id: `${session}-reset` },
      );
    }
    const answer = (id: string): Promise<Message> => renderer.inbox.find((message) => message["id"] === id);
    for (const session of ["a", "b"]) {
      expect(await answer(`${session}-read`)).toMatchObject({ status: "ok", result: { text: `of ${session}` } });
      expect(await answer(`${session}-open`)).toMatchObject({ status: "unsupported" });
      expect(await answer(`${session}-note`)).toMatchObject({ status: "ok" });
      await answer(`${session}-reset`);
      await renderer.inbox.find(({ family, session: of }) => family === "session_closed" && of === session);
    }
    const hashes = [(await answer("a-picture"))["hash"], (await answer("b-picture"))["hash"]];
    expect(hashes[0]).not.toBe(hashes[1]);
    renderer.send(
      { type: "screenshot", session: "a", id: "after", name: "n" },
      effect("a", "after-read", "clipboard_read", {}),
      { type: "snapshot", session: "a", tree: form("a") },
      { type: "screenshot", session: "a", id: "again", name: "n" },
    );
    expect(await answer("after")).toMatchObject({ hash: "" });
    expect(await answer("after-read")).toMatchObject({ result: { text: "" } });
    expect(await answer("again")).toMatchObject({ hash: hashes[0] });
    await renderer.finish();
  });

  test.runIf(process.platform === "linux")(
    "without its browser it says so and ends with a status other than 0",
    async () => {
      const renderer = start();
      renderer.send(SETTINGS, { type: "snapshot", tree: form("Form") }, { type: "screenshot", id: "p", name: "n" });
      await renderer.inbox.find(({ id }) => id === "p");
      const browser = childrenOf(renderer.child.pid ?? 0)[0];
      expect(browser).toBeDefined();
      process.kill(browser ?? 0, "SIGKILL");
      expect(await renderer.exited()).toEqual({ code: 1, signal: null });
      expect(renderer.errorText).toContain("nothing can be drawn");
    },
  );

  test.runIf(process.platform === "linux")(
    "the only session's page crashes: it says so and ends with a status other than 0",
    async () => {
      const renderer = start();
      renderer.send(SETTINGS, { type: "snapshot", tree: form("Form") }, { type: "screenshot", id: "p", name: "n" });
      await renderer.inbox.find(({ id }) => id === "p");
      crashPagesOf(renderer.child.pid ?? 0);
      expect(await renderer.exited()).toEqual({ code: 1, signal: null });
      expect(renderer.errorText.match(/nothing can be drawn: .*/g)).toEqual(["nothing can be drawn: the page crashed"]);
      const told = renderer.inbox.messages.filter(({ family }) => String(family).startsWith("session_"));
      expect(told).toMatchObject([
        { family: "session_error", value: { code: "session_panic", error: "the page crashed" } },
        { family: "session_closed" },
      ]);
    },
  );

  test.runIf(process.platform === "linux")("with several sessions a crash of all pages leaves it running", async () => {
    const renderer = start("--max-sessions", "2");
    const shot = (id: string): Message => ({ type: "screenshot", session: "a", id, name: "n" });
    renderer.send(SETTINGS, { type: "snapshot", session: "a", tree: form("Form") }, shot("before"));
    const { hash } = await renderer.inbox.find(({ id }) => id === "before");
    crashPagesOf(renderer.child.pid ?? 0);
    await renderer.inbox.find(({ family }) => family === "session_closed");
    renderer.send({ type: "snapshot", session: "a", tree: form("Form") }, shot("after"));
    expect(await renderer.inbox.find(({ id }) => id === "after")).toMatchObject({ hash });
    expect(await renderer.finish()).toEqual({ code: 0, signal: null });
  });

  test.runIf(process.platform === "linux")(
    "an app whose page crashed is on the screen of a new renderer, with its model",
    async () => {
      const before = new Set(childrenOf(process.pid));
      const counter = app<number, "more">({
        init: () => 0,
        update: (count, message) => (message === "more" ? count + 1 : count),
        view: (count) => window("main", { title: "Counter" }, [text("count", `Count: ${count}`)]),
      });
      await chmod(bundle, 0o755);
      const environment = { ...process.env, ...HEADLESS_ENVIRONMENT };
      const handle = await hostStart(counter, { binary: bundle, rendererArgs: ["--headless"], environment });
      const hash = async (): Promise<string> => (await handle.renderer.screenshot("now")).hash;
      const atFirst = await hash();
      handle.dispatch("more");
      await expect.poll(() => JSON.stringify(handle.tree)).toContain("Count: 1");
      const shown = await hash();
      expect(shown).not.toBe(atFirst);
      const renderers = (): readonly number[] =>
        childrenOf(process.pid).filter((pid) => !before.has(pid) && browsersOf(pid).length > 0);
      const [renderer = 0] = renderers();
      crashPagesOf(renderer);
      const isReplaced = (): boolean => renderers().some((pid) => pid !== renderer) && handle.state === "running";
      await expect.poll(isReplaced, { timeout: 30_000, interval: 20 }).toBe(true);
      expect(await hash()).toBe(shown);
      expect(handle.model).toBe(1);
      await handle.stop();
    },
  );

  test.runIf(process.platform === "linux")("a renderer that is killed takes its browser along", async () => {
    const renderer = start();
    renderer.send(SETTINGS, { type: "snapshot", tree: form("Form") }, { type: "screenshot", id: "p", name: "n" });
    await renderer.inbox.find(({ id }) => id === "p");
    const [browser = 0] = childrenOf(renderer.child.pid ?? 0);
    renderer.child.kill("SIGKILL");
    await renderer.exited();
    await expect.poll(() => isRunning(browser), { timeout: 10_000, interval: 50 }).toBe(false);
  });

  test("a browser that cannot be started is an error that names it", async () => {
    const environment = { PLUSHIE_CHROMIUM: "/nowhere/chromium", PLUSHIE_CHROMIUM_NO_SANDBOX: "1" };
    const renderer = new RunningRenderer(bundle, ["--headless"], { environment });
    renderer.send(SETTINGS);
    expect(await renderer.exited()).toEqual({ code: 1, signal: null });
    expect(renderer.errorText).toContain("/nowhere/chromium");
    expect(renderer.errorText).toContain("PLUSHIE_CHROMIUM");
  });

  test.runIf(isRoot)("as root it asks for the sandbox to be given up by name", async () => {
    const renderer = new RunningRenderer(bundle, ["--headless"], {
      environment: { PLUSHIE_CHROMIUM: chromiumPath() },
    });
    expect(await renderer.exited()).toEqual({ code: 1, signal: null });
    expect(renderer.errorText).toContain("PLUSHIE_CHROMIUM_NO_SANDBOX=1");
  });
});

function childrenOf(parent: number): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => statOf(pid)?.parent === parent);
}

function browsersOf(renderer: number): readonly number[] {
  return childrenOf(renderer).filter((pid) => commandOf(pid).includes("--remote-debugging-pipe"));
}

/** The processes that draw pages have the browser's process group. */
function crashPagesOf(renderer: number): void {
  const [browser] = browsersOf(renderer);
  const pages = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => statOf(pid)?.group === browser && commandOf(pid).includes("--type=renderer"));
  expect(pages.length).toBeGreaterThan(0);
  for (const pid of pages) process.kill(pid, "SIGKILL");
}

function commandOf(pid: number): string {
  try {
    return readFileSync(join("/proc", String(pid), "cmdline"), "utf8");
  } catch {
    // It ended in this moment.
    return "";
  }
}

function isRunning(pid: number): boolean {
  const state = statOf(pid)?.state;
  return state !== undefined && state !== "Z";
}

function statOf(pid: number): { readonly state: string; readonly parent: number; readonly group: number } | undefined {
  try {
    // The name in front may hold anything, also brackets.
    const fields = readFileSync(join("/proc", String(pid), "stat"), "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return { state: fields[0] ?? "", parent: Number(fields[1]), group: Number(fields[2]) };
  } catch {
    return undefined;
  }
}
