import { expect, test } from "vitest";
import { createMemoryConnector } from "../transport/memory.ts";
import { Connection } from "./connection.ts";
import type { SharedMessage, Transport } from "./transport.ts";

const tree = { id: "main", type: "window", props: {}, children: [] };

async function open(shares: boolean) {
  const atRenderer: unknown[] = [];
  const atHost: unknown[] = [];
  const bad: string[] = [];
  let renderer: Transport | undefined;
  const connection = new Connection({
    codec: "json",
    onMessage: (message) => void atHost.push(message),
    onBadMessage: (detail) => void bad.push(detail),
    onDrain: () => {},
    onClose: () => {},
  });
  const connector = createMemoryConnector({
    codec: "json",
    shares,
    accept(transport) {
      renderer = transport;
      return {
        onMessage: (payload) => void atRenderer.push(payload),
        onShared: (message) => void atRenderer.push(message),
        onDrain: () => {},
        onClose: () => {},
      };
    },
  });
  await connection.open(connector, new AbortController().signal);
  return { connection, atRenderer, atHost, bad, share: (message: SharedMessage) => renderer?.share?.(message) };
}

const delivered = () => new Promise((resolve) => queueMicrotask(() => queueMicrotask(() => resolve(undefined))));

test("trees are handed over where the transport can, all else goes as text", async () => {
  const { connection, atRenderer } = await open(true);
  expect(connection.send({ type: "snapshot", tree })).toEqual({ ok: true, value: true });
  connection.send({ type: "command", id: "main", family: "focus" });
  await delivered();
  expect(atRenderer).toEqual([{ type: "snapshot", tree }, '{"type":"command","id":"main","family":"focus"}']);
  expect(atRenderer[0]).toMatchObject({ tree });
});

test("over any other transport trees are text too", async () => {
  const { connection, atRenderer } = await open(false);
  connection.send({ type: "snapshot", tree });
  await delivered();
  expect(atRenderer).toEqual([JSON.stringify({ type: "snapshot", tree })]);
});

test("events that are handed over wait until the owner is ready; anything else is refused", async () => {
  const { connection, atHost, bad, share } = await open(true);
  const event: SharedMessage = { type: "event", session: "", family: "click", id: "save" };
  share(event);
  share({ type: "snapshot", tree });
  await delivered();
  expect(atHost).toEqual([]);
  connection.begin();
  expect(atHost).toEqual([event]);
  expect(bad).toEqual(["snapshot is no message of a renderer"]);
});
