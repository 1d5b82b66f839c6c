/**
 * Decides what the bridge does; performs nothing. Facts go in, the next state and a list of orders come out.
 *
 *   state        meaning                                          leaves on
 *   ----------   ----------------------------------------------   ------------------------------------------------------
 *   idle         not started                                      startRequested → starting; stopRequested → stopped
 *   starting     a connection is being opened                     opened → handshaking; openFailed → waiting | failed
 *   handshaking  settings sent, no hello yet                      hello → resyncing; closed, timer hello → closing
 *   resyncing    the runtime sends its state                      resyncCompleted → ready; closed → closing
 *   ready        everything passes                                congested tree message → congested; closed → closing
 *   congested    ready, but tree messages are left out            drained → resyncing (same generation); closed → closing
 *   closing      the old connection is being closed               released → what `next` says
 *   waiting      back-off before the next connection              timer backoff → starting; restartRequested → starting
 *   failed       over, with an error                              –
 *   stopped      over, in an orderly way                          –
 *
 *   outbound message   idle, starting,     resyncing   ready      congested   failed, stopped
 *                      handshaking,
 *                      closing, waiting
 *   ----------------   -----------------   ---------   --------   ---------   ---------------
 *   settings           remember            transmit    transmit   transmit    drop
 *   tree               drop                transmit    transmit   drop        drop
 *   state              drop                transmit    transmit   transmit    drop
 *   transient          enqueue             enqueue     transmit   enqueue     refuse
 *   immediate          refuse              refuse      transmit   transmit    refuse
 *
 * Invariants: one connection at a time; the next one is opened only after the last one is released; `stopRequested`
 * wins in every state; a fact of an older generation changes nothing; the outbox is flushed in `ready` only.
 */

import { unreachable } from "../base/assert.ts";
import { backoffDelay } from "./backoff.ts";
import type { MessageClass } from "./message-class.ts";
import type { CloseReason } from "./transport.ts";

export interface MachineOptions {
  /** Failed connections in a row before the bridge gives up. */
  readonly maxRestarts: number;
  readonly restartDelayMs: number;
  readonly helloTimeoutMs: number;
  /** How long a connection must have been ready before earlier failures are forgotten. */
  readonly stableMs: number;
  /** How long a close may take before the bridge goes on without it. */
  readonly closeTimeoutMs: number;
  readonly canReopen: boolean;
  readonly protocolVersion: number;
}

export type Failure =
  | { readonly code: "open-failed"; readonly detail: string }
  | { readonly code: "early-exit"; readonly reason: CloseReason }
  | { readonly code: "hello-timeout" }
  | { readonly code: "protocol-mismatch"; readonly found: number }
  | { readonly code: "renderer-refused"; readonly detail: string }
  | { readonly code: "max-restarts-reached"; readonly reason: CloseReason };

/** What the runtime is told about a renderer that went away. */
export type ExitReason = CloseReason | { readonly kind: "restart"; readonly detail?: string };

type Next =
  | { readonly kind: "open" }
  | { readonly kind: "wait"; readonly delayMs: number }
  | { readonly kind: "fail"; readonly failure: Failure }
  | { readonly kind: "stop" };

interface Common {
  /** Number of the current connection; 0 before the first. */
  readonly generation: number;
  /** Failed connections in a row. */
  readonly restarts: number;
  /** A renderer has said hello at least once. */
  readonly hasStarted: boolean;
}

export type State = Common &
  (
    | { readonly kind: "idle" }
    | { readonly kind: "starting" }
    | { readonly kind: "handshaking" }
    | { readonly kind: "resyncing" }
    | { readonly kind: "ready" }
    | { readonly kind: "congested" }
    | { readonly kind: "closing"; readonly next: Next }
    | { readonly kind: "waiting" }
    | { readonly kind: "failed"; readonly failure: Failure }
    | { readonly kind: "stopped" }
  );

export type StateKind = State["kind"];

export type TimerName = "hello" | "backoff" | "stable" | "close";

export type Fact =
  | { readonly kind: "startRequested" }
  | { readonly kind: "stopRequested" }
  | { readonly kind: "restartRequested" }
  | { readonly kind: "resyncCompleted" }
  | { readonly kind: "sendRequested"; readonly messageClass: MessageClass; readonly isCongested: boolean }
  | { readonly kind: "opened"; readonly generation: number }
  | { readonly kind: "openFailed"; readonly generation: number; readonly isFatal: boolean; readonly detail: string }
  | { readonly kind: "helloReceived"; readonly generation: number; readonly protocolVersion: number }
  | { readonly kind: "errorReceived"; readonly generation: number; readonly detail: string }
  | { readonly kind: "messageReceived"; readonly generation: number }
  | { readonly kind: "drained"; readonly generation: number }
  | { readonly kind: "closed"; readonly generation: number; readonly reason: CloseReason }
  | { readonly kind: "released"; readonly generation: number }
  | { readonly kind: "silenceDetected"; readonly generation: number }
  | { readonly kind: "probeUnanswered"; readonly generation: number }
  | { readonly kind: "timerFired"; readonly generation: number; readonly timer: TimerName };

export type DiagnosticCode =
  | "message-before-hello"
  | "unexpected-hello"
  | "close-timeout"
  | "restart-refused"
  | "connection-failed"
  | "slow-renderer";

export type Order =
  | { readonly kind: "open"; readonly generation: number }
  | { readonly kind: "abortOpen" }
  /** Closes the current connection; `released` follows. */
  | { readonly kind: "close"; readonly reason: CloseReason }
  /** Closes a connection that arrived too late; nobody waits for it. */
  | { readonly kind: "discard" }
  | { readonly kind: "sendSettings" }
  | { readonly kind: "startTimer"; readonly timer: TimerName; readonly milliseconds: number }
  | { readonly kind: "stopTimers" }
  | { readonly kind: "watchSilence" }
  | { readonly kind: "stopWatching" }
  | { readonly kind: "probe" }
  | { readonly kind: "deliver" }
  | { readonly kind: "transmit" }
  | { readonly kind: "enqueue" }
  | { readonly kind: "drop" }
  | { readonly kind: "refuse" }
  | { readonly kind: "rememberSettings" }
  | { readonly kind: "flushOutbox" }
  /** Effects that were sent and will never be answered get an error result. */
  | { readonly kind: "answerInFlight" }
  | { readonly kind: "notifyResync"; readonly generation: number }
  | { readonly kind: "notifyExit"; readonly reason: ExitReason; readonly willRestart: boolean }
  | { readonly kind: "diagnose"; readonly code: DiagnosticCode; readonly detail?: string }
  /** The last order ever, exactly once. */
  | { readonly kind: "finish"; readonly failure?: Failure };

export interface Step {
  readonly state: State;
  readonly orders: readonly Order[];
}

const NO_ORDERS: readonly Order[] = [];
// For nearly every message.
const DELIVER: readonly Order[] = [{ kind: "deliver" }];
const TRANSMIT: readonly Order[] = [{ kind: "transmit" }];

export function initialState(): State {
  return { kind: "idle", generation: 0, restarts: 0, hasStarted: false };
}

export function step(state: State, fact: Fact, options: MachineOptions): Step {
  if ("generation" in fact && fact.generation !== state.generation) {
    return fact.kind === "opened" ? { state, orders: [{ kind: "discard" }] } : stay(state);
  }
  switch (fact.kind) {
    case "startRequested":
      return state.kind === "idle" ? openNext(state) : stay(state);
    case "stopRequested":
      return stopRequested(state, options);
    case "restartRequested":
      return restartRequested(state, options);
    case "resyncCompleted":
      return resyncCompleted(state, options);
    case "sendRequested":
      return sendRequested(state, fact.messageClass, fact.isCongested);
    case "opened":
      return opened(state, options);
    case "openFailed":
      return openFailed(state, fact.isFatal, fact.detail, options);
    case "helloReceived":
      return helloReceived(state, fact.protocolVersion, options);
    case "errorReceived":
      if (!isConnected(state)) return stay(state);
      return fail(state, { code: "renderer-refused", detail: fact.detail }, fact.detail, options);
    case "messageReceived":
      return messageReceived(state);
    case "drained":
      if (state.kind !== "congested") return stay(state);
      return {
        state: { ...common(state), kind: "resyncing" },
        orders: [{ kind: "notifyResync", generation: state.generation }],
      };
    case "closed":
      return isConnected(state) ? lose(state, fact.reason, options) : stay(state);
    case "released":
      return state.kind === "closing" ? goOn(state, state.next, []) : stay(state);
    case "silenceDetected":
      return isAnnounced(state) ? { state, orders: [{ kind: "probe" }] } : stay(state);
    case "probeUnanswered":
      if (!isAnnounced(state)) return stay(state);
      return lose(state, { kind: "heartbeat-timeout", detail: "the renderer did not answer a request" }, options);
    case "timerFired":
      return timerFired(state, fact.timer, options);
    default:
      return unreachable(fact);
  }
}

function stay(state: State): Step {
  return { state, orders: NO_ORDERS };
}

function common(state: State): Common {
  return { generation: state.generation, restarts: state.restarts, hasStarted: state.hasStarted };
}

/** The runtime was told that this connection's renderer is there. */
function isAnnounced(state: State): boolean {
  return state.kind === "resyncing" || state.kind === "ready" || state.kind === "congested";
}

function isConnected(state: State): boolean {
  return state.kind === "handshaking" || isAnnounced(state);
}

function openNext(state: State): Step {
  const generation = state.generation + 1;
  return { state: { ...common(state), kind: "starting", generation }, orders: [{ kind: "open", generation }] };
}

function opened(state: State, options: MachineOptions): Step {
  switch (state.kind) {
    case "starting":
      return {
        state: { ...common(state), kind: "handshaking" },
        orders: [
          { kind: "sendSettings" },
          { kind: "startTimer", timer: "hello", milliseconds: options.helloTimeoutMs },
        ],
      };
    case "closing":
      // The open had been aborted, but won the race.
      return { state, orders: [{ kind: "close", reason: { kind: "shutdown" } }] };
    default:
      // `stopped` or `failed` after a close that took too long: same generation, nobody waits any more.
      return { state, orders: [{ kind: "discard" }] };
  }
}

function openFailed(state: State, isFatal: boolean, detail: string, options: MachineOptions): Step {
  if (state.kind === "closing") return goOn(state, state.next, []);
  if (state.kind !== "starting") return stay(state);
  const next: Next =
    isFatal || !state.hasStarted
      ? { kind: "fail", failure: { code: "open-failed", detail } }
      : afterLoss(state, { kind: "connection-lost", detail }, options);
  return goOn(counted(state, next), next, [{ kind: "diagnose", code: "connection-failed", detail }]);
}

function helloReceived(state: State, protocolVersion: number, options: MachineOptions): Step {
  if (isAnnounced(state)) return { state, orders: [{ kind: "diagnose", code: "unexpected-hello" }] };
  if (state.kind !== "handshaking") return stay(state);
  if (protocolVersion !== options.protocolVersion) {
    return fail(state, { code: "protocol-mismatch", found: protocolVersion }, "protocol versions differ", options);
  }
  return {
    state: { ...common(state), kind: "resyncing", hasStarted: true },
    orders: [
      { kind: "stopTimers" },
      { kind: "watchSilence" },
      { kind: "deliver" },
      { kind: "notifyResync", generation: state.generation },
    ],
  };
}

function messageReceived(state: State): Step {
  if (isAnnounced(state)) return { state, orders: DELIVER };
  if (state.kind === "handshaking") return { state, orders: [{ kind: "diagnose", code: "message-before-hello" }] };
  return stay(state);
}

function resyncCompleted(state: State, options: MachineOptions): Step {
  // Also called for a renderer that died during the resync; then there is nothing to complete.
  if (state.kind !== "resyncing") return stay(state);
  const orders: Order[] = [{ kind: "flushOutbox" }];
  if (state.restarts > 0) orders.push({ kind: "startTimer", timer: "stable", milliseconds: options.stableMs });
  return { state: { ...common(state), kind: "ready" }, orders };
}

function sendRequested(state: State, messageClass: MessageClass, isCongested: boolean): Step {
  switch (state.kind) {
    case "ready":
      if (messageClass === "tree" && isCongested) {
        return {
          state: { ...common(state), kind: "congested" },
          orders: [{ kind: "drop" }, { kind: "diagnose", code: "slow-renderer" }],
        };
      }
      return { state, orders: TRANSMIT };
    case "resyncing":
    case "congested":
      return { state, orders: [orderWhileUnsettled(state.kind, messageClass)] };
    case "idle":
    case "starting":
    case "handshaking":
    case "closing":
    case "waiting":
      return { state, orders: [orderWhileAway(messageClass)] };
    case "failed":
    case "stopped":
      return {
        state,
        orders: [messageClass === "transient" || messageClass === "immediate" ? { kind: "refuse" } : { kind: "drop" }],
      };
    default:
      return unreachable(state);
  }
}

function orderWhileUnsettled(kind: "resyncing" | "congested", messageClass: MessageClass): Order {
  switch (messageClass) {
    case "settings":
    case "state":
      return { kind: "transmit" };
    case "tree":
      return kind === "resyncing" ? { kind: "transmit" } : { kind: "drop" };
    case "transient":
      return { kind: "enqueue" };
    case "immediate":
      return kind === "resyncing" ? { kind: "refuse" } : { kind: "transmit" };
    default:
      return unreachable(messageClass);
  }
}

function orderWhileAway(messageClass: MessageClass): Order {
  switch (messageClass) {
    case "settings":
      return { kind: "rememberSettings" };
    case "tree":
    case "state":
      return { kind: "drop" };
    case "transient":
      return { kind: "enqueue" };
    case "immediate":
      return { kind: "refuse" };
    default:
      return unreachable(messageClass);
  }
}

function restartRequested(state: State, options: MachineOptions): Step {
  switch (state.kind) {
    case "idle":
    case "failed":
    case "stopped":
      return { state, orders: [{ kind: "diagnose", code: "restart-refused", detail: `the bridge is ${state.kind}` }] };
    case "waiting":
      return withOrders([{ kind: "stopTimers" }], openNext(state));
    case "closing":
      return state.next.kind === "wait" ? stay({ ...state, next: { kind: "open" } }) : stay(state);
    case "starting":
      return stay(state);
    case "handshaking":
    case "resyncing":
    case "ready":
    case "congested":
      if (!options.canReopen) {
        const detail = "this transport has only one connection";
        return { state, orders: [{ kind: "diagnose", code: "restart-refused", detail }] };
      }
      return close(state, { kind: "open" }, { kind: "shutdown", detail: "restart" }, { kind: "restart" }, options);
    default:
      return unreachable(state);
  }
}

function stopRequested(state: State, options: MachineOptions): Step {
  switch (state.kind) {
    case "failed":
    case "stopped":
      return stay(state);
    case "idle":
    case "waiting":
      return goOn(state, { kind: "stop" }, []);
    case "closing":
      return stay({ ...state, next: { kind: "stop" } });
    case "starting":
      return {
        state: { ...common(state), kind: "closing", next: { kind: "stop" } },
        orders: [{ kind: "abortOpen" }, { kind: "startTimer", timer: "close", milliseconds: options.closeTimeoutMs }],
      };
    case "handshaking":
    case "resyncing":
    case "ready":
    case "congested":
      return close(state, { kind: "stop" }, { kind: "shutdown", detail: "stop" }, undefined, options);
    default:
      return unreachable(state);
  }
}

function timerFired(state: State, timer: TimerName, options: MachineOptions): Step {
  switch (timer) {
    case "hello": {
      if (state.kind !== "handshaking") return stay(state);
      const reason: CloseReason = { kind: "connection-lost", detail: "no hello from the renderer" };
      if (!state.hasStarted) return fail(state, { code: "hello-timeout" }, "no hello from the renderer", options);
      return lose(state, reason, options);
    }
    case "backoff":
      return state.kind === "waiting" ? openNext(state) : stay(state);
    case "stable":
      return stay(state.kind === "ready" ? { ...state, restarts: 0 } : state);
    case "close":
      if (state.kind !== "closing") return stay(state);
      return goOn(state, state.next, [{ kind: "diagnose", code: "close-timeout" }]);
    default:
      return unreachable(timer);
  }
}

/** The connection is gone, or as good as gone, against our will. */
function lose(state: State, reason: CloseReason, options: MachineOptions): Step {
  const next: Next = state.hasStarted
    ? afterLoss(state, reason, options)
    : { kind: "fail", failure: { code: "early-exit", reason } };
  return close(counted(state, next), next, reason, reason, options);
}

function afterLoss(state: State, reason: CloseReason, options: MachineOptions): Next {
  if (isAnnounced(state) && reason.kind === "shutdown") return { kind: "stop" };
  if (!options.canReopen) return { kind: "stop" };
  if (state.restarts >= options.maxRestarts) return { kind: "fail", failure: { code: "max-restarts-reached", reason } };
  return { kind: "wait", delayMs: backoffDelay(options.restartDelayMs, state.restarts) };
}

function counted(state: State, next: Next): State {
  return next.kind === "wait" ? { ...state, restarts: state.restarts + 1 } : state;
}

function fail(state: State, failure: Failure, detail: string, options: MachineOptions): Step {
  return close(state, { kind: "fail", failure }, { kind: "shutdown", detail }, { kind: "crash", detail }, options);
}

/** Leaves a connection: tells the runtime where it knows of it, then closes and waits for the release. */
function close(
  state: State,
  next: Next,
  reason: CloseReason,
  exit: ExitReason | undefined,
  options: MachineOptions,
): Step {
  const orders: Order[] = [{ kind: "stopTimers" }, { kind: "stopWatching" }];
  if (isAnnounced(state) && exit !== undefined) {
    // First the answers, so that the runtime still takes them for answers of this renderer.
    orders.push({ kind: "answerInFlight" });
    orders.push({ kind: "notifyExit", reason: exit, willRestart: next.kind === "wait" || next.kind === "open" });
  }
  orders.push({ kind: "close", reason });
  orders.push({ kind: "startTimer", timer: "close", milliseconds: options.closeTimeoutMs });
  return { state: { ...common(state), kind: "closing", next }, orders };
}

/** Nothing is connected any more: does what comes next. */
function goOn(state: State, next: Next, before: readonly Order[]): Step {
  const stopTimers: Order = { kind: "stopTimers" };
  switch (next.kind) {
    case "open":
      return withOrders([...before, stopTimers], openNext(state));
    case "wait":
      return {
        state: { ...common(state), kind: "waiting" },
        orders: [...before, stopTimers, { kind: "startTimer", timer: "backoff", milliseconds: next.delayMs }],
      };
    case "fail":
      return {
        state: { ...common(state), kind: "failed", failure: next.failure },
        orders: [...before, stopTimers, { kind: "finish", failure: next.failure }],
      };
    case "stop":
      return { state: { ...common(state), kind: "stopped" }, orders: [...before, stopTimers, { kind: "finish" }] };
    default:
      return unreachable(next);
  }
}

function withOrders(before: readonly Order[], next: Step): Step {
  return { state: next.state, orders: [...before, ...next.orders] };
}
