// npm run gallery: installs and builds what is missing, then shows the gallery. Options: see --help.

import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { build, requireNode, root } from "./lib/setup.mjs";

const HELP = `Plushie Gallery: every widget, style and state, in every theme.

  npm run gallery -- [options]

  --port N       port for browsers (default: 8080; 0 takes any free one)
  --ssh          let renderers in over SSH, too, on port 2222 of this machine
  --ssh-port N   the same on another port
  --window       in a window of the browser instead of a tab
  --page FOLDER  write it as files for any file server, and end
  --help         this text

The link that is printed works once.`;

requireNode();
const values = readOptions();

if (values.help) console.log(HELP);
else {
  build();
  if (values.page !== undefined) await writePage(resolve(process.env.INIT_CWD ?? root, values.page));
  else show();
}

/** A wrong option is told in one line. */
function readOptions() {
  try {
    return parseArgs({
      options: {
        port: { type: "string" },
        ssh: { type: "boolean" },
        "ssh-port": { type: "string" },
        window: { type: "boolean" },
        page: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (thrown) {
    console.error(`${thrown.message.split(". ")[0]}. See npm run gallery -- --help`);
    process.exit(2);
  }
}

async function writePage(folder) {
  // Needs the packages, which are there only now.
  const { writeGalleryPage } = await import("./lib/gallery-page.mjs");
  try {
    await writeGalleryPage(folder);
    console.log(`Written to ${folder}. Deliver it with any file server.`);
  } catch (thrown) {
    console.error(thrown.message);
    process.exitCode = 1;
  }
}

function show() {
  const sshPort = values["ssh-port"] ?? (values.ssh ? "2222" : undefined);
  const words = values.window
    ? ["run"]
    : [
        "serve",
        ...(values.port === undefined ? [] : ["--port", values.port]),
        ...(sshPort === undefined ? [] : ["--ssh-port", sshPort]),
      ];
  const plushie = join(root, "dist/cli/plushie-renderer.js");
  const [command, ...options] = words;
  const child = spawn(process.execPath, [plushie, command, join(root, "apps/gallery/src/app.ts"), ...options], {
    stdio: "inherit",
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === null ? 0 : 1)));
}
