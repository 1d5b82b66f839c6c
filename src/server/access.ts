import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../base/clock.ts";
import { messageOf } from "../base/error.ts";
import { ServerError } from "./server-error.ts";

const SECRET_FILE = "server-secret";
const SECRET_BYTES = 32;

/** Long enough for a tool that is used now and then; whoever has the cookie can open a tab. */
const COOKIE_MS = 30 * 24 * 60 * 60 * 1_000;

/** Unused links that count at once; a new one beyond that makes the oldest worthless. */
const MAX_OPEN_TOKENS = 32;

/**
 * The secret that signs cookies. In a folder it is kept for the next start, readable by its owner only; without one it
 * lives as long as the process.
 */
export function loadSecret(dataDirectory: string | undefined): Uint8Array {
  if (dataDirectory === undefined) return randomBytes(SECRET_BYTES);
  const path = join(dataDirectory, SECRET_FILE);
  try {
    mkdirSync(dataDirectory, { recursive: true });
    try {
      // Fails when the file exists, so that two servers starting at once end up with the same secret.
      writeFileSync(path, randomBytes(SECRET_BYTES), { mode: 0o600, flag: "wx" });
    } catch (thrown) {
      if (!isExisting(thrown)) throw thrown;
      if (process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
    }
    const secret = readFileSync(path);
    if (secret.length >= SECRET_BYTES) return secret;
  } catch (cause) {
    throw new ServerError("secret-unusable", `The secret in "${path}" cannot be used: ${messageOf(cause)}`, { cause });
  }
  const text = `The secret in "${path}" is too short. Remove the file; a new one is made at the next start.`;
  throw new ServerError("secret-unusable", text);
}

/** Hands out one-time tokens and turns each, once, into a signed cookie. */
export class Access {
  readonly #secret: Uint8Array;
  readonly #clock: Clock;
  /** Hashes of the tokens that were not used yet, oldest first. */
  readonly #openTokens = new Set<string>();

  constructor(secret: Uint8Array, clock: Clock) {
    this.#secret = secret;
    this.#clock = clock;
  }

  /** A token for one person. It is worth nothing after its first use, or after a restart. */
  mintToken(): string {
    const token = randomBytes(24).toString("base64url");
    this.#openTokens.add(hash(token));
    for (const oldest of this.#openTokens) {
      if (this.#openTokens.size <= MAX_OPEN_TOKENS) break;
      this.#openTokens.delete(oldest);
    }
    return token;
  }

  /** Uses a token up; false when it is not one of ours, or was used before. */
  redeemToken(token: string): boolean {
    // Looked up by its hash, so that timing says nothing about the tokens.
    return this.#openTokens.delete(hash(token));
  }

  /** A cookie value for a new identity. */
  issueCookie(): string {
    const body = `${randomBytes(16).toString("base64url")}.${this.#clock.now() + COOKIE_MS}`;
    return `${body}.${this.#sign(body)}`;
  }

  /** The identity in a cookie value; `undefined` when it is not signed by us, or too old. */
  readCookie(value: string): string | undefined {
    const [identity, expires, signature, ...rest] = value.split(".");
    if (identity === undefined || expires === undefined || signature === undefined || rest.length > 0) return undefined;
    const expected = Buffer.from(this.#sign(`${identity}.${expires}`));
    const given = Buffer.from(signature);
    if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined;
    return Number(expires) > this.#clock.now() ? identity : undefined;
  }

  get cookieSeconds(): number {
    return COOKIE_MS / 1_000;
  }

  #sign(body: string): string {
    return createHmac("sha256", this.#secret).update(body).digest("base64url");
  }
}

function hash(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

function isExisting(thrown: unknown): boolean {
  return thrown instanceof Error && "code" in thrown && thrown.code === "EEXIST";
}
