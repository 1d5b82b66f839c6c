import type { Command } from "../app/index.ts";
import type { Random } from "../base/index.ts";
import type { Participant } from "../protocol/index.ts";

export type { BroadcastEvent, Participant } from "../protocol/index.ts";

/**
 * What people share: one model, changed by actions only. Actions and model are plain JSON-like data. `update` is pure:
 * time, randomness and author come from the context, so that replaying the log gives the same model on every machine.
 */
export interface SharedDefinition<Model, Action> {
  /** Name of the log. Letters, digits, `-`, `_`, `.`. */
  readonly name: string;
  /** Changes when `update` would give another model for the same actions. */
  readonly version: string;
  init(): Model;
  /** A thrown error keeps the model; the author of the action is told, nobody else notices. */
  update(model: Model, action: Action, context: ActionContext): SharedResult<Model>;
  /** Looks at untrusted data before it is accepted: the action, or the reason why not. */
  accept?(action: unknown, model: Model, participant: Participant): Accepted<Action>;
  /** Turns a stored model of another version into one of this version. */
  migrate?(model: unknown, version: string): Model;
}

export type SharedResult<Model> =
  | Model
  /** The command runs in the author's runtime. `reply` goes to the author only, with the broadcast. */
  | SharedChange<Model>;

export interface SharedChange<Model> {
  readonly "~change": true;
  readonly model: Model;
  readonly command?: Command;
  readonly reply?: unknown;
}

/** The explicit form of an update's result, for a command or a reply beside the model. */
export function change<Model>(
  model: Model,
  also: { readonly command?: Command; readonly reply?: unknown } = {},
): SharedChange<Model> {
  return { "~change": true, model, ...also };
}

export type Accepted<Action> =
  | { readonly ok: true; readonly action: Action }
  | { readonly ok: false; readonly reason: string };

export interface ActionContext {
  /** Number of the action in the room's log, from 1, without gaps. */
  readonly seq: number;
  /** Milliseconds since the epoch when the action was accepted. */
  readonly at: number;
  /** Same numbers on every replay. */
  readonly random: Random;
  /** Id of the author. */
  readonly participant: string;
}
