import { messageOf } from "../../base/index.ts";
import {
  checkEffectPayload,
  type FromRenderer,
  isEffectKind,
  type ToRendererMessage,
  type WireValue,
} from "../../protocol/index.ts";
import type { EffectOutcome, Surface } from "../surface.ts";
import type { Outlet } from "./outlet.ts";
import { clip } from "./record.ts";

/** Answers effects: with an error, with a stub, or with what the surface brings. */
export class EffectRunner {
  readonly #surface: Surface;
  readonly #outlet: Outlet;
  readonly #stubs = new Map<string, WireValue>();

  constructor(surface: Surface, outlet: Outlet) {
    this.#surface = surface;
    this.#outlet = outlet;
  }

  run(message: ToRendererMessage<"effect">): void {
    const { id, kind } = message;
    if (id === "") {
      const value = { error: "effect request missing response id", kind: clip(kind) };
      this.#outlet.event({ family: "error", id: "effect", value });
      return;
    }
    const reply = this.#outlet.later();
    const checked = checkEffectPayload(kind, message.payload);
    if (!checked.ok) {
      reply(response(id, { status: "error", error: checked.error }));
      return;
    }
    const stub = this.#stubs.get(kind);
    if (stub !== undefined) {
      reply(response(id, { status: "ok", result: stub }));
      return;
    }
    this.#start(kind, checked.value).then(
      (outcome) => reply(response(id, outcome)),
      (thrown: unknown) => reply(response(id, { status: "error", error: messageOf(thrown) })),
    );
  }

  registerStub(kind: string, result: WireValue): void {
    const isKnown = isEffectKind(kind);
    if (isKnown) this.#stubs.set(kind, result);
    const status = isKnown ? "registered" : "error";
    this.#outlet.send({ type: "effect_stub_register_ack", kind, status });
  }

  unregisterStub(kind: string): void {
    this.#stubs.delete(kind);
    const status = isEffectKind(kind) ? "unregistered" : "error";
    this.#outlet.send({ type: "effect_stub_unregister_ack", kind, status });
  }

  reset(): void {
    this.#stubs.clear();
  }

  /** Async, so that a surface that throws at once fails in the same way as one that rejects. */
  async #start(kind: string, payload: ToRendererMessage<"effect">["payload"]): Promise<EffectOutcome> {
    return this.#surface.runEffect({ kind, payload });
  }
}

function response(id: string, outcome: EffectOutcome): FromRenderer {
  switch (outcome.status) {
    case "ok":
      return { type: "effect_response", id, status: "ok", result: outcome.result };
    case "error":
      return { type: "effect_response", id, status: "error", error: outcome.error };
    case "cancelled":
    case "unsupported":
      return { type: "effect_response", id, status: outcome.status };
  }
}
