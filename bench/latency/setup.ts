/** What the process with the server is asked for. */
export interface Setup {
  /** `bare`: no Plushie at all, a relay over `ws` that builds each answer once. */
  readonly kind: "bare" | "memory" | "embedded";
  readonly isMemoized: boolean;
  /** Where the embedded store keeps its log. */
  readonly folder: string;
  /** Size of a bare answer. */
  readonly frameBytes: number;
}

/** What the process with the server holds after a garbage collection. */
export interface Memory {
  readonly rssBytes: number;
  readonly heapBytes: number;
}

export type Order = { readonly type: "setup"; readonly setup: Setup } | { readonly type: "memory" | "cpu" | "stop" };

export type Answer =
  | { readonly type: "started" }
  | { readonly type: "listening"; readonly port: number }
  | { readonly type: "memory"; readonly memory: Memory }
  /** Processor time that the process has used so far, user and system. */
  | { readonly type: "cpu"; readonly microseconds: number }
  | { readonly type: "failed"; readonly reason: string };

/** Marks a text with the number of the key press that made it. */
export function textOf(key: number): string {
  return `key-${String(key).padStart(6, "0")} and what was typed before it, about as long as a line of text gets`;
}

/** The number in a frame; -1 when there is none. */
export function keyIn(frame: Buffer): number {
  const at = frame.indexOf("key-");
  return at < 0 ? -1 : Number(frame.toString("latin1", at + 4, at + 10));
}
