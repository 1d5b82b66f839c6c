import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createServer, type ServerOptions } from "../../src/server/index.ts";
import { makePageFolder, openLink } from "./server-rig.ts";

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "plushie-assets-"));
  cleanups.push(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, "assets/icons"), { recursive: true });
  mkdirSync(join(root, "more"));
  writeFileSync(join(root, "assets/logo.png"), "picture");
  writeFileSync(join(root, "assets/icons/a b.svg"), "<svg/>");
  writeFileSync(join(root, "assets/page.html"), "<script>alert(1)</script>");
  writeFileSync(join(root, "more/font.woff2"), "font");
  writeFileSync(join(root, "secret.png"), "secret");
  symlinkSync(join(root, "secret.png"), join(root, "assets/link.png"));
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

async function serveAssets(options: Partial<ServerOptions> = {}) {
  const folder = makePageFolder();
  cleanups.push(() => folder.clean());
  const server = createServer({
    page: { directory: folder.directory },
    port: 0,
    assets: [join(root, "assets"), join(root, "more")],
    onSession: () => ({ refuse: "room-full" }),
    ...options,
  });
  cleanups.push(() => server.close());
  const { port } = await server.listen();
  const cookie = options.access === "anyone" ? "" : await openLink(server.mintLink());
  // Not `fetch`: it would tidy the path up before it is sent.
  const ask = (path: string, headers: Record<string, string> = { cookie }, method = "GET"): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const sent = request({ host: "127.0.0.1", port, path, method, headers }, (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (part: string) => {
          text += part;
        });
        response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      });
      sent.on("error", reject);
      sent.end();
    });
  return { ask, cookie };
}

describe("files of the app", () => {
  test("are delivered with their type and nothing to be guessed", async () => {
    const { ask } = await serveAssets();
    const logo = await ask("/app-assets/logo.png");
    expect(logo).toMatchObject({ status: 200, text: "picture" });
    expect(logo.headers).toMatchObject({
      "content-type": "image/png",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "private, no-cache",
    });
    expect(await ask("/app-assets/font.woff2")).toMatchObject({ status: 200, text: "font" });
  });

  test("a drawing opened by itself runs nothing", async () => {
    const { ask } = await serveAssets();
    const { status, headers } = await ask("/app-assets/icons/a%20b.svg");
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe("image/svg+xml");
    expect(headers["content-security-policy"]).toMatch(/default-src 'none'.*sandbox(;|$)/);
  });

  test("are not sent again when they are the same", async () => {
    const { ask, cookie } = await serveAssets();
    const first = await ask("/app-assets/logo.png");
    const again = await ask("/app-assets/logo.png", { cookie, "if-none-match": String(first.headers["etag"]) });
    expect(again).toMatchObject({ status: 304, text: "" });
    expect(await ask("/app-assets/logo.png", { cookie }, "HEAD")).toMatchObject({ status: 200, text: "" });
  });

  test("nobody without a cookie gets them", async () => {
    const { ask } = await serveAssets();
    const refused = await ask("/app-assets/logo.png", {});
    expect(refused.status).toBe(401);
    expect(refused.text).not.toContain("picture");
    expect((await ask("/app-assets/logo.png", { cookie: "plushie=made.up.cookie" })).status).toBe(401);
  });

  test("a server open to anyone gives them to anyone", async () => {
    const { ask } = await serveAssets({ access: "anyone" });
    expect(await ask("/app-assets/logo.png", {})).toMatchObject({ status: 200, text: "picture" });
  });

  test.each([
    ["/app-assets/../secret.png", 404],
    ["/app-assets/%2e%2e/secret.png", 404],
    ["/app-assets/..%2fsecret.png", 400],
    ["/app-assets/icons/..%2f..%2fsecret.png", 400],
    ["/app-assets/..%5csecret.png", 400],
    ["/app-assets/%2fetc%2fpasswd", 400],
    ["/app-assets/%zz.png", 400],
    ["/app-assets/", 400],
    ["/app-assets/link.png", 404],
    ["/app-assets/nothing.png", 404],
    ["/app-assets/page.html", 403],
  ])("%s is answered with %i", async (path, status) => {
    const { ask } = await serveAssets();
    const answer = await ask(path);
    expect(answer.status).toBe(status);
    expect(answer.text).not.toMatch(/secret$|alert/);
  });

  test("are only read", async () => {
    const { ask, cookie } = await serveAssets();
    for (const method of ["POST", "PUT", "DELETE"]) {
      expect((await ask("/app-assets/logo.png", { cookie }, method)).status).toBe(405);
    }
  });

  test("there are none unless folders are declared", async () => {
    const { ask } = await serveAssets({ assets: [] });
    expect((await ask("/app-assets/logo.png")).status).toBe(404);
  });
});
