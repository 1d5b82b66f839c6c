import { type App, type AppDefinition, app, type Element } from "../app/index.ts";
import type { Event, FromRenderer, WireValue } from "../protocol/index.ts";
import type { RuntimeDiagnostic } from "../runtime/diagnostic.ts";
import { createRuntime } from "../runtime/runtime.ts";
import type { Runtime, RuntimeOptions } from "../runtime/runtime-contract.ts";
import { type FakeClock, fakeClock } from "./fake-clock.ts";
import { type RecorderPort, recorderPort } from "./recorder.ts";

export interface Fixture<Model, Incoming> {
  readonly runtime: Runtime<Model, Incoming>;
  readonly port: RecorderPort;
  readonly clock: FakeClock;
  readonly reports: RuntimeDiagnostic[];
  /** Ends the turn: what was put in is updated and rendered. */
  turn(): void;
  /** Lets promises settle, then ends the turn. */
  settle(): Promise<void>;
  receive(...messages: FromRenderer[]): void;
}

/** A runtime over a recorder, with a clock that stands still and turns that end when the test says so. */
export function start<Model, Incoming, Options>(
  definition: App<Model, Incoming, Options>,
  options: Omit<RuntimeOptions<Options>, "renderer" | "scheduler" | "clock"> & { readonly isReady?: boolean } = {},
): Fixture<Model, Incoming> {
  const port = recorderPort();
  const clock = fakeClock();
  const reports: RuntimeDiagnostic[] = [];
  let flushes: (() => void)[] = [];
  const { isReady = true, ...rest } = options;
  const runtime = createRuntime(definition, {
    onDiagnostic: (diagnostic) => reports.push(diagnostic),
    ...rest,
    renderer: port,
    clock,
    scheduler: (flush) => flushes.push(flush),
  });
  const fixture: Fixture<Model, Incoming> = {
    runtime,
    port,
    clock,
    reports,
    turn() {
      while (flushes.length > 0) {
        const now = flushes;
        flushes = [];
        for (const flush of now) flush();
      }
    },
    async settle() {
      for (let count = 0; count < 30; count += 1) await Promise.resolve();
      fixture.turn();
    },
    receive(...messages) {
      for (const message of messages) port.receive(message);
      fixture.turn();
    },
  };
  if (isReady) {
    port.ready();
    fixture.turn();
  }
  return fixture;
}

/** The app of most tests: shows the model as a text, and calls itself what the test wants. */
export function textApp<Model, Extra = never>(
  definition: Omit<AppDefinition<Model, Extra>, "view"> & Partial<Pick<AppDefinition<Model, Extra>, "view">>,
): App<Model, Event | Extra> {
  return app<Model, Extra>({
    view: (model) => mainWindow([text("value", JSON.stringify(model) ?? "")]),
    ...definition,
  });
}

export function mainWindow<Model>(
  children: readonly Element<Model>[],
  props: Record<string, unknown> = {},
): Element<Model> {
  return windowElement("main", children, props);
}

export function windowElement<Model>(
  id: string,
  children: readonly Element<Model>[] = [],
  props: Record<string, unknown> = {},
): Element<Model> {
  return { type: "window", id, props, children };
}

export function text(id: string, content: string): Element {
  return { type: "text", id, props: { content } };
}

export function button<Model>(id: string, props: Record<string, unknown> = {}): Element<Model> {
  return { type: "button", id, props: { label: id, ...props } };
}

export function widgetMessage(family: string, id: string, value?: WireValue, tag?: string): FromRenderer {
  return {
    type: "event",
    family,
    id,
    ...(value === undefined ? {} : { value }),
    ...(tag === undefined ? {} : { tag }),
  };
}

export function windowMessage(family: string, windowId: string, tag: string): FromRenderer {
  return { type: "event", family, id: "", value: { window_id: windowId }, tag };
}
