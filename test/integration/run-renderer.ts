import type { IostreamAdapter, IostreamBridge, Transport, TransportListener } from "../../src/bridge/index.ts";
import type { FromRenderer } from "../../src/protocol/index.ts";
import { inspection } from "../../src/renderer/engine/inspection.ts";
import { createEngine, createNoSurface, type Engine } from "../../src/renderer/index.ts";
import { type FakeClock, fakeClock } from "../../src/testing/index.ts";

import { decodeMessage, encodeMessage } from "../../src/wire/index.ts";

type Codec = "json" | "msgpack";

/** The bundled renderer without a screen, at the other end of whatever carries the bytes. */
export function rendererOver(
  codec: Codec,
  send: (payload: Uint8Array | string) => void,
): { receive(payload: Uint8Array | string): void; engine: Engine; clock: FakeClock } {
  const clock = fakeClock();
  const engine = createEngine({
    inspection: () => inspection,
    // A mock answers no question about windows and trees; an app over a screen gets its answers.
    mode: "windowed",
    backend: "mock",
    transport: "memory",
    codec,
    clock,
    surface: createNoSurface(),
    send: (message: FromRenderer) => {
      const encoded = encodeMessage(message, codec);
      if (!encoded.ok) throw encoded.error;
      send(encoded.value);
    },
  });
  return {
    engine,
    clock,
    receive(payload) {
      const decoded = decodeMessage(payload, "to-renderer", codec);
      if (!decoded.ok) throw new Error("the host sent something that is no message");
      engine.receive(decoded.value);
    },
  };
}

export interface MockAdapter extends IostreamAdapter {
  /** Lets the renderer say something. */
  say(message: FromRenderer): void;
  hangUp(reason?: string): void;
  readonly registrations: number;
  readonly isClosed: boolean;
}

/** An iostream adapter with the mock renderer behind it. */
export function mockAdapter(codec: Codec): MockAdapter {
  let bridge: IostreamBridge | undefined;
  let registrations = 0;
  let isClosed = false;
  // In a microtask, as any medium delivers later.
  const deliver = (payload: Uint8Array | string): void => queueMicrotask(() => bridge?.data(payload));
  const renderer = rendererOver(codec, deliver);
  return {
    get registrations() {
      return registrations;
    },
    get isClosed() {
      return isClosed;
    },
    register(given) {
      registrations += 1;
      bridge = given;
      renderer.engine.start();
    },
    send(payload) {
      renderer.receive(payload);
    },
    close() {
      isClosed = true;
      renderer.engine.dispose();
    },
    say(message) {
      const encoded = encodeMessage(message, codec);
      if (!encoded.ok) throw encoded.error;
      deliver(encoded.value);
    },
    hangUp(reason) {
      bridge?.closed(reason);
    },
  };
}

/** For a memory connector: each connection gets a renderer of its own. */
export function acceptMock(
  codec: Codec,
  onOpen: (engine: Engine) => void,
): (transport: Transport) => TransportListener {
  return (transport) => {
    const renderer = rendererOver(codec, (payload) => {
      transport.send(payload);
    });
    onOpen(renderer.engine);
    renderer.engine.start();
    return {
      onMessage: (payload) => renderer.receive(payload),
      onDrain: () => {},
      onClose: () => renderer.engine.dispose(),
    };
  };
}
