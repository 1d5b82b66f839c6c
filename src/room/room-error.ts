import { PlushieError } from "../base/index.ts";

export type RoomErrorCode =
  /** Another process has taken the room over; this one may not write any more. */
  | "stale-epoch"
  | "room-closed"
  /** Too many actions wait for the log. */
  | "room-overloaded"
  | "room-full"
  | "participant-invalid"
  /** The action is no plain data, or larger than allowed. */
  | "action-invalid"
  /** The room's `accept` said no; the message is its text. */
  | "action-refused"
  /** The log did not take the action, so nobody saw it. */
  | "append-failed"
  /** The stored model was made by another version and there is no `migrate`. */
  | "version-mismatch"
  | "store-failed";

export class RoomError extends PlushieError<RoomErrorCode> {}
