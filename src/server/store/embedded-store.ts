import { chmod, mkdir } from "node:fs/promises";
import { ClassicLevel } from "classic-level";
import { messageOf } from "../../base/index.ts";
import {
  clientKey,
  type LogEntry,
  type LogStore,
  type NewEntry,
  RoomError,
  refuseStaleEpoch,
  type Snapshot,
} from "../../room/index.ts";

/**
 * The durable log of one process: a LevelDB folder. `append` returns after the write-ahead log is synced to the disk, so
 * what it returned survives `kill -9` and a power failure. LevelDB locks the folder: a second process is refused.
 *
 * Keys, per room: `epoch`, `log/<seq>`, `snapshot/<seq>`. Numbers have 16 hexadecimal digits, so keys sort like numbers.
 */
export async function openEmbeddedStore(folder: string): Promise<LogStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const level = new ClassicLevel<string, string>(folder, { keyEncoding: "utf8", valueEncoding: "utf8" });
  try {
    await level.open();
  } catch (thrown) {
    const cause = thrown instanceof Error && thrown.cause !== undefined ? thrown.cause : thrown;
    throw new RoomError("store-failed", `the log in ${folder} cannot be opened: ${messageOf(cause)}`, { cause });
  }
  return new EmbeddedStore(level);
}

interface OpenRoom {
  epoch: number;
  head: number;
  /** Numbers of the two kept snapshots, newest first. */
  snapshots: number[];
  readonly seqs: Map<string, number>;
  readonly highest: Map<string, number>;
  /** Appends run one after another: numbers are given in the order of the calls. */
  tail: Promise<unknown>;
}

class EmbeddedStore implements LogStore {
  readonly #level: ClassicLevel<string, string>;
  readonly #rooms = new Map<string, Promise<OpenRoom>>();
  readonly #doorbells = new Map<string, Set<(seq: number) => void>>();
  readonly snapshots: LogStore["snapshots"];

  constructor(level: ClassicLevel<string, string>) {
    this.#level = level;
    this.snapshots = {
      put: (room, snapshot) => this.#putSnapshot(room, snapshot),
      get: (room) => this.#getSnapshot(room),
    };
  }

  async openRoom(name: string): Promise<{ readonly epoch: number }> {
    const room = await this.#room(name);
    const epoch = room.epoch + 1;
    await this.#level.put(`${prefixOf(name)}epoch`, String(epoch), { sync: true });
    room.epoch = epoch;
    return { epoch };
  }

  async append(name: string, epoch: number, entries: readonly NewEntry[]): Promise<readonly number[]> {
    const room = await this.#room(name);
    const work = room.tail.then(() => this.#appendNext(name, room, epoch, entries));
    room.tail = work.catch(() => undefined);
    const seqs = await work;
    for (const wake of this.#doorbells.get(name) ?? []) wake(room.head);
    return seqs;
  }

  async read(name: string, after: number, limit: number): Promise<readonly LogEntry[]> {
    const prefix = `${prefixOf(name)}log/`;
    const entries: LogEntry[] = [];
    for await (const [key, value] of this.#level.iterator({
      gt: prefix + digits(after),
      lt: `${prefix}~`,
      limit,
    })) {
      entries.push(parseEntry(name, key, value));
    }
    return entries;
  }

  subscribe(name: string, wake: (seq: number) => void): () => void {
    const wakes = this.#doorbells.get(name) ?? new Set();
    this.#doorbells.set(name, wakes.add(wake));
    return () => {
      wakes.delete(wake);
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#rooms.values()].map(async (room) => (await room).tail));
    await this.#level.close();
  }

  async #appendNext(
    name: string,
    room: OpenRoom,
    epoch: number,
    entries: readonly NewEntry[],
  ): Promise<readonly number[]> {
    refuseStaleEpoch(name, epoch, room.epoch);
    const added = new Map<string, number>();
    const writes: { type: "put"; key: string; value: string }[] = [];
    const seqs = entries.map((entry) => {
      const key = clientKey(entry.client, entry.clientSeq);
      const known = added.get(key) ?? this.#knownSeq(room, entry, key);
      if (known !== undefined) return known;
      const seq = room.head + writes.length + 1;
      const value = JSON.stringify([entry.client, entry.clientSeq, entry.at, entry.seed, entry.body]);
      writes.push({ type: "put", key: `${prefixOf(name)}log/${digits(seq)}`, value });
      added.set(key, seq);
      return seq;
    });
    if (writes.length === 0) return seqs;
    await this.#level.batch(writes, { sync: true });
    room.head += writes.length;
    for (const [key, seq] of added) room.seqs.set(key, seq);
    for (const entry of entries) {
      room.highest.set(entry.client, Math.max(entry.clientSeq, room.highest.get(entry.client) ?? 0));
    }
    return seqs;
  }

  #knownSeq(room: OpenRoom, entry: NewEntry, key: string): number | undefined {
    if (entry.clientSeq > (room.highest.get(entry.client) ?? 0)) return undefined;
    return room.seqs.get(key) ?? room.snapshots[1] ?? 0;
  }

  #room(name: string): Promise<OpenRoom> {
    let room = this.#rooms.get(name);
    if (room === undefined) {
      room = this.#load(name);
      this.#rooms.set(name, room);
      // A load that failed is reported to its callers and tried again next time.
      room.catch(() => this.#rooms.delete(name));
    }
    return room;
  }

  /** Head and clients from the log after the newest snapshot. */
  async #load(name: string): Promise<OpenRoom> {
    const prefix = prefixOf(name);
    const epoch = Number((await this.#level.get(`${prefix}epoch`)) ?? "0");
    const snapshots: number[] = [];
    for await (const key of this.#level.keys({
      gte: `${prefix}snapshot/`,
      lt: `${prefix}snapshot/~`,
      reverse: true,
      limit: 2,
    })) {
      snapshots.push(Number.parseInt(key.slice(-16), 16));
    }
    const room: OpenRoom = {
      epoch,
      head: snapshots[0] ?? 0,
      snapshots,
      seqs: new Map(),
      highest: new Map(),
      tail: Promise.resolve(),
    };
    const snapshot = await this.#getSnapshot(name);
    for (const [client, clientSeq] of Object.entries(snapshot?.clients ?? {})) room.highest.set(client, clientSeq);
    for await (const [key, value] of this.#level.iterator({ gte: `${prefix}log/`, lt: `${prefix}log/~` })) {
      const entry = parseEntry(name, key, value);
      room.head = Math.max(room.head, entry.seq);
      room.seqs.set(clientKey(entry.client, entry.clientSeq), entry.seq);
      room.highest.set(entry.client, Math.max(entry.clientSeq, room.highest.get(entry.client) ?? 0));
    }
    return room;
  }

  async #putSnapshot(name: string, snapshot: Snapshot): Promise<void> {
    const room = await this.#room(name);
    if ((room.snapshots[0] ?? -1) >= snapshot.seq) return;
    const prefix = prefixOf(name);
    await this.#level.put(`${prefix}snapshot/${digits(snapshot.seq)}`, JSON.stringify(snapshot), { sync: true });
    const [newest, ...older] = [snapshot.seq, ...room.snapshots];
    room.snapshots = [newest, ...older.slice(0, 1)].filter((seq) => seq !== undefined);
    const floor = room.snapshots[1] ?? 0;
    await this.#level.clear({ gte: `${prefix}log/`, lte: `${prefix}log/${digits(floor)}` });
    await this.#level.clear({ gte: `${prefix}snapshot/`, lt: `${prefix}snapshot/${digits(floor)}` });
    for (const [key, seq] of room.seqs) if (seq <= floor) room.seqs.delete(key);
  }

  async #getSnapshot(name: string): Promise<Snapshot | undefined> {
    const prefix = `${prefixOf(name)}snapshot/`;
    for await (const [key, value] of this.#level.iterator({ gte: prefix, lt: `${prefix}~`, reverse: true, limit: 1 })) {
      return parseSnapshot(name, key, value);
    }
    return undefined;
  }
}

function prefixOf(room: string): string {
  if (!/^[A-Za-z0-9_.-]{1,128}$/.test(room)) {
    throw new RoomError("store-failed", "a room's name has 1 to 128 letters, digits or any of _ . -");
  }
  return `room/${room}/`;
}

function digits(seq: number): string {
  return seq.toString(16).padStart(16, "0");
}

function parseEntry(room: string, key: string, value: string): LogEntry {
  const parts: unknown = JSON.parse(value);
  if (Array.isArray(parts) && parts.length === 5) {
    const [client, clientSeq, at, seed, body] = parts as [unknown, unknown, unknown, unknown, unknown];
    if (
      typeof client === "string" &&
      typeof clientSeq === "number" &&
      typeof at === "number" &&
      typeof seed === "number"
    ) {
      return { seq: Number.parseInt(key.slice(-16), 16), client, clientSeq, at, seed, body };
    }
  }
  throw new RoomError("store-failed", `entry ${key.slice(-16)} in the log of room ${room} is damaged`);
}

function parseSnapshot(room: string, key: string, value: string): Snapshot {
  const snapshot: unknown = JSON.parse(value);
  if (typeof snapshot === "object" && snapshot !== null) {
    const { seq, version, model, clients } = snapshot as Record<string, unknown>;
    if (typeof seq === "number" && typeof version === "string" && typeof clients === "object" && clients !== null) {
      return { seq, version, model, clients: clients as Record<string, number> };
    }
  }
  throw new RoomError("store-failed", `snapshot ${key.slice(-16)} of room ${room} is damaged`);
}
