import { formatDecodeError, type ToRenderer } from "../../protocol/index.ts";
import type { Engine } from "../../renderer/index.ts";
import { decodeJsonMessage } from "../../wire/json-messages.ts";
import { WireError } from "../../wire/wire-error.ts";

/** Hands a payload to the engine; returns the type of the message it was, if it was one. */
export function feedEngine(engine: Engine, payload: Uint8Array | string): ToRenderer["type"] | undefined {
  const decoded = decodeJsonMessage(payload);
  if (decoded.ok) {
    engine.receive(decoded.value);
    return decoded.value.type;
  }
  const { error } = decoded;
  engine.receiveInvalid(error instanceof WireError ? error.message : formatDecodeError(error));
  return undefined;
}
