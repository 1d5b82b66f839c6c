import type { Event, SingleCommand } from "../app/index.ts";

/** Which tasks are under way, told from the commands that started them and the events that end them. */
export class TaskWatch {
  readonly #tasks = new Set<string>();
  readonly #streams = new Set<string>();

  /** Tags of async tasks. */
  get tasks(): readonly string[] {
    return [...this.#tasks];
  }

  /** Whether something may still come by itself. Timers do not count: only the test moves the clock. */
  get isBusy(): boolean {
    return this.#tasks.size > 0 || this.#streams.size > 0;
  }

  issued(commands: readonly SingleCommand<never>[]): void {
    for (const command of commands) {
      if (command.kind === "async") this.#tasks.add(command.tag);
      else if (command.kind === "stream") this.#streams.add(command.tag);
      else if (command.kind === "cancel") this.#ended(command.tag);
    }
  }

  heard(event: Event): void {
    if (event.kind === "async" || (event.kind === "stream" && event.type !== "item")) this.#ended(event.tag);
  }

  #ended(tag: string): void {
    this.#tasks.delete(tag);
    this.#streams.delete(tag);
  }
}
