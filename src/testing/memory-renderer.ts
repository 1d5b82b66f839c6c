import { messageOf } from "../base/index.ts";
import type { Connector, Transport, TransportListener } from "../bridge/index.ts";
import { type FromRenderer, formatDecodeError, type ToRenderer } from "../protocol/index.ts";
import { inspection } from "../renderer/engine/inspection.ts";
import { createEngine, createNoSurface, type SurfaceFactory, type SurfaceListener } from "../renderer/index.ts";
import { createMemoryConnector } from "../transport/memory.ts";
import { decodeMessage, encodeMessage, WireError } from "../wire/index.ts";
import { reportKey } from "./mock-keyboard.ts";
import type { TestRenderer, TestRendererOptions } from "./test-renderer.ts";

/** What an engine that is connected needs; what stands in front of one has the same members. */
export interface ConnectedEngine {
  receive(message: ToRenderer): void;
  receiveInvalid(detail: string): void;
  /** `undefined`: it takes the next message at once. */
  whenFree?(): Promise<void> | undefined;
  dispose(): void;
}

export interface EngineSetup {
  readonly backend: "mock" | "headless";
  readonly surface: SurfaceFactory;
  /** Stands between the engine and who sends to it and hears from it. Default: nothing does. */
  readonly gate?: (forward: (message: FromRenderer) => void) => {
    readonly send: (message: FromRenderer) => void;
    readonly inFront: (engine: ReturnType<typeof createEngine>) => ConnectedEngine;
  };
}

/** The renderer's engine without a screen. */
export function createMemoryRenderer(options: TestRendererOptions): TestRenderer {
  let keyboard: SurfaceListener | undefined;
  const surface: SurfaceFactory = (listener) => {
    keyboard = listener;
    return createNoSurface()(listener);
  };
  const { connector, dispose } = connectEngine(options, { backend: "mock", surface });
  return {
    connector,
    key(step, combo, windowId) {
      if (keyboard !== undefined) reportKey(keyboard, windowId, step, combo);
    },
    dispose: async () => dispose(),
  };
}

/** An engine behind a transport in memory. Messages are encoded as over a pipe. */
export function connectEngine(
  { codec, clock, onActivity, onFault }: TestRendererOptions,
  { backend, surface, gate: makeGate }: EngineSetup,
): { readonly connector: Connector; readonly dispose: () => void } {
  let transport: Transport | undefined;
  const send = (message: FromRenderer): void => {
    onActivity();
    const payload = encodeMessage(message, codec);
    if (payload.ok) transport?.send(payload.value);
    else onFault(`The renderer's "${message.type}" cannot be encoded: ${messageOf(payload.error)}`);
  };
  const gate = makeGate?.(send);
  const engine = createEngine({
    inspection: () => inspection,
    mode: backend,
    backend,
    transport: "memory",
    codec,
    surface,
    clock,
    send: gate?.send ?? send,
    onEnd: () => void transport?.close({ kind: "shutdown" }),
  });
  const front: ConnectedEngine = gate?.inFront(engine) ?? engine;
  const waiting: (() => void)[] = [];
  let isWaiting = false;
  /** In order, each when the one before leaves room. */
  const pass = (deliver: () => void): void => {
    waiting.push(deliver);
    if (!isWaiting) flush();
  };
  const flush = (): void => {
    isWaiting = false;
    while (waiting.length > 0) {
      const free = front.whenFree?.();
      if (free !== undefined) {
        isWaiting = true;
        void free.then(flush);
        return;
      }
      waiting.shift()?.();
    }
  };
  const accept = (accepted: Transport): TransportListener => {
    transport = accepted;
    engine.start();
    return {
      onMessage(payload) {
        onActivity();
        const decoded = decodeMessage(payload, "to-renderer");
        if (decoded.ok) pass(() => front.receive(decoded.value));
        else {
          const { error } = decoded;
          pass(() => front.receiveInvalid(error instanceof WireError ? error.message : formatDecodeError(error)));
        }
      },
      onDrain: onActivity,
      onClose() {
        onActivity();
        if (transport !== accepted) return;
        transport = undefined;
        engine.suspend();
      },
    };
  };
  return { connector: createMemoryConnector({ codec, accept }), dispose: () => front.dispose() };
}
