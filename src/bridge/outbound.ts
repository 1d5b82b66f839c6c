import type { FromRenderer, ToRenderer } from "../protocol/index.ts";
import type { Connection } from "./connection.ts";
import type { Diagnostics } from "./diagnostics.ts";
import { Handshake, type RendererSettings } from "./handshake.ts";
import { HEARTBEAT_TAG } from "./heartbeat.ts";
import { Outbox, type OutboxLimits } from "./outbox.ts";

/** The text an effect gets whose renderer went away before it answered. */
const RENDERER_RESTARTED = "renderer restarted";

export interface OutboundOptions {
  readonly settings: RendererSettings;
  readonly session: string | undefined;
  readonly outboxLimits: OutboxLimits | undefined;
  readonly diagnostics: Diagnostics;
  /** Takes an answer of our own: always later, as one of the renderer would be. */
  readonly answer: (message: FromRenderer) => void;
}

/** Everything on its way to the renderer: what is sent, what waits, and what is owed an answer. */
export class Outbound {
  readonly #options: OutboundOptions;
  readonly #handshake: Handshake;
  readonly #outbox: Outbox;
  /** Effects that were sent and not answered; each gets its one answer even when the renderer goes away. */
  readonly #unanswered = new Set<string>();
  #connection: Connection | undefined;
  #isCongested = false;

  constructor(options: OutboundOptions) {
    this.#options = options;
    this.#handshake = new Handshake(options.settings);
    this.#outbox = new Outbox(options.outboxLimits);
  }

  get isCongested(): boolean {
    return this.#isCongested;
  }

  connect(connection: Connection): void {
    this.#connection = connection;
    this.#isCongested = false;
  }

  /** Takes the connection away, and returns it to be closed. */
  disconnect(): Connection | undefined {
    const connection = this.#connection;
    this.#connection = undefined;
    this.#isCongested = false;
    return connection;
  }

  drained(): void {
    this.#isCongested = false;
  }

  sendSettings(): void {
    this.#send(this.#handshake.begin());
  }

  /** Asks for a sign of life in the one way that every renderer answers in every mode. */
  probe(): void {
    this.#send({ type: "widget_op", op: "find_focused", payload: { tag: HEARTBEAT_TAG } });
  }

  transmit(message: ToRenderer): void {
    if (message.type !== "settings") {
      this.#send(message);
      return;
    }
    const news = this.#handshake.replace(message);
    if (news !== undefined) this.#send(news);
  }

  rememberSettings(message: ToRenderer): void {
    if (message.type === "settings") this.#handshake.remember(message);
  }

  enqueue(message: ToRenderer): void {
    for (const removed of this.#outbox.add(message)) {
      this.#options.diagnostics.report("outbox-overflow", removed.type);
      this.#answer(removed, "too many messages wait for the renderer");
    }
  }

  refuse(message: ToRenderer): void {
    this.#options.diagnostics.report("request-refused", message.type);
    this.#answer(message, "no renderer");
  }

  flush(): void {
    for (const message of this.#outbox.takeAll()) this.#send(message);
  }

  /** The renderer answered an effect. */
  answered(effectId: string): void {
    this.#unanswered.delete(effectId);
  }

  /** The renderer is gone: what it owed is answered in its place. */
  answerInFlight(): void {
    const ids = [...this.#unanswered];
    this.#unanswered.clear();
    for (const id of ids) this.#failEffect(id, RENDERER_RESTARTED);
  }

  /** Gives everything up at the end of the bridge. */
  discard(): void {
    const { length } = this.#outbox.takeAll();
    if (length > 0) this.#options.diagnostics.report("outbox-discarded", `${length} messages`);
  }

  #send(message: ToRenderer): void {
    const { session, diagnostics } = this.#options;
    const sent = this.#connection?.send(session === undefined ? message : { ...message, session });
    if (sent === undefined) return;
    if (!sent.ok) {
      diagnostics.report("encode-failed", `${message.type}: ${sent.error}`);
      this.#answer(message, sent.error);
      return;
    }
    if (!sent.value) this.#isCongested = true;
    if (message.type === "effect") this.#unanswered.add(message.id);
  }

  /** Gives a request that will not reach a renderer its negative answer, where its kind has one. */
  #answer(message: ToRenderer, error: string): void {
    if (message.type === "effect") this.#failEffect(message.id, error);
    if (message.type !== "screenshot") return;
    const { id, name } = message;
    const session = this.#options.session ?? "";
    this.#options.answer({ type: "screenshot_response", session, id, name, hash: "", width: 0, height: 0 });
  }

  #failEffect(id: string, error: string): void {
    const session = this.#options.session ?? "";
    this.#options.answer({ type: "effect_response", session, id, status: "error", error });
  }
}
