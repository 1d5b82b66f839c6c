import { PlushieError } from "../../base/index.ts";

export type HostErrorCode =
  /** No renderer program was named, in the options or in the environment. */
  | "renderer-not-found"
  /** A running app has this name already. */
  | "name-taken"
  /** No running app has this name. */
  | "name-unknown"
  /** `configure` or a variable of the environment says something that is no setting. */
  | "configuration-invalid"
  /** The renderer command has nothing to draw with: no page folder, no browser, no port. */
  | "surface-unavailable";

/** What keeps an app from being started or found in this process. */
export class HostError extends PlushieError<HostErrorCode> {}
