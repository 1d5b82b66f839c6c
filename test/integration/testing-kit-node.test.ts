import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { expect, test } from "vitest";

const TEST_FILE = `
import assert from "node:assert/strict";
import { test } from "node:test";
import { mount } from "plushie/testing";
import { counterApp } from "./testing-kit-apps.ts";

test("counts", async () => {
  const screen = await mount(counterApp);
  await screen.click("increment");
  await screen.expect("count").toHaveText("Count: 1");
  await screen.dispose();
});

test("says what is wrong", async () => {
  const screen = await mount(counterApp);
  await assert.rejects(screen.expect("count").toHaveText("Count: 7"), /shows "Count: 0", expected "Count: 7"/);
  await screen.dispose();
});
`;

test("the same tests run under node:test, and the process ends by itself", async () => {
  const folder = await mkdtemp(join(tmpdir(), "plushie-testing-kit-"));
  try {
    const outfile = join(folder, "counter.test.mjs");
    await build({
      stdin: { contents: TEST_FILE, resolveDir: import.meta.dirname, loader: "ts" },
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      conditions: ["plushie-source"],
      outfile,
      logLevel: "silent",
    });
    const { stdout } = await promisify(execFile)(process.execPath, ["--test", "--test-reporter=tap", outfile]);
    expect(stdout).toContain("# pass 2");
    expect(stdout).toContain("# fail 0");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
