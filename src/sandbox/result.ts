/** What running an experiment gave. */
export type SandboxResult = SandboxOutput | SandboxFailure;

export interface SandboxOutput {
  readonly ok: true;
  /** What `view` returned: plain elements, handlers taken out. */
  readonly tree: PlainElement;
  /** The experiment's model as JSON text, to go on from later; absent when it has none or it is no JSON. */
  readonly state?: string;
  /** What it wrote with `console`, oldest first. */
  readonly logs: readonly string[];
}

export interface SandboxFailure {
  readonly ok: false;
  /** `compile`: not valid TypeScript. `run`: it threw or returned the wrong thing. `limit`: time, memory or size. */
  readonly phase: "compile" | "run" | "limit";
  readonly message: string;
  /** Where, counted from 1, when it is known. */
  readonly line?: number;
  readonly column?: number;
  readonly logs: readonly string[];
}

/** An element that is JSON through and through. */
export interface PlainElement {
  readonly type: string;
  readonly id?: string;
  readonly props?: { readonly [name: string]: unknown };
  readonly children?: readonly PlainElement[];
}

/** Something a person did in the preview. `path` is the element's local ids from the root of the experiment, `/` between. */
export interface SandboxEvent {
  readonly type: string;
  readonly path: string;
  readonly value?: unknown;
}

export interface SandboxRequest {
  /** Name of the file, for messages. */
  readonly name: string;
  readonly source: string;
  /** A model to go on from, as an earlier result gave it. */
  readonly state?: string;
  readonly events?: readonly SandboxEvent[];
}
