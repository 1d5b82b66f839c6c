import { expect, test } from "vitest";
import type { LogLevel } from "../../base/index.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { createRendererLogger } from "./renderer-logger.ts";

function shownLevels(environment: Record<string, string>): string[] {
  const lines: string[] = [];
  const logger = createRendererLogger({ environment, write: (line) => lines.push(line), clock: fakeClock() });
  const levels: LogLevel[] = ["error", "warn", "info", "debug"];
  for (const level of levels) logger({ level, code: "c", message: level });
  return lines.map((line) => line.trim().split(" ").at(-1) ?? "");
}

test.each([
  [{}, ["error", "warn"]],
  [{ RUST_LOG: "off" }, []],
  [{ RUST_LOG: "info" }, ["error", "warn", "info"]],
  [{ RUST_LOG: "TRACE" }, ["error", "warn", "info", "debug"]],
  [{ RUST_LOG: "hyper=debug,error" }, ["error"]],
  [{ RUST_LOG: "warn,plushie_renderer=info" }, ["error", "warn", "info"]],
  [{ RUST_LOG: "nonsense" }, ["error", "warn"]],
  [{ RUST_LOG: "off", PLUSHIE_LOG: "error" }, ["error"]],
])("%j shows %j", (environment, levels) => {
  expect(shownLevels(environment)).toEqual(levels);
});

test("an entry is one line in the usual format", () => {
  const lines: string[] = [];
  const logger = createRendererLogger({ environment: {}, write: (line) => lines.push(line), clock: fakeClock() });
  logger({ level: "error", code: "c", message: "two\nlines", error: new Error("because") });
  expect(lines).toEqual(["1970-01-01T00:00:00.000Z ERROR plushie_renderer: two lines: because\n"]);
});
