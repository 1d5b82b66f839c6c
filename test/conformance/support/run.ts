// Turns checks into tests, one per codec. Checks of a file share one process per codec unless they say otherwise.

import { afterAll, describe, test } from "vitest";

import type { Check } from "./check.ts";
import { Conversation } from "./conversation.ts";
import { RendererProcess } from "./renderer-process.ts";
import type { Step } from "./steps.ts";
import { CODECS, type Codec, MODE } from "./target.ts";

export function conformance(title: string, checks: readonly Check[]): void {
  for (const codec of CODECS) {
    const chosen = checks.filter((each) => (each.codec ?? codec) === codec && (each.mode ?? MODE) === MODE);
    if (chosen.length === 0) continue;
    describe(`${title}, ${codec}`, () => {
      const shared = new SharedRenderer(codec);
      afterAll(() => shared.dispose());
      for (const each of chosen) {
        if (each.args === undefined) test(each.name, () => shared.run(each));
        // Most of such a check is the start of its process.
        else test.concurrent(each.name, () => runAlone(each, codec));
      }
    });
  }
}

/** A renderer may protect its host from a flood of reports, so a process is replaced before there are more than a few. */
const DIAGNOSTICS_PER_PROCESS = 20;

class SharedRenderer {
  readonly #codec: Codec;
  #diagnostics = 0;
  #renderer: RendererProcess | undefined;
  #conversation: Conversation | undefined;

  constructor(codec: Codec) {
    this.#codec = codec;
  }

  async run({ steps }: Check): Promise<void> {
    const diagnostics = steps.filter(isDiagnostic).length;
    if (this.#diagnostics + diagnostics > DIAGNOSTICS_PER_PROCESS) await this.dispose();
    this.#diagnostics += diagnostics;
    const conversation = await this.#ready();
    try {
      await conversation.perform(steps);
      await conversation.nothingLeft();
    } catch (thrown) {
      // What a failed check leaves behind must not fail the next one.
      await this.dispose();
      throw thrown;
    }
  }

  async dispose(): Promise<void> {
    const renderer = this.#renderer;
    this.#renderer = undefined;
    this.#conversation = undefined;
    this.#diagnostics = 0;
    await renderer?.dispose();
  }

  async #ready(): Promise<Conversation> {
    if (this.#conversation !== undefined && this.#renderer?.hasEnded === false) {
      await this.#conversation.reset();
      return this.#conversation;
    }
    const renderer = new RendererProcess(this.#codec);
    const conversation = new Conversation(renderer);
    this.#renderer = renderer;
    await conversation.greet();
    this.#conversation = conversation;
    return conversation;
  }
}

function isDiagnostic(step: Step): boolean {
  return step.kind === "expectOnly" || (step.kind === "expect" && step.isDiagnostic);
}

async function runAlone({ steps, args = [], isGreeted }: Check, codec: Codec): Promise<void> {
  const renderer = new RendererProcess(codec, [`--${MODE}`, ...args]);
  const conversation = new Conversation(renderer);
  try {
    if (isGreeted) await conversation.greet();
    await conversation.perform(steps);
    if (isGreeted && !renderer.hasEnded && steps.at(-1)?.kind !== "expectEnd") await conversation.nothingLeft();
  } finally {
    await renderer.dispose();
  }
}
