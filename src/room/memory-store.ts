import { RoomError } from "./room-error.ts";
import type { LogEntry, LogStore, Snapshot } from "./store.ts";

interface MemoryRoom {
  epoch: number;
  head: number;
  entries: LogEntry[];
  snapshots: Snapshot[];
  /** Number by client and clientSeq, for entries that are still in the log. */
  readonly seqs: Map<string, number>;
  /** Highest clientSeq by client, also for entries that are not. */
  readonly highest: Map<string, number>;
}

/** A log in memory: rooms live as long as the process. */
export function createMemoryStore(): LogStore {
  const rooms = new Map<string, MemoryRoom>();
  const doorbells = new Map<string, Set<(seq: number) => void>>();

  function roomOf(name: string): MemoryRoom {
    let room = rooms.get(name);
    if (room === undefined) {
      room = { epoch: 0, head: 0, entries: [], snapshots: [], seqs: new Map(), highest: new Map() };
      rooms.set(name, room);
    }
    return room;
  }

  return {
    async openRoom(name) {
      const room = roomOf(name);
      room.epoch += 1;
      return { epoch: room.epoch };
    },
    async append(name, epoch, entries) {
      const room = roomOf(name);
      refuseStaleEpoch(name, epoch, room.epoch);
      const seqs = entries.map((entry) => {
        const known = knownSeq(room, entry.client, entry.clientSeq);
        if (known !== undefined) return known;
        room.head += 1;
        room.entries.push(structuredClone({ ...entry, seq: room.head }));
        room.seqs.set(clientKey(entry.client, entry.clientSeq), room.head);
        room.highest.set(entry.client, entry.clientSeq);
        return room.head;
      });
      for (const wake of doorbells.get(name) ?? []) wake(room.head);
      return seqs;
    },
    async read(name, after, limit) {
      const { entries } = roomOf(name);
      const first = entries[0]?.seq ?? 1;
      const start = Math.max(0, after + 1 - first);
      return structuredClone(entries.slice(start, start + limit));
    },
    subscribe(name, wake) {
      const wakes = doorbells.get(name) ?? new Set();
      doorbells.set(name, wakes.add(wake));
      return () => {
        wakes.delete(wake);
      };
    },
    snapshots: {
      async put(name, snapshot) {
        const room = roomOf(name);
        if ((room.snapshots[0]?.seq ?? -1) >= snapshot.seq) return;
        room.snapshots = [structuredClone(snapshot), ...room.snapshots.slice(0, 1)];
        const floor = room.snapshots[1]?.seq ?? 0;
        const kept = room.entries.findIndex((entry) => entry.seq > floor);
        const dropped = room.entries.splice(0, kept === -1 ? room.entries.length : kept);
        for (const entry of dropped) room.seqs.delete(clientKey(entry.client, entry.clientSeq));
      },
      async get(name) {
        return structuredClone(roomOf(name).snapshots[0]);
      },
    },
    async close() {},
  };
}

export function refuseStaleEpoch(room: string, epoch: number, current: number): void {
  if (epoch === current) return;
  throw new RoomError(
    "stale-epoch",
    `room ${room} is at epoch ${current}, this writer has ${epoch}: another process has taken the room over`,
  );
}

export function clientKey(client: string, clientSeq: number): string {
  return `${client} ${clientSeq}`;
}

/** The number a repeated entry has: its own, or the end of the log it was compacted from. */
function knownSeq(room: MemoryRoom, client: string, clientSeq: number): number | undefined {
  if (clientSeq > (room.highest.get(client) ?? 0)) return undefined;
  return room.seqs.get(clientKey(client, clientSeq)) ?? room.snapshots[1]?.seq ?? 0;
}
