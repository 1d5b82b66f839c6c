import { env } from "node:process";
import { configuration } from "../host/node/configuration.ts";
import { TestFailure } from "./test-failure.ts";

const BACKENDS = ["mock", "headless", "windowed"] as const;

/**
 * What draws while a test runs. `mock`: nothing does; the engine keeps the tree and makes the events. `headless`: a browser
 * without a window, and every action is real input.
 */
export type TestBackend = (typeof BACKENDS)[number];

/** The option, or what is configured, or `PLUSHIE_TEST_BACKEND`, or `mock`. Throws for names that are unknown or not there yet. */
export function chooseBackend(option: TestBackend | undefined): "mock" | "headless" {
  const variable = env["PLUSHIE_TEST_BACKEND"];
  // Without the environment, which is looked at here, for a better sentence.
  const configured = configuration({}).testBackend;
  const name = option ?? configured ?? (variable === undefined || variable === "" ? "mock" : variable);
  const inCode = configured === undefined ? "PLUSHIE_TEST_BACKEND" : "configure";
  const source = option === undefined ? inCode : "the option backend";
  if (name === "mock" || name === "headless") return name;
  if (BACKENDS.some((known) => known === name)) {
    throw new TestFailure(
      `The test backend "${name}" (from ${source}) is not there yet: it comes with desktop windows. Use "mock" or "headless".`,
    );
  }
  throw new TestFailure(`"${name}" (from ${source}) is no test backend. Use "mock" or "headless".`);
}
