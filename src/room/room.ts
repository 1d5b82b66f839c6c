import type { Command } from "../app/index.ts";
import { type Clock, type Logger, messageOf, type Random, silentLogger, systemClock } from "../base/index.ts";
import { MAX_ACTION_CHARS, MAX_BATCH_ACTIONS, MAX_PARTICIPANTS, MAX_PENDING_ACTIONS } from "./limits.ts";
import { Replica } from "./replica.ts";
import { RoomError } from "./room-error.ts";
import type { Participant, SharedDefinition } from "./shared.ts";
import type { LogEntry, LogStore, NewEntry } from "./store.ts";

export interface RoomOptions<Model, Action> {
  readonly definition: SharedDefinition<Model, Action>;
  readonly store: LogStore;
  readonly clock?: Clock;
  /** Seeds the randomness that actions see. */
  readonly random?: Random;
  readonly logger?: Logger;
  readonly maxParticipants?: number;
  /** Runs `flush` when the turn is over. Default: a timer of 0 ms; in Node `setImmediate` is about a millisecond faster. */
  readonly scheduler?: (flush: () => void) => void;
}

/** What a participant's side hears. Called in order, never from inside `share`. */
export interface ParticipantPort<Model> {
  /** Everything that one turn brought, oldest first. Render once after all of it. */
  deliver(news: readonly RoomNews<Model>[]): void;
  /** A command that the central update returned for an action of this participant. */
  perform(command: Command): void;
}

export type RoomNews<Model> =
  | {
      readonly type: "model";
      readonly model: Model;
      readonly originatorId: string;
      readonly seq: number;
      /** Only at the originator, only when `update` gave one. */
      readonly reply?: unknown;
    }
  | { readonly type: "presence"; readonly participants: readonly Participant[] }
  /** An action of this participant was accepted and then made `update` throw; the model is as before. */
  | { readonly type: "failed"; readonly seq: number; readonly message: string }
  /** Unlogged news that the room's host published. */
  | { readonly type: "published"; readonly value: unknown };

/** A participant's seat. */
export interface Seat {
  readonly participant: Participant;
  /**
   * Hands an action to the room. Resolves with its number when it is durable; its effect is delivered after that.
   * Rejects with a `RoomError` when it was not accepted: then nobody has seen it.
   */
  share(action: unknown): Promise<number>;
  /** Changes name or color. */
  rename(change: { readonly name?: string; readonly color?: string }): void;
  leave(): void;
}

/** One applied action, for whoever performs the room's side effects. */
export interface Applied<Model, Action> {
  readonly model: Model;
  readonly action: Action;
  readonly seq: number;
  readonly participant: string;
}

interface Member<Model> {
  participant: Participant;
  readonly client: string;
  readonly port: ParticipantPort<Model>;
  clientSeq: number;
  news: RoomNews<Model>[];
}

interface PendingAction {
  readonly entry: NewEntry;
  readonly resolve: (seq: number) => void;
  readonly reject: (error: RoomError) => void;
}

/** Author of actions that the room's host shares by itself. */
export const HOST_ID = "host";

/**
 * Owns one shared model. Actions are appended to the log, then applied in the log's order, then delivered: one append
 * and one delivery per turn, however many actions arrived in it. An action is durable before anybody sees its effect.
 */
export class Room<Model, Action = unknown> {
  readonly #definition: SharedDefinition<Model, Action>;
  readonly #store: LogStore;
  readonly #clock: Clock;
  readonly #scheduler: (flush: () => void) => void;
  readonly #random: Random;
  readonly #logger: Logger;
  readonly #maxParticipants: number;
  readonly #replica: Replica<Model, Action>;
  readonly #epoch: number;
  readonly #members = new Map<string, Member<Model>>();
  readonly #host: Seat;
  readonly #appliedListeners = new Set<(applied: Applied<Model, Action>) => void>();
  readonly #unsubscribe: () => void;
  #pending: PendingAction[] = [];
  #working: Promise<void> | undefined;
  #isScheduled = false;
  /** How far the log goes, as its doorbell said. */
  #heardSeq = 0;
  #isPresenceDirty = false;
  #joined = 0;
  #isClosed = false;

  /** Takes the room over and rebuilds the model from the newest snapshot and the log after it. */
  static async open<Model, Action>(options: RoomOptions<Model, Action>): Promise<Room<Model, Action>> {
    const { definition, store } = options;
    const { epoch } = await store.openRoom(definition.name);
    const replica = await Replica.load(definition, store, options.logger ?? silentLogger);
    return new Room(options, replica, epoch);
  }

  private constructor(options: RoomOptions<Model, Action>, replica: Replica<Model, Action>, epoch: number) {
    this.#definition = options.definition;
    this.#store = options.store;
    this.#clock = options.clock ?? systemClock;
    this.#scheduler = options.scheduler ?? ((flush) => this.#clock.after(0, flush));
    this.#random = options.random ?? Math.random;
    this.#logger = options.logger ?? silentLogger;
    this.#maxParticipants = options.maxParticipants ?? MAX_PARTICIPANTS;
    this.#replica = replica;
    this.#epoch = epoch;
    this.#unsubscribe = this.#store.subscribe(this.#definition.name, (seq) => {
      this.#heardSeq = Math.max(this.#heardSeq, seq);
      // An own append rings as well; it is applied when it returns.
      if (this.#working === undefined) this.#schedule();
    });
    this.#host = this.#createSeat({
      participant: { id: HOST_ID, name: "host" },
      client: `${HOST_ID}@${epoch}`,
      port: { deliver: () => {}, perform: () => {} },
      clientSeq: 0,
      news: [],
    });
  }

  /** The authoritative model. */
  get model(): Model {
    return this.#replica.model;
  }

  /** Number of the last applied action. */
  get seq(): number {
    return this.#replica.seq;
  }

  get participants(): readonly Participant[] {
    return [...this.#members.values()].map((member) => member.participant);
  }

  /**
   * Adds a participant. The current model is `room.model`; everything after it is delivered. Throws `room-full` when
   * nobody else fits in. A second seat with the same id replaces the first.
   */
  join(participant: Participant, port: ParticipantPort<Model>): Seat {
    if (this.#isClosed) throw new RoomError("room-closed", `room ${this.#definition.name} is closed`);
    if (!/^[A-Za-z0-9_.:-]{1,128}$/.test(participant.id) || participant.id === HOST_ID) {
      throw new RoomError(
        "participant-invalid",
        `a participant id has 1 to 128 letters, digits or any of _ . : - and is not "${HOST_ID}"`,
      );
    }
    if (!this.#members.has(participant.id) && this.#members.size >= this.#maxParticipants) {
      throw new RoomError(
        "room-full",
        `room ${this.#definition.name} holds ${this.#maxParticipants} participants; try again later`,
      );
    }
    this.#joined += 1;
    const client = `${participant.id}@${this.#epoch}.${this.#joined}`;
    const member: Member<Model> = { participant, client, port, clientSeq: 0, news: [] };
    this.#members.set(participant.id, member);
    this.#markPresence();
    return this.#createSeat(member);
  }

  /** Shares an action in the host's own name. */
  share(action: Action): Promise<number> {
    return this.#host.share(action);
  }

  /** Sends unlogged news to everybody, in order with the model. Lost when the process dies. */
  publish(value: unknown): void {
    for (const member of this.#members.values()) member.news.push({ type: "published", value });
    this.#schedule();
  }

  /** Calls `listener` after each applied action, not for those replayed at the start. */
  onApplied(listener: (applied: Applied<Model, Action>) => void): () => void {
    this.#appliedListeners.add(listener);
    return () => {
      this.#appliedListeners.delete(listener);
    };
  }

  /** Lets what was accepted become durable, writes a snapshot, and ends. The store stays open. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    while (this.#pending.length > 0 || this.#working !== undefined) {
      await (this.#working ?? this.#work());
    }
    this.#isClosed = true;
    this.#unsubscribe();
    await this.#replica.writeSnapshot();
    this.#members.clear();
  }

  #createSeat(member: Member<Model>): Seat {
    const isSeated = () => this.#members.get(member.participant.id) === member;
    return {
      get participant() {
        return member.participant;
      },
      share: (action) => this.#accept(member, action),
      rename: (change) => {
        member.participant = { ...member.participant, ...change };
        if (isSeated()) this.#markPresence();
      },
      leave: () => {
        if (!isSeated()) return;
        this.#members.delete(member.participant.id);
        this.#markPresence();
      },
    };
  }

  #accept(member: Member<Model>, action: unknown): Promise<number> {
    const refusal = this.#refusal(member, action);
    if (refusal !== undefined) return Promise.reject(refusal);
    member.clientSeq += 1;
    const entry: NewEntry = {
      client: member.client,
      clientSeq: member.clientSeq,
      at: this.#clock.now(),
      seed: Math.floor(this.#random() * 0x1_0000_0000),
      body: action,
    };
    return new Promise((resolve, reject) => {
      this.#pending.push({ entry, resolve, reject });
      this.#schedule();
    });
  }

  #refusal(member: Member<Model>, action: unknown): RoomError | undefined {
    const { name } = this.#definition;
    if (this.#isClosed) return new RoomError("room-closed", `room ${name} is closed`);
    if (this.#pending.length >= MAX_PENDING_ACTIONS) {
      return new RoomError("room-overloaded", `${this.#pending.length} actions of room ${name} wait for its log`);
    }
    let text: string | undefined;
    try {
      text = JSON.stringify(action);
    } catch (thrown) {
      return new RoomError("action-invalid", `an action must be plain JSON data: ${messageOf(thrown)}`);
    }
    if (text === undefined) return new RoomError("action-invalid", "an action must be plain JSON data, not undefined");
    if (text.length > MAX_ACTION_CHARS) {
      return new RoomError(
        "action-invalid",
        `the action has ${text.length} characters as JSON; at most ${MAX_ACTION_CHARS} are allowed`,
      );
    }
    const accepted = this.#definition.accept?.(action, this.#replica.model, member.participant);
    if (accepted !== undefined && !accepted.ok) return new RoomError("action-refused", accepted.reason);
    return undefined;
  }

  #markPresence(): void {
    this.#isPresenceDirty = true;
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled || this.#isClosed) return;
    this.#isScheduled = true;
    // A macrotask, so that everything the current turn brings shares one append.
    this.#scheduler(() => {
      this.#isScheduled = false;
      void this.#work();
    });
  }

  #work(): Promise<void> {
    this.#working ??= this.#drain().finally(() => {
      this.#working = undefined;
      if (this.#pending.length > 0 || this.#isBehind || this.#hasNews) this.#schedule();
    });
    return this.#working;
  }

  async #drain(): Promise<void> {
    const batch = this.#pending.splice(0, MAX_BATCH_ACTIONS);
    if (batch.length > 0) await this.#append(batch);
    if (this.#isBehind) await this.#catchUp();
    this.#deliver();
    await this.#replica.snapshotIfDue();
  }

  /** Somebody came, left or was told something while the last delivery was over already. */
  get #hasNews(): boolean {
    return this.#isPresenceDirty || [...this.#members.values()].some((member) => member.news.length > 0);
  }

  get #isBehind(): boolean {
    return this.#heardSeq > this.#replica.seq;
  }

  async #append(batch: readonly PendingAction[]): Promise<void> {
    const entries = batch.map((pending) => pending.entry);
    let seqs: readonly number[];
    try {
      seqs = await this.#store.append(this.#definition.name, this.#epoch, entries);
    } catch (thrown) {
      this.#rejectAll(batch, thrown);
      return;
    }
    const first = this.#replica.seq + 1;
    const isContiguous = seqs.every((seq, index) => seq === first + index);
    if (isContiguous) {
      entries.forEach((entry, index) => {
        this.#apply({ ...entry, seq: first + index });
      });
    } else {
      await this.#catchUp();
    }
    batch.forEach((pending, index) => {
      pending.resolve(seqs[index] ?? this.#replica.seq);
    });
  }

  async #catchUp(): Promise<void> {
    try {
      for await (const entry of this.#replica.tail()) this.#apply(entry);
    } catch (thrown) {
      // The next append or doorbell tries again; trying at once would only spin.
      this.#heardSeq = this.#replica.seq;
      this.#logger({
        level: "error",
        code: "room-read-failed",
        message: `the log of room ${this.#definition.name} cannot be read: ${messageOf(thrown)}`,
        error: thrown,
      });
    }
  }

  #apply(entry: LogEntry): void {
    const author = entry.client.slice(0, entry.client.lastIndexOf("@"));
    const before = this.#replica.model;
    const outcome = this.#replica.apply(entry, author);
    const originator = this.#members.get(author);
    const isOwn = originator !== undefined && originator.client === entry.client;
    if (!outcome.ok) {
      if (isOwn) originator.news.push({ type: "failed", seq: entry.seq, message: outcome.error });
      return;
    }
    const { model, command, reply } = outcome.value;
    if (model !== before || reply !== undefined) {
      for (const member of this.#members.values()) {
        const hasReply = isOwn && member === originator && reply !== undefined;
        if (model === before && !hasReply) continue;
        const news = { type: "model", model, originatorId: author, seq: entry.seq } as const;
        member.news.push(hasReply ? { ...news, reply } : news);
      }
    }
    if (command !== undefined) {
      if (isOwn) this.#guard(originator, () => originator.port.perform(command));
      else {
        this.#logger({
          level: "warn",
          code: "room-command-dropped",
          message: `a command of action ${entry.seq} has nobody to run it: its author ${author} has left`,
        });
      }
    }
    const applied = { model, action: entry.body as Action, seq: entry.seq, participant: author };
    for (const listener of this.#appliedListeners) this.#guard(undefined, () => listener(applied));
  }

  #deliver(): void {
    if (this.#isPresenceDirty) {
      this.#isPresenceDirty = false;
      const participants = this.participants;
      for (const member of this.#members.values()) member.news.push({ type: "presence", participants });
    }
    for (const member of [...this.#members.values()]) {
      if (member.news.length === 0) continue;
      const news = member.news;
      member.news = [];
      this.#guard(member, () => member.port.deliver(news));
    }
  }

  #rejectAll(batch: readonly PendingAction[], thrown: unknown): void {
    const isStale = thrown instanceof RoomError && thrown.code === "stale-epoch";
    this.#logger({
      level: "error",
      code: isStale ? "stale-epoch" : "append-failed",
      message: `${batch.length} actions of room ${this.#definition.name} were not stored: ${messageOf(thrown)}`,
      error: thrown,
    });
    const error = isStale
      ? thrown
      : new RoomError("append-failed", `the change was not stored: ${messageOf(thrown)}`, { cause: thrown });
    for (const pending of batch) pending.reject(error);
  }

  /** One participant's fault stays with that participant. */
  #guard(member: Member<Model> | undefined, action: () => void): void {
    try {
      action();
    } catch (thrown) {
      this.#logger({
        level: "error",
        code: "room-listener-failed",
        message: `${member === undefined ? "a listener" : `participant ${member.participant.id}`} of room ${this.#definition.name} failed: ${messageOf(thrown)}`,
        error: thrown,
      });
    }
  }
}
