import type { Command, Subscription } from "../app/index.ts";
import type { Clock, Logger } from "../base/index.ts";
import type { Event, WireNode } from "../protocol/index.ts";
import type { RuntimeDiagnostic } from "./diagnostic.ts";
import type { RuntimeState } from "./lifecycle.ts";
import type { RendererPort } from "./ports.ts";

export interface RuntimeOptions<Options = unknown> {
  readonly renderer: RendererPort;
  readonly clock?: Clock;
  readonly logger?: Logger;
  /** Handed to `init` by identity; default: an empty object. */
  readonly appOpts?: Options;
  /** Keeps the runtime alive without windows; it then ends by `stop`, an exit command, or the end of the connection. */
  readonly daemon?: boolean;
  /** Shown in reports. Default: the app's name. */
  readonly name?: string;
  /** Every report, also those of suppressed levels. Must not throw. */
  readonly onDiagnostic?: (diagnostic: RuntimeDiagnostic) => void;
  /** Takes what `Command.share` hands over. Absent: sharing is reported as a fault. */
  readonly share?: (action: unknown) => void | PromiseLike<unknown>;
  /** Runs `flush` once this turn's events are all in. Default: a microtask. */
  readonly scheduler?: (flush: () => void) => void;
}

/** A running app. */
export interface Runtime<Model, Incoming = Event> {
  readonly name: string;
  readonly state: RuntimeState;
  readonly model: Model;
  /** What the renderer shows, or would. */
  readonly tree: WireNode | null;
  /** Resolves when the first renderer has the first tree; rejects when there is none. */
  readonly ready: Promise<void>;
  /** Resolves after an orderly end; rejects with a typed error otherwise. */
  readonly closed: Promise<void>;
  /** Puts a value into `update`, by identity. After the end it is ignored, with a report. */
  dispatch(event: Event | Incoming): void;
  /** Performs a command as if `update` had returned it. */
  perform(command: Command<Incoming>): void;
  activeSubscriptions(): readonly Subscription[];
  /** Replaces the renderer; the model stays. */
  restartRenderer(): void;
  /** Ends it in every state. Idempotent; resolves when everything is released. */
  stop(): Promise<void>;
}
