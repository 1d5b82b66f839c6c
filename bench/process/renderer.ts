import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { decodeFromRenderer, type FromRenderer, type ToRenderer } from "../../src/protocol/index.ts";
import { type CodecName, createCodec, encodeFrame, FrameReader } from "../../src/wire/index.ts";

export const RENDERER = "dist/cli/plushie-renderer.js";

/** A renderer as a process, seen from its host. */
export class RendererProcess {
  readonly startedAt = performance.now();
  readonly child: ChildProcess;
  readonly #codec: CodecName;
  readonly #reader: FrameReader;
  readonly #waiting = new Set<(message: FromRenderer) => boolean>();
  #complaint = "";

  constructor(flags: readonly string[], codec: CodecName = "msgpack") {
    this.#codec = codec;
    this.#reader = new FrameReader(codec === "json" ? "lines" : "length");
    const args = [RENDERER, ...flags, codec === "json" ? "--json" : "--msgpack"];
    this.child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "pipe"] });
    this.child.stdout?.on("data", (chunk: Uint8Array) => this.#heard(chunk));
    this.child.stderr?.on("data", (chunk: Uint8Array) => {
      this.#complaint = (this.#complaint + String(chunk)).slice(-1_000);
    });
  }

  send(message: ToRenderer): void {
    this.write(this.encode(message));
  }

  encode(message: ToRenderer): Uint8Array {
    const payload = createCodec(this.#codec).encode(message);
    if (!payload.ok) throw payload.error;
    const frame = encodeFrame(payload.value);
    if (!frame.ok) throw frame.error;
    return frame.value;
  }

  write(frame: Uint8Array): void {
    this.child.stdin?.write(frame);
  }

  /** The next message like this. Rejects when the process ends before. */
  next(isIt: (message: FromRenderer) => boolean): Promise<FromRenderer> {
    return new Promise((resolve, reject) => {
      const gone = (): void => reject(new Error(`the renderer ended: ${this.#complaint}`));
      this.child.once("exit", gone);
      this.#waiting.add((message) => {
        if (!isIt(message)) return false;
        this.child.off("exit", gone);
        resolve(message);
        return true;
      });
    });
  }

  answer(request: Extract<ToRenderer, { readonly id: string }>): Promise<FromRenderer> {
    const answered = this.next((message) => "id" in message && message.id === request.id && message.type !== "event");
    this.send(request);
    return answered;
  }

  async greet(): Promise<void> {
    const hello = this.next((message) => message.type === "hello");
    this.send({ type: "settings", session: "", settings: { protocol_version: 1 } });
    await hello;
  }

  async end(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.stdin?.end();
    await gone;
  }

  #heard(chunk: Uint8Array): void {
    const { decode } = createCodec(this.#codec);
    for (const frame of this.#reader.push(chunk).frames) {
      const value = decode(frame);
      if (!value.ok) throw value.error;
      const message = decodeFromRenderer(value.value);
      if (!message.ok) throw new Error("the renderer said what is no message");
      for (const isTaken of this.#waiting) if (isTaken(message.value)) this.#waiting.delete(isTaken);
    }
  }
}

/** Memory of a process and all it started, shared pages split fairly, in bytes; `undefined` where the system does not tell. */
export function memoryOf(pid: number | undefined): number | undefined {
  if (pid === undefined || !existsSync(`/proc/${pid}/smaps_rollup`)) return undefined;
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const status = read(`/proc/${name}/status`);
    const parent = /^PPid:\s+(\d+)/m.exec(status)?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const isOurs = (each: number | undefined): boolean =>
    each !== undefined && (each === pid || isOurs(parents.get(each)));
  let kibibytes = 0;
  for (const each of parents.keys()) {
    if (!isOurs(each)) continue;
    kibibytes += Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${each}/smaps_rollup`))?.[1] ?? 0);
  }
  return kibibytes * 1024;
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // It ended between the two looks.
    return "";
  }
}
