import {
  decodeToRenderer,
  type FromRenderer,
  formatDecodeError,
  type WireNode,
  type WireProps,
  type WireValue,
} from "../../src/protocol/index.ts";
import { inspection } from "../../src/renderer/engine/inspection.ts";
import {
  createEngine,
  type Engine,
  type EngineOptions,
  type Surface,
  type SurfaceListener,
  type SurfaceQuery,
} from "../../src/renderer/index.ts";
import type { EffectOutcome, WidgetOperation } from "../../src/renderer/surface.ts";
import { type FakeClock, fakeClock } from "../../src/testing/fake-clock.ts";

/** What a surface was told, in order. */
export type Told =
  | readonly ["showTree", WireNode | null]
  | readonly ["applyPatch", readonly unknown[], WireNode]
  | readonly ["configure", unknown]
  | readonly ["setWanted", readonly string[]]
  | readonly ["perform", WidgetOperation]
  | readonly ["performWindow", string, string, WireProps]
  | readonly ["dispose"];

export interface Fixture {
  readonly engine: Engine;
  readonly clock: FakeClock;
  readonly listener: SurfaceListener;
  readonly told: Told[];
  /** What the engine said so far; emptied by reading. */
  take(): FromRenderer[];
  /** Decodes like a connection does and hands the message to the engine. */
  receive(...messages: readonly unknown[]): void;
  answerQuery: (question: SurfaceQuery) => Promise<WireValue>;
  answerEffect: (effect: { kind: string; payload: WireProps }) => Promise<EffectOutcome>;
  readonly ended: string[];
}

/** An engine over a surface that writes down what it is told. */
export function fixture(options: Partial<EngineOptions> = {}): Fixture {
  const clock = fakeClock(1000);
  const told: Told[] = [];
  const sent: FromRenderer[] = [];
  const ended: string[] = [];
  let listener: SurfaceListener | undefined;
  const surface: Surface = {
    showTree: (root) => void told.push(["showTree", root]),
    applyPatch: (ops, root) => void told.push(["applyPatch", ops, root]),
    configure: (settings) => void told.push(["configure", settings]),
    setWanted: (kinds) => void told.push(["setWanted", [...kinds].sort()]),
    perform: (operation) => void told.push(["perform", operation]),
    performWindow: ({ windowId, name, payload }) => void told.push(["performWindow", windowId, name, payload]),
    query: (question) => made.answerQuery(question),
    runEffect: (effect) => made.answerEffect(effect),
    dispose: () => void told.push(["dispose"]),
  };
  const engine = createEngine({
    inspection: () => inspection,
    mode: "windowed",
    backend: "test",
    transport: "memory",
    codec: "json",
    clock,
    send: (message) => void sent.push(message),
    onEnd: (reason) => void ended.push(reason),
    ...options,
    surface: (given) => {
      listener = given;
      return options.surface?.(given) ?? surface;
    },
  });
  if (listener === undefined) throw new Error("the engine made no surface");
  const made: Fixture = {
    engine,
    clock,
    listener,
    told,
    ended,
    take: () => sent.splice(0),
    receive(...messages) {
      for (const message of messages) {
        const decoded = decodeToRenderer(message);
        if (decoded.ok) engine.receive(decoded.value);
        else engine.receiveInvalid(formatDecodeError(decoded.error));
      }
    },
    answerQuery: async () => null,
    answerEffect: async () => ({ status: "unsupported" }),
  };
  return made;
}

export const SETTINGS = { type: "settings", settings: { protocol_version: 1 } };

/** An engine that has been greeted and given a tree; everything said and told until then is forgotten. */
export function talking(options: Partial<EngineOptions> = {}, tree: unknown = WINDOW): Fixture {
  const made = fixture(options);
  made.engine.start();
  made.receive(SETTINGS, { type: "snapshot", tree });
  made.take();
  made.told.splice(0);
  return made;
}

export function node(id: string, type: string, props: object = {}, children: readonly unknown[] = []): WireNode {
  // Fixtures are written by hand; what is wrong in them fails where it is decoded.
  return { id, type, props, children } as WireNode;
}

export const WINDOW = node("main", "window", { title: "Demo" }, [
  node("main#name", "text_input", { value: "a" }),
  node("main#volume", "slider", { event_rate: 10 }),
  node("main#save", "button", { label: "Save" }),
]);

export function events(messages: readonly FromRenderer[]): FromRenderer[] {
  return messages.filter((message) => message.type === "event");
}

/** The diagnostics among the messages, by what they say. */
export function diagnostics(messages: readonly FromRenderer[]): WireProps[] {
  return messages.flatMap((message) => (message.type === "diagnostic" ? [message.diagnostic] : []));
}

/** Lets promises that are settled already run their handlers. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}
