/** Actions that may wait for the log in one room; above it new ones are refused. Ten seconds of a slow disk at 1 000/s. */
export const MAX_PENDING_ACTIONS = 10_000;
/** Entries in one append; bounds how long one turn may keep the log busy. */
export const MAX_BATCH_ACTIONS = 1_000;
/** Size of one action as JSON text. The same as the largest text a text editor may hold, with room for escapes. */
export const MAX_ACTION_CHARS = 12 * 1024 * 1024;
/** Participants in one room by default. */
export const MAX_PARTICIPANTS = 500;
/** A snapshot is written after so many entries … */
export const SNAPSHOT_EVERY_ENTRIES = 500;
/** … or so much text in the log, whichever comes first: replaying the tail stays a matter of milliseconds. */
export const SNAPSHOT_EVERY_CHARS = 4 * 1024 * 1024;
/** Entries read from the log at once while replaying. */
export const READ_BATCH_ENTRIES = 1_000;
