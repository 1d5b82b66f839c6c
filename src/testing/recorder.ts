import type { FromRenderer, ToRenderer } from "../protocol/index.ts";
import type { ExitReason, RendererListener, RendererPort } from "../runtime/ports.ts";

/** What a recorder was told, in order: messages, and the calls that matter for the order. */
export type Recorded =
  | ToRenderer
  | { readonly type: "resync-complete" }
  | { readonly type: "restart" }
  | { readonly type: "stop" };

/** A renderer port without a renderer: it remembers what it was told, and the test says what happens. */
export interface RecorderPort extends RendererPort {
  readonly log: readonly Recorded[];
  readonly isStopped: boolean;
  /** Messages of one type, in order. */
  sent<Type extends ToRenderer["type"]>(type: Type): readonly Extract<ToRenderer, { readonly type: Type }>[];
  /** Forgets what was recorded so far. */
  clear(): void;
  /** A renderer is there: the first, or the next after an exit. */
  ready(): void;
  /** The renderer reads too slowly and wants everything anew. */
  resync(): void;
  receive(message: FromRenderer): void;
  exit(reason?: ExitReason, willRestart?: boolean): void;
  end(error?: Error): void;
  /** There is no renderer to be had. */
  refuse(error: Error): void;
}

export function recorderPort(): RecorderPort {
  const log: Recorded[] = [];
  let listener: RendererListener | undefined;
  let generation = 0;
  let isStopped = false;
  let settle: { resolve: () => void; reject: (error: Error) => void } | undefined;

  function attached(): RendererListener {
    if (listener === undefined) throw new Error("the recorder was not started");
    return listener;
  }

  return {
    get log() {
      return log;
    },
    get isStopped() {
      return isStopped;
    },
    sent<Type extends ToRenderer["type"]>(type: Type) {
      return log.filter((entry): entry is Extract<ToRenderer, { readonly type: Type }> => entry.type === type);
    },
    clear() {
      log.length = 0;
    },
    start(given) {
      listener = given;
      return new Promise<void>((resolve, reject) => {
        settle = { resolve, reject };
      });
    },
    send(message) {
      log.push(message);
    },
    resyncComplete() {
      log.push({ type: "resync-complete" });
    },
    restart() {
      log.push({ type: "restart" });
    },
    async stop() {
      if (!isStopped) log.push({ type: "stop" });
      isStopped = true;
    },
    ready() {
      generation += 1;
      settle?.resolve();
      attached().onResync({ generation });
    },
    resync() {
      attached().onResync({ generation });
    },
    receive(message) {
      attached().onMessage(message);
    },
    exit(reason = { kind: "crash" }, willRestart = true) {
      attached().onExit(reason, willRestart);
    },
    end(error) {
      attached().onEnd(error);
    },
    refuse(error) {
      settle?.reject(error);
    },
  };
}
