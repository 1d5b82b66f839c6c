import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { PageFiles } from "./page-files.ts";

const folder = mkdtempSync(join(tmpdir(), "plushie-page-files-"));
for (const name of ["headless", "fonts"]) mkdirSync(join(folder, name));
writeFileSync(join(folder, "headless/headless-page.html"), "<p>");
writeFileSync(join(folder, "headless/chunk-a.js"), "a()");
writeFileSync(join(folder, "headless/notes.txt"), "mine");
writeFileSync(join(folder, "fonts/inter.woff2"), "font");
writeFileSync(join(folder, "secret.js"), "secret");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("files of the page", () => {
  const files = new PageFiles(folder);

  test("page, chunks and fonts with their kind", async () => {
    const text = async (path: string): Promise<unknown> => {
      const file = await files.find(path);
      return file === undefined ? undefined : [file.contentType, Buffer.from(file.base64, "base64").toString()];
    };
    expect(await text("/")).toEqual(["text/html; charset=utf-8", "<p>"]);
    expect(await text("/chunk-a.js")).toEqual(["text/javascript; charset=utf-8", "a()"]);
    expect(await text("/fonts/inter.woff2")).toEqual(["font/woff2", "font"]);
  });

  test.each([
    "/notes.txt",
    "/missing.js",
    "/../secret.js",
    "/fonts/../../secret.js",
    "/fonts/",
    "/..",
    "/.js",
    "/a/b.js",
    "/%2e%2e/secret.js",
    "",
  ])("nothing else: %s", async (path) => {
    expect(await files.find(path)).toBeUndefined();
  });
});
