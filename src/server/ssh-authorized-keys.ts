import { readFile, stat } from "node:fs/promises";
import { messageOf } from "../base/error.ts";

/** A key that may sign in. */
export interface AuthorizedKey {
  readonly type: string;
  /** The key as it is sent over the wire. */
  readonly blob: Buffer;
}

export interface RefusedLine {
  /** Counted from 1. */
  readonly line: number;
  readonly reason: string;
}

export interface AuthorizedKeys {
  readonly keys: readonly AuthorizedKey[];
  /** Lines that say something we cannot do; their keys may not sign in. */
  readonly refused: readonly RefusedLine[];
}

/** Why nobody may sign in at the moment, and what to do about it. */
export interface NoKeys {
  readonly problem: string;
}

/** Hundreds of people with long RSA keys fit. */
const MAX_FILE_BYTES = 1024 * 1024;

const KEY_TYPES: ReadonlySet<string> = new Set([
  "ssh-ed25519",
  "ssh-rsa",
  "ecdsa-sha2-nistp256",
  "ecdsa-sha2-nistp384",
  "ecdsa-sha2-nistp521",
]);

/** Options that only forbid what this server never does. */
const HARMLESS_OPTIONS: ReadonlySet<string> = new Set([
  "restrict",
  "no-agent-forwarding",
  "no-port-forwarding",
  "no-pty",
  "no-user-rc",
  "no-x11-forwarding",
]);

/** Reads the file as it is now, so that a key that was added or removed counts at once. */
export async function loadAuthorizedKeys(path: string): Promise<AuthorizedKeys | NoKeys> {
  try {
    const { mode, size } = await stat(path);
    if (size > MAX_FILE_BYTES) return { problem: `${path} has ${size} bytes; at most ${MAX_FILE_BYTES} are read.` };
    if (process.platform !== "win32" && (mode & 0o022) !== 0) {
      return { problem: `Others may write to ${path}, so it is not used. Run: chmod 600 ${path}` };
    }
    return parseAuthorizedKeys(await readFile(path, "utf8"));
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") {
      const example = `cat ~/.ssh/id_ed25519.pub >> ${path}`;
      return { problem: `There is no ${path}, so nobody can sign in. Put your public key there, such as: ${example}` };
    }
    return { problem: `${path} cannot be read: ${messageOf(thrown)}` };
  }
}

/** The keys of a file in the format of OpenSSH. */
export function parseAuthorizedKeys(text: string): AuthorizedKeys {
  const keys: AuthorizedKey[] = [];
  const refused: RefusedLine[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    const entry = parseLine(line);
    if (typeof entry === "string") refused.push({ line: index + 1, reason: entry });
    else keys.push(entry);
  }
  return { keys, refused };
}

function parseLine(line: string): AuthorizedKey | string {
  const first = line.split(/\s/, 1)[0] ?? "";
  if (isKeyType(first)) return parseKey(line);
  const { options, rest } = splitOptions(line);
  const next = rest.split(/\s/, 1)[0] ?? "";
  if (!isKeyType(next)) return "no public key; expected a line such as: ssh-ed25519 AAAA… name";
  const unknown = options.find((option) => !HARMLESS_OPTIONS.has(option));
  if (unknown !== undefined) return `the option "${unknown}" is not supported, so the key may not sign in`;
  return parseKey(rest);
}

function parseKey(text: string): AuthorizedKey | string {
  const [type = "", encoded = ""] = text.split(/\s+/);
  if (!KEY_TYPES.has(type)) return `keys of type ${type} are not supported; use ssh-ed25519`;
  const blob = /^[A-Za-z0-9+/]+={0,2}$/.test(encoded) ? Buffer.from(encoded, "base64") : Buffer.alloc(0);
  // A blob begins with its own type, which must be the one of the line.
  const hasType =
    blob.length > 4 + type.length &&
    blob.readUInt32BE(0) === type.length &&
    blob.toString("latin1", 4, 4 + type.length) === type;
  return hasType ? { type, blob } : "the key is damaged: its second word is not the base64 of such a key";
}

/** Names of the options in lower case. Values in quotes may hold blanks and commas. */
function splitOptions(line: string): { readonly options: readonly string[]; readonly rest: string } {
  const options: string[] = [];
  let isQuoted = false;
  let start = 0;
  let position = 0;
  const take = (): void => {
    const [name = ""] = line.slice(start, position).split("=", 1);
    options.push(name.toLowerCase());
    start = position + 1;
  };
  for (; position < line.length; position += 1) {
    const character = line[position];
    if (isQuoted && character === "\\") position += 1;
    else if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && character === ",") take();
    else if (!isQuoted && (character === " " || character === "\t")) break;
  }
  take();
  return { options, rest: line.slice(position).trim() };
}

function isKeyType(word: string): boolean {
  return KEY_TYPES.has(word) || /^(ssh|ecdsa|sk-(ssh|ecdsa))-[a-z0-9@.-]+$/.test(word);
}
