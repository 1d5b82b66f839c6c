import { type Clock, systemClock } from "../base/clock.ts";
import type {
  FromRenderer,
  FromRendererMessage,
  PatchOp,
  Selector,
  ToRenderer,
  ToRendererMessage,
  WireNode,
  WireProps,
  WireValue,
} from "../protocol/index.ts";
import { BridgeError } from "./bridge-error.ts";

/** How long a picture may take: a large window is drawn in software where there is no display. */
const SCREENSHOT_MS = 30_000;

/** What the functions need of a bridge. */
export interface MessagePort {
  send(message: ToRenderer): void;
  /** Calls `observer` with every message for the runtime; returns the function that stops it. */
  observe(observer: (message: FromRenderer) => void): () => void;
}

export type WidgetCommand = readonly [nodeId: string, op: string, payload?: WireValue];

export interface ScreenshotOptions {
  readonly width?: number;
  readonly height?: number;
  readonly timeoutMs?: number;
}

/**
 * The messages of the protocol as calls, for tools and tests that drive a renderer without a runtime. They are queued or
 * dropped like any message of the runtime. Arguments that the protocol does not allow throw a `RangeError` at the call.
 */
export interface BridgeFunctions {
  sendSettings(settings: WireProps): void;
  sendSnapshot(tree: WireNode): void;
  sendPatch(ops: readonly PatchOp[]): void;
  sendEffect(id: string, kind: string, payload?: WireProps): void;
  sendWidgetOp(op: string, payload?: WireProps): void;
  sendWidgetCommand(nodeId: string, op: string, payload?: WireValue): void;
  sendWidgetCommands(commands: readonly WidgetCommand[]): void;
  sendSubscribe(kind: string, tag: string, maxRate?: number, windowId?: string): void;
  sendUnsubscribe(kind: string, tag?: string): void;
  sendWindowOp(op: string, windowId: string, settings?: WireProps): void;
  sendSystemOp(op: string, settings?: WireProps): void;
  sendSystemQuery(op: string, settings?: WireProps): void;
  sendImageOp(op: "create" | "update" | "delete", payload: ToRendererMessage<"image_op">["payload"]): void;
  /** Moves the animations of a headless renderer to this time. */
  sendAdvanceFrame(timestamp: number): void;
  sendRegisterEffectStub(kind: string, response: WireValue): void;
  sendUnregisterEffectStub(kind: string): void;
  /** `id` must be new: the answers `interact_step` and `interact_response` carry it. */
  sendInteract(id: string, action: string, selector?: Selector, payload?: WireProps): void;
  /** Resolves with the renderer's answer; rejects with a `BridgeError` when none comes in time. */
  screenshot(name: string, options?: ScreenshotOptions): Promise<FromRendererMessage<"screenshot_response">>;
}

export function createBridgeFunctions(port: MessagePort, options: { readonly clock?: Clock } = {}): BridgeFunctions {
  const clock = options.clock ?? systemClock;
  let screenshots = 0;
  return {
    sendSettings: (settings) => port.send({ type: "settings", settings }),
    sendSnapshot: (tree) => port.send({ type: "snapshot", tree }),
    sendPatch: (ops) => port.send({ type: "patch", ops: [...ops] }),
    sendEffect: (id, kind, payload = {}) => port.send({ type: "effect", id, kind, payload }),
    sendWidgetOp: (op, payload = {}) => port.send({ type: "widget_op", op, payload }),
    sendWidgetCommand: (nodeId, op, payload) => port.send({ type: "command", ...toCommand([nodeId, op, payload]) }),
    sendWidgetCommands: (commands) => port.send({ type: "commands", commands: commands.map(toCommand) }),
    sendSubscribe(kind, tag, maxRate, windowId) {
      if (maxRate !== undefined) requireInteger("maxRate", maxRate, 0);
      port.send({
        type: "subscribe",
        kind,
        tag,
        ...(maxRate === undefined ? {} : { max_rate: maxRate }),
        ...(windowId === undefined ? {} : { window_id: windowId }),
      });
    },
    sendUnsubscribe: (kind, tag) => port.send({ type: "unsubscribe", kind, ...(tag === undefined ? {} : { tag }) }),
    sendWindowOp: (op, windowId, payload = {}) => port.send({ type: "window_op", op, window_id: windowId, payload }),
    sendSystemOp: (op, payload = {}) => port.send({ type: "system_op", op, payload }),
    sendSystemQuery: (op, payload = {}) => port.send({ type: "system_query", op, payload }),
    sendImageOp: (op, payload) => port.send({ type: "image_op", op: `${op}_image`, payload }),
    sendAdvanceFrame(timestamp) {
      requireInteger("timestamp", timestamp, 0);
      port.send({ type: "advance_frame", timestamp });
    },
    sendRegisterEffectStub: (kind, response) => port.send({ type: "register_effect_stub", kind, response }),
    sendUnregisterEffectStub: (kind) => port.send({ type: "unregister_effect_stub", kind }),
    sendInteract: (id, action, selector = {}, payload = {}) =>
      port.send({ type: "interact", id, action, selector, payload }),
    screenshot(name, { width, height, timeoutMs = SCREENSHOT_MS } = {}) {
      if (width !== undefined) requireInteger("width", width, 1);
      if (height !== undefined) requireInteger("height", height, 1);
      screenshots += 1;
      const id = `screenshot-${screenshots}`;
      return new Promise((resolve, reject) => {
        const stop = port.observe((message) => {
          if (message.type !== "screenshot_response" || message.id !== id) return;
          stop();
          cancel();
          resolve(message);
        });
        const cancel = clock.after(timeoutMs, () => {
          stop();
          reject(new BridgeError("no-answer", `The renderer sent no screenshot "${name}" within ${timeoutMs} ms.`));
        });
        port.send({
          type: "screenshot",
          id,
          name,
          ...(width === undefined ? {} : { width }),
          ...(height === undefined ? {} : { height }),
        });
      });
    },
  };
}

function toCommand([id, family, value]: readonly [string, string, (WireValue | undefined)?]): {
  readonly id: string;
  readonly family: string;
  readonly value?: WireValue;
} {
  return value === undefined ? { id, family } : { id, family, value };
}

function requireInteger(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new RangeError(`${name} must be an integer of at least ${least}, got ${value}.`);
}
