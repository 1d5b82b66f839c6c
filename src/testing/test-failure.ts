/** Why a test fails. For people and test runners: it has no code, because nothing should branch on it. */
export class TestFailure extends Error {
  constructor(message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "TestFailure";
  }
}
