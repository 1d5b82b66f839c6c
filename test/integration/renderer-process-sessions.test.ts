import { readFileSync } from "node:fs";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { bundleRenderer, type Message, RunningRenderer, SETTINGS, treeOf } from "./renderer-process-rig.ts";

let bundle = "";
const running: RunningRenderer[] = [];

beforeAll(async () => {
  bundle = await bundleRenderer("sessions");
});

afterEach(() => {
  for (const renderer of running.splice(0)) renderer.child.kill("SIGKILL");
});

function renderer(...args: string[]) {
  const started = new RunningRenderer(bundle, ["--mock", ...args]);
  running.push(started);
  return started;
}

const tree = (session: string, content: string): Message => ({ ...treeOf(content), session });
const ask = (session: string, id: string): Message => ({ type: "query", session, id, target: "tree" });
const reset = (session: string, id: string): Message => ({ type: "reset", session, id });
const withoutHello = (host: RunningRenderer) => host.inbox.messages.filter(({ type }) => type !== "hello");

describe("one session", () => {
  test("every session id means the same session and is echoed", async () => {
    const host = renderer();
    host.send(SETTINGS, tree("a", "shown"), ask("b", "q"), reset("c", "r"), ask("", "after"));
    await host.finish();
    expect(withoutHello(host)).toMatchObject([
      { type: "query_response", session: "b", data: { id: "main" } },
      { type: "reset_response", session: "c", status: "ok" },
      { type: "query_response", session: "", data: null },
    ]);
  });
});

describe("many sessions", () => {
  test("share nothing, and each starts with the first settings", async () => {
    const host = renderer("--max-sessions", "8");
    host.send({ ...SETTINGS, session: "pool" }, tree("a", "of a"), ask("b", "1"), ask("a", "2"));
    await host.finish();
    expect(host.inbox.messages.filter(({ type }) => type === "hello")).toHaveLength(1);
    expect(withoutHello(host)).toMatchObject([
      { session: "b", id: "1", data: null },
      { session: "a", id: "2", data: { children: [{ props: { content: "of a" } }] } },
    ]);
  });

  test("a missing widget is reported once, not in each session", async () => {
    const host = renderer("--max-sessions", "8");
    host.send({ type: "settings", settings: { protocol_version: 1, required_widgets: ["hologram"] } });
    host.send(ask("a", "1"), ask("b", "2"));
    await host.finish();
    expect(withoutHello(host).map(({ type }) => type)).toEqual(["diagnostic", "query_response", "query_response"]);
  });

  test("a reset ends the session, and its id can be used again", async () => {
    const host = renderer("--max-sessions=2");
    host.send(SETTINGS, tree("a", "old"), tree("b", "stays"), reset("a", "r"), ask("a", "new"), ask("b", "old"));
    await host.finish();
    expect(withoutHello(host)).toMatchObject([
      { type: "reset_response", session: "a", id: "r" },
      { type: "event", session: "a", family: "session_closed", id: "", value: {} },
      { type: "query_response", session: "a", data: null },
      { type: "query_response", session: "b", data: { id: "main" } },
    ]);
  });

  test("a message behind a reset that still waits is refused", async () => {
    const host = renderer("--max-sessions", "2");
    const effect = { type: "effect", session: "a", id: "e", kind: "clipboard_read", payload: {} };
    host.send(SETTINGS, effect, reset("a", "r"), tree("a", "too soon"));
    await host.finish();
    expect(withoutHello(host)).toMatchObject([
      { family: "session_error", session: "a", value: { code: "session_reset_in_progress" } },
      { type: "effect_response", session: "a", id: "e" },
      { type: "reset_response", session: "a" },
      { family: "session_closed", session: "a" },
    ]);
  });

  test("no more sessions than allowed", async () => {
    const host = renderer("--max-sessions", "2");
    host.send(SETTINGS, ask("a", "1"), ask("b", "2"), ask("c", "3"), reset("a", "r"), ask("c", "4"));
    await host.finish();
    expect(withoutHello(host)).toMatchObject([
      { session: "a", id: "1" },
      { session: "b", id: "2" },
      {
        session: "c",
        family: "session_error",
        value: { code: "max_sessions_reached", error: "max sessions (2) reached; session 'c' rejected" },
      },
      { session: "a", type: "reset_response" },
      { session: "a", family: "session_closed" },
      { session: "c", id: "4" },
    ]);
  });

  test("something unreadable is reported where it belongs", async () => {
    const host = renderer("--max-sessions", "4");
    host.send(SETTINGS, ask("a", "1"), { type: "nonsense", session: "a" }, { type: "nonsense", session: "none" });
    await host.finish();
    expect(withoutHello(host).slice(1)).toMatchObject([
      { type: "diagnostic", session: "a", diagnostic: { kind: "wire_input_error" } },
      { type: "diagnostic", session: "", diagnostic: { kind: "wire_input_error" } },
    ]);
  });

  test("[R215] [R223] fonts are counted for the whole process, and a reset gives none back", async () => {
    const host = renderer("--max-sessions", "4");
    host.send(SETTINGS);
    const font = (session: string): Message => ({ type: "load_font", session, payload: { family: "F", data: "AAEA" } });
    for (let count = 0; count < 256; count += 1) host.send(font(count % 2 === 0 ? "a" : "b"));
    host.send(reset("a", "r"), font("c"), font("b"));
    await host.finish();
    const errors = withoutHello(host).filter(({ family }) => family === "session_error");
    expect(errors).toMatchObject([
      { session: "c", value: { code: "font_cap_exceeded" } },
      { session: "b", value: { code: "font_cap_exceeded" } },
    ]);
  });

  test("a thousand at once in one process", async () => {
    const host = renderer("--max-sessions", "1001");
    host.send(SETTINGS, ask("first", "first"));
    await host.inbox.find(({ id }) => id === "first");
    const before = residentKilobytes(host);
    const count = 1000;
    for (let index = 0; index < count; index += 1) host.send(tree(`s${index}`, `text ${index}`));
    for (let index = 0; index < count; index += 1) host.send(ask(`s${index}`, `q${index}`));
    await host.inbox.find(({ id }) => id === `q${count - 1}`);
    const after = residentKilobytes(host);
    for (let index = 0; index < count; index += 1) {
      const answer = host.inbox.messages.find(({ id }) => id === `q${index}`);
      expect(answer).toMatchObject({
        session: `s${index}`,
        data: { children: [{ props: { content: `text ${index}` } }] },
      });
    }
    if (before > 0) console.log(`resident memory per session: ${((after - before) / count).toFixed(1)} KiB`);
    expect((await host.finish()).code).toBe(0);
  });
});

/** Where the system tells; elsewhere 0. */
function residentKilobytes(host: RunningRenderer): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${host.child.pid}/status`, "utf8"))?.[1] ?? 0);
  } catch {
    // Not Linux.
    return 0;
  }
}
