import { type ChildProcess, fork } from "node:child_process";
import type { Answer, Memory, Order, Setup } from "./setup.ts";

/** First argument of the process that is the server. */
export const ROLE = "serve";

/** The server in a process of its own: the same bundle in its other role. */
export class ServerProcess {
  readonly child: ChildProcess;
  #answers: Answer[] = [];
  #waiting: ((answer: Answer) => void) | undefined;
  #end: Error | undefined;

  constructor() {
    const [, script = ""] = process.argv;
    this.child = fork(script, [ROLE]);
    // The same bundle at the other end sends nothing else.
    this.child.on("message", (message) => this.#take(message as Answer));
    this.child.on("exit", (code, signal) => {
      this.#end = new Error(`the server ended by itself (${signal ?? code})`);
      this.#take({ type: "failed", reason: this.#end.message });
    });
  }

  async start(setup: Setup): Promise<number> {
    await this.#expect("started");
    this.#order({ type: "setup", setup });
    return (await this.#expect("listening")).port;
  }

  async memory(): Promise<Memory> {
    this.#order({ type: "memory" });
    return (await this.#expect("memory")).memory;
  }

  /** Processor time so far, in microseconds. */
  async cpu(): Promise<number> {
    this.#order({ type: "cpu" });
    return (await this.#expect("cpu")).microseconds;
  }

  async stop(): Promise<void> {
    const gone = new Promise<void>((resolve) => this.child.once("exit", () => resolve()));
    this.#order({ type: "stop" });
    await gone;
  }

  #order(order: Order): void {
    if (this.#end !== undefined) throw this.#end;
    this.child.send(order);
  }

  async #expect<Type extends Answer["type"]>(type: Type): Promise<Extract<Answer, { readonly type: Type }>> {
    const answer =
      this.#answers.shift() ??
      (await new Promise<Answer>((resolve) => {
        this.#waiting = resolve;
      }));
    if (answer.type === "failed") throw new Error(answer.reason);
    if (answer.type !== type) throw new Error(`expected ${type} from the server, got ${answer.type}`);
    // The line above made sure of it.
    return answer as Extract<Answer, { readonly type: Type }>;
  }

  #take(answer: Answer): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) this.#answers.push(answer);
    else waiting(answer);
  }
}
