import type { CodecName } from "../../wire/index.ts";

/** What draws: real windows, pictures without a screen, or nothing. */
export type RendererProcessMode = "windowed" | "headless" | "mock";

/** The program that sends the app, started by the renderer. */
export type HostProgram =
  | { readonly kind: "shell"; readonly command: string; readonly environmentNames: readonly string[] }
  | {
      readonly kind: "program";
      readonly program: string;
      readonly args: readonly string[];
      readonly environmentNames: readonly string[];
    };

/** How to keep hosts with a silence limit from giving an idle renderer up. */
export type KeepAlive = "off" | "effect" | "hello";

/** `common`: only reports of kinds that every known host can read; the others are logged. */
export type SentDiagnostics = "all" | "common";

export interface RendererArguments {
  readonly mode: RendererProcessMode;
  /** Absent: the first byte of the host decides. */
  readonly codec?: CodecName;
  /** More than one: messages are sorted by their session id. */
  readonly maxSessions: number;
  readonly host?: HostProgram;
  /** Absent: the host is at the standard streams, or is the program that is started. `address` may be empty. */
  readonly listen?: { readonly address: string };
  /** Folders below which pictures and fonts that the app names by their path are. */
  readonly assets: readonly string[];
  readonly showsReadyMarker: boolean;
  readonly keepAlive: KeepAlive;
  readonly diagnostics: SentDiagnostics;
}

export type ParsedRendererArguments =
  | { readonly kind: "run"; readonly options: RendererArguments }
  | { readonly kind: "version"; readonly isJson: boolean }
  | { readonly kind: "help" }
  | { readonly kind: "error"; readonly message: string };

/** Flags, as they are read one after the other. */
interface Flags {
  isMock: boolean;
  isHeadless: boolean;
  codec: CodecName | undefined;
  maxSessions: number;
  shellCommand: string | undefined;
  program: string | undefined;
  programArgs: string[];
  environmentNames: string[];
  listen: string | undefined;
  assets: string[];
  showsReadyMarker: boolean;
  keepAlive: KeepAlive;
  diagnostics: SentDiagnostics;
  wantsVersion: boolean;
  wantsHelp: boolean;
  problem: string | undefined;
}

/** Reads a command line without the program's own name. Flags nobody knows are left out, as upstream does. */
export function parseRendererArguments(words: readonly string[]): ParsedRendererArguments {
  const flags: Flags = {
    isMock: false,
    isHeadless: false,
    codec: undefined,
    maxSessions: 1,
    shellCommand: undefined,
    program: undefined,
    programArgs: [],
    environmentNames: [],
    listen: undefined,
    assets: [],
    showsReadyMarker: false,
    keepAlive: "off",
    diagnostics: "all",
    wantsVersion: false,
    wantsHelp: false,
    problem: undefined,
  };
  const rest = words.flatMap(splitAssignment);
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) readFlag(word, rest, flags);
  return conclude(flags);
}

function readFlag(flag: string, rest: string[], flags: Flags): void {
  switch (flag) {
    case "--mock":
      flags.isMock = true;
      return;
    case "--headless":
      flags.isHeadless = true;
      return;
    case "--json":
      flags.codec = "json";
      return;
    case "--msgpack":
      flags.codec = "msgpack";
      return;
    case "--max-sessions":
      flags.maxSessions = sessionCount(optionalValue(rest));
      return;
    case "--exec":
      flags.shellCommand = requiredValue(flag, rest, flags);
      return;
    case "--exec-bin":
      flags.program = requiredValue(flag, rest, flags);
      return;
    case "--exec-arg":
      flags.programArgs.push(requiredValue(flag, rest, flags));
      return;
    case "--exec-env":
      flags.environmentNames.push(...environmentNames(requiredValue(flag, rest, flags)));
      return;
    case "--listen":
      flags.listen = optionalValue(rest) ?? "";
      return;
    case "--assets":
      flags.assets.push(requiredValue(flag, rest, flags));
      return;
    case "--keep-alive":
      readKeepAlive(optionalValue(rest) ?? "", flags);
      return;
    case "--diagnostics":
      readDiagnostics(optionalValue(rest) ?? "", flags);
      return;
    case "--ready-marker":
      flags.showsReadyMarker = true;
      return;
    case "--version":
      flags.wantsVersion = true;
      return;
    case "--help":
    case "-h":
      flags.wantsHelp = true;
  }
}

function conclude(flags: Flags): ParsedRendererArguments {
  if (flags.wantsHelp) return { kind: "help" };
  if (flags.wantsVersion) return { kind: "version", isJson: flags.codec === "json" };
  if (flags.problem !== undefined) return { kind: "error", message: flags.problem };
  const { shellCommand, program, programArgs: args, environmentNames } = flags;
  if (shellCommand !== undefined && program !== undefined) {
    return { kind: "error", message: "--exec and --exec-bin cannot be used together; choose one of them." };
  }
  if (program === undefined && args.length > 0) {
    return { kind: "error", message: "--exec-arg needs --exec-bin, which names the program the argument is for." };
  }
  const host: HostProgram | undefined =
    shellCommand !== undefined
      ? { kind: "shell", command: shellCommand, environmentNames }
      : program !== undefined
        ? { kind: "program", program, args, environmentNames }
        : undefined;
  return {
    kind: "run",
    options: {
      mode: flags.isMock ? "mock" : flags.isHeadless ? "headless" : "windowed",
      maxSessions: flags.maxSessions,
      assets: flags.assets,
      showsReadyMarker: flags.showsReadyMarker,
      keepAlive: flags.keepAlive,
      diagnostics: flags.diagnostics,
      ...(flags.codec === undefined ? {} : { codec: flags.codec }),
      ...(host === undefined ? {} : { host }),
      ...(flags.listen === undefined ? {} : { listen: { address: flags.listen } }),
    },
  };
}

/** `--flag=value` is the same as `--flag value`. A word that is not a flag may contain `=` as it likes. */
function splitAssignment(word: string, index: number, words: readonly string[]): readonly string[] {
  const isValue = index > 0 && VERBATIM.has(words[index - 1] ?? "");
  const match = isValue ? null : /^(--[a-z-]+)=(.*)$/s.exec(word);
  return match === null ? [word] : [match[1] ?? "", match[2] ?? ""];
}

/** The word after these is taken as it is, whatever it looks like. */
const VERBATIM: ReadonlySet<string> = new Set(["--exec", "--exec-bin", "--exec-arg", "--exec-env", "--assets"]);

function requiredValue(flag: string, rest: string[], flags: Flags): string {
  const value = rest.shift();
  if (value === undefined || value === "") flags.problem ??= `${flag} needs a value.`;
  return value ?? "";
}

/** The next word, unless it is the next flag. */
function optionalValue(rest: string[]): string | undefined {
  return rest[0] === undefined || rest[0].startsWith("--") ? undefined : rest.shift();
}

function sessionCount(written: string | undefined): number {
  return written !== undefined && /^\d{1,9}$/.test(written) ? Math.max(1, Number(written)) : 1;
}

function environmentNames(written: string): readonly string[] {
  return written.split(",").filter((name) => name !== "" && !name.includes("=") && !name.includes("\0"));
}

function readKeepAlive(written: string, flags: Flags): void {
  if (written === "off" || written === "effect" || written === "hello") flags.keepAlive = written;
  else flags.problem ??= "--keep-alive needs one of off, effect, hello.";
}

function readDiagnostics(written: string, flags: Flags): void {
  if (written === "all" || written === "common") flags.diagnostics = written;
  else flags.problem ??= "--diagnostics needs one of all, common.";
}
