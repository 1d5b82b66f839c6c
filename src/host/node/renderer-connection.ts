// The renderer's end of one connection: from the host's first byte to the end of the streams.
//
//   silent     first byte, or a fixed codec   → greeting   (hello goes out)
//   greeting   accepted settings              → talking
//   greeting   anything else                  → ended      (error goes out)
//   talking    end of input, bad framing      → ended      (what waits is answered first)
//   any        output gone, stop              → ended
//   any        the only screen is gone        → ended

import type { Readable, Writable } from "node:stream";
import { type Cancel, type Clock, err, type Logger, ok, type Result } from "../../base/index.ts";
import {
  type DiagnosticKind,
  decodeToRenderer,
  type FromRenderer,
  formatDecodeError,
  makeHello,
  type ToRenderer,
  type ToRendererMessage,
} from "../../protocol/index.ts";
import { inspection } from "../../renderer/engine/inspection.ts";
import { validateProps } from "../../renderer/engine/prop-validator.ts";
import {
  createEngine,
  createResourceBudget,
  type Engine,
  type Surface,
  type SurfaceFactory,
} from "../../renderer/index.ts";
import { type CodecName, createCodec, detectCodec, type Frame, FrameReader, type Frames } from "../../wire/index.ts";
import type { KeepAlive, RendererProcessMode, SentDiagnostics } from "./renderer-arguments.ts";
import { MockSurface } from "./renderer-mock-surface.ts";
import { RendererOutput } from "./renderer-output.ts";
import { isRemoteSurface, RemoteSession } from "./renderer-screen.ts";
import { ScriptedEngine } from "./renderer-script.ts";
import { RendererSessions, type SessionEngine } from "./renderer-sessions.ts";
import { RENDERER_NAME } from "./renderer-texts.ts";
import { EventGate, isScriptedSurface, ScreenEngine } from "./script/index.ts";

/** A third of the silence that hosts put up with. */
const KEEP_ALIVE_MS = 10_000;

/** Why a connection is over. */
export type RendererEnd =
  | { readonly kind: "input-ended" | "output-gone" | "exit" | "stopped" }
  /** The host was told why. */
  | { readonly kind: "refused"; readonly reason: string }
  /** The input holds no more messages. */
  | { readonly kind: "bad-framing"; readonly reason: string }
  /** The page of the only session crashed or cannot be made. A new renderer draws again, this one never. */
  | { readonly kind: "screen-lost"; readonly reason: string };

export interface RendererConnectionOptions {
  readonly input: Readable;
  readonly output: Writable;
  readonly mode: RendererProcessMode;
  readonly transport: "stdio" | "exec" | "listen";
  readonly backend: string;
  /** Makes a screen for each session. */
  readonly surface: SurfaceFactory;
  readonly codec?: CodecName;
  readonly maxSessions?: number;
  /** The host must prove that it knows the token with this SHA-256, lower-case hex. */
  readonly tokenDigest?: string;
  readonly keepAlive?: KeepAlive;
  readonly diagnostics?: SentDiagnostics;
  /** The host's settings were accepted; `session` is the one it wrote on them. */
  readonly onReady?: (session: string) => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** An engine, and what its session talks to: the engine itself, or somebody in front of it. */
interface Made {
  readonly engine: Engine;
  readonly session: SessionEngine;
}

export class RendererConnection {
  /** Resolves when everything was said and the sessions are gone. */
  readonly ended: Promise<RendererEnd>;
  readonly #options: RendererConnectionOptions;
  readonly #output: RendererOutput;
  readonly #sessions: RendererSessions;
  readonly #resources = createResourceBudget();
  readonly #resolveEnded: (end: RendererEnd) => void;
  #phase: "silent" | "greeting" | "talking" | "ended" = "silent";
  #codec: CodecName = "json";
  #decoder = createCodec("json");
  #reader: FrameReader | undefined;
  #greeter: Made | undefined;
  #initialSettings: ToRendererMessage<"settings"> | undefined;
  #backlog: Frame[] = [];
  #inputEnd: RendererEnd | undefined;
  #isPumping = false;
  #refusal = "";
  #lastSentAt = 0;
  #stopKeepAlive: Cancel | undefined;

  constructor(options: RendererConnectionOptions) {
    this.#options = options;
    let resolveEnded: (end: RendererEnd) => void = () => {};
    this.ended = new Promise((resolve) => {
      resolveEnded = resolve;
    });
    this.#resolveEnded = resolveEnded;
    const { clock, logger, input, maxSessions = 1 } = options;
    const pump = (): void => this.#pump();
    this.#output = new RendererOutput({
      stream: options.output,
      logger,
      onDrain: pump,
      onBroken: () => void this.#end({ kind: "output-gone" }),
      onUnsendable: (message, reason) => this.#unsendable(message, reason),
    });
    this.#sessions = new RendererSessions({
      maxSessions,
      clock,
      logger,
      onRelief: pump,
      send: (message) => this.#send(message),
      // The surface without a screen answers in promises that are settled already.
      settle: () => new Promise((resolve) => setImmediate(resolve)),
      createEngine: (sessionId) => this.#createSession(sessionId),
    });
    if (options.codec !== undefined) this.#greet(options.codec);
    input.on("data", (chunk: Buffer) => this.#received(chunk));
    input.on("end", () => this.#inputEnded());
    input.on("error", (error) => {
      logger({ level: "warn", code: "input-failed", message: "the input failed", error });
      this.#inputEnded();
    });
    // A socket that is torn down has no end.
    input.on("close", () => this.#inputEnded());
  }

  /** Ends from our side: what waits to be written still goes out. */
  async stop(): Promise<void> {
    await this.#end({ kind: "stopped" });
  }

  #greet(codec: CodecName): void {
    this.#phase = "greeting";
    this.#codec = codec;
    this.#decoder = createCodec(codec);
    this.#output.codec = codec;
    this.#reader = new FrameReader(codec === "json" ? "lines" : "length");
    const greeter = this.#createEngine((message) => this.#send(message));
    this.#greeter = greeter;
    greeter.engine.start();
  }

  #received(chunk: Uint8Array): void {
    const [firstByte] = chunk;
    if (this.#phase === "ended" || firstByte === undefined) return;
    if (this.#reader === undefined) this.#greet(detectCodec(firstByte));
    if (this.#reader !== undefined) this.#take(this.#reader.push(chunk));
    this.#pump();
  }

  #inputEnded(): void {
    if (this.#inputEnd !== undefined || this.#phase === "ended") return;
    if (this.#reader !== undefined) this.#take(this.#reader.end());
    this.#inputEnd ??= { kind: "input-ended" };
    this.#pump();
  }

  #take({ frames, error }: Frames): void {
    if (this.#inputEnd !== undefined) return;
    for (const frame of frames) this.#backlog.push(frame);
    if (error !== undefined) this.#inputEnd = { kind: "bad-framing", reason: error.message };
  }

  /** Works off what has come in, as long as answers find room and sessions keep up. */
  #pump(): void {
    if (this.#isPumping || this.#phase === "ended") return;
    this.#isPumping = true;
    let done = 0;
    while (done < this.#backlog.length && !this.#isHeldUp()) {
      const frame = this.#backlog[done];
      done += 1;
      if (frame !== undefined) this.#frame(frame);
    }
    this.#backlog = this.#backlog.slice(done);
    this.#isPumping = false;
    if (this.#isHeldUp()) this.#options.input.pause();
    else if (this.#inputEnd !== undefined) this.#finish(this.#inputEnd);
    else this.#options.input.resume();
  }

  #isHeldUp(): boolean {
    return this.#phase === "ended" || this.#output.isFull || this.#sessions.isCongested;
  }

  #frame(frame: Frame): void {
    const decoded = this.#decode(frame);
    if (this.#phase === "greeting") {
      if (decoded.ok) this.#firstMessage(decoded.value);
      else this.#refuse(`failed to ${decoded.error.step} initial settings: ${decoded.error.detail}`);
    } else if (decoded.ok) this.#sessions.deliver(decoded.value);
    else this.#sessions.deliverInvalid(decoded.error.session, decoded.error.detail);
  }

  #decode(frame: Frame): Result<ToRenderer, { session: string; step: "decode" | "parse"; detail: string }> {
    const value = this.#decoder.decode(frame);
    if (!value.ok) return err({ session: "", step: "decode", detail: value.error.message });
    const message = decodeToRenderer(value.value);
    if (message.ok) return ok(message.value);
    return err({ session: sessionOf(value.value), step: "parse", detail: formatDecodeError(message.error) });
  }

  #firstMessage(message: ToRenderer): void {
    const greeter = this.#greeter;
    greeter?.engine.receive(message);
    // The greeter refused it: `#engineEnded` has been called.
    if (this.#phase !== "greeting" || message.type !== "settings" || greeter === undefined) return;
    this.#phase = "talking";
    this.#initialSettings = message;
    this.#greeter = undefined;
    if ((this.#options.maxSessions ?? 1) > 1) greeter.engine.dispose();
    else this.#sessions.adopt(greeter.session);
    this.#options.onReady?.(message.session ?? "");
    this.#lastSentAt = this.#options.clock.now();
    this.#keepAlive();
  }

  #createSession(sessionId: string): SessionEngine {
    let isGreeted = false;
    const { engine, session } = this.#createEngine((message) => {
      // The host has been greeted once, for all sessions.
      if (isGreeted || message.type !== "hello") this.#send(message);
      isGreeted = true;
    }, sessionId);
    engine.start();
    const initial = this.#initialSettings;
    if (initial !== undefined) {
      // What the host cannot do without was answered when it was greeted.
      const { required_widgets: _, ...settings } = initial.settings;
      engine.receive({ ...initial, session: sessionId, settings });
    }
    return session;
  }

  #createEngine(send: (message: FromRenderer) => void, sessionId = ""): Made {
    const { mode, backend, transport, clock, tokenDigest, maxSessions = 1 } = this.#options;
    let surface: Surface | undefined;
    const gate = new EventGate(send);
    const engine = createEngine({
      mode,
      backend,
      transport,
      clock,
      send: gate.send,
      surface: (listener) => {
        surface = this.#options.surface(listener);
        return surface;
      },
      codec: this.#codec,
      resources: this.#resources,
      propValidator: () => validateProps,
      inspection: () => inspection,
      onEnd: (reason) => this.#engineEnded(reason),
      ...(tokenDigest === undefined ? {} : { tokenDigest }),
    });
    const onDisconnect = (): void =>
      this.#sessions.disconnect(sessionId, "the host did not answer an interact_step within 30 s");
    const limit = maxSessions > 1 ? { onDisconnect } : {};
    if (surface instanceof MockSurface) {
      return { engine, session: new ScriptedEngine({ engine, surface, send, clock, ...limit }) };
    }
    // People press their own keys in a window; scripts there are answered from the tree.
    if (mode === "windowed" || !isScriptedSurface(surface)) return { engine, session: engine };
    const scripted = new ScreenEngine({ engine, surface, gate, send, clock, ...limit });
    if (!isRemoteSurface(surface)) return { engine, session: scripted };
    const session = new RemoteSession(scripted, surface);
    void surface.lost.then((reason) => {
      this.#sessions.fail(session, reason);
      if (maxSessions <= 1) void this.#end({ kind: "screen-lost", reason });
    });
    return { engine, session };
  }

  #engineEnded(reason: "refused" | "exit"): void {
    if (reason === "exit") void this.#end({ kind: "exit" });
    else void this.#end({ kind: "refused", reason: this.#refusal });
  }

  #refuse(reason: string): void {
    this.#send({ type: "error", message: reason });
    void this.#end({ kind: "refused", reason });
  }

  #finish(end: RendererEnd): void {
    if (this.#phase !== "talking") {
      const isClean = end.kind !== "bad-framing";
      const reason = isClean
        ? "stdin closed before settings received"
        : `failed to read initial settings: ${end.reason}`;
      // Without a byte there is no codec to tell it in.
      if (this.#phase === "greeting") this.#refuse(reason);
      else void this.#end({ kind: "refused", reason });
      return;
    }
    // Scripted renderers only log it, as upstream does: their hosts would take it for an answer.
    if (end.kind === "bad-framing" && this.#options.mode === "windowed") {
      const diagnostic = { kind: "wire_input_error", detail: `read error: ${end.reason}` };
      this.#send({ type: "diagnostic", session: "", level: "warn", diagnostic });
    }
    void this.#sessions.whenIdle().then(() => this.#end(end));
  }

  #send(message: FromRenderer): void {
    if (this.#phase === "ended" || this.#isWithheld(message)) return;
    this.#lastSentAt = this.#options.clock.now();
    if (message.type === "error") this.#refusal = message.message;
    this.#output.send(message.type === "hello" ? { ...message, name: RENDERER_NAME } : message);
  }

  /** Some hosts fail over a kind they do not know, so it goes to the log for them. */
  #isWithheld(message: FromRenderer): boolean {
    if (message.type !== "diagnostic" || this.#options.diagnostics !== "common") return false;
    const { kind } = message.diagnostic;
    if (COMMON_DIAGNOSTICS.has(kind)) return false;
    const { level } = message;
    this.#options.logger({ level, code: kind, message: JSON.stringify(message.diagnostic) });
    return true;
  }

  #unsendable({ type, session = "" }: FromRenderer, reason: string): void {
    this.#options.logger({ level: "error", code: "unsendable", message: `${type} cannot be sent: ${reason}` });
    // A report of its own that cannot be sent has been logged; telling of it would go round in circles.
    if (type === "event") return;
    const value = { code: "renderer_write_failed", error: `${type} cannot be sent: ${reason}`, where: "encode" };
    this.#send({ type: "event", session, family: "session_error", id: "", value });
  }

  /** Says something that means nothing after each stretch of silence. */
  #keepAlive(): void {
    const { clock, keepAlive = "off" } = this.#options;
    if (keepAlive === "off" || this.#phase !== "talking") return;
    const silence = clock.now() - this.#lastSentAt;
    if (silence >= KEEP_ALIVE_MS) this.#send(keepAlive === "hello" ? this.#hello() : KEEP_ALIVE_EFFECT);
    const left = silence >= KEEP_ALIVE_MS ? KEEP_ALIVE_MS : KEEP_ALIVE_MS - silence;
    this.#stopKeepAlive = clock.after(left, () => this.#keepAlive());
  }

  #hello(): FromRenderer {
    const { mode, backend, transport } = this.#options;
    return makeHello({ mode, backend, transport, codec: this.#codec });
  }

  async #end(end: RendererEnd): Promise<void> {
    if (this.#phase === "ended") return;
    this.#phase = "ended";
    this.#stopKeepAlive?.();
    this.#options.input.pause();
    this.#sessions.dispose();
    this.#greeter?.engine.dispose();
    await this.#output.close();
    this.#resolveEnded(end);
  }
}

/** No host waits for an effect of this name. */
const KEEP_ALIVE_EFFECT: FromRenderer = {
  type: "effect_response",
  session: "",
  id: "plushie-keep-alive",
  status: "ok",
};

/** The kinds of the generation before this one. */
const COMMON_DIAGNOSTICS: ReadonlySet<string> = new Set<DiagnosticKind>([
  "required_widgets_missing",
  "invalid_settings",
  "tree_depth_exceeded",
  "content_length_exceeded",
  "font_family_not_found",
  "font_cap_exceeded",
  "font_cache_cap_exceeded",
  "dash_cache_cap_exceeded",
  "svg_parse_error",
  "svg_decode_timeout",
  "widget_panic",
  "emitter_coalesce_cap_exceeded",
]);

/** What an unreadable message says about where it belongs. */
function sessionOf(value: unknown): string {
  if (typeof value !== "object" || value === null || !("session" in value)) return "";
  return typeof value.session === "string" ? value.session : "";
}
