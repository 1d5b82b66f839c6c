import type { CloseReason } from "./transport.ts";

export interface CloseCode {
  readonly code: number;
  /** Connecting again may help. */
  readonly canRetry: boolean;
}

/** Every reason a server has for closing a WebSocket, with its code. Both ends use this table. */
export const CLOSE_CODES = {
  /** The app ended. */
  "app-ended": { code: 1000, canRetry: false },
  "server-stopping": { code: 1001, canRetry: true },
  "message-too-large": { code: 1009, canRetry: true },
  "renderer-restart": { code: 1012, canRetry: true },
  idle: { code: 4001, canRetry: false },
  "slow-reader": { code: 4002, canRetry: true },
  "room-full": { code: 4003, canRetry: false },
  "bad-message": { code: 4004, canRetry: true },
  /** Another connection uses the same session now. */
  "taken-over": { code: 4005, canRetry: false },
  "no-answer": { code: 4006, canRetry: true },
  "app-failed": { code: 4007, canRetry: false },
  "rate-limited": { code: 4029, canRetry: true },
  unauthorized: { code: 4401, canRetry: false },
} as const satisfies Record<string, CloseCode>;

export type CloseCodeName = keyof typeof CLOSE_CODES;

/** The name of a close code; `undefined` for one that is not ours. */
export function closeCodeName(code: number): CloseCodeName | undefined {
  for (const name in CLOSE_CODES) {
    if (isCloseCodeName(name) && CLOSE_CODES[name].code === code) return name;
  }
  return undefined;
}

/** Whether connecting again may help after a close with this code. Codes of networks and proxies may always be retried. */
export function canRetryAfter(code: number): boolean {
  const name = closeCodeName(code);
  return name === undefined || CLOSE_CODES[name].canRetry;
}

/** What a WebSocket's close means for a transport. */
export function closeReasonFor(code: number, text: string): CloseReason {
  const detail = text === "" ? `close code ${code}` : text;
  switch (code) {
    case 1000:
    case 1001:
      return { kind: "shutdown", detail, closeCode: code };
    // Protocol error, unsupported data, invalid text, too large.
    case 1002:
    case 1003:
    case 1007:
    case 1009:
      return { kind: "bad-framing", detail, closeCode: code };
    default:
      return { kind: "connection-lost", detail, closeCode: code };
  }
}

/** The code that tells the other end why we close. */
export function closeCodeFor(reason: CloseReason): number {
  if (reason.kind !== "crash" && reason.kind !== "heartbeat-timeout" && reason.closeCode !== undefined) {
    return reason.closeCode;
  }
  switch (reason.kind) {
    case "shutdown":
      return reason.detail === "restart" ? CLOSE_CODES["renderer-restart"].code : CLOSE_CODES["app-ended"].code;
    case "bad-framing":
      return CLOSE_CODES["bad-message"].code;
    case "heartbeat-timeout":
      return CLOSE_CODES["no-answer"].code;
    default:
      return CLOSE_CODES["renderer-restart"].code;
  }
}

function isCloseCodeName(name: string): name is CloseCodeName {
  return Object.hasOwn(CLOSE_CODES, name);
}
