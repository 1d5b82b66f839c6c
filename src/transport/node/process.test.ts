import { describe, expect, test } from "vitest";
import { createProcessConnector, rendererCommand } from "./process.ts";
import { rendererEnvironment } from "./renderer-environment.ts";
import { rendererLogLevel } from "./renderer-log.ts";

const nobody = { onMessage() {}, onDrain() {}, onClose() {} };
const never = new AbortController().signal;

describe("command line", () => {
  test("[R251] the renderer's own arguments come before all others", () => {
    const command = rendererCommand({
      binary: "r",
      codec: "json",
      rendererArgs: ["--headless"],
      args: ["--max-sessions", "4"],
    });
    expect(command).toEqual(["r", "--headless", "--json", "--max-sessions", "4"]);
  });

  test("[R239] MessagePack needs no argument", () => {
    expect(rendererCommand({ binary: "r" })).toEqual(["r"]);
    expect(createProcessConnector({ binary: "r" }).codec).toBe("msgpack");
  });
});

describe("environment", () => {
  test("only what a renderer needs is passed on", () => {
    const chosen = rendererEnvironment({
      PATH: "/bin",
      LC_ALL: "C",
      AWS_SECRET: "x",
      PLUSHIE_TOKEN: "t",
      HOME: undefined,
    });
    expect(chosen).toEqual({ PATH: "/bin", LC_ALL: "C", RUST_LOG: "error" });
  });

  test.each([
    ["off", "off"],
    ["error", "error"],
    ["warning", "warn"],
    ["info", "info"],
    ["debug", "debug"],
  ] as const)("[R250] log level %s is %s for the renderer", (level, filter) => {
    expect(rendererEnvironment({}, level).RUST_LOG).toBe(filter);
  });

  test("[R158] a RUST_LOG of ours wins over the level", () => {
    expect(rendererEnvironment({ RUST_LOG: "plushie=trace" }, "off").RUST_LOG).toBe("plushie=trace");
  });
});

describe("log lines", () => {
  test.each([
    ["2026-01-01T00:00:00Z ERROR plushie: broken", "error"],
    ["2026-01-01T00:00:00Z  WARN plushie: odd", "warn"],
    ["[2026-01-01T00:00:00Z DEBUG plushie] fine", "debug"],
    ["thread main panicked", "info"],
  ])("%s is %s", (line, level) => {
    expect(rendererLogLevel(line)).toBe(level);
  });
});

describe("start", () => {
  test("[R246] no program is an error before anything is started", async () => {
    await expect(createProcessConnector({ binary: "" }).open(nobody, never)).rejects.toMatchObject({
      code: "transport-not-found",
      isFatal: true,
    });
  });

  test("a program that does not exist names itself, and is not tried again", async () => {
    const opening = createProcessConnector({ binary: "/nowhere/plushie-renderer" }).open(nobody, never);
    await expect(opening).rejects.toMatchObject({ code: "transport-not-found", isFatal: true });
    await expect(opening).rejects.toThrow("/nowhere/plushie-renderer");
  });
});
