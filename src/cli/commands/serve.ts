import { parseArgs } from "node:util";
import { serve, serveSsh } from "../../server/index.ts";
import { loadApp } from "./app-file.ts";
import { CommandError } from "./command-error.ts";
import { oneFile, portOf, writeProblem } from "./command-words.ts";

const HELP = `plushie serve FILE [options]

Shows the app that a file exports in browser tabs, each with a model of its own. JavaScript, TypeScript or TSX.

  --port N        port for browsers (default: 8080; 0 takes any free one)
  --host ADDR     address for browsers (default: 127.0.0.1, this machine only)
  --ssh-port N    let renderers in over SSH, too (needs the package ssh2)
  --assets FOLDER where pictures and fonts are that the app names by their path; may be repeated
  --data FOLDER   keeps cookies good over a restart, and the SSH host key (default for SSH: .plushie)
  --help          this text

The link that is printed works once.
`;

/** `plushie serve`: until it is told to stop. */
export async function serveAppFile(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      port: { type: "string" },
      host: { type: "string" },
      "ssh-port": { type: "string" },
      assets: { type: "string", multiple: true },
      data: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help === true) {
    process.stdout.write(HELP);
    return 0;
  }
  const file = oneFile(positionals, "plushie serve counter.ts");
  const port = portOf("--port", values.port ?? "8080");
  const sshPort = values["ssh-port"] === undefined ? undefined : portOf("--ssh-port", values["ssh-port"]);
  const app = await loadApp(file);
  if (app === undefined) {
    throw new CommandError(`${file} exports no app. Export what app(...) returns: export default app({ … })`);
  }
  const data = values.data === undefined ? {} : { dataDirectory: values.data };
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  const host = values.host === undefined ? {} : { host: values.host };
  const assets = values.assets === undefined ? {} : { assets: values.assets };
  const web = await serve(app, { port, ...host, ...data, ...assets, logger: writeProblem });
  try {
    process.stdout.write(`Ready at ${web.startUrl}\n`);
    if (sshPort === undefined) await stopped;
    else {
      const ssh = await serveSsh(app, { port: sshPort, ...data, logger: writeProblem });
      process.stdout.write(`SSH ready on localhost:${ssh.port}. Connect with: npx ${ssh.command}\n`);
      process.stdout.write(`SSH host key: ED25519 ${ssh.fingerprint}\n`);
      await stopped;
      await ssh.close();
    }
  } finally {
    await web.close();
  }
  return 0;
}
