import { unreachable } from "../base/assert.ts";
import { type Cancel, type Clock, systemClock } from "../base/clock.ts";
import { Emitter } from "../base/emitter.ts";
import { messageOf } from "../base/error.ts";
import { type Logger, silentLogger } from "../base/logger.ts";
import { type FromRenderer, PROTOCOL_VERSION, type ToRenderer } from "../protocol/index.ts";
import { BridgeError, bridgeError } from "./bridge-error.ts";
import { Connection } from "./connection.ts";
import { type BridgeDiagnostic, Diagnostics } from "./diagnostics.ts";
import type { RendererSettings } from "./handshake.ts";
import { HEARTBEAT_GRACE_MS, HEARTBEAT_MS, HEARTBEAT_TAG, Heartbeat } from "./heartbeat.ts";
import {
  type Fact,
  type Failure,
  initialState,
  type MachineOptions,
  type Order,
  type State,
  type StateKind,
  step,
  type TimerName,
} from "./machine.ts";
import { classifyMessage } from "./message-class.ts";
import { type BridgeListener, Notifier } from "./notifier.ts";
import { Outbound } from "./outbound.ts";
import type { OutboxLimits } from "./outbox.ts";
import { type Connector, TransportError } from "./transport.ts";

export interface BridgeOptions {
  /** Where connections come from. */
  readonly connector: Connector;
  readonly clock?: Clock;
  readonly logger?: Logger;
  /** Shown in log entries. */
  readonly name?: string;
  /** What the first message of each connection says; the protocol version is added. Later `settings` messages replace it. */
  readonly settings?: RendererSettings;
  /** Session id put on every message. Absent: none. */
  readonly session?: string;
  /** Failed connections in a row before the bridge gives up; default 5. */
  readonly maxRestarts?: number;
  /** Delay before the first restart; doubles each time, at most 5 s; default 100. */
  readonly restartDelayMs?: number;
  /** How long a new renderer may take to say hello; default 10 s. */
  readonly helloTimeoutMs?: number;
  /** How long a renderer must have been ready before earlier failures are forgotten; default 60 s. */
  readonly stableMs?: number;
  /** How long closing a connection may take before the bridge goes on without it; default 10 s. */
  readonly closeTimeoutMs?: number;
  /** Silence after which the renderer is asked for a sign of life; default 30 s; 0 turns it off. */
  readonly heartbeatMs?: number;
  /** How long the answer may take; default 10 s. */
  readonly heartbeatGraceMs?: number;
  readonly outboxLimits?: OutboxLimits;
  readonly onDiagnostic?: (diagnostic: BridgeDiagnostic) => void;
}

/** A longer time than the process transport gives a renderer to end by itself. */
const CLOSE_TIMEOUT_MS = 10_000;

interface Work {
  readonly fact: Fact;
  readonly isFromRuntime: boolean;
  readonly outbound: ToRenderer | undefined;
  readonly inbound: FromRenderer | undefined;
  readonly connection: Connection | undefined;
}

/** Makes the app's side of a renderer connection. Nothing is opened before `start`. */
export function createBridge(options: BridgeOptions): Bridge {
  return new Bridge(options);
}

/**
 * Owns successive connections to a renderer: handshake, restarts with back-off, queueing while away, heartbeat. It is the
 * runtime's renderer port. `machine.ts` decides; this class performs. News reach the listener in order and never from
 * inside a call of the runtime.
 */
export class Bridge {
  readonly #connector: Connector;
  readonly #clock: Clock;
  readonly #machine: MachineOptions;
  readonly #diagnostics: Diagnostics;
  readonly #notifier: Notifier;
  readonly #heartbeat: Heartbeat;
  readonly #outbound: Outbound;
  readonly #observers = new Emitter<FromRenderer>();
  readonly #timers = new Map<TimerName, Cancel>();
  readonly #ended: Promise<void>;
  #resolveEnded: () => void = () => {};
  #starting: { resolve(): void; reject(error: Error): void } | undefined;
  #state: State = initialState();
  #work: Work[] = [];
  #isWorking = false;
  /** The outermost caller is the runtime; news must wait until its call has returned. */
  #isInCall = false;
  #abort: AbortController | undefined;

  constructor(options: BridgeOptions) {
    this.#connector = options.connector;
    this.#clock = options.clock ?? systemClock;
    this.#machine = {
      maxRestarts: options.maxRestarts ?? 5,
      restartDelayMs: options.restartDelayMs ?? 100,
      helloTimeoutMs: options.helloTimeoutMs ?? 10_000,
      stableMs: options.stableMs ?? 60_000,
      closeTimeoutMs: options.closeTimeoutMs ?? CLOSE_TIMEOUT_MS,
      canReopen: options.connector.canReopen ?? true,
      protocolVersion: PROTOCOL_VERSION,
    };
    const { name, onDiagnostic } = options;
    this.#diagnostics = new Diagnostics({ logger: options.logger ?? silentLogger, name, onDiagnostic });
    this.#notifier = new Notifier((thrown) => this.#diagnostics.report("listener-failed", messageOf(thrown), thrown));
    this.#outbound = new Outbound({
      settings: options.settings ?? {},
      session: options.session,
      outboxLimits: options.outboxLimits,
      diagnostics: this.#diagnostics,
      answer: (message) => this.#tell(message, true),
    });
    this.#heartbeat = new Heartbeat({
      clock: this.#clock,
      silenceMs: options.heartbeatMs ?? HEARTBEAT_MS,
      graceMs: options.heartbeatGraceMs ?? HEARTBEAT_GRACE_MS,
      onSilence: () => this.#happened({ kind: "silenceDetected", generation: this.#state.generation }),
      onUnanswered: () => this.#happened({ kind: "probeUnanswered", generation: this.#state.generation }),
    });
    this.#ended = new Promise((resolve) => {
      this.#resolveEnded = resolve;
    });
  }

  get state(): StateKind {
    return this.#state.kind;
  }

  /** Number of the current connection, 0 before the first. */
  get generation(): number {
    return this.#state.generation;
  }

  /**
   * Opens the first connection. Resolves when a renderer has said hello; rejects with a `BridgeError` when there is
   * none, and then nothing is left open and no news follow. Without a listener, news wait for `registerRuntime`.
   */
  start(listener?: BridgeListener): Promise<void> {
    if (this.#starting !== undefined || this.#state.kind !== "idle") {
      return Promise.reject(
        new BridgeError("already-started", "This bridge was started before. Make a new one with createBridge."),
      );
    }
    if (listener !== undefined) this.registerRuntime(listener);
    return new Promise((resolve, reject) => {
      this.#starting = { resolve, reject };
      this.#requested({ kind: "startRequested" });
    });
  }

  /** Adds the runtime of a bridge that was started without one. It gets everything that happened so far, in order. */
  registerRuntime(listener: BridgeListener): void {
    if (this.#notifier.hasListener) {
      throw new BridgeError("runtime-already-registered", "This bridge has a runtime. A bridge serves one runtime.");
    }
    this.#notifier.register(listener);
  }

  /** Calls `observer` with every message the listener gets, after it; returns the function that stops it. */
  observe(observer: (message: FromRenderer) => void): () => void {
    return this.#observers.on(observer);
  }

  send(message: ToRenderer): void {
    const fact = {
      kind: "sendRequested",
      messageClass: classifyMessage(message),
      isCongested: this.#outbound.isCongested,
    } as const;
    this.#requested(fact, message);
  }

  resyncComplete(): void {
    this.#requested({ kind: "resyncCompleted" });
  }

  restart(): void {
    this.#requested({ kind: "restartRequested" });
  }

  stop(): Promise<void> {
    this.#requested({ kind: "stopRequested" });
    return this.#ended;
  }

  #requested(fact: Fact, outbound?: ToRenderer): void {
    this.#perform({ fact, isFromRuntime: true, outbound, inbound: undefined, connection: undefined });
  }

  #happened(fact: Fact, inbound?: FromRenderer, connection?: Connection): void {
    this.#perform({ fact, isFromRuntime: false, outbound: undefined, inbound, connection });
  }

  /** One fact at a time: what happens while orders are carried out waits until they are. */
  #perform(work: Work): void {
    this.#work.push(work);
    if (this.#isWorking) return;
    this.#isWorking = true;
    this.#isInCall = work.isFromRuntime;
    try {
      for (let next = this.#work.shift(); next !== undefined; next = this.#work.shift()) {
        const { state, orders } = step(this.#state, next.fact, this.#machine);
        this.#state = state;
        // A connection nobody wants gets a `discard` order and never becomes the current one.
        if (next.connection !== undefined && orders[0]?.kind !== "discard") this.#outbound.connect(next.connection);
        for (const order of orders) this.#carryOut(order, next);
        if (next.fact.kind === "opened") next.connection?.begin();
      }
    } finally {
      this.#isWorking = false;
    }
  }

  #carryOut(order: Order, work: Work): void {
    switch (order.kind) {
      case "open":
        this.#open(order.generation);
        return;
      case "abortOpen":
        this.#abort?.abort();
        return;
      case "close":
        this.#close(order.reason);
        return;
      case "discard":
        work.connection?.close({ kind: "shutdown" }).catch(() => {
          // It was never used; what it fails with concerns nobody.
        });
        return;
      case "sendSettings":
        this.#outbound.sendSettings();
        return;
      case "startTimer":
        this.#startTimer(order.timer, order.milliseconds);
        return;
      case "stopTimers":
        for (const cancel of this.#timers.values()) cancel();
        this.#timers.clear();
        return;
      case "watchSilence":
        this.#heartbeat.watch();
        return;
      case "stopWatching":
        this.#heartbeat.stop();
        return;
      case "probe":
        this.#diagnostics.report("renderer-silent");
        this.#outbound.probe();
        this.#heartbeat.probed();
        return;
      case "deliver":
        if (work.inbound !== undefined) this.#tell(work.inbound, this.#isInCall);
        return;
      case "transmit":
        if (work.outbound !== undefined) this.#outbound.transmit(work.outbound);
        return;
      case "enqueue":
        if (work.outbound !== undefined) this.#outbound.enqueue(work.outbound);
        return;
      case "drop":
        return;
      case "refuse":
        if (work.outbound !== undefined) this.#outbound.refuse(work.outbound);
        return;
      case "rememberSettings":
        if (work.outbound !== undefined) this.#outbound.rememberSettings(work.outbound);
        return;
      case "flushOutbox":
        this.#outbound.flush();
        return;
      case "answerInFlight":
        this.#outbound.answerInFlight();
        return;
      case "notifyResync":
        this.#starting?.resolve();
        this.#starting = undefined;
        this.#notify((listener) => listener.onResync({ generation: order.generation }));
        return;
      case "notifyExit":
        this.#notify((listener) => listener.onExit(order.reason, order.willRestart));
        return;
      case "diagnose":
        this.#diagnostics.report(order.code, order.detail);
        return;
      case "finish":
        this.#finish(order.failure);
        return;
      default:
        unreachable(order);
        return;
    }
  }

  #open(generation: number): void {
    const abort = new AbortController();
    this.#abort = abort;
    const connection = new Connection({
      codec: this.#connector.codec,
      onMessage: (message) => this.#received(generation, message),
      onBadMessage: (detail) => {
        this.#heartbeat.heard();
        this.#diagnostics.report("bad-message", detail);
      },
      onDrain: () => {
        if (generation === this.#state.generation) this.#outbound.drained();
        this.#happened({ kind: "drained", generation });
      },
      onClose: (reason) => this.#happened({ kind: "closed", generation, reason }),
    });
    connection.open(this.#connector, abort.signal).then(
      () => this.#happened({ kind: "opened", generation }, undefined, connection),
      (error: unknown) => {
        const isFatal = error instanceof TransportError && error.isFatal;
        this.#happened({ kind: "openFailed", generation, isFatal, detail: messageOf(error) });
      },
    );
  }

  #close(reason: Parameters<Connection["close"]>[0]): void {
    const { generation } = this.#state;
    const released = (): void => this.#happened({ kind: "released", generation });
    const connection = this.#outbound.disconnect();
    if (connection === undefined) {
      queueMicrotask(released);
      return;
    }
    connection.close(reason).then(released, (error: unknown) => {
      this.#diagnostics.report("close-failed", messageOf(error), error);
      released();
    });
  }

  #received(generation: number, message: FromRenderer): void {
    if (generation !== this.#state.generation) return;
    this.#heartbeat.heard();
    switch (message.type) {
      case "hello":
        this.#happened({ kind: "helloReceived", generation, protocolVersion: message.protocol_version }, message);
        return;
      case "error":
        this.#happened({ kind: "errorReceived", generation, detail: message.message });
        return;
      case "op_query_response":
        if (message.tag === HEARTBEAT_TAG) return;
        break;
      case "effect_response":
        this.#outbound.answered(message.id);
        break;
      default:
        break;
    }
    this.#happened({ kind: "messageReceived", generation }, message);
  }

  #tell(message: FromRenderer, isInCall: boolean): void {
    this.#notifier.notify((listener) => {
      try {
        listener.onMessage(message);
      } finally {
        this.#observers.emit(message);
      }
    }, isInCall);
  }

  #notify(news: (listener: BridgeListener) => void): void {
    this.#notifier.notify(news, this.#isInCall);
  }

  #startTimer(timer: TimerName, milliseconds: number): void {
    const { generation } = this.#state;
    this.#timers.get(timer)?.();
    this.#timers.set(
      timer,
      this.#clock.after(milliseconds, () => {
        this.#timers.delete(timer);
        this.#happened({ kind: "timerFired", generation, timer });
      }),
    );
  }

  #finish(failure: Failure | undefined): void {
    const error = failure === undefined ? undefined : bridgeError(failure, PROTOCOL_VERSION);
    this.#outbound.discard();
    const starting = this.#starting;
    this.#starting = undefined;
    if (starting !== undefined) {
      starting.reject(
        error ?? new BridgeError("stopped-before-ready", "The bridge was stopped before a renderer was ready."),
      );
    } else {
      this.#notify((listener) => listener.onEnd(error));
    }
    this.#resolveEnded();
  }
}
