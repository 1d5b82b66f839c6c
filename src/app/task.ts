import { type AsyncCommand, Command, type StreamCommand, type StreamRun } from "./command.ts";
import type { AsyncDone, AsyncFailed, StreamDone, StreamFailed, StreamItem, TypedTag } from "./tag.ts";

/** A tag that knows the type of its task's result. */
export interface Task<Value> extends TypedTag<Value> {
  /** The command that runs `run` under this tag. */
  readonly run: (run: (signal: AbortSignal) => Value | PromiseLike<Value>) => AsyncCommand;
  /** Narrows an event to this task's result; `value` is typed. */
  readonly isDone: (event: unknown) => event is AsyncDone<Value>;
  readonly isFailed: (event: unknown) => event is AsyncFailed;
}

/** A tag that knows the type of its stream's items. */
export interface Stream<Item> extends TypedTag<Item> {
  readonly run: (run: StreamRun<Item>) => StreamCommand;
  readonly isItem: (event: unknown) => event is StreamItem<Item>;
  readonly isDone: (event: unknown) => event is StreamDone;
  readonly isFailed: (event: unknown) => event is StreamFailed;
}

/**
 * Names a task once, so that starting it and taking its result agree on the type without a cast.
 *
 * The guards go by the tag: give every task its own, and do not use it with `Command.async` and a plain string.
 */
export function task<Value>(tag: string): Task<Value> {
  const self: Task<Value> = Object.freeze({
    tag: checkName(tag, "task"),
    run: (run: (signal: AbortSignal) => Value | PromiseLike<Value>) => Command.async(run, self),
    isDone: (event: unknown): event is AsyncDone<Value> => isTagged(event, "async", "done", tag),
    isFailed: (event: unknown): event is AsyncFailed => isTagged(event, "async", "failed", tag),
  });
  return self;
}

/** Like `task`, for a function that gives many values. */
export function stream<Item>(tag: string): Stream<Item> {
  const self: Stream<Item> = Object.freeze({
    tag: checkName(tag, "stream"),
    run: (run: StreamRun<Item>) => Command.stream(run, self),
    isItem: (event: unknown): event is StreamItem<Item> => isTagged(event, "stream", "item", tag),
    isDone: (event: unknown): event is StreamDone => isTagged(event, "stream", "done", tag),
    isFailed: (event: unknown): event is StreamFailed => isTagged(event, "stream", "failed", tag),
  });
  return self;
}

function isTagged(event: unknown, kind: string, type: string, tag: string): boolean {
  return (
    typeof event === "object" &&
    event !== null &&
    "kind" in event &&
    event.kind === kind &&
    "type" in event &&
    event.type === type &&
    "tag" in event &&
    event.tag === tag
  );
}

function checkName(tag: string, where: string): string {
  if (typeof tag === "string" && tag !== "") return tag;
  throw new TypeError(`${where} needs a non-empty name, got ${typeof tag}`);
}
