import { type Clock, type LogEntry, type Logger, type LogLevel, messageOf } from "../../base/index.ts";

const RANKS: Readonly<Record<string, number>> = { off: 0, error: 1, warn: 2, info: 3, debug: 4, trace: 4 };
const RANK_OF_LEVEL: Readonly<Record<LogLevel, number>> = { error: 1, warn: 2, info: 3, debug: 4 };
const DEFAULT_RANK = 2;

/**
 * Writes what is at or above the level of `PLUSHIE_LOG` or `RUST_LOG`, one line each. Filters for one module
 * (`plushie=debug,hyper=warn`) count when the module is ours.
 */
export function createRendererLogger(options: {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly write: (line: string) => void;
  readonly clock: Clock;
}): Logger {
  const { environment, write, clock } = options;
  const filter = environment["PLUSHIE_LOG"] ?? environment["RUST_LOG"] ?? "";
  const rank = filterRank(filter);
  return (entry) => {
    if (RANK_OF_LEVEL[entry.level] > rank) return;
    write(`${new Date(clock.now()).toISOString()} ${entry.level.toUpperCase()} plushie_renderer: ${textOf(entry)}\n`);
  };
}

function filterRank(filter: string): number {
  let found: number | undefined;
  for (const directive of filter.toLowerCase().split(",")) {
    const [target, level] = directive.includes("=") ? directive.split("=", 2) : ["", directive];
    const isOurs = target === "" || target?.trim().startsWith("plushie") === true;
    const rank = RANKS[level?.trim() ?? ""];
    if (isOurs && rank !== undefined) found = Math.max(found ?? 0, rank);
  }
  return found ?? DEFAULT_RANK;
}

function textOf({ message, error }: LogEntry): string {
  const text = error === undefined ? message : `${message}: ${messageOf(error)}`;
  return text.replaceAll("\n", " ");
}
