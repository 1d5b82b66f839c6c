import type { Command } from "../app/index.ts";
import { err, type Logger, messageOf, ok, type Result, seededRandom } from "../base/index.ts";
import { READ_BATCH_ENTRIES, SNAPSHOT_EVERY_CHARS, SNAPSHOT_EVERY_ENTRIES } from "./limits.ts";
import { RoomError } from "./room-error.ts";
import type { ActionContext, SharedChange, SharedDefinition, SharedResult } from "./shared.ts";
import type { LogEntry, LogStore } from "./store.ts";

export interface Outcome<Model> {
  readonly model: Model;
  readonly command?: Command;
  readonly reply?: unknown;
}

/** The model at one point of the log. Equal logs give equal models: everything `update` sees comes from the entry. */
export class Replica<Model, Action> {
  readonly #definition: SharedDefinition<Model, Action>;
  readonly #store: LogStore;
  readonly #logger: Logger;
  readonly #clients: Record<string, number>;
  #model: Model;
  #seq: number;
  #snapshotSeq: number;
  #charsSinceSnapshot = 0;

  private constructor(
    definition: SharedDefinition<Model, Action>,
    store: LogStore,
    logger: Logger,
    start: { readonly model: Model; readonly seq: number; readonly clients: Readonly<Record<string, number>> },
  ) {
    this.#definition = definition;
    this.#store = store;
    this.#logger = logger;
    this.#model = start.model;
    this.#seq = start.seq;
    this.#snapshotSeq = start.seq;
    this.#clients = { ...start.clients };
  }

  /** Newest snapshot, then the log after it. */
  static async load<Model, Action>(
    definition: SharedDefinition<Model, Action>,
    store: LogStore,
    logger: Logger,
  ): Promise<Replica<Model, Action>> {
    const snapshot = await store.snapshots.get(definition.name);
    const start =
      snapshot === undefined
        ? { model: definition.init(), seq: 0, clients: {} }
        : {
            model: currentModel(definition, snapshot.model, snapshot.version),
            seq: snapshot.seq,
            clients: snapshot.clients,
          };
    const replica = new Replica(definition, store, logger, start);
    for await (const entry of replica.tail())
      replica.apply(entry, entry.client.slice(0, entry.client.lastIndexOf("@")));
    return replica;
  }

  get model(): Model {
    return this.#model;
  }

  get seq(): number {
    return this.#seq;
  }

  /** What the log has after the last applied entry. The caller applies each entry before asking for the next. */
  async *tail(): AsyncGenerator<LogEntry> {
    for (;;) {
      const entries = await this.#store.read(this.#definition.name, this.#seq, READ_BATCH_ENTRIES);
      if (entries.length === 0) return;
      for (const entry of entries) {
        if (entry.seq === this.#seq + 1) yield entry;
        else if (entry.seq > this.#seq + 1) {
          throw new RoomError(
            "store-failed",
            `the log of room ${this.#definition.name} has no entry ${this.#seq + 1}, the next one is ${entry.seq}`,
          );
        }
      }
    }
  }

  /** Applies the next entry. A throwing `update` keeps the model; the entry counts as applied all the same. */
  apply(entry: LogEntry, author: string): Result<Outcome<Model>, string> {
    this.#seq = entry.seq;
    this.#clients[entry.client] = Math.max(this.#clients[entry.client] ?? 0, entry.clientSeq);
    this.#charsSinceSnapshot += approximateChars(entry.body);
    const context: ActionContext = {
      seq: entry.seq,
      at: entry.at,
      random: seededRandom(entry.seed),
      participant: author,
    };
    try {
      const outcome = readOutcome(this.#definition.update(this.#model, entry.body as Action, context));
      this.#model = outcome.model;
      return ok(outcome);
    } catch (thrown) {
      this.#logger({
        level: "error",
        code: "room-update-failed",
        message: `update of room ${this.#definition.name} threw at action ${entry.seq} of ${author}: ${messageOf(thrown)}`,
        error: thrown,
      });
      return err(messageOf(thrown));
    }
  }

  async snapshotIfDue(): Promise<void> {
    const isDue =
      this.#seq - this.#snapshotSeq >= SNAPSHOT_EVERY_ENTRIES || this.#charsSinceSnapshot >= SNAPSHOT_EVERY_CHARS;
    if (isDue) await this.writeSnapshot();
  }

  /** A snapshot that cannot be written costs replay time, not data: it is reported and tried again later. */
  async writeSnapshot(): Promise<void> {
    if (this.#seq === this.#snapshotSeq) return;
    const seq = this.#seq;
    this.#charsSinceSnapshot = 0;
    this.#snapshotSeq = seq;
    const { name, version } = this.#definition;
    try {
      await this.#store.snapshots.put(name, { seq, version, model: this.#model, clients: { ...this.#clients } });
    } catch (thrown) {
      this.#logger({
        level: "error",
        code: "snapshot-failed",
        message: `snapshot ${seq} of room ${name} was not stored: ${messageOf(thrown)}`,
        error: thrown,
      });
    }
  }
}

function currentModel<Model, Action>(
  definition: SharedDefinition<Model, Action>,
  stored: unknown,
  version: string,
): Model {
  // The store gives back what this definition's update produced, by the version check.
  if (version === definition.version) return stored as Model;
  if (definition.migrate !== undefined) return definition.migrate(stored, version);
  throw new RoomError(
    "version-mismatch",
    `room ${definition.name} was stored by version ${version} and this is ${definition.version}: give the definition a migrate function`,
  );
}

function readOutcome<Model>(result: SharedResult<Model>): Outcome<Model> {
  if (result === undefined) throw new Error("update returned undefined; end it with a final `return model`");
  if (result instanceof Promise) throw new Error("update returned a promise; it must be pure and return the model");
  return isChange(result) ? result : { model: result };
}

function isChange<Model>(result: SharedResult<Model>): result is SharedChange<Model> {
  return typeof result === "object" && result !== null && "~change" in result && result["~change"] === true;
}

/** Good enough to decide when a snapshot is due, without encoding the body a second time. */
function approximateChars(body: unknown): number {
  if (typeof body === "string") return body.length;
  if (typeof body !== "object" || body === null) return 8;
  let chars = 2;
  for (const value of Object.values(body)) chars += 8 + approximateChars(value);
  return chars;
}
