import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { fakeClock } from "../../../testing/index.ts";
import { DevtoolsClient } from "./devtools-client.ts";

function connect(options: { readonly maxMessageBytes?: number } = {}) {
  const [output, input] = [new PassThrough(), new PassThrough()];
  const clock = fakeClock();
  const client = new DevtoolsClient({ output, input, clock, timeoutMs: 1_000, ...options });
  const said = (): unknown[] =>
    String(output.read() ?? "")
      .split("\0")
      .filter((text) => text !== "")
      .map((text) => JSON.parse(text) as unknown);
  const hear = (message: object): void => void input.write(`${JSON.stringify(message)}\0`);
  return { client, clock, input, output, said, hear };
}

describe("the debugging protocol", () => {
  test("answers find their command, in whatever order they come", async () => {
    const { client, said, hear } = connect();
    const [one, two] = [client.send("A.one", { x: 1 }), client.send("A.two", {}, "session")];
    expect(said()).toEqual([
      { id: 1, method: "A.one", params: { x: 1 } },
      { id: 2, method: "A.two", params: {}, sessionId: "session" },
    ]);
    hear({ id: 2, result: { two: true }, sessionId: "session" });
    hear({ id: 1, result: { one: true } });
    expect(await one).toEqual({ one: true });
    expect(await two).toEqual({ two: true });
  });

  test("a refusal has the browser's reason", async () => {
    const { client, hear } = connect();
    const answer = client.send("A.one");
    hear({ id: 1, error: { code: -32000, message: "no such thing" } });
    await expect(answer).rejects.toMatchObject({ code: "browser-refused", message: "A.one: no such thing" });
  });

  test("silence is an error, and an answer after it is dropped", async () => {
    const { client, clock, hear } = connect();
    const answer = client.send("A.one");
    const failed = expect(answer).rejects.toMatchObject({ code: "browser-timeout" });
    clock.advance(1_000);
    await failed;
    hear({ id: 1, result: {} });
    const next = client.send("A.two");
    hear({ id: 2, result: { ok: 1 } });
    expect(await next).toEqual({ ok: 1 });
  });

  test("events go to the listeners of their target, until these are taken back", async () => {
    const { client, hear } = connect();
    const heard: unknown[] = [];
    const stop = client.on("A.event", (params) => heard.push(["browser", params]));
    client.on("A.event", (params) => heard.push(["page", params]), "page");
    hear({ method: "A.event", params: { n: 1 } });
    hear({ method: "A.event", params: { n: 2 }, sessionId: "page" });
    hear({ method: "A.event", sessionId: "another" });
    await new Promise((resolve) => setImmediate(resolve));
    stop();
    hear({ method: "A.event", params: { n: 3 } });
    await new Promise((resolve) => setImmediate(resolve));
    expect(heard).toEqual([
      ["browser", { n: 1 }],
      ["page", { n: 2 }],
    ]);
  });

  test("when the pipe closes, everything that waits fails, and so does what comes after", async () => {
    const { client, input } = connect();
    const waiting = client.send("A.one");
    const failed = expect(waiting).rejects.toMatchObject({ code: "browser-lost" });
    input.destroy();
    await failed;
    expect(await client.closed).toContain("closed");
    await expect(client.send("A.two")).rejects.toMatchObject({ code: "browser-lost" });
  });

  test("a target that is gone fails its own commands only", async () => {
    const { client, hear } = connect();
    const [mine, other] = [client.send("A.one", {}, "gone"), client.send("A.two", {}, "here")];
    client.forget("gone", "the page crashed");
    await expect(mine).rejects.toMatchObject({ code: "browser-lost", message: "A.one: the page crashed" });
    hear({ id: 2, result: {}, sessionId: "here" });
    expect(await other).toEqual({});
  });

  test.each([
    ["no JSON", "nonsense\0", "no message"],
    ["no object", "[1]\0", "no message"],
    ["too large", `"${"x".repeat(200)}"\0`, "too large"],
  ])("%s ends the conversation", async (_, bytes, reason) => {
    const { client, input } = connect({ maxMessageBytes: 100 });
    input.write(bytes);
    expect(await client.closed).toContain(reason);
  });
});
