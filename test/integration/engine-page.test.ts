import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { chromiumPath } from "../browser/support/chromium.ts";

const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:";
const folder = new URL("../../src/host/web/", import.meta.url);

interface Line {
  readonly socket: WebSocket;
  readonly protocols: string;
}

/** A server that shows one field, remembers what is typed, and can be unplugged. */
const server = {
  http: undefined as Server | undefined,
  lines: [] as Line[],
  value: "",
  isPlugged: true,
  port: 0,
};
let browser: Browser | undefined;

beforeAll(async () => {
  const entry = fileURLToPath(new URL("page.ts", folder));
  const bundle = await build({
    entryPoints: { page: entry },
    bundle: true,
    format: "esm",
    splitting: true,
    write: false,
    outdir: "/out",
    conditions: ["plushie-source"],
  });
  const files = new Map(bundle.outputFiles.map((file) => [file.path.slice("/out".length), file.text]));
  files.set("/", readFileSync(new URL("page.html", folder), "utf8"));
  files.set("/page.css", readFileSync(new URL("page.css", folder), "utf8"));
  const http = createServer((request, response) => {
    const path = request.url ?? "";
    response.setHeader("Content-Security-Policy", CSP);
    response.setHeader("Content-Type", `text/${path === "/" ? "html" : path === "/page.css" ? "css" : "javascript"}`);
    response.end(files.get(path));
  });
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => "plushie.v1" });
  http.on("upgrade", (request, stream, head) => {
    if (!server.isPlugged) return void stream.destroy();
    return sockets.handleUpgrade(request, stream, head, (socket) => {
      server.lines.push({ socket, protocols: request.headers["sec-websocket-protocol"] ?? "" });
      const field = { id: "main#i", type: "text_input", props: { value: server.value }, children: [] };
      const tree = { id: "main", type: "window", props: {}, children: [field] };
      socket.send(JSON.stringify({ type: "settings", settings: { protocol_version: 1 } }));
      socket.send(JSON.stringify({ type: "snapshot", tree }));
      socket.on("message", (data) => {
        const message = JSON.parse(String(data));
        if (message.family === "input") server.value = message.value;
      });
    });
  });
  server.http = http;
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  // A TCP server has an address of this form.
  server.port = (http.address() as AddressInfo).port;
  browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
  });
});

afterAll(async () => {
  await browser?.close();
  for (const { socket } of server.lines) socket.terminate();
  await new Promise<void>((resolve) => (server.http === undefined ? resolve() : server.http.close(() => resolve())));
});

const lastLine = (): Line => server.lines.at(-1) ?? expect.unreachable();
const banner = (page: Page) => page.locator(".plushie-status");

test("a page under a strict policy keeps text, focus and session over a lost connection", async () => {
  const context = await (browser ?? expect.unreachable()).newContext();
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => message.text().includes("Content Security") && errors.push(message.text()));
  await page.goto(`http://127.0.0.1:${server.port}/`);
  const field = page.getByRole("textbox");
  await field.click();
  await page.keyboard.type("abc");
  await expect.poll(() => server.value).toBe("abc");
  const first = lastLine();
  expect(first.protocols).toMatch(/^plushie\.v1, ?plushie\.session\.[0-9a-f]{32}$/);

  server.isPlugged = false;
  first.socket.terminate();
  await banner(page).getByText("Connection lost. Reconnecting…").waitFor();
  expect(await page.locator("#plushie").evaluate((root: HTMLElement) => root.inert)).toBe(true);
  await page.keyboard.type("lost");

  server.isPlugged = true;
  await banner(page).getByRole("button", { name: "Retry" }).click();
  await banner(page).waitFor({ state: "hidden" });
  expect(await field.inputValue()).toBe("abc");
  await page.keyboard.type("d");
  await expect.poll(() => server.value).toBe("abcd");
  expect(lastLine().protocols).toBe(first.protocols);

  const [copy] = await Promise.all([context.waitForEvent("page"), page.evaluate(() => void window.open("/"))]);
  await copy.getByRole("textbox").waitFor();
  expect(lastLine().protocols).not.toBe(first.protocols);

  server.lines[1]?.socket.close(4401);
  await banner(page).getByText("You are not allowed to open this.").waitFor();
  expect(errors).toEqual([]);
});
