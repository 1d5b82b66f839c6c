import { seededRandom } from "../../src/base/index.ts";
import { type ActionContext, type LogStore, Room, type Seat, type SharedDefinition } from "../../src/room/index.ts";
import { openEmbeddedStore } from "../../src/server/store/embedded-store.ts";

/** Runs as a process of its own, to be killed: a room over the embedded store, driven over the IPC channel. */

export interface Action {
  /** Given once in a test. */
  readonly number: number;
}

export interface Applied extends Action {
  readonly seq: number;
  readonly participant: string;
  /** From the entry: another one after a replay would mean another model. */
  readonly roll: number;
  readonly at: number;
}

export interface Model {
  readonly applied: readonly Applied[];
}

export type ToRoom =
  | { readonly kind: "act"; readonly participant: string; readonly number: number }
  /** Kills the process so many turns after the next snapshot began. */
  | { readonly kind: "kill-in-snapshot"; readonly turns: number }
  | { readonly kind: "close" };

export type FromRoom =
  | {
      readonly kind: "opened";
      readonly model: Model;
      readonly seq: number;
      /** What is in the log still, from its first entry on. */
      readonly log: readonly { readonly seq: number; readonly number: number }[];
      /** The model that a room of nothing but the newest snapshot and the log arrives at. */
      readonly replayed: Model;
    }
  | { readonly kind: "seen"; readonly participant: string; readonly seq: number; readonly last: Applied }
  | { readonly kind: "stored"; readonly number: number; readonly seq: number };

export const PARTICIPANTS = ["anna", "bert", "carl", "dora", "emil"];

export const definition: SharedDefinition<Model, Action> = {
  name: "killed",
  version: "1",
  init: () => ({ applied: [] }),
  update: apply,
};

function apply({ applied }: Model, { number }: Action, { seq, participant, random, at }: ActionContext): Model {
  return { applied: [...applied, { number, seq, participant, roll: random(), at }] };
}

async function main(folder: string): Promise<void> {
  let turnsToKill: number | undefined;
  const store = await openEmbeddedStore(folder);
  const watched: LogStore = {
    ...delegate(store),
    snapshots: {
      get: (room) => store.snapshots.get(room),
      put: (room, snapshot) => {
        if (turnsToKill !== undefined) killAfter(turnsToKill);
        return store.snapshots.put(room, snapshot);
      },
    },
  };
  const room = await Room.open({ definition, store: watched, scheduler: setImmediate });
  const log = await store.read(definition.name, 0, 100_000);
  send({
    kind: "opened",
    model: room.model,
    seq: room.seq,
    log: log.map(({ seq, body }) => ({ seq, number: (body as Action).number })),
    replayed: await replay(store),
  });
  const seats = new Map<string, Seat>();
  for (const participant of PARTICIPANTS) {
    const port = {
      deliver: (news: Parameters<Parameters<typeof room.join>[1]["deliver"]>[0]) => {
        for (const item of news) {
          const last = item.type === "model" ? item.model.applied.at(-1) : undefined;
          if (item.type === "model" && last !== undefined) send({ kind: "seen", participant, seq: item.seq, last });
        }
      },
      perform: () => {},
    };
    seats.set(participant, room.join({ id: participant, name: participant }, port));
  }
  process.on("message", (message: ToRoom) => {
    if (message.kind === "kill-in-snapshot") turnsToKill = message.turns;
    else if (message.kind === "close") {
      void room
        .close()
        .then(() => store.close())
        .then(() => process.disconnect());
    } else {
      const { participant, number } = message;
      seats
        .get(participant)
        ?.share({ number })
        .then(
          (seq) => send({ kind: "stored", number, seq }),
          // A refused action was seen by nobody; the parent goes by what is stored.
          () => {},
        );
    }
  });
}

/** The newest snapshot and the log after it, folded here and not by the room. */
async function replay(store: LogStore): Promise<Model> {
  const snapshot = await store.snapshots.get(definition.name);
  let model = snapshot === undefined ? definition.init() : (snapshot.model as Model);
  for (const { seq, client, at, seed, body } of await store.read(definition.name, snapshot?.seq ?? 0, 100_000)) {
    const participant = client.slice(0, client.lastIndexOf("@"));
    model = apply(model, body as Action, { seq, at, participant, random: seededRandom(seed) });
  }
  return model;
}

function delegate(store: LogStore): Omit<LogStore, "snapshots"> {
  return {
    append: (room, epoch, entries) => store.append(room, epoch, entries),
    read: (room, after, limit) => store.read(room, after, limit),
    subscribe: (room, wake) => store.subscribe(room, wake),
    openRoom: (room) => store.openRoom(room),
    close: () => store.close(),
  };
}

function killAfter(turns: number): void {
  if (turns === 0) process.kill(process.pid, "SIGKILL");
  else setImmediate(() => killAfter(turns - 1));
}

function send(message: FromRoom): void {
  process.send?.(message);
}

const folder = process.argv[2];
if (folder !== undefined && process.send !== undefined) void main(folder);
