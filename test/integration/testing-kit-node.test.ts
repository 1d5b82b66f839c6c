import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { expect, test } from "vitest";

const GUIDE = join(import.meta.dirname, "../../docs/guide/testing.md");

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
  const output = await runWithNode([TEST_FILE]);
  expect(output).toContain("# pass 2");
  expect(output).toContain("# fail 0");
});

test("the blocks of the guide run and pass", async () => {
  const blocks = [...(await readFile(GUIDE, "utf8")).matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code = ""]) => code);
  expect(blocks.length).toBeGreaterThan(4);
  expect(await runWithNode(blocks)).toContain("# fail 0");
});

/** Bundles each text as a file of its own and runs all of them with Node's own runner. Rejects when one fails. */
async function runWithNode(sources: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "plushie-testing-kit-"));
  try {
    const files = await Promise.all(
      sources.map((contents, index) => bundle(contents, join(folder, `${index}.test.mjs`))),
    );
    const { stdout } = await promisify(execFile)(process.execPath, ["--test", "--test-reporter=tap", ...files]);
    return stdout;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function bundle(contents: string, outfile: string): Promise<string> {
  await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: "ts" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    conditions: ["plushie-source"],
    outfile,
    logLevel: "silent",
  });
  return outfile;
}
