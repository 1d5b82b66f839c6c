import type Ssh2 from "ssh2";
import { messageOf } from "../base/error.ts";
import { ServerError } from "./server-error.ts";

export type Ssh2Library = Pick<typeof Ssh2, "Server" | "utils">;

const importLibrary = async (): Promise<Ssh2Library> => (await import("ssh2")).default;

/** The optional package, loaded when the first SSH server starts. */
export async function loadSsh2(load: () => Promise<Ssh2Library> = importLibrary): Promise<Ssh2Library> {
  try {
    return await load();
  } catch (cause) {
    const isMissing = cause instanceof Error && "code" in cause && cause.code === "ERR_MODULE_NOT_FOUND";
    const text = isMissing
      ? 'Serving over SSH needs the package "ssh2". Run: npm install ssh2'
      : `The package "ssh2" cannot be loaded: ${messageOf(cause)}`;
    throw new ServerError("ssh2-missing", text, { cause });
  }
}
