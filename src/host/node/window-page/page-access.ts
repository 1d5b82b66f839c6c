import { createHash, randomBytes } from "node:crypto";

const SECRET_BYTES = 32;
/** Links that nobody has used yet; a new one beyond that makes the oldest worthless. */
const MAX_LINKS = 8;
/** Browsers that were let in. */
const MAX_COOKIES = 64;

/** One-time tokens, and the cookies they are exchanged for. Both live as long as the process, and only their hashes are kept. */
export class PageAccess {
  readonly #tokens = new Set<string>();
  readonly #cookies = new Set<string>();

  mintToken(): string {
    return mint(this.#tokens, MAX_LINKS);
  }

  /** A cookie for a token, which is used up by this; `undefined` when it is none of ours, or was used before. */
  redeem(token: string): string | undefined {
    // Looked up by its hash, so that timing says nothing about the tokens.
    return this.#tokens.delete(hash(token)) ? mint(this.#cookies, MAX_COOKIES) : undefined;
  }

  knows(cookie: string | undefined): boolean {
    return cookie !== undefined && this.#cookies.has(hash(cookie));
  }
}

function mint(into: Set<string>, limit: number): string {
  const secret = randomBytes(SECRET_BYTES).toString("base64url");
  into.add(hash(secret));
  for (const oldest of into) {
    if (into.size <= limit) break;
    into.delete(oldest);
  }
  return secret;
}

function hash(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}
