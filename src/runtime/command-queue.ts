import type { SingleCommand } from "../app/index.ts";
import type { Report } from "./diagnostic.ts";
import type { FaultLog } from "./fault-log.ts";
import { isLocal } from "./performer.ts";

/** Commands kept for a renderer that is not there; after so many nobody will want them any more. */
export const MAX_WAITING_COMMANDS = 1000;

export interface CommandQueuePorts<Incoming> {
  readonly perform: (command: SingleCommand<Incoming>) => void;
  /** A renderer is there and has the tree. */
  readonly isReady: () => boolean;
  readonly report: Report;
  readonly faults: FaultLog;
}

/**
 * Keeps commands in order until the render they came with is done, and those for the renderer until one is there. So a
 * focus command finds the widget that its own update brought in, and nothing is lost in a restart.
 */
export class CommandQueue<Incoming> {
  readonly #ports: CommandQueuePorts<Incoming>;
  #waiting: SingleCommand<Incoming>[] = [];

  constructor(ports: CommandQueuePorts<Incoming>) {
    this.#ports = ports;
  }

  get size(): number {
    return this.#waiting.length;
  }

  add(commands: readonly SingleCommand<Incoming>[]): void {
    this.#waiting.push(...commands);
  }

  /** Performs what can be performed now, in order. */
  flush(): void {
    if (this.#waiting.length === 0) return;
    const { perform, isReady, faults } = this.#ports;
    const commands = this.#waiting;
    this.#waiting = [];
    const kept: SingleCommand<Incoming>[] = [];
    for (const command of commands) {
      if (!isLocal(command) && !isReady()) {
        kept.push(command);
        continue;
      }
      try {
        perform(command);
      } catch (thrown) {
        faults.failed("command", thrown, `performing the command "${command.kind}"`);
      }
    }
    this.#keep(kept);
  }

  clear(): void {
    this.#waiting = [];
  }

  #keep(kept: readonly SingleCommand<Incoming>[]): void {
    const all = [...kept, ...this.#waiting];
    const excess = all.length - MAX_WAITING_COMMANDS;
    this.#waiting = excess > 0 ? all.slice(excess) : all;
    if (excess <= 0) return;
    this.#ports.report({
      code: "commands-dropped",
      attribution: "app",
      level: "warn",
      message: `${excess} commands were dropped, the oldest first: more than ${MAX_WAITING_COMMANDS} wait for a renderer.`,
      fields: { dropped: excess },
    });
  }
}
