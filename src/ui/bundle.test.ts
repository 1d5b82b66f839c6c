import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";

/** What an author's page loads for the front door and for the widgets, compressed; about twice today's size. */
const MAX_GZIP_BYTES = 12_000;

const src = new URL("../", import.meta.url).pathname;

async function bundle(entry: string) {
  const result = await build({
    entryPoints: [`${src}${entry}`],
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  return { inputs: Object.keys(result.metafile.inputs), bytes: result.outputFiles[0]?.contents ?? new Uint8Array() };
}

describe.each(["index.ts", "ui/index.ts", "ui/jsx-runtime.ts"])("%s", (entry) => {
  test("bundles for a browser without anything of Node", async () => {
    // esbuild fails on a Node builtin that it cannot resolve, so success is the proof.
    const { inputs, bytes } = await bundle(entry);
    expect(bytes.length).toBeGreaterThan(0);
    expect(inputs.filter((input) => !/src\/(index\.ts|app\/|ui\/|base\/)/.test(input))).toEqual([]);
  });

  test("stays small", async () => {
    const { bytes } = await bundle(entry);
    expect(gzipSync(bytes).length).toBeLessThan(MAX_GZIP_BYTES);
  });
});
