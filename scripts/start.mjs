// npm start: installs and builds what is missing, then opens the pad. Options go on to the pad: see --help.

import { spawn } from "node:child_process";
import { join } from "node:path";
import { build, requireNode, root } from "./lib/setup.mjs";

requireNode();
build();

const pad = spawn(
  process.execPath,
  ["--enable-source-maps", join(root, "apps/pad/dist/main.js"), ...process.argv.slice(2)],
  {
    stdio: "inherit",
  },
);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => pad.kill(signal));
pad.on("exit", (code, signal) => process.exit(code ?? (signal === null ? 0 : 1)));
