/** What the person at the command line can put right; its message is all that is shown. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}
