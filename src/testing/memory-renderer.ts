import { type Clock, messageOf } from "../base/index.ts";
import type { Connector, Transport, TransportListener } from "../bridge/index.ts";
import { formatDecodeError } from "../protocol/index.ts";
import { createEngine, createNoSurface } from "../renderer/index.ts";
import { createMemoryConnector } from "../transport/memory.ts";
import { decodeMessage, encodeMessage, WireError } from "../wire/index.ts";

export interface MemoryRendererOptions {
  readonly codec: "json" | "msgpack";
  readonly clock: Clock;
  /** A message went one way or the other. */
  readonly onTraffic: () => void;
  /** The renderer made something that cannot be sent. */
  readonly onFault: (message: string) => void;
}

export interface MemoryRenderer {
  readonly connector: Connector;
  dispose(): void;
}

/** The renderer's engine without a screen, behind a transport in memory. Messages are encoded as over a pipe. */
export function createMemoryRenderer({ codec, clock, onTraffic, onFault }: MemoryRendererOptions): MemoryRenderer {
  let transport: Transport | undefined;
  const engine = createEngine({
    mode: "mock",
    backend: "mock",
    transport: "memory",
    codec,
    surface: createNoSurface(),
    clock,
    send(message) {
      onTraffic();
      const payload = encodeMessage(message, codec);
      if (payload.ok) transport?.send(payload.value);
      else onFault(`The renderer's "${message.type}" cannot be encoded: ${messageOf(payload.error)}`);
    },
    onEnd: () => void transport?.close({ kind: "shutdown" }),
  });
  const accept = (accepted: Transport): TransportListener => {
    transport = accepted;
    engine.start();
    return {
      onMessage(payload) {
        onTraffic();
        const decoded = decodeMessage(payload, "to-renderer");
        if (decoded.ok) engine.receive(decoded.value);
        else
          engine.receiveInvalid(
            decoded.error instanceof WireError ? decoded.error.message : formatDecodeError(decoded.error),
          );
      },
      onDrain: onTraffic,
      onClose() {
        onTraffic();
        if (transport !== accepted) return;
        transport = undefined;
        engine.suspend();
      },
    };
  };
  return { connector: createMemoryConnector({ codec, accept }), dispose: () => engine.dispose() };
}
