import { randomUUID } from "node:crypto";
import { WebSocket } from "ws";
import { type FromRenderer, makeHello } from "../../src/protocol/index.ts";
import { SESSION_PROTOCOL_PREFIX, WEB_SOCKET_PATH, WEB_SOCKET_PROTOCOL } from "../../src/server/index.ts";
import { encodeMessage } from "../../src/wire/index.ts";
import { keyIn, textOf } from "./setup.ts";

/** A page without a screen: speaks the protocol as a page does, looks at frames only as far as the measurement needs. */
export class Participant {
  /** When the text of a key press, or a later one, was here. */
  readonly arrivals: number[] = [];
  /** Bytes of the last frame with a text. */
  frameBytes = 0;
  frames = 0;
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (data) => {
      const at = performance.now();
      if (!Buffer.isBuffer(data)) return;
      const key = keyIn(data);
      if (key < 0) return;
      this.frameBytes = data.length;
      this.frames += 1;
      while (this.arrivals.length <= key) this.arrivals.push(at);
    });
  }

  /** Opens the page as a new visitor, then a tab of it; resolves when the tab has its first screen. */
  static async join(port: number): Promise<Participant> {
    const origin = `http://127.0.0.1:${port}`;
    const answer = await fetch(origin);
    await answer.arrayBuffer();
    const cookie = answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    const session = SESSION_PROTOCOL_PREFIX + randomUUID();
    const socket = new WebSocket(`ws://127.0.0.1:${port}${WEB_SOCKET_PATH}`, [WEB_SOCKET_PROTOCOL, session], {
      origin,
      headers: { cookie },
      perMessageDeflate: false,
    });
    const participant = new Participant(socket);
    await opened(socket);
    const hasScreen = new Promise<void>((resolve, reject) => {
      socket.on("message", (data) => {
        if (String(data).startsWith('{"type":"snapshot"')) resolve();
      });
      socket.once("close", (code, reason) => reject(new Error(`the server closed a tab: ${code} ${reason}`)));
    });
    participant.#send(
      makeHello({ codec: "json", mode: "web", backend: "none", transport: "websocket", nativeWidgets: [] }),
    );
    await hasScreen;
    return participant;
  }

  /** Connects to the bare relay. */
  static async joinBare(port: number): Promise<Participant> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
    const participant = new Participant(socket);
    await opened(socket);
    return participant;
  }

  type(key: number): void {
    this.#send({ type: "event", family: "input", id: "main#draft", value: textOf(key) });
  }

  /** Says that the app is not wanted any more, as a page does that is closed for good. */
  leave(): Promise<void> {
    return new Promise((resolve) => {
      this.#socket.once("close", () => resolve());
      this.#socket.close(1000);
    });
  }

  #send(message: FromRenderer): void {
    const payload = encodeMessage(message, "json");
    if (!payload.ok) throw payload.error;
    this.#socket.send(payload.value);
  }
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once("open", () => resolve());
    socket.once("error", reject);
  });
}
