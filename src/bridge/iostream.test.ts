import { expect, test } from "vitest";
import { fakeClock } from "../testing/fake-clock.ts";
import { createBridge } from "./bridge.ts";
import { createIostreamConnector, type IostreamAdapter, type IostreamBridge } from "./iostream.ts";

const HELLO = '{"type":"hello","protocol_version":1,"protocol":1,"version":"1","name":"r"}';

/** An adapter as an author would write one, that writes down what it is asked. */
class RecordingAdapter implements IostreamAdapter {
  readonly calls: string[] = [];
  bridge: IostreamBridge | undefined;

  register(bridge: IostreamBridge): void {
    this.calls.push("register");
    this.bridge = bridge;
  }

  send(payload: Uint8Array | string): void {
    this.calls.push(`send ${typeof payload === "string" ? JSON.parse(payload).type : typeof payload}`);
    if (this.calls.length === 2) queueMicrotask(() => this.bridge?.data(HELLO));
  }

  close(): void {
    this.calls.push("close");
  }
}

async function started() {
  const adapter = new RecordingAdapter();
  const news: unknown[] = [];
  const bridge = createBridge({ connector: createIostreamConnector(adapter, { codec: "json" }), clock: fakeClock() });
  await bridge.start({
    onResync: () => bridge.resyncComplete(),
    onMessage: (message) => news.push(message.type),
    onExit: (reason, willRestart) => news.push({ reason, willRestart }),
    onEnd: (error) => news.push(error ?? "end"),
  });
  await Promise.resolve();
  news.length = 0;
  return { adapter, bridge, news };
}

const settle = async (): Promise<void> => {
  for (let round = 0; round < 20; round += 1) await Promise.resolve();
};

test("[R231] the bridge registers with the adapter first, exactly once", async () => {
  const { adapter } = await started();
  expect(adapter.calls).toEqual(["register", "send settings"]);
});

test("[R232] [R233] each delivery is one message, each send is one message without framing", async () => {
  const { adapter, bridge, news } = await started();
  bridge.send({ type: "snapshot", tree: { id: "main", type: "window", props: {}, children: [] } });
  adapter.bridge?.data('{"type":"event","family":"click","id":"a"}');
  adapter.bridge?.data('{"type":"event","family":"click","id":"b"}');
  await settle();
  expect(adapter.calls.at(-1)).toBe("send snapshot");
  expect(news).toEqual(["event", "event"]);
});

test("[R234] closing ends the bridge and passes the reason on", async () => {
  const { adapter, bridge, news } = await started();
  adapter.bridge?.closed("ssh_closed");
  await settle();
  expect(news).toEqual([{ reason: { kind: "connection-lost", detail: "ssh_closed" }, willRestart: false }, "end"]);
  expect(bridge.state).toBe("stopped");
  expect(adapter.calls).not.toContain("close");
});

test("a missing reason is called closed, and deliveries after it are ignored", async () => {
  const { adapter, news } = await started();
  adapter.bridge?.closed();
  adapter.bridge?.data('{"type":"event","family":"click","id":"a"}');
  adapter.bridge?.closed("again");
  await settle();
  expect(news).toEqual([{ reason: { kind: "connection-lost", detail: "closed" }, willRestart: false }, "end"]);
});

test("stop closes the adapter once", async () => {
  const { adapter, bridge } = await started();
  await bridge.stop();
  await bridge.stop();
  expect(adapter.calls.filter((call) => call === "close")).toHaveLength(1);
});

test("a restart on purpose is refused, because there is no second connection", async () => {
  const { adapter, bridge, news } = await started();
  bridge.restart();
  await settle();
  expect(bridge.state).toBe("ready");
  expect(adapter.calls).not.toContain("close");
  expect(news).toEqual([]);
});
