import type { App, Event, SingleCommand } from "../app/index.ts";
import { createBridge } from "../bridge/index.ts";
import { testFormat } from "../host/node/configuration.ts";
import type { BroadcastEvent } from "../protocol/index.ts";
import { joinWithRuntime, type Participant, type ParticipantOptions, type Room } from "../room/index.ts";
import { createRuntime, type Runtime, type RuntimeOptions } from "../runtime/index.ts";
import { Activity } from "./activity.ts";
import { fakeClock } from "./fake-clock.ts";
import { Harness } from "./harness.ts";
import type { MountOptions, Screen } from "./harness-contract.ts";
import { createMemoryRenderer } from "./memory-renderer.ts";
import { ReportBook } from "./report-book.ts";
import { RoomTraffic } from "./room-traffic.ts";
import { screenOf } from "./screen.ts";
import { TaskWatch } from "./task-watch.ts";
import { chooseBackend } from "./test-backend.ts";
import type { TestRenderer, TestRendererOptions } from "./test-renderer.ts";
import { watchApp } from "./watch-app.ts";

const TIMEOUT_MS = 1000;
/** A browser that shares its machine with others is slow at times. */
const BROWSER_TIMEOUT_MS = 10_000;

/**
 * Starts an app over a renderer in this process and resolves when its first view is shown. Rejects when `init` fails. Dispose
 * of what it gives, best with `await using`.
 */
export function mount<Model, Incoming, Options>(
  app: App<Model, Incoming, Options>,
  options: MountOptions<Options> = {},
): Promise<Screen<Model, Incoming>> {
  const { appOpts } = options;
  return start(app, options, undefined, (watched, runtimeOptions) =>
    createRuntime(watched, appOpts === undefined ? runtimeOptions : { ...runtimeOptions, appOpts }),
  );
}

/**
 * The same for one participant of a room. Screens of one room hear of each other. Disposing of the screen leaves the room;
 * the room goes on.
 */
export function mountShared<Model, SharedModel, Action, Extra = never>(
  app: App<Model, Event | BroadcastEvent<SharedModel> | Extra, ParticipantOptions<SharedModel>>,
  room: Room<SharedModel, Action>,
  participant: Participant,
  options: Omit<MountOptions, "appOpts" | "share"> = {},
): Promise<Screen<Model, Event | BroadcastEvent<SharedModel> | Extra>> {
  const traffic = RoomTraffic.of(room);
  const watchedRoom = {
    get model() {
      return room.model;
    },
    get participants() {
      return room.participants;
    },
    join(...given: Parameters<typeof room.join>) {
      const seat = room.join(...given);
      const share = (action: unknown): Promise<number> => {
        const shared = seat.share(action);
        traffic.shared(shared);
        return shared;
      };
      return {
        ...seat,
        get participant() {
          return seat.participant;
        },
        share,
      };
    },
  };
  return start(app, options, traffic, (watched, runtimeOptions) => {
    const { seat, runtime } = joinWithRuntime(watchedRoom, participant, (appOpts, share) =>
      createRuntime(watched, { ...runtimeOptions, appOpts, share }),
    );
    const leave = (): void => seat.leave();
    runtime.closed.then(leave, leave);
    return runtime;
  });
}

type StartRuntime<Model, Incoming, Options> = (
  app: App<Model, Incoming, Options>,
  options: RuntimeOptions<never>,
) => Runtime<Model, Incoming>;

async function start<Model, Incoming, Options>(
  app: App<Model, Incoming, Options>,
  options: Omit<MountOptions, "appOpts">,
  traffic: RoomTraffic | undefined,
  startRuntime: StartRuntime<Model, Incoming, Options>,
): Promise<Screen<Model, Incoming>> {
  const backend = chooseBackend(options.backend);
  const clock = fakeClock(options.startAt ?? 0);
  const activity = new Activity();
  const tasks = new TaskWatch();
  const reports = new ReportBook(options.allowDiagnostics ?? []);
  const commands: SingleCommand<Incoming>[] = [];
  const renderer = await openRenderer(backend, {
    codec: options.testFormat ?? testFormat(),
    clock,
    viewport: options.viewport,
    theme: options.theme,
    assets: typeof options.assets === "string" ? [options.assets] : (options.assets ?? []),
    onActivity: () => activity.happened(),
    onFault: (message) => reports.entries.push({ level: "error", code: "renderer-failed", message }),
  });
  const logger = (entry: (typeof reports.entries)[number]): void => void reports.entries.push(entry);
  // Moving the clock by minutes must not look like a renderer that fell silent.
  const bridge = createBridge({ connector: renderer.connector, clock, logger, heartbeatMs: 0 });
  const issued = (added: readonly SingleCommand<Incoming>[]): void => {
    commands.push(...added);
    tasks.issued(added as readonly SingleCommand<never>[]);
    activity.happened();
  };
  const watched = watchApp(app, {
    onCommands: issued,
    onEvent(event) {
      tasks.heard(event);
      activity.happened();
    },
  });
  const { share, daemon } = options;
  let runtime: Runtime<Model, Incoming>;
  try {
    runtime = startRuntime(watched, {
      renderer: bridge,
      clock,
      logger,
      scheduler(flush) {
        activity.happened();
        queueMicrotask(flush);
      },
      ...(share === undefined ? {} : { share }),
      ...(daemon === undefined ? {} : { daemon }),
    });
  } catch (thrown) {
    await renderer.dispose();
    throw thrown;
  }
  // Who watches `closed` hears of a failure there; who does not, finds it among the reports.
  runtime.closed.catch(() => {});
  const timeoutMs = options.timeoutMs ?? (backend === "mock" ? TIMEOUT_MS : BROWSER_TIMEOUT_MS);
  const harness = new Harness<Model, Incoming>({
    ...{ runtime, bridge, clock, activity, tasks, reports, commands, timeoutMs, renderer, traffic },
  });
  try {
    await runtime.ready;
    await harness.quiet();
  } catch (thrown) {
    await runtime.stop();
    await renderer.dispose();
    throw thrown;
  }
  const { testFile } = options;
  return screenOf({ runtime, bridge, harness, clock, reports, commands, issued, backend, renderer, testFile });
}

async function openRenderer(backend: "mock" | "headless", options: TestRendererOptions): Promise<TestRenderer> {
  if (backend === "mock") return createMemoryRenderer(options);
  const { openHeadlessRenderer } = await import("./headless-renderer.ts");
  return openHeadlessRenderer(options);
}
