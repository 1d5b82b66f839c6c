import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type PadServer, type PadServerOptions, startPad } from "./server/pad-server.ts";

const HELP = `Plushie Pad: write and run experiments together.

  npm start -- [options]

  --port N       port to listen on (default: 8080, or PORT from the environment; 0 takes any free one)
  --host ADDR    address to listen on (default: 127.0.0.1, this machine only)
  --data FOLDER  where the pad keeps its log and the experiments (default: data)
  --no-open      do not open a browser
  --ssh-port N   port for renderers that come over SSH (default: 2222; 0 takes any free one)
  --no-ssh       browsers only
  --help         this text

The link that is printed works once. Invite others from within the pad. Over SSH whoever has a key in
~/.ssh/authorized_keys may come, from this machine or through its own SSH server.`;

const projectFolder = fileURLToPath(new URL("../../../", import.meta.url));

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (typeof options === "string") return console.log(options);
  const pad = await startPad(options);
  // Before anybody is told that it runs.
  stopOnSignals(pad);
  console.log(`Pad ready at ${pad.startUrl}`);
  if (options.open) openBrowser(pad.startUrl);
  if (options.sshPort !== undefined) await startSsh(pad, options.sshPort);
}

/** Without SSH the pad is still there for browsers. */
async function startSsh(pad: PadServer, port: number): Promise<void> {
  try {
    const { port: opened, command, fingerprint } = await pad.openSsh(port);
    console.log(`SSH ready on localhost:${opened}. Connect with: npx ${command}\nSSH host key: ED25519 ${fingerprint}`);
  } catch (thrown) {
    console.error(`No SSH: ${messageOf(thrown)} (--ssh-port N takes another port, --no-ssh does without.)`);
  }
}

function stopOnSignals(pad: PadServer): void {
  let isStopping = false;
  const stop = () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    pad.stop().then(
      () => process.exit(0),
      (thrown: unknown) => fail(thrown),
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}

/** Options for the server, or the text to print instead. */
function readOptions(
  args: readonly string[],
): (PadServerOptions & { readonly open: boolean; readonly sshPort: number | undefined }) | string {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: "string" },
      host: { type: "string" },
      data: { type: "string" },
      "no-open": { type: "boolean" },
      "ssh-port": { type: "string" },
      "no-ssh": { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help === true) return HELP;
  return {
    port: portOf("--port", values.port ?? process.env["PORT"] ?? "8080"),
    sshPort: values["no-ssh"] === true ? undefined : portOf("--ssh-port", values["ssh-port"] ?? "2222"),
    host: values.host ?? "127.0.0.1",
    data: resolve(process.env["INIT_CWD"] ?? projectFolder, values.data ?? resolve(projectFolder, "data")),
    open: values["no-open"] !== true,
  };
}

function portOf(option: string, text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new Error(`${option} takes a number from 0 to 65535, not "${text}"`);
}

/** Best effort: the link is printed as well. */
function openBrowser(url: string): void {
  const [command, ...args] =
    process.platform === "darwin"
      ? ["open", url]
      : process.platform === "win32"
        ? ["cmd", "/c", "start", "", url]
        : ["xdg-open", url];
  if (command === undefined) return;
  const child = spawn(command, args, { stdio: "ignore", detached: true });
  child.on("error", () => {});
  child.unref();
}

function fail(thrown: unknown): never {
  console.error(`The pad cannot run: ${messageOf(thrown)}`);
  process.exit(1);
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

main().catch(fail);
