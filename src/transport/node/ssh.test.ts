import { Duplex } from "node:stream";
import { describe, expect, test } from "vitest";
import { fakeClock } from "../../testing/fake-clock.ts";
import { encodePacket } from "../../wire/framing.ts";
import { SSH_CLOSED, SshAdapter, type SshAdapterOptions } from "./ssh.ts";

/** A channel whose other end is the test. */
class FakeChannel extends Duplex {
  readonly written: Buffer[] = [];
  readonly calls: string[] = [];
  readonly stderr = { write: (text: string) => this.calls.push(`stderr ${text.trim()}`) };
  isStalled = false;
  #stalled: (() => void)[] = [];

  constructor() {
    super({ emitClose: false, highWaterMark: 16 });
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.written.push(chunk);
    if (this.isStalled) this.#stalled.push(done);
    else done();
  }

  override _final(done: () => void): void {
    this.calls.push("end");
    done();
  }

  exit(status: number): void {
    this.calls.push(`exit ${status}`);
  }

  flow(): void {
    this.isStalled = false;
    for (const done of this.#stalled.splice(0)) done();
  }
}

function setUp(options: SshAdapterOptions = {}) {
  const channel = new FakeChannel();
  const clock = fakeClock();
  const heard: string[] = [];
  const log: string[] = [];
  const adapter = new SshAdapter(channel, {
    clock,
    onEnd: () => log.push("ended"),
    onCut: (reason) => log.push(`cut ${reason}`),
    ...options,
  });
  const register = (): void =>
    adapter.register({
      data: (payload) => heard.push(Buffer.from(payload).toString()),
      drained: () => heard.push("(drained)"),
      closed: (reason) => heard.push(`(closed ${reason})`),
    });
  return { channel, clock, heard, log, adapter, register };
}

const packet = (text: string): Buffer => Buffer.from(encodePacket(Buffer.from(text)));
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("an SSH channel", () => {
  test("[R363] puts four bytes of length before each message", () => {
    const { channel, adapter, register } = setUp();
    register();
    adapter.send(Buffer.from("hello"));
    expect(Buffer.concat(channel.written)).toEqual(Buffer.from("\0\0\0\u0005hello"));
  });

  test("[R364] cuts three messages out of one chunk and keeps the rest", async () => {
    const { channel, heard, register } = setUp();
    register();
    channel.push(Buffer.concat([packet("one"), packet("two"), packet("three"), packet("four").subarray(0, 6)]));
    await turn();
    expect(heard).toEqual(["one", "two", "three"]);
    channel.push(packet("four").subarray(6));
    await turn();
    expect(heard.at(-1)).toBe("four");
  });

  test("[R364] takes messages byte by byte", async () => {
    const { channel, heard, register } = setUp();
    register();
    for (const byte of Buffer.concat([packet("one"), packet("two")])) {
      channel.push(Buffer.from([byte]));
      await turn();
    }
    expect(heard).toEqual(["one", "two"]);
  });

  test("[R368] keeps what arrives before a bridge has registered", async () => {
    const { channel, heard, register } = setUp();
    channel.push(packet("early"));
    await turn();
    expect(heard).toEqual([]);
    register();
    await turn();
    expect(heard).toEqual(["early"]);
  });

  test("[R370] tells the bridge when the client ends, once, and answers with status 0", async () => {
    const { channel, heard, log, adapter, register } = setUp();
    register();
    channel.push(null);
    await turn();
    channel.emit("close");
    adapter.gone();
    expect(heard).toEqual([`(closed ${SSH_CLOSED})`]);
    expect(log).toEqual(["ended"]);
    expect(channel.calls).toEqual(["exit 0", "end"]);
  });

  test("[R371] may be closed twice and after it is gone", async () => {
    const { channel, adapter, clock, log, register } = setUp();
    register();
    const closing = adapter.close();
    void adapter.close();
    channel.emit("close");
    await closing;
    await adapter.close();
    adapter.send(Buffer.from("late"));
    adapter.refuse("late");
    expect(channel.calls).toEqual(["exit 0", "end"]);
    expect(log).toEqual(["ended"]);
    expect(clock.pending).toBe(0);
  });

  test("that was gone before the bridge came says so to it", () => {
    const { heard, adapter, register } = setUp();
    adapter.gone();
    register();
    expect(heard).toEqual([`(closed ${SSH_CLOSED})`]);
  });

  test("is given up when the client does not confirm the close", async () => {
    const { adapter, clock } = setUp({ closeGraceMs: 50 });
    const closing = adapter.close();
    clock.advance(50);
    await closing;
    expect(clock.pending).toBe(0);
  });

  test("reports congestion and when it is over", async () => {
    const { channel, heard, adapter, register } = setUp();
    register();
    channel.isStalled = true;
    expect(adapter.send(Buffer.alloc(100))).toBe(false);
    channel.flow();
    await turn();
    expect(heard).toEqual(["(drained)"]);
    expect(adapter.send(Buffer.from("x"))).toBe(true);
  });

  test("is closed when its client reads too slowly", () => {
    const { channel, heard, log, adapter, register } = setUp({ maxPendingBytes: 1_000 });
    register();
    channel.isStalled = true;
    for (let count = 0; count < 20; count += 1) adapter.send(Buffer.alloc(100));
    expect(log).toEqual(["cut the client reads too slowly", "ended"]);
    expect(heard).toEqual([`(closed ${SSH_CLOSED})`]);
    expect(channel.calls).toContain("exit 1");
  });

  test.each([
    ["a message over the limit", Buffer.from([0, 0, 0, 200]), "over the limit"],
    ["an empty message", Buffer.from([0, 0, 0, 0]), "empty frame"],
  ])("is closed after %s, with a sentence", async (_name, bytes, reason) => {
    const { channel, heard, log, register } = setUp({ maxFrameBytes: 100 });
    register();
    channel.push(Buffer.concat([packet("good"), bytes, packet("bad")]));
    await turn();
    expect(heard).toEqual(["good", `(closed ${SSH_CLOSED})`]);
    expect(log[0]).toContain(reason);
    expect(channel.calls[0]).toContain(reason);
  });
});
