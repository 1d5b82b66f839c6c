import { err, ok, type Result } from "../base/result.ts";
import type { Event, SystemEvent, SystemInfo, WindowAnswers } from "./event.ts";
import type { FromRendererMessage } from "./message.ts";
import type { WireValue } from "./node.ts";
import {
  anyOf,
  array,
  boolean,
  type DecodeError,
  decode,
  type Infer,
  nullable,
  number,
  object,
  optionalOrNull,
  type Schema,
  string,
  withDefault,
} from "./schema.ts";

type Answer = FromRendererMessage<"op_query_response">;

/** The author's form of the answer to a query of a window or of the system. Unknown kinds are passed on as they are. */
export function decodeSystemAnswer(message: Answer): Result<Event, DecodeError> {
  const { kind, tag, data } = message;
  const read = isWindowAnswer(kind) ? windowAnswer(kind, tag, data) : systemAnswer(kind, tag, data);
  return read.ok ? read : err({ ...read.error, path: ["data", ...read.error.path] });
}

const size = object({ width: optionalOrNull(number), height: optionalOrNull(number) });
const textOrNull = withDefault(nullable(string), null);
const numberOrNull = withDefault(nullable(number), null);

const info = object({
  system_name: textOrNull,
  system_kernel: textOrNull,
  system_version: textOrNull,
  system_short_version: textOrNull,
  cpu_brand: textOrNull,
  cpu_cores: numberOrNull,
  memory_total: numberOrNull,
  memory_used: numberOrNull,
  graphics_backend: textOrNull,
  graphics_adapter: textOrNull,
});

const windowData = object({
  window_id: string,
  status: optionalOrNull(string),
  error: optionalOrNull(string),
});

/** What each window query answers; `null` where the platform does not know. */
const windowReaders: {
  readonly [Q in keyof WindowAnswers]: (data: unknown) => Result<WindowAnswers[Q] | null, DecodeError>;
} = {
  get_size: (data) => mapped(size, data, sizeOrNull),
  get_position: (data) =>
    mapped(object({ x: optionalOrNull(number), y: optionalOrNull(number) }), data, ({ x, y }) =>
      x === undefined || y === undefined ? null : { x, y },
    ),
  is_maximized: (data) => mapped(object({ maximized: boolean }), data, ({ maximized }) => maximized),
  is_minimized: (data) =>
    mapped(object({ minimized: withDefault(nullable(boolean), null) }), data, ({ minimized }) => minimized),
  get_mode: (data) => mapped(object({ mode: string }), data, ({ mode }) => mode),
  get_scale_factor: (data) => mapped(object({ scale_factor: number }), data, ({ scale_factor }) => scale_factor),
  monitor_size: (data) => mapped(size, data, sizeOrNull),
  raw_id: (data) =>
    mapped(object({ raw_id: number, platform: string }), data, ({ raw_id, platform }) => ({ rawId: raw_id, platform })),
};

function isWindowAnswer(kind: string): kind is keyof WindowAnswers {
  return Object.hasOwn(windowReaders, kind);
}

function windowAnswer(query: keyof WindowAnswers, tag: string, data: WireValue): Result<Event, DecodeError> {
  const common = decode(windowData, data);
  if (!common.ok) return common;
  const windowId = common.value.window_id;
  if (common.value.status === "error") {
    const error = common.value.error ?? "error";
    return ok({ kind: "system", type: "window_query", tag, windowId, query, value: null, error });
  }
  const read: Result<unknown, DecodeError> = windowReaders[query](data);
  if (!read.ok) return read;
  // The reader is the one of this query.
  return ok({ kind: "system", type: "window_query", tag, windowId, query, value: read.value } as SystemEvent);
}

function systemAnswer(kind: string, tag: string, data: WireValue): Result<Event, DecodeError> {
  switch (kind) {
    case "system_theme":
      return mapped(string, data, (value) => ({ kind: "system", type: "theme", tag, value }));
    case "system_info":
      return mapped(anyOf(object({ status: string, reason: optionalOrNull(string) }), info), data, (value) => ({
        kind: "system",
        type: "info",
        tag,
        value: "status" in value ? null : toInfo(value),
      }));
    case "list_images":
      return mapped(object({ handles: array(string) }), data, ({ handles }) => ({
        kind: "system",
        type: "images",
        tag,
        handles,
      }));
    case "tree_hash":
      return mapped(object({ hash: string }), data, ({ hash }) => ({ kind: "system", type: "tree_hash", tag, hash }));
    case "find_focused":
      return mapped(object({ focused: withDefault(nullable(string), null) }), data, ({ focused }) => ({
        kind: "system",
        type: "focused",
        tag,
        target: focused,
      }));
    default:
      return ok({ kind: "system", type: "query", tag, query: kind, value: data });
  }
}

function sizeOrNull({ width, height }: Infer<typeof size>): { readonly width: number; readonly height: number } | null {
  return width === undefined || height === undefined ? null : { width, height };
}

function toInfo(value: Infer<typeof info>): SystemInfo {
  return {
    systemName: value.system_name,
    systemKernel: value.system_kernel,
    systemVersion: value.system_version,
    systemShortVersion: value.system_short_version,
    cpuBrand: value.cpu_brand,
    cpuCores: value.cpu_cores,
    memoryTotal: value.memory_total,
    memoryUsed: value.memory_used,
    graphicsBackend: value.graphics_backend,
    graphicsAdapter: value.graphics_adapter,
  };
}

function mapped<In, Out>(schema: Schema<In>, data: unknown, change: (value: In) => Out): Result<Out, DecodeError> {
  const read = decode(schema, data);
  return read.ok ? ok(change(read.value)) : read;
}
