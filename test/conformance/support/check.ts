import type { Step } from "./steps.ts";
import type { Codec, Mode } from "./target.ts";

type Steps = readonly (Step | readonly Step[])[];

/** One rule of the protocol as data: what is sent and what must come back. */
export interface Check {
  readonly name: string;
  readonly steps: readonly Step[];
  /** Only meaningful in this codec. */
  readonly codec?: Codec;
  /** Only meaningful in this mode. */
  readonly mode?: Mode;
  /** Arguments of a process of its own; absent: the check shares a process that is reset before it. */
  readonly args?: readonly string[];
  /** Whether the process of its own has been greeted before the steps begin. */
  readonly isGreeted: boolean;
}

export interface OwnProcess {
  readonly codec?: Codec;
  readonly mode?: Mode;
  /** Instead of the flag of the mode under test. */
  readonly args?: readonly string[];
}

export function check(name: string, ...steps: Steps): Check {
  return { name, steps: steps.flat(), isGreeted: true };
}

export function inCodec(codec: Codec, name: string, ...steps: Steps): Check {
  return { ...check(name, ...steps), codec };
}

/** A check of the start or the end of a process: nothing has been said when its steps begin. */
export function startUp(name: string, options: OwnProcess, ...steps: Steps): Check {
  return { name, steps: steps.flat(), ...options, args: options.args ?? [], isGreeted: false };
}

/** A check that leaves traces in the process, so that it gets one of its own; settings and hello are exchanged. */
export function alone(name: string, options: OwnProcess, ...steps: Steps): Check {
  return { name, steps: steps.flat(), ...options, args: options.args ?? [], isGreeted: true };
}
