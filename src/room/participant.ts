import type { Command } from "../app/index.ts";
import { messageOf } from "../base/index.ts";
import type { BroadcastEvent } from "../protocol/index.ts";
import type { Room, RoomNews, Seat } from "./room.ts";
import { RoomError } from "./room-error.ts";
import type { Participant } from "./shared.ts";

/** The part of a runtime that a seat needs. */
export interface ParticipantRuntime<Model> {
  /** Takes several events in one turn: one render after all of them. */
  dispatch(event: BroadcastEvent<Model>): void;
  perform(command: Command): void;
}

/** What the app of a participant gets as start options. */
export interface ParticipantOptions<Model> {
  readonly sharedModel: Model;
  readonly participantId: string;
  readonly participants: readonly Participant[];
}

/**
 * Gives a participant its runtime: `start` gets the options for `init` and the function behind `Command.share`, and
 * returns the runtime that then hears the room. Leaving the seat does not stop the runtime.
 */
export function joinWithRuntime<Model, Action, Runtime extends ParticipantRuntime<Model>>(
  room: Pick<Room<Model, Action>, "join" | "model" | "participants">,
  participant: Participant,
  start: (options: ParticipantOptions<Model>, share: (action: unknown) => void) => Runtime,
): { readonly seat: Seat; readonly runtime: Runtime } {
  let runtime: Runtime | undefined;
  const early: BroadcastEvent<Model>[] = [];
  const tell = (event: BroadcastEvent<Model>) => {
    if (runtime === undefined) early.push(event);
    else runtime.dispatch(event);
  };
  const seat = room.join(participant, {
    deliver: (news) => {
      for (const item of news) tell(toEvent(item));
    },
    perform: (command) => runtime?.perform(command),
  });
  const share = (action: unknown) => {
    seat.share(action).catch((thrown: unknown) => {
      const code = thrown instanceof RoomError ? thrown.code : "append-failed";
      tell({ kind: "broadcast", type: "refused", code, message: messageOf(thrown) });
    });
  };
  try {
    runtime = start({ sharedModel: room.model, participantId: participant.id, participants: room.participants }, share);
  } catch (thrown) {
    seat.leave();
    throw thrown;
  }
  for (const event of early) runtime.dispatch(event);
  return { seat, runtime };
}

function toEvent<Model>(news: RoomNews<Model>): BroadcastEvent<Model> {
  switch (news.type) {
    case "model":
      return { kind: "broadcast", ...news };
    case "presence":
      return { kind: "broadcast", type: "presence", participants: news.participants };
    case "published":
      return { kind: "broadcast", type: "published", value: news.value };
    case "failed":
      return { kind: "broadcast", type: "failed", code: "update-failed", message: news.message };
  }
}
