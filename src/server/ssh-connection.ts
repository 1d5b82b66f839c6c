import type { Socket } from "node:net";
import type { Connection, Session } from "ssh2";
import type { Cancel, Clock } from "../base/clock.ts";
import { messageOf } from "../base/error.ts";
import type { Logger } from "../base/logger.ts";
import type { SshChannel } from "../transport/node/ssh.ts";
import { decideAuth, type SshIdentity } from "./ssh-auth.ts";
import type { Ssh2Library } from "./ssh-library.ts";
import type { SshLimits } from "./ssh-limits.ts";

export const SSH_SUBSYSTEM = "plushie";

type ChannelOpenFail = (channel: number, reason: number, text?: string) => void;

export interface SshConnectionOptions {
  readonly socket: Socket;
  readonly keysFile: string;
  readonly port: number;
  readonly utils: Ssh2Library["utils"];
  readonly limits: SshLimits;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Gets each channel of the subsystem; `onGone` is called when its connection is no more. */
  readonly onChannel: (channel: SshChannel, identity: SshIdentity, onGone: (listener: () => void) => void) => void;
}

/** One client from its first byte: sign-in, sessions, and what they may ask for. */
export class SshConnection {
  readonly #options: SshConnectionOptions;
  readonly #goneListeners = new Set<() => void>();
  #connection: Connection | undefined;
  #identity: SshIdentity | undefined;
  #refusals = 0;
  #sessions = 0;
  #cancelDeadline: Cancel = () => {};
  #cancelGrace: Cancel = () => {};

  constructor(options: SshConnectionOptions) {
    this.#options = options;
    // Without it every round trip costs 40 ms and more.
    options.socket.setNoDelay(true);
    options.socket.once("close", () => {
      this.#cancelDeadline();
      this.#cancelGrace();
      for (const listener of this.#goneListeners) listener();
      this.#goneListeners.clear();
    });
    this.#setDeadline();
  }

  /** The client has named its protocol version. */
  begin(connection: Connection): void {
    this.#connection = connection;
    this.#giveRefusalsASentence(connection);
    connection.on("error", (error) => this.#log("ssh-connection-failed", messageOf(error)));
    connection.on("authentication", (context) => {
      decideAuth(context, this.#options.keysFile, this.#options.utils)
        .then((decision) => {
          if ("refused" in decision) this.#refuse(context, decision.refused);
          else {
            if (context.method === "publickey" && context.signature !== undefined) this.#identity = decision;
            context.accept();
          }
        })
        .catch((error: unknown) => this.#refuse(context, messageOf(error)));
    });
    connection.on("session", (accept, reject) => {
      if (this.#sessions >= this.#options.limits.maxChannelsPerConnection) {
        reject();
        return;
      }
      this.#begun(accept());
    });
  }

  /** Says goodbye and ends; a client that does not confirm is cut off. */
  end(): void {
    const { socket, clock, limits } = this.#options;
    if (socket.destroyed) return;
    if (this.#connection === undefined) {
      socket.destroy();
      return;
    }
    this.#connection.end();
    this.#cancelGrace();
    this.#cancelGrace = clock.after(limits.closeGraceMs, () => socket.destroy());
  }

  /** The library refuses forwarding and further channels by itself, but leaves the text empty that clients show. */
  #giveRefusalsASentence(connection: Connection): void {
    // Not part of what the library declares; without it the refusal is the same, and silent.
    const protocol = (connection as { readonly _protocol?: { channelOpenFail?: ChannelOpenFail } })._protocol;
    const refuse = protocol?.channelOpenFail;
    if (protocol === undefined || refuse === undefined) return;
    const sentence = `plushie forwards nothing; it has one channel for the renderer. Run: ${this.#command()}`;
    protocol.channelOpenFail = (channel, reason, text) => {
      this.#log("ssh-channel-refused", "Refused a forwarding or one channel too many.");
      refuse.call(protocol, channel, reason, text === undefined || text === "" ? sentence : text);
    };
  }

  /** What to do instead. */
  #command(): string {
    return `plushie --exec "ssh -p ${this.#options.port} <host> -s ${SSH_SUBSYSTEM}"`;
  }

  #refuse(context: { readonly method: string; reject(methods: "publickey"[]): void }, reason: string): void {
    // Every client begins with this one, to learn which methods there are.
    if (context.method !== "none") this.#log("ssh-sign-in-refused", `Refused to sign somebody in: ${reason}`);
    context.reject(["publickey"]);
    this.#refusals += 1;
    if (this.#refusals > this.#options.limits.maxAuthAttempts) this.end();
  }

  #begun(session: Session): void {
    this.#sessions += 1;
    session.once("close", () => {
      this.#sessions -= 1;
      if (this.#sessions === 0) this.#setDeadline();
    });
    const { logger } = this.#options;
    const explain = (accept: () => unknown): void => {
      const channel = accept() as SshChannel | undefined; // The declared type leaves out that it may be refused by now.
      if (channel === undefined) return;
      logger({ level: "info", code: "ssh-shell-refused", message: "Refused a shell or a command." });
      channel.on("error", () => {
        // The client did not wait for the sentence.
      });
      channel.resume();
      channel.stderr.write(`plushie: there is no shell here. Let the renderer connect: ${this.#command()}\r\n`);
      channel.exit(1);
      channel.end();
    };
    // There is none; but OpenSSH that is refused a terminal may end before it shows the sentence.
    session.on("pty", (accept?: () => void) => accept?.());
    session.on("shell", explain);
    session.on("exec", explain);
    session.on("subsystem", (accept, reject, { name }) => {
      if (name !== SSH_SUBSYSTEM || this.#identity === undefined) {
        this.#log("ssh-subsystem-refused", `Refused a subsystem other than ${SSH_SUBSYSTEM}.`);
        reject();
        return;
      }
      const channel = accept() as SshChannel | undefined; // As above.
      if (channel === undefined) return;
      this.#cancelDeadline();
      this.#options.onChannel(channel, this.#identity, (listener) => {
        if (this.#options.socket.destroyed) listener();
        else this.#goneListeners.add(listener);
        channel.once("close", () => this.#goneListeners.delete(listener));
      });
    });
  }

  #setDeadline(): void {
    const { clock, limits } = this.#options;
    this.#cancelDeadline();
    this.#cancelDeadline = clock.after(limits.channelMs, () => {
      this.#log("ssh-connection-idle", "Closed a connection that had no channel for too long.");
      this.end();
    });
  }

  #log(code: string, message: string): void {
    this.#options.logger({ level: "info", code, message });
  }
}
