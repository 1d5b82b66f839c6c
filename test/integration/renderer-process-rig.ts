import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Metafile } from "esbuild";
import { type CodecName, createCodec, encodeFrame, FrameReader } from "../../src/wire/index.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

export type Message = { readonly [name: string]: unknown };

/** Bundles the command as the build does. Each test file has its own copy, because files run at the same time. */
export async function bundleRenderer(name: string): Promise<string> {
  return (await bundleRendererParts(name)).file;
}

/** The same, and which modules are loaded by each of its files. */
export async function bundleRendererParts(name: string): Promise<{ file: string; outputs: Metafile["outputs"] }> {
  const folder = join(root, ".cache/renderer-process", name);
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { renderer: "src/cli/plushie-renderer.ts" },
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    metafile: true,
    splitting: true,
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    target: "node20",
    conditions: ["plushie-source"],
    external: ["pngjs", "ws", "./commands/*"],
    banner: { js: "#!/usr/bin/env node" },
    legalComments: "none",
    logLevel: "warning",
  });
  return { file: join(folder, "renderer.mjs"), outputs: metafile.outputs };
}

export const SETTINGS: Message = { type: "settings", settings: { protocol_version: 1 } };

export function frameOf(message: Message, codec: CodecName): Uint8Array {
  const payload = createCodec(codec).encode(message);
  if (!payload.ok) throw payload.error;
  const frame = encodeFrame(payload.value);
  if (!frame.ok) throw frame.error;
  return frame.value;
}

/** Collects decoded messages and lets a test wait for one. */
export class Inbox {
  readonly messages: Message[] = [];
  readonly #reader: FrameReader;
  readonly #codec: CodecName;
  #waiting: (() => void)[] = [];
  #isOver = false;

  constructor(codec: CodecName) {
    this.#codec = codec;
    this.#reader = new FrameReader(codec === "json" ? "lines" : "length");
  }

  readonly push = (chunk: Uint8Array): void => {
    const { frames, error } = this.#reader.push(chunk);
    if (error !== undefined) throw error;
    for (const frame of frames) {
      const value = createCodec(this.#codec).decode(frame);
      if (!value.ok) throw value.error;
      this.messages.push(value.value as Message);
    }
    this.#wake();
  };

  readonly over = (): void => {
    this.#isOver = true;
    this.#wake();
  };

  /** The first message, counted from the beginning, for which `matches` holds. */
  async find(matches: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const found = this.messages.find(matches);
      if (found !== undefined) return found;
      if (this.#isOver) throw new Error(`the stream ended; it held ${JSON.stringify(this.messages)}`);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  ofType(type: string): Promise<Message> {
    return this.find((message) => message["type"] === type);
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

/** A running renderer with the test at its standard streams. */
export class RunningRenderer {
  readonly child: ChildProcess;
  readonly inbox: Inbox;
  readonly #codec: CodecName;
  #errorText = "";
  #exit: Promise<{ code: number | null; signal: string | null }>;

  constructor(
    bundle: string,
    args: readonly string[],
    options: { readonly codec?: CodecName; readonly environment?: Record<string, string> } = {},
  ) {
    this.#codec = options.codec ?? "json";
    this.inbox = new Inbox(this.#codec);
    const env = options.environment === undefined ? process.env : { PATH: process.env["PATH"], ...options.environment };
    this.child = spawn(process.execPath, [bundle, ...args], { stdio: "pipe", env });
    const { child, inbox } = this;
    child.stdout?.on("data", inbox.push);
    child.stdout?.on("end", inbox.over);
    child.stdin?.on("error", () => {
      // The renderer ended while it was written to, which is what some tests are about.
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#errorText += text;
    });
    this.#exit = once(child, "close").then(([code, signal]) => ({ code, signal }));
  }

  get errorText(): string {
    return this.#errorText;
  }

  send(...messages: readonly Message[]): void {
    for (const message of messages) this.child.stdin?.write(frameOf(message, this.#codec));
  }

  write(bytes: string | Uint8Array): void {
    this.child.stdin?.write(bytes);
  }

  /** Ends its input and waits until it is gone. */
  async finish(): Promise<{ code: number | null; signal: string | null }> {
    this.child.stdin?.end();
    return this.#exit;
  }

  exited(): Promise<{ code: number | null; signal: string | null }> {
    return this.#exit;
  }

  /** Waits until it has written a line that matches to its standard error. */
  async errorLine(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.#errorText);
      if (found !== null) return found;
      if (this.child.stderr?.readableEnded === true) throw new Error(`no ${pattern} in ${this.#errorText}`);
      await Promise.race([once(this.child.stderr ?? process, "data"), this.#exit]);
    }
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // There is no such process.
    return false;
  }
}

export function treeOf(content: string): Message {
  const text = { id: "main#t", type: "text", props: { content }, children: [] };
  return { type: "snapshot", tree: { id: "main", type: "window", props: {}, children: [text] } };
}
