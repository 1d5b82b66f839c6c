/**
 * The ordered log behind a room. An entry that `append` returned is durable: it survives the process. Sequence numbers
 * of a room start at 1 and have no gaps. A distributed log fits this interface as well as an embedded one.
 */
export interface LogStore {
  /**
   * Appends all entries or none, in order. An entry whose (client, clientSeq) is in the log already is not stored again
   * and gets the number it has. Rejects with code `stale-epoch` when `epoch` is not the room's current one.
   */
  append(room: string, epoch: number, entries: readonly NewEntry[]): Promise<readonly number[]>;
  /** Entries with a number above `after`, in order, at most `limit`. */
  read(room: string, after: number, limit: number): Promise<readonly LogEntry[]>;
  /** Calls `wake` when the log has grown up to `seq`. A doorbell: correctness never depends on it. */
  subscribe(room: string, wake: (seq: number) => void): () => void;
  /** Snapshots compact: entries up to the older of the two kept snapshots may be deleted. */
  readonly snapshots: {
    /** Ignored when one with a higher `seq` is stored. */
    put(room: string, snapshot: Snapshot): Promise<void>;
    get(room: string): Promise<Snapshot | undefined>;
  };
  /** Takes the room over: returns the new, higher epoch; writers with an older one are refused from now on. */
  openRoom(room: string): Promise<{ readonly epoch: number }>;
  close(): Promise<void>;
}

export interface NewEntry {
  readonly client: string;
  /** Counts up per client; makes a repeated append harmless. */
  readonly clientSeq: number;
  /** Milliseconds since the epoch, and a 32-bit random seed: data of the event, so that `update` stays pure. */
  readonly at: number;
  readonly seed: number;
  /** Plain JSON-like data. */
  readonly body: unknown;
}

export interface LogEntry extends NewEntry {
  readonly seq: number;
}

export interface Snapshot {
  readonly seq: number;
  /** Version of the update function that made it. */
  readonly version: string;
  readonly model: unknown;
  /** Highest clientSeq per client at `seq`, so that repeats are recognised after compaction. */
  readonly clients: Readonly<Record<string, number>>;
}
