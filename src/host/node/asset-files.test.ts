import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MAX_ASSET_BYTES, readAsset, withFontData } from "./asset-files.ts";

let root = "";
let folders: readonly string[] = [];
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "plushie-assets-"));
  for (const folder of ["one/icons", "two", "elsewhere"]) mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, "one/logo.png"), "one");
  writeFileSync(join(root, "two/logo.png"), "two");
  writeFileSync(join(root, "two/font.woff2"), "font");
  writeFileSync(join(root, "one/icons/a b.svg"), "<svg/>");
  writeFileSync(join(root, "one/notes.txt"), "private");
  writeFileSync(join(root, "one/.hidden.png"), "hidden");
  writeFileSync(join(root, "elsewhere/secret.png"), "secret");
  writeFileSync(join(root, "one-more.png"), "beside");
  symlinkSync(join(root, "elsewhere/secret.png"), join(root, "one/link.png"));
  symlinkSync(join(root, "elsewhere"), join(root, "one/away"));
  symlinkSync(join(root, "one/logo.png"), join(root, "one/inside.png"));
  mkdirSync(join(root, "one/folder.png"));
  writeFileSync(join(root, "one/huge.png"), "");
  truncateSync(join(root, "one/huge.png"), MAX_ASSET_BYTES + 1);
  folders = [join(root, "one"), join(root, "two"), join(root, "not-there")];
});
afterAll(() => rmSync(root, { recursive: true }));

describe("reading files of asset folders", () => {
  test.each([
    ["logo.png", "one", "image/png"],
    ["font.woff2", "font", "font/woff2"],
    ["./icons/a b.svg", "<svg/>", "image/svg+xml"],
    ["inside.png", "one", "image/png"],
  ])("%s is read", async (path, content, contentType) => {
    const result = await readAsset(folders, path);
    expect(result).toMatchObject({ ok: true, contentType });
    expect(result.ok && new TextDecoder().decode(result.data)).toBe(content);
  });

  test.each([
    ["../elsewhere/secret.png", "refused"],
    ["icons/../../elsewhere/secret.png", "refused"],
    ["/etc/passwd.png", "refused"],
    [".hidden.png", "refused"],
    ["notes.txt", "type"],
    ["link.png", "missing"],
    ["away/secret.png", "missing"],
    ["folder.png", "missing"],
    ["logo.png/more.png", "missing"],
    ["nothing.png", "missing"],
    ["huge.png", "too-large"],
  ])("%s is not: %s", async (path, problem) => {
    expect(await readAsset(folders, path)).toMatchObject({ ok: false, problem });
  });

  test("a folder whose name only begins the same is another one", async () => {
    expect(await readAsset([join(root, "one")], "-more.png")).toMatchObject({ ok: false, problem: "missing" });
  });

  test("without folders there is nothing to read", async () => {
    expect(await readAsset([], "logo.png")).toMatchObject({ ok: false, problem: "missing" });
  });

  test("a failure names the path and no folder of the machine", async () => {
    const result = await readAsset(folders, "nothing.png");
    expect(result).toMatchObject({ message: 'The file "nothing.png" is not read: no asset folder has such a file.' });
  });
});

describe("fonts of settings", () => {
  test("paths become bytes; what cannot be read is told", async () => {
    const problems: string[] = [];
    const data = new Uint8Array([1]);
    const settings = { protocol_version: 1, fonts: ["font.woff2", { data }, "../x.ttf"] };
    const read = await withFontData(settings, folders, (message) => problems.push(message));
    expect(read["protocol_version"]).toBe(1);
    expect(read["fonts"]).toEqual([{ data: new TextEncoder().encode("font") }, { data }]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain("../x.ttf");
  });

  test("settings without paths stay as they are", async () => {
    const settings = { fonts: [{ data: new Uint8Array([1]) }] };
    expect(await withFontData(settings, folders, () => {})).toBe(settings);
  });
});
