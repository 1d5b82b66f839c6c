import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";

import { encodeFrame, FrameReader } from "./frames.ts";
import { type Codec, MODE, PATIENCE_MS, rendererCommand } from "./target.ts";

export interface Ending {
  readonly code: number | null;
  readonly signal: string | null;
}

type Waiting = () => void;

const LOG_CHARACTERS = 2000;

/** A renderer as a child process. Nothing is known of it but its stdin, stdout, stderr and exit code. */
export class RendererProcess {
  readonly codec: Codec;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #reader: FrameReader;
  readonly #inbox: unknown[] = [];
  #waiting: Waiting[] = [];
  #ending: Ending | undefined;
  #output = "";
  #log = "";
  #unreadable: string | undefined;

  constructor(codec: Codec, args: readonly string[] = [`--${MODE}`]) {
    this.codec = codec;
    this.#reader = new FrameReader(codec);
    const { command, args: before } = rendererCommand();
    this.#child = spawn(command, [...before, ...args], { stdio: ["pipe", "pipe", "pipe"] });
    this.#child.stdout.on("data", (chunk: Buffer) => this.#read(chunk));
    this.#child.stderr.on("data", (chunk: Buffer) => {
      this.#log = (this.#log + chunk.toString()).slice(-LOG_CHARACTERS);
      this.#wake();
    });
    // A renderer that ends while being written to breaks the pipe; the check notices by the end or by what is missing.
    this.#child.stdin.on("error", () => {});
    this.#child.on("error", (thrown) => {
      this.#log += String(thrown);
      this.#ended({ code: -1, signal: null });
    });
    this.#child.on("close", (code, signal) => this.#ended({ code, signal }));
  }

  get hasEnded(): boolean {
    return this.#ending !== undefined;
  }

  /** Standard error so far; its end when it is long. */
  get log(): string {
    return this.#log;
  }

  /** Standard output as text once the process has ended, for commands that print. */
  async printed(): Promise<string> {
    await this.#until(() => this.hasEnded, "the end of the process");
    return this.#output;
  }

  get pending(): readonly unknown[] {
    return this.#inbox;
  }

  send(message: unknown): void {
    this.sendBytes(encodeFrame(message, this.codec));
  }

  sendBytes(bytes: Uint8Array): void {
    if (this.#child.stdin.writable) this.#child.stdin.write(bytes);
  }

  closeInput(): void {
    this.#child.stdin.end();
  }

  /** The next message; throws when there is none in time. */
  async next(purpose: string): Promise<unknown> {
    await this.#until(() => this.#inbox.length > 0 || this.hasEnded, purpose);
    if (this.#inbox.length === 0) throw this.#problem(`the renderer ended (${this.#endingText()}) instead: ${purpose}`);
    return this.#inbox.shift();
  }

  async ending(): Promise<Ending> {
    await this.#until(() => this.hasEnded, "the end of the process");
    if (this.#unreadable !== undefined) throw this.#problem(`unreadable output: ${this.#unreadable}`);
    return this.#ending ?? { code: null, signal: null };
  }

  async logged(expression: RegExp): Promise<void> {
    await this.#until(() => expression.test(this.#log) || this.hasEnded, `${expression} on standard error`);
    if (!expression.test(this.#log)) throw this.#problem(`standard error has nothing like ${expression}`);
  }

  async dispose(): Promise<void> {
    if (this.hasEnded) return;
    this.#child.kill("SIGKILL");
    await this.#until(() => this.hasEnded, "the end of the process after being killed");
  }

  #read(chunk: Buffer): void {
    if (this.#output.length < LOG_CHARACTERS) this.#output += chunk.toString();
    if (this.#unreadable !== undefined) return;
    try {
      this.#inbox.push(...this.#reader.read(chunk));
    } catch (thrown) {
      this.#unreadable = String(thrown);
    }
    this.#wake();
  }

  #ended(ending: Ending): void {
    this.#ending ??= ending;
    this.#wake();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  async #until(isMet: () => boolean, purpose: string): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while (!isMet()) {
      const left = deadline - Date.now();
      if (left <= 0) throw this.#problem(`nothing came within ${PATIENCE_MS} ms: ${purpose}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  #endingText(): string {
    return this.#ending?.signal ?? `exit code ${this.#ending?.code}`;
  }

  #problem(message: string): Error {
    const parts = [message];
    if (this.#unreadable !== undefined) parts.push(`unreadable output: ${this.#unreadable}`);
    if (this.#reader.rest > 0) parts.push(`${this.#reader.rest} bytes of output are no complete message`);
    if (this.#log !== "") parts.push(`standard error: ${this.#log}`);
    return new Error(parts.join("\n"));
  }
}
