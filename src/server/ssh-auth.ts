import { createHash } from "node:crypto";
import type { AuthContext, PublicKeyAuthContext } from "ssh2";
import { type AuthorizedKey, loadAuthorizedKeys } from "./ssh-authorized-keys.ts";
import type { Ssh2Library } from "./ssh-library.ts";

/** Who is behind a connection: the name they gave, and the key they proved to have. */
export interface SshIdentity {
  readonly userName: string;
  /** As `ssh-keygen -l` shows it. */
  readonly fingerprint: string;
}

/** Why an attempt was refused, for the operator. The client is told only that it was. */
export interface AuthRefusal {
  readonly refused: string;
}

/**
 * Decides one attempt to sign in. Only a listed key is good, with a signature made with it; a client that asks whether
 * a key would do, without signature, gets the same answer. The name is not checked: the file lists who may use this
 * server, which runs as one user.
 */
export async function decideAuth(
  context: AuthContext,
  keysFile: string,
  utils: Ssh2Library["utils"],
): Promise<SshIdentity | AuthRefusal> {
  if (context.method !== "publickey") return { refused: `the method ${context.method} is not offered` };
  const loaded = await loadAuthorizedKeys(keysFile);
  if ("problem" in loaded) return { refused: loaded.problem };
  const known = loaded.keys.find((key) => isSameKey(key, context));
  if (known === undefined) return { refused: "the key is not listed" };
  if (known.type === "ssh-rsa" && context.hashAlgo !== "sha256" && context.hashAlgo !== "sha512") {
    return { refused: "signatures with SHA-1 are not taken" };
  }
  if (context.signature !== undefined && !isSigned(context, known, utils)) {
    return { refused: "the signature is wrong" };
  }
  return { userName: context.username, fingerprint: fingerprintOf(known.blob) };
}

/** The fingerprint of a key, as `ssh-keygen -l` shows it. */
export function fingerprintOf(blob: Uint8Array): string {
  return `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`;
}

function isSameKey(key: AuthorizedKey, { key: offered }: PublicKeyAuthContext): boolean {
  return key.type === offered.algo && key.blob.equals(offered.data);
}

function isSigned(context: PublicKeyAuthContext, known: AuthorizedKey, utils: Ssh2Library["utils"]): boolean {
  const { blob, signature, hashAlgo } = context;
  if (blob === undefined || signature === undefined) return false;
  const key = utils.parseKey(`${known.type} ${known.blob.toString("base64")}`);
  if (key instanceof Error) return false;
  // Anything but `true` is an error or a refusal.
  return key.verify(blob, signature, hashAlgo) === true;
}
