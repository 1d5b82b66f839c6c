import type { App, Event } from "../../src/app/index.ts";
import { createBridge } from "../../src/bridge/index.ts";
import type { FromRenderer, PatchOp, WireNode } from "../../src/protocol/index.ts";
import {
  createEcho,
  type EchoState,
  type EchoStep,
  onCorrection,
  onProp,
  onRepeatedProp,
  onSubmit,
  onUserEdit,
  settle,
} from "../../src/renderer/dom/echo.ts";
import { createEngine, type Surface, type SurfaceListener } from "../../src/renderer/index.ts";
import { createRuntime } from "../../src/runtime/index.ts";
import { fakeClock } from "../../src/testing/index.ts";
import { createMemoryConnector } from "../../src/transport/memory.ts";
import { apply, find, nodeAt } from "../../src/tree/index.ts";
import { decodeMessage, encodeMessage } from "../../src/wire/index.ts";

/** A character, Enter, or a pause in milliseconds. */
export type Key = string | typeof enter | number;
export const enter = Symbol("enter");
export const keys = (text: string): readonly Key[] => [...text];

export interface Line {
  /** Milliseconds each way. */
  readonly delay: number;
  /** What the person does is sent at multiples of this only, as a line does that loses packets; 0: at once. */
  readonly burstMs?: number;
}

export interface Typed<Model> {
  readonly model: Model;
  readonly shown: string;
  /** Texts that nobody answered. */
  readonly inFlight: number;
  /** How often giving up on an answer changed the text. */
  readonly corrections: number;
}

const FIELD = "main#field";
const KEY_MS = 1000 / 15;
/** After so long without an answer the app's last word counts. */
const PATIENCE_MS = 2000;
/** Answers and patience are over by then. */
const REST_MS = 4000;

/** A screen with one field, which somebody types into at its end. */
class FieldSurface implements Surface {
  readonly #listener: SurfaceListener;
  #root: WireNode | null = null;
  #echo: EchoState | undefined;
  #isJustEchoed = false;

  constructor(listener: SurfaceListener) {
    this.#listener = listener;
  }

  /** Texts without an answer. */
  get inFlight(): number {
    return this.#echo?.sent.length ?? 0;
  }

  get echo(): EchoState {
    if (this.#echo === undefined) throw new Error("there is no field");
    return this.#echo;
  }

  type(character: string): void {
    const { shown } = this.echo;
    this.#take(onUserEdit(this.echo, shown + character));
  }

  submit(): void {
    this.#echo = onSubmit(this.echo);
    this.#listener.onWidgetEvent({ family: "submit", id: FIELD, value: this.echo.shown });
  }

  giveUp(): void {
    this.#take(settle(this.echo));
  }

  showTree(root: WireNode | null): void {
    this.#update(root, false);
  }

  applyPatch(ops: readonly PatchOp[]): void {
    this.#isJustEchoed = false;
    for (const op of ops) {
      const isNamed = op.op === "update_props" && "value" in op.props && nodeAt(this.#root, op.path)?.id === FIELD;
      this.#update(apply(this.#root, [op]).root, isNamed);
    }
  }

  configure(): void {}
  setWanted(): void {}
  perform(): void {}
  performWindow(): void {}
  query = async () => null;
  runEffect = async () => ({ status: "unsupported" }) as const;
  dispose(): void {}

  #update(root: WireNode | null, isNamed: boolean): void {
    const before = valueIn(this.#root);
    const value = valueIn(root);
    this.#root = root;
    if (value === undefined) return;
    if (this.#echo === undefined) this.#echo = createEcho(value);
    else if (value !== before) {
      const { length } = this.#echo.sent;
      this.#take(this.#isJustEchoed ? onCorrection(this.#echo, value) : onProp(this.#echo, value));
      this.#isJustEchoed = this.#echo.sent.length < length;
    } else if (isNamed) this.#take(onRepeatedProp(this.#echo, value));
  }

  #take(step: EchoStep): void {
    this.#echo = step.state;
    if (step.send !== undefined) this.#listener.onWidgetEvent({ family: "input", id: FIELD, value: step.send });
  }
}

function valueIn(root: WireNode | null): string | undefined {
  const value = find(root, FIELD)?.props["value"];
  return typeof value === "string" ? value : undefined;
}

/** Types into the app's field, 15 keys per second, through runtime, bridge, wire and engine; then waits until all is quiet. */
export async function typeInto<Model>(
  definition: App<Model, Event>,
  list: readonly Key[],
  { delay, burstMs = 0 }: Line,
): Promise<Typed<Model>> {
  const clock = fakeClock();
  let surface: FieldSurface | undefined;
  let burst: (() => void)[] = [];
  const connector = createMemoryConnector({
    codec: "json",
    delivery: { clock, delayMs: delay },
    accept: (transport) => {
      const engine = createEngine({
        mode: "windowed",
        backend: "test",
        transport: "memory",
        codec: "json",
        clock,
        surface: (listener) => {
          surface = new FieldSurface(listener);
          return surface;
        },
        send: (message: FromRenderer) => {
          const encoded = encodeMessage(message, "json");
          if (!encoded.ok) throw encoded.error;
          burst.push(() => transport.send(encoded.value));
        },
      });
      engine.start();
      return {
        onMessage: (payload) => {
          const decoded = decodeMessage(payload, "to-renderer", "json");
          if (!decoded.ok) throw new Error("the bridge sent something that is no message");
          engine.receive(decoded.value);
        },
        onDrain: () => {},
        onClose: () => engine.dispose(),
      };
    },
  });
  const runtime = createRuntime(definition, { renderer: createBridge({ connector, clock, heartbeatMs: 0 }), clock });
  let corrections = 0;
  let quietSince = 0;
  let inFlight = 0;

  /** Millisecond by millisecond, so that promises and turns run when they are due. */
  const pass = async (until: number): Promise<void> => {
    while (clock.now() < until) {
      for (let turn = 0; turn < 6; turn += 1) await Promise.resolve();
      if (burstMs === 0 || clock.now() % burstMs === 0) for (const send of burst.splice(0)) send();
      clock.advance(1);
      const count = surface?.inFlight ?? 0;
      if (count !== inFlight || count === 0) quietSince = clock.now();
      inFlight = count;
      if (surface === undefined || clock.now() - quietSince < PATIENCE_MS) continue;
      const { shown } = surface.echo;
      surface.giveUp();
      if (surface.echo.shown !== shown) corrections += 1;
    }
  };

  await pass(REST_MS);
  if (surface === undefined) throw new Error("the app was never shown");
  const field: FieldSurface = surface;
  let at = REST_MS;
  for (const key of list) {
    at += typeof key === "number" ? key : KEY_MS;
    await pass(Math.round(at));
    if (key === enter) field.submit();
    else if (typeof key === "string") field.type(key);
  }
  await pass(Math.round(at) + REST_MS);
  const typed = { model: runtime.model, shown: field.echo.shown, inFlight: field.echo.sent.length, corrections };
  burst = [];
  await runtime.stop();
  return typed;
}
