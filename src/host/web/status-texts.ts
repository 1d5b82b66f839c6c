import type { ConnectionStatus, EndReason } from "./page-connection.ts";

export interface StatusText {
  readonly text: string;
  /** What the button says. Absent: no button. */
  readonly action?: string;
  /** The button loads the page anew instead of connecting again. */
  readonly isReload?: boolean;
}

/** What a person reads about the connection. The count-down is apart, so that it is not read aloud every second. */
export function statusText(status: ConnectionStatus): StatusText | undefined {
  switch (status.kind) {
    case "live":
      return undefined;
    case "connecting":
      return { text: status.isFirst ? "Connecting…" : "Connection lost. Reconnecting…" };
    case "waiting":
      return { text: "Connection lost. Reconnecting…", action: "Retry" };
    case "ended":
      return END_TEXTS[status.reason];
  }
}

/** Seconds until the next attempt, as shown beside the text. */
export function countDown(status: ConnectionStatus, now: number): string {
  return status.kind === "waiting" ? `${Math.max(0, Math.ceil((status.retryAt - now) / 1000))} s` : "";
}

const AGAIN = "Connect again";
const RELOAD = { action: "Reload", isReload: true } as const;

const END_TEXTS: { readonly [Reason in EndReason]: StatusText } = {
  unauthorized: { text: "You are not allowed to open this. Ask for a new link or sign in again.", ...RELOAD },
  "room-full": { text: "The room is full.", action: "Try again" },
  "taken-over": { text: "This session continues in another tab or window.", action: "Continue here" },
  idle: { text: "Disconnected because nothing happened for a while.", action: AGAIN },
  "app-ended": { text: "The application has ended.", ...RELOAD },
  "app-failed": { text: "The application failed and was stopped.", ...RELOAD },
  exit: { text: "The application has ended.", ...RELOAD },
  refused: { text: "This page and its server do not fit together. Loading the page anew may help.", ...RELOAD },
  "server-stopping": { text: "The server is stopping.", action: AGAIN },
  "message-too-large": { text: "A message was too large for the server.", action: AGAIN },
  "renderer-restart": { text: "The server asked for a new connection.", action: AGAIN },
  "slow-reader": { text: "The connection was too slow.", action: AGAIN },
  "bad-message": { text: "The server did not understand this page.", ...RELOAD },
  "no-answer": { text: "The server did not hear from this page.", action: AGAIN },
  "rate-limited": { text: "Too much was sent in a short time.", action: AGAIN },
};
