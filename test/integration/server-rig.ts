import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";

/** A folder with a small built page, removed by `clean`. */
export function makePageFolder(): { readonly directory: string; readonly outside: string; clean(): void } {
  const root = mkdtempSync(join(tmpdir(), "plushie-server-"));
  const directory = join(root, "page");
  mkdirSync(join(directory, "assets"), { recursive: true });
  writeFileSync(join(directory, "page.js"), `export {};\n${"// filler\n".repeat(400)}`);
  writeFileSync(join(directory, "page.css"), "body {}");
  writeFileSync(
    join(directory, "page.html"),
    '<!doctype html><title>{{title}}</title><script type="module" src="/page.js"></script>',
  );
  writeFileSync(join(directory, "assets", "logo.svg"), "<svg/>");
  writeFileSync(join(directory, ".secret"), "dot file");
  writeFileSync(join(root, "outside.txt"), "outside");
  return {
    directory,
    outside: join(root, "outside.txt"),
    clean: () => rmSync(root, { recursive: true, force: true }),
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** One request with exactly this path: no client tidies it up first. */
export function get(
  port: number,
  path: string,
  options: { readonly headers?: Record<string, string>; readonly method?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { headers = {}, method = "GET" } = options;
    // Without an agent each request has its own connection; a kept one may lead to a server that was closed.
    const sent = request({
      host: "127.0.0.1",
      port,
      path,
      method,
      agent: false,
      headers: { Host: `localhost:${port}`, ...headers },
    });
    sent.on("error", reject);
    sent.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString("latin1"),
        }),
      );
    });
    sent.end();
  });
}

/** Opens a start link as a browser does and returns the cookie it was given. */
export async function openLink(url: string): Promise<string> {
  const { port, pathname, search } = new URL(url);
  const answer = await get(Number(port), pathname + search);
  const [cookie] = answer.headers["set-cookie"] ?? [];
  return cookie?.split(";")[0] ?? "";
}

export const SESSION = "0123456789abcdef0123456789abcdef";

const HELLO = {
  type: "hello",
  session: "",
  protocol_version: 1,
  protocol: 1,
  codec: "json",
  version: "0.1.0",
  name: "page",
  mode: "web",
  backend: "dom",
  transport: "websocket",
  native_widgets: [],
  widget_sets: ["iced"],
  widgets: [],
};

export interface PageMessage {
  readonly type: string;
  readonly [field: string]: unknown;
}

export interface FakePageOptions {
  readonly port: number;
  readonly cookie?: string;
  readonly session?: string;
  readonly headers?: Record<string, string>;
  readonly protocols?: readonly string[];
  /** Says nothing by itself. */
  readonly isMute?: boolean;
}

/** Stands for the page: a socket that answers the handshake and writes down what it gets. */
export class FakePage {
  readonly socket: WebSocket;
  readonly messages: PageMessage[] = [];
  /** Code and text of the close, once it is closed. */
  closed: { readonly code: number; readonly text: string } | undefined;
  /** Status and text when the upgrade was refused. */
  refused: { readonly status: number; readonly text: string } | undefined;
  #waiting: (() => void)[] = [];

  constructor(options: FakePageOptions) {
    const { port, cookie = "", session = SESSION } = options;
    const protocols = options.protocols ?? ["plushie.v1", `plushie.session.${session}`];
    this.socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, [...protocols], {
      headers: { Host: `localhost:${port}`, Origin: `http://localhost:${port}`, Cookie: cookie, ...options.headers },
    });
    this.socket.on("error", () => this.#wake());
    this.socket.on("unexpected-response", (_request, response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on("end", () => {
        this.refused = { status: response.statusCode ?? 0, text };
        this.#wake();
      });
    });
    this.socket.on("open", () => {
      if (options.isMute !== true) this.say(HELLO);
      this.#wake();
    });
    this.socket.on("message", (data) => {
      this.messages.push(JSON.parse(data.toString()));
      this.#wake();
    });
    this.socket.on("close", (code, text) => {
      this.closed = { code, text: text.toString() };
      this.#wake();
    });
  }

  say(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  click(id: string): void {
    this.say({ type: "event", session: "", family: "click", id });
  }

  get types(): string[] {
    return this.messages.map(({ type }) => type);
  }

  /** Text of all trees and patches received. */
  get shown(): string {
    return this.messages
      .filter(({ type }) => type === "snapshot" || type === "patch")
      .map((message) => JSON.stringify(message))
      .join("\n");
  }

  until(isMet: (page: this) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (isMet(this)) resolve();
        else this.#waiting.push(look);
      };
      look();
    });
  }

  async leave(code = 1001): Promise<void> {
    this.socket.close(code);
    await this.until(({ closed }) => closed !== undefined);
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const look of waiting) look();
  }
}

/** Lets sockets move until the condition holds. */
export async function eventually(isMet: () => boolean): Promise<void> {
  while (!isMet()) await new Promise((resolve) => setImmediate(resolve));
}
