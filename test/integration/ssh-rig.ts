import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import ssh2, { type Client, type ClientChannel, type ConnectConfig } from "ssh2";
import { generateHostKey } from "../../src/server/host-key-format.ts";
import { createCodec, encodePacket, FrameReader } from "../../src/wire/index.ts";

export const hasOpenSsh = existsSync("/usr/bin/ssh");

/** A folder with a key that is listed and one that is not. */
export interface SshFolder {
  readonly path: string;
  readonly dataDirectory: string;
  readonly authorizedKeysFile: string;
  readonly keyFile: string;
  readonly key: string;
  readonly strangerKeyFile: string;
  readonly strangerKey: string;
  clean(): void;
}

export function makeSshFolder(): SshFolder {
  const path = mkdtempSync(join(tmpdir(), "plushie-ssh-"));
  const listed = generateHostKey();
  const stranger = generateHostKey();
  const folder = {
    path,
    dataDirectory: join(path, "data"),
    authorizedKeysFile: join(path, "authorized_keys"),
    keyFile: join(path, "id_ed25519"),
    key: listed.privateText,
    strangerKeyFile: join(path, "id_stranger"),
    strangerKey: stranger.privateText,
  };
  writeFileSync(folder.authorizedKeysFile, listed.publicText, { mode: 0o600 });
  writeFileSync(folder.keyFile, listed.privateText, { mode: 0o600 });
  writeFileSync(folder.strangerKeyFile, stranger.privateText, { mode: 0o600 });
  return { ...folder, clean: () => rmSync(path, { recursive: true, force: true }) };
}

/** Arguments that keep the person's own configuration out of it. */
export function openSshArguments(port: number, keyFile: string): readonly string[] {
  const settings = ["BatchMode=yes", "IdentitiesOnly=yes", "StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null"];
  return ["-F", "/dev/null", "-i", keyFile, "-p", String(port), ...settings.flatMap((text) => ["-o", text])];
}

export interface OpenSsh {
  readonly child: ChildProcess;
  readonly renderer: RawRenderer;
  readonly errors: () => string;
  readonly exit: Promise<number | null>;
}

export function openSsh(port: number, keyFile: string, rest: readonly string[]): OpenSsh {
  const child = spawn("/usr/bin/ssh", [...openSshArguments(port, keyFile), ...rest], { stdio: "pipe" });
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const exit = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { child, renderer: new RawRenderer(child.stdout, child.stdin), errors: () => errors, exit };
}

/** Signs in with ssh2's own client; rejects when it is refused. */
export function signIn(port: number, how: ConnectConfig): Promise<Client> {
  const client = new ssh2.Client();
  return new Promise((resolve, reject) => {
    client.on("ready", () => resolve(client));
    client.on("error", reject);
    client.on("close", () => reject(new Error("the server closed the connection")));
    client.connect({ host: "127.0.0.1", port, username: "ada", ...how });
  });
}

export function subsystem(client: Client, name: string): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    client.subsys(name, (error, channel) => (error === undefined ? resolve(channel) : reject(error)));
  });
}

export interface Said {
  readonly type: string;
  readonly [field: string]: unknown;
}

export const HELLO = {
  type: "hello",
  session: "",
  protocol_version: 1,
  protocol: 1,
  codec: "msgpack",
  version: "0.1.0",
  name: "raw",
  mode: "windowed",
  backend: "mock",
  transport: "stdio",
  native_widgets: [],
  widget_sets: ["iced"],
  widgets: [],
};

const codec = createCodec("msgpack");

/** The bytes of one message as they go over the channel. */
export function packetOf(message: object): Uint8Array {
  const encoded = codec.encode(message);
  if (!encoded.ok || typeof encoded.value === "string") throw new Error("not encodable");
  return encodePacket(encoded.value);
}

/** A renderer's end of a byte stream: speaks the protocol by hand and writes down what it hears. */
export class RawRenderer {
  readonly messages: Said[] = [];
  hasEnded = false;
  readonly #output: Writable;
  #waiting: (() => void)[] = [];

  constructor(input: Readable, output: Writable) {
    this.#output = output;
    const reader = new FrameReader("length");
    input.on("data", (chunk: Buffer) => {
      const { frames, error } = reader.push(chunk);
      if (error !== undefined) throw error;
      for (const frame of frames) {
        const decoded = codec.decode(frame);
        if (!decoded.ok) throw decoded.error;
        this.messages.push(decoded.value as Said); // What a server sends is looked at by the assertions.
      }
      this.#wake();
    });
    const end = (): void => {
      this.hasEnded = true;
      this.#wake();
    };
    input.on("end", end);
    input.on("close", end);
    output.on("error", () => {
      // The server closed first; the tests look at what it said.
    });
  }

  /** Text of all trees and patches received. */
  get shown(): string {
    return this.messages
      .filter(({ type }) => type === "snapshot" || type === "patch")
      .map((message) => JSON.stringify(message))
      .join("\n");
  }

  say(message: object): void {
    this.write(packetOf(message));
  }

  write(bytes: Uint8Array): void {
    this.#output.write(bytes);
  }

  click(id: string): void {
    this.say({ type: "event", session: "", family: "click", id });
  }

  hangUp(): void {
    this.#output.end();
  }

  async shows(text: string): Promise<void> {
    await this.until(() => this.shown.includes(text));
  }

  until(isMet: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (isMet()) resolve();
        else if (this.hasEnded) reject(new Error(`the channel ended; it said ${this.messages.length} messages`));
        else this.#waiting.push(look);
      };
      look();
    });
  }

  #wake(): void {
    for (const look of this.#waiting.splice(0)) look();
  }
}
