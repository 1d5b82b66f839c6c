import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { app } from "../../app/index.ts";
import { type Configuration, configuration, configure, withConfiguration } from "./configuration.ts";
import { findRenderer } from "./connector.ts";

const NOTHING: { [Key in keyof Configuration]: undefined } = {
  binaryPath: undefined,
  sourcePath: undefined,
  buildName: undefined,
  extensions: undefined,
  extensionConfig: undefined,
  testBackend: undefined,
  testFormat: undefined,
};

afterEach(() => configure(NOTHING));

const plain = app<number>({ init: () => 0, update: (model) => model, view: () => [] });

describe("what is configured", () => {
  test.each([
    ["binaryPath", "PLUSHIE_BINARY_PATH", "/opt/renderer"],
    ["sourcePath", "PLUSHIE_SOURCE_PATH", "/src/renderer"],
    ["testBackend", "PLUSHIE_TEST_BACKEND", "headless"],
    ["testFormat", "PLUSHIE_TEST_FORMAT", "json"],
  ] as const)(
    "[R146] [R149] [R151] [R156] %s and %s give the same value, and the code wins",
    (key, variable, value) => {
      const fromVariable = configuration({ [variable]: value });
      configure({ [key]: value });
      expect(configuration({})).toEqual(fromVariable);
      expect(configuration({})[key]).toBe(value);
      expect(configuration({ [variable]: key === "testBackend" ? "windowed" : "msgpack" })[key]).toBe(value);
    },
  );

  test("[R147] [R150] [R152] [R153] [R154] [R155] [R157] has its defaults, also for variables that are empty", () => {
    expect(configuration({ PLUSHIE_BINARY_PATH: "", PLUSHIE_TEST_BACKEND: "" })).toEqual({
      binaryPath: undefined,
      sourcePath: undefined,
      buildName: "plushie-custom",
      extensions: [],
      extensionConfig: {},
      testBackend: undefined,
      testFormat: "msgpack",
    });
  });

  test("a call changes what it names, and undefined takes it back", () => {
    configure({ binaryPath: "/a", buildName: "mine" });
    configure({ binaryPath: "/b" });
    expect(configuration({})).toMatchObject({ binaryPath: "/b", buildName: "mine" });
    configure({ binaryPath: undefined });
    expect(configuration({ PLUSHIE_BINARY_PATH: "/c" }).binaryPath).toBe("/c");
  });

  test.each<[string, () => unknown, string]>([
    ["an unknown setting", () => configure({ ...({ binary: "/x" } as object) }), 'no setting "binary"'],
    ["a number as a path", () => configure({ binaryPath: 3 as never }), "binaryPath"],
    ["a path as a name", () => configure({ buildName: "../evil" }), "buildName"],
    ["an unknown backend", () => configure({ testBackend: "x11" as never }), "testBackend"],
    [
      "an unknown backend in the environment",
      () => configuration({ PLUSHIE_TEST_BACKEND: "x11" }),
      "PLUSHIE_TEST_BACKEND",
    ],
  ])("%s is refused with its name", (_name, act, text) => {
    expect(act).toThrow(
      expect.objectContaining({ code: "configuration-invalid", message: expect.stringContaining(text) }),
    );
  });
});

describe("the renderer", () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  function checkout(name: string, profile = "release"): { readonly source: string; readonly built: string } {
    const source = mkdtempSync(join(tmpdir(), "plushie-source-"));
    folders.push(source);
    const built = join(source, "target", profile, name);
    mkdirSync(join(source, "target", profile), { recursive: true });
    writeFileSync(built, "");
    return { source, built };
  }

  test("[R147] [R148] that is configured comes before all others but the start option", () => {
    const { source } = checkout("plushie-custom");
    const environment = { PLUSHIE_BINARY_PATH: "/from/environment", PLUSHIE_SOURCE_PATH: source };
    expect(findRenderer({}, environment).binary).toBe("/from/environment");
    configure({ binaryPath: "/configured" });
    expect(findRenderer({}, environment).binary).toBe("/configured");
    expect(findRenderer({ binaryPath: "/option" }, environment).binary).toBe("/option");
  });

  test("[R150] [R151] [R152] that was built with native widgets is taken from its checkout", () => {
    const custom = checkout("plushie-custom");
    expect(findRenderer({}, { PLUSHIE_SOURCE_PATH: custom.source }).binary).toBe(custom.built);
    const own = checkout("gauge", "debug");
    configure({ sourcePath: own.source, buildName: "gauge" });
    expect(findRenderer({}, {}).binary).toBe(own.built);
    configure({ buildName: "other" });
    expect(() => findRenderer({}, {})).toThrow(expect.objectContaining({ code: "renderer-not-found" }));
  });

  test("[R150] ~ in the path of the checkout is the home folder", () => {
    configure({ sourcePath: "~/renderer" });
    expect(configuration({}).sourcePath).toBe(join(homedir(), "renderer"));
  });
});

describe("native widgets", () => {
  test("[R143] [R154] configured sections are in the settings, and the app's own win", () => {
    configure({ extensionConfig: { sparkline: { max_samples: 1000 }, gauge: { ticks: 5 } } });
    expect(withConfiguration(plain).settings?.()).toEqual({
      extensionConfig: { sparkline: { max_samples: 1000 }, gauge: { ticks: 5 } },
    });
    const own = app<number>({
      init: () => 0,
      update: (model) => model,
      view: () => [],
      settings: () => ({ antialiasing: false, extensionConfig: { gauge: { ticks: 9 } } }),
    });
    expect(withConfiguration(own).settings?.()).toEqual({
      antialiasing: false,
      extensionConfig: { sparkline: { max_samples: 1000 }, gauge: { ticks: 9 } },
    });
  });

  test("[R153] configured ones are required of the renderer, besides those of the app", () => {
    configure({ extensions: ["gauge"] });
    expect(withConfiguration(plain).requiredWidgets).toEqual(["gauge"]);
    const own = app<number>({
      init: () => 0,
      update: (model) => model,
      view: () => [],
      requiredWidgets: ["gauge", "map"],
    });
    expect(withConfiguration(own).requiredWidgets).toEqual(["gauge", "map"]);
  });

  test("an app is as it was when nothing is configured", () => {
    expect(withConfiguration(plain)).toBe(plain);
  });
});
