import { PlushieError } from "../base/error.ts";

export type ServerErrorCode =
  /** The page directory does not exist or holds no files. */
  | "page-not-found"
  /** Port in use, address not ours, no permission. */
  | "listen-failed"
  /** The data folder's secret cannot be read or written, or others may read it. */
  | "secret-unusable"
  /** `listen` on a server that listens or was closed. */
  | "already-listening"
  /** SSH needs the package `ssh2`, which is not installed. */
  | "ssh2-missing"
  /** The SSH host key cannot be made, read or understood. */
  | "host-key-unusable"
  /** Limits that contradict each other. */
  | "bad-limits";

/** Why a server could not be made or started. */
export class ServerError extends PlushieError<ServerErrorCode> {}
