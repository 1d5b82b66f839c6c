import { homedir } from "node:os";
import { join } from "node:path";
import { env } from "node:process";
import { APP, brand } from "../../app/brand.ts";
import { type App, isApp, type Settings } from "../../app/index.ts";
import { HostError } from "./host-error.ts";

const TEST_BACKENDS = ["mock", "headless", "windowed"] as const;
const TEST_FORMATS = ["json", "msgpack"] as const;

/** What holds for all apps of this process. */
export interface Configuration {
  /** The renderer program; comes before every other way to find one. Environment: `PLUSHIE_BINARY_PATH`. */
  readonly binaryPath: string | undefined;
  /** Checkout of a renderer that was built with native widgets. `~` is the home folder. Environment: `PLUSHIE_SOURCE_PATH`. */
  readonly sourcePath: string | undefined;
  /** Name of the program that was built there. */
  readonly buildName: string;
  /** Types of native widgets that every renderer must have. */
  readonly extensions: readonly string[];
  /** Sections for native widgets, sent with the settings of every app. An app's own sections win. */
  readonly extensionConfig: NonNullable<Settings["extensionConfig"]>;
  /** What draws in tests. Environment: `PLUSHIE_TEST_BACKEND`. */
  readonly testBackend: (typeof TEST_BACKENDS)[number] | undefined;
  /** Codec of tests; JSON can be read in a trace. Environment: `PLUSHIE_TEST_FORMAT`. */
  readonly testFormat: (typeof TEST_FORMATS)[number];
}

type Values = { readonly [Key in keyof Configuration]?: Configuration[Key] | undefined };
type Environment = Readonly<Record<string, string | undefined>>;

let configured: Values = {};

/**
 * Sets what holds for all apps of this process; `undefined` takes a value back. Each call changes what it names, and
 * counts for apps that are started afterwards. Throws a `HostError` for what is no setting.
 */
export function configure(values: Values): void {
  for (const [key, value] of Object.entries(values)) {
    const check: ((value: unknown) => boolean) | undefined = Object.hasOwn(CHECKS, key)
      ? CHECKS[key as keyof Configuration] // Just looked up.
      : undefined;
    if (check === undefined)
      throw invalid(`There is no setting "${key}". The settings are ${Object.keys(CHECKS).join(", ")}.`);
    if (value !== undefined && !check(value)) throw invalid(`The setting "${key}" cannot be ${shown(value)}.`);
  }
  configured = { ...configured, ...values };
}

/** What holds now: as configured, else from the environment, else the default. */
export function configuration(environment: Environment = env): Configuration {
  const sourcePath = configured.sourcePath ?? text(environment, "PLUSHIE_SOURCE_PATH");
  return {
    binaryPath: configured.binaryPath ?? text(environment, "PLUSHIE_BINARY_PATH"),
    sourcePath: sourcePath === undefined ? undefined : fromHome(sourcePath),
    buildName: configured.buildName ?? "plushie-custom",
    extensions: configured.extensions ?? [],
    extensionConfig: configured.extensionConfig ?? {},
    testBackend: configured.testBackend ?? oneOf(environment, "PLUSHIE_TEST_BACKEND", TEST_BACKENDS),
    testFormat: testFormat(environment),
  };
}

/** That alone, whatever else the environment says. */
export function testFormat(environment: Environment = env): Configuration["testFormat"] {
  return configured.testFormat ?? oneOf(environment, "PLUSHIE_TEST_FORMAT", TEST_FORMATS) ?? "msgpack";
}

/** The app with what is configured for all apps. */
export function withConfiguration<Model, Incoming, Options>(
  app: App<Model, Incoming, Options>,
): App<Model, Incoming, Options> {
  const { extensions = [], extensionConfig = {} } = configured;
  // What is no app is refused where it is started.
  if ((extensions.length === 0 && Object.keys(extensionConfig).length === 0) || !isApp(app)) return app;
  return brand(APP, {
    ...app,
    settings: (): Settings => {
      const own = app.settings?.() ?? {};
      return { ...own, extensionConfig: { ...extensionConfig, ...own.extensionConfig } };
    },
    requiredWidgets: [...new Set([...app.requiredWidgets, ...extensions])],
  });
}

const isText = (value: unknown): boolean => typeof value === "string" && value !== "";

const CHECKS: { readonly [Key in keyof Configuration]: (value: unknown) => boolean } = {
  binaryPath: isText,
  sourcePath: isText,
  // A name, not a path: it is looked for where builds are.
  buildName: (value) => typeof value === "string" && /^[\w.-]+$/.test(value),
  extensions: (value) => Array.isArray(value) && value.every(isText),
  extensionConfig: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  testBackend: (value) => TEST_BACKENDS.some((known) => known === value),
  testFormat: (value) => TEST_FORMATS.some((known) => known === value),
};

function text(environment: Environment, name: string): string | undefined {
  const value = environment[name];
  return value === "" ? undefined : value;
}

function oneOf<Name extends string>(
  environment: Environment,
  variable: string,
  names: readonly Name[],
): Name | undefined {
  const value = text(environment, variable);
  if (value === undefined) return undefined;
  const name = names.find((known) => known === value);
  if (name === undefined) throw invalid(`${variable} is "${value}"; it takes ${names.join(", ")}.`);
  return name;
}

function fromHome(path: string): string {
  return path === "~" || path.startsWith("~/") ? join(homedir(), path.slice(1)) : path;
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? typeof value).slice(0, 60);
}

function invalid(message: string): HostError {
  return new HostError("configuration-invalid", message);
}
