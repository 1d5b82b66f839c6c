import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { createMemoryStore, type LogStore, type NewEntry } from "../../src/room/index.ts";
import { openEmbeddedStore } from "../../src/server/store/embedded-store.ts";

const folders: string[] = [];
const stores: LogStore[] = [];

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function openEmbedded(): Promise<LogStore> {
  const folder = await mkdtemp(join(tmpdir(), "plushie-log-"));
  folders.push(folder);
  return openEmbeddedStore(folder);
}

function entry(client: string, clientSeq: number, body: unknown = { text: "ä", list: [1, null] }): NewEntry {
  return { client, clientSeq, at: 1_000 + clientSeq, seed: 7, body };
}

describe.each([
  ["memory", async () => createMemoryStore()],
  ["embedded", openEmbedded],
] as const)("log store: %s", (_name, open) => {
  async function opened(): Promise<{ store: LogStore; epoch: number }> {
    const store = await open();
    stores.push(store);
    const { epoch } = await store.openRoom("r");
    return { store, epoch };
  }

  test("numbers entries from 1 without gaps, in the order of the calls", async () => {
    const { store, epoch } = await opened();
    const seqs = await Promise.all([
      store.append("r", epoch, [entry("a", 1), entry("b", 1)]),
      store.append("r", epoch, [entry("a", 2)]),
      store.append("r", epoch, [entry("b", 2), entry("b", 3)]),
    ]);
    expect(seqs).toEqual([[1, 2], [3], [4, 5]]);
    const read = await store.read("r", 0, 10);
    expect(read.map((item) => [item.seq, item.client, item.clientSeq])).toEqual([
      [1, "a", 1],
      [2, "b", 1],
      [3, "a", 2],
      [4, "b", 2],
      [5, "b", 3],
    ]);
    expect(read[0]).toEqual({ ...entry("a", 1), seq: 1 });
  });

  test("reads after a number, at most so many", async () => {
    const { store, epoch } = await opened();
    await store.append(
      "r",
      epoch,
      [1, 2, 3, 4, 5].map((n) => entry("a", n)),
    );
    expect((await store.read("r", 2, 2)).map((item) => item.seq)).toEqual([3, 4]);
    expect(await store.read("r", 5, 2)).toEqual([]);
  });

  test("stores a repeated entry once and answers with its number", async () => {
    const { store, epoch } = await opened();
    await store.append("r", epoch, [entry("a", 1), entry("a", 2)]);
    expect(await store.append("r", epoch, [entry("a", 2), entry("a", 3)])).toEqual([2, 3]);
    expect(await store.append("r", epoch, [entry("b", 1), entry("b", 1)])).toEqual([4, 4]);
    expect(await store.read("r", 0, 10)).toHaveLength(4);
  });

  test("refuses a writer whose epoch is over", async () => {
    const { store, epoch } = await opened();
    const next = await store.openRoom("r");
    expect(next.epoch).toBeGreaterThan(epoch);
    await expect(store.append("r", epoch, [entry("a", 1)])).rejects.toMatchObject({ code: "stale-epoch" });
    expect(await store.append("r", next.epoch, [entry("a", 1)])).toEqual([1]);
  });

  test("rings the doorbell after an append until it is taken off", async () => {
    const { store, epoch } = await opened();
    let rings = 0;
    const stop = store.subscribe("r", () => {
      rings += 1;
    });
    await store.append("r", epoch, [entry("a", 1)]);
    expect(rings).toBe(1);
    stop();
    await store.append("r", epoch, [entry("a", 2)]);
    expect(rings).toBe(1);
  });

  test("keeps the newest snapshot and the log after the one before it", async () => {
    const { store, epoch } = await opened();
    await store.append(
      "r",
      epoch,
      [1, 2, 3, 4, 5, 6].map((n) => entry("a", n)),
    );
    const snapshot = (seq: number) => ({ seq, version: "1", model: { n: seq }, clients: { a: seq } });
    await store.snapshots.put("r", snapshot(2));
    expect(await store.read("r", 0, 10)).toHaveLength(6);
    await store.snapshots.put("r", snapshot(4));
    await store.snapshots.put("r", snapshot(3));
    expect(await store.snapshots.get("r")).toEqual(snapshot(4));
    expect((await store.read("r", 0, 10)).map((item) => item.seq)).toEqual([3, 4, 5, 6]);
    expect(await store.append("r", epoch, [entry("a", 1)])).toEqual([2]);
    expect(await store.append("r", epoch, [entry("a", 7)])).toEqual([7]);
  });

  test("keeps rooms apart", async () => {
    const { store, epoch } = await opened();
    const other = await store.openRoom("r2");
    await store.append("r", epoch, [entry("a", 1)]);
    expect(await store.append("r2", other.epoch, [entry("a", 1)])).toEqual([1]);
    expect(await store.read("r2", 0, 10)).toHaveLength(1);
  });
});

describe("embedded log store", () => {
  test("gives everything back after it was closed and opened again", async () => {
    const folder = await mkdtemp(join(tmpdir(), "plushie-log-"));
    folders.push(folder);
    const first = await openEmbeddedStore(folder);
    const { epoch } = await first.openRoom("r");
    await first.append(
      "r",
      epoch,
      [1, 2, 3].map((n) => entry("a", n)),
    );
    await first.snapshots.put("r", { seq: 2, version: "1", model: [2], clients: { a: 2 } });
    await first.close();
    const second = await openEmbeddedStore(folder);
    stores.push(second);
    const reopened = await second.openRoom("r");
    expect(reopened.epoch).toBe(epoch + 1);
    expect(await second.snapshots.get("r")).toMatchObject({ seq: 2, model: [2] });
    expect(await second.append("r", reopened.epoch, [entry("a", 3), entry("a", 4)])).toEqual([3, 4]);
  });

  test("says so when another process has the folder", async () => {
    const folder = await mkdtemp(join(tmpdir(), "plushie-log-"));
    folders.push(folder);
    stores.push(await openEmbeddedStore(folder));
    await expect(openEmbeddedStore(folder)).rejects.toMatchObject({ code: "store-failed" });
  });

  test("refuses a room name that could leave its key range", async () => {
    const store = await openEmbedded();
    stores.push(store);
    await expect(store.openRoom("a/../b")).rejects.toMatchObject({ code: "store-failed" });
  });
});
