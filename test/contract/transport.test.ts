import { describe, expect, test } from "vitest";
import type { Codec, Transport } from "../../src/bridge/transport.ts";
import { Recorder, type Rig, rigs } from "./transport-rigs.ts";

const never = new AbortController().signal;

/** What a message of this text looks like on the way: JSON text, or bytes (of which a transport knows nothing). */
function payload(codec: Codec, text: string): Uint8Array | string {
  const json = JSON.stringify(text);
  return codec === "json" ? json : new TextEncoder().encode(json);
}

function plain(value: Uint8Array | string | undefined): string | number[] | undefined {
  return typeof value === "string" || value === undefined ? value : [...value];
}

async function open(rig: Rig): Promise<{ transport: Transport; seen: Recorder }> {
  const seen = new Recorder();
  const transport = await rig.makeConnector().open(seen, never);
  return { transport, seen };
}

describe.each(rigs)("$name", (rig) => {
  const say = (text: string): Uint8Array | string => payload(rig.codec, text);

  test("keeps the order of messages and their bytes", async () => {
    const { transport, seen } = await open(rig);
    const sent = Array.from({ length: 200 }, (_, index) => say(`message ${index} ä€😀`));
    for (const message of sent) transport.send(message);
    await seen.until(({ messages }) => messages.length === sent.length);
    expect(seen.messages.map(plain)).toEqual(sent.map(plain));
    await transport.close();
  });

  test("delivers a message that arrives byte by byte as one", async () => {
    const { transport, seen } = await open(rig);
    const sent = say("bytewise ä€😀");
    transport.send(sent);
    transport.send(say("after"));
    await seen.until(({ messages }) => messages.length === 2);
    expect(seen.messages.map(plain)).toContainEqual(plain(sent));
    await transport.close();
  });

  test("carries a message of 8 MiB", async () => {
    const { transport, seen } = await open(rig);
    const sent = say("x".repeat(8 * 1024 * 1024));
    transport.send(sent);
    await seen.until(({ messages }) => messages.length === 1);
    const [received] = seen.messages;
    expect(typeof received).toBe(typeof sent);
    expect(Buffer.compare(Buffer.from(received ?? ""), Buffer.from(sent))).toBe(0);
    await transport.close();
  });

  test("closes once, and the close has been reported when it resolves", async () => {
    const { transport, seen } = await open(rig);
    const closing = [transport.close({ kind: "shutdown", detail: "first" }), transport.close({ kind: "shutdown" })];
    await Promise.all(closing);
    await transport.close();
    expect(seen.closes).toEqual([{ kind: "shutdown", detail: "first" }]);
  });

  test("is silent after close", async () => {
    const { transport, seen } = await open(rig);
    transport.send(say("hello"));
    await seen.until(({ messages }) => messages.length === 1);
    transport.send(say("in flight"));
    const closing = transport.close();
    const { length } = seen.messages;
    await closing;
    expect(transport.send(say("late"))).toBe(true);
    expect(transport.bufferedBytes).toBe(0);
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen.messages).toHaveLength(length);
    expect(seen.closes).toHaveLength(1);
  });

  test("says when it is congested, and once when it has drained", async () => {
    const { transport, seen } = await open(rig);
    transport.send(say("stall"));
    const large = say("y".repeat(3 * 1024 * 1024));
    let isCongested = rig.name.startsWith("iostream");
    for (let count = 0; count < 20 && !isCongested; count += 1) isCongested = !transport.send(large);
    expect(isCongested).toBe(true);
    await seen.until(({ drains }) => drains > 0);
    expect(seen.drains).toBe(1);
    await transport.close();
  });

  for (const [word, kind] of Object.entries(rig.ends)) {
    test(`reports the end "${word}" as ${kind}, once`, async () => {
      const { transport, seen } = await open(rig);
      transport.send(say(word));
      await seen.until(({ closes }) => closes.length > 0);
      expect(seen.closes.map((reason) => reason.kind)).toEqual([kind]);
      await transport.close();
      expect(seen.closes).toHaveLength(1);
    });
  }

  // The server's end gets sockets that are open already; there is nothing to abort.
  if (!rig.name.startsWith("node WebSocket")) {
    test("does not open when the signal is aborted already", async () => {
      const abort = new AbortController();
      abort.abort();
      const seen = new Recorder();
      await expect(rig.makeConnector().open(seen, abort.signal)).rejects.toMatchObject({
        code: "transport-open-aborted",
      });
      expect(seen.closes).toEqual([]);
    });
  }
});
