import { PACKAGE_VERSION, REFERENCE_RENDERER_VERSION } from "../../protocol/index.ts";

/** What the renderer calls itself, on the wire and on the command line. */
export const RENDERER_NAME = "plushie-renderer";

export const RENDERER_HELP = `${RENDERER_NAME} ${PACKAGE_VERSION}

Shows an app that speaks the Plushie protocol, version 1, in your browser: desktop windows are not there yet. The app is
at the standard streams, unless --exec or --listen says otherwise. PLUSHIE_NO_BROWSER=1 prints the link instead of opening it.

  --mock                 draw nothing; for tests and scripts
  --headless             draw without a screen, for pictures and tests; needs Chromium, Chrome or Edge
  --max-sessions N       serve up to N sessions at once (with --mock or --headless)

  --json, --msgpack      fix the codec; else the first byte of the app decides

  --exec "COMMAND"       start the app with the shell
  --exec-bin PROGRAM     start the app without a shell
  --exec-arg ARGUMENT    an argument for PROGRAM; may be repeated
  --exec-env NAME,…      variables the app may see, besides the usual ones

  --listen [ADDRESS]     wait for the app at a socket: nothing, a path, :PORT or IP:PORT

  --assets FOLDER        where pictures and fonts are that the app names by their path; may be repeated.
                         Without it PLUSHIE_ASSETS, a list as PATH is one

  --keep-alive KIND      speak up when idle, for hosts that give a silent renderer up: off, effect, hello
  --diagnostics KIND     all, or common: only reports that every known host can read
  --ready-marker         say on standard error when the app's settings were accepted
  --version              print the version and end; with --json as JSON
  --help                 print this and end

plushie run FILE         run an app file (also: plushie FILE); serve FILE: show it in browser tabs;
plushie script FILE…     run test scripts; each has a --help of its own

PLUSHIE_CHROMIUM=PATH names the browser for --headless. As root it needs PLUSHIE_CHROMIUM_NO_SANDBOX=1, which lets it run
without its sandbox: only where everything that is drawn can be trusted.

Flags it does not know are ignored. Logs go to standard error; PLUSHIE_LOG or RUST_LOG sets the level (default: warn).
`;

/** The answer to `--version`. */
export function versionText(isJson: boolean): string {
  if (!isJson) return `${RENDERER_NAME} ${PACKAGE_VERSION}\n`;
  const identity = {
    tool: RENDERER_NAME,
    version: PACKAGE_VERSION,
    /** The renderer whose behavior this one follows; tools compare it. */
    plushie_rust_version: REFERENCE_RENDERER_VERSION,
    target: `node-${process.platform}-${process.arch}`,
    source: { kind: "npm" },
    build: { profile: "release" },
  };
  return `${JSON.stringify(identity, null, 2)}\n`;
}
