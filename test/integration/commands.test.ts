import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { eventually } from "./server-rig.ts";
import { HELLO, hasOpenSsh, makeSshFolder, openSsh } from "./ssh-rig.ts";

const program = fileURLToPath(new URL("../../dist/cli/plushie-renderer.js", import.meta.url));

const COUNTER = `
import { app } from "plushie";
import { Button, Column, Text, Window } from "plushie/ui";
import { start } from "./start.js";

interface Model { readonly count: number }

export default app<Model>({
  name: "Counter",
  init: () => ({ count: start }),
  update: (model) => ({ count: model.count + 1 }),
  view: ({ count }) => (console.log("shown" satisfies string),
    <Window id="main" title="Counter"><Column><Text id="count">{\`Count: \${count}\`}</Text><Button id="add" label="+" /></Column></Window>
  ),
});
`;

let folder: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  // Outside every project: nothing there is called plushie.
  folder = mkdtempSync(join(tmpdir(), "plushie-commands-"));
  writeFileSync(join(folder, "counter.tsx"), COUNTER);
  writeFileSync(join(folder, "start.ts"), "export const start: number = 41;\n");
});

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }
  rmSync(folder, { recursive: true, force: true });
});

interface Run {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly error: () => string;
  readonly exit: Promise<number | null>;
}

function plushie(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Run {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...environment },
  });
  children.push(child);
  let out = "";
  let error = "";
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    error += chunk.toString();
  });
  const exit = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { child, out: () => out, error: () => error, exit };
}

async function fails(args: readonly string[], text: string, environment: NodeJS.ProcessEnv = {}): Promise<void> {
  const run = plushie(args, environment);
  expect(await run.exit).toBe(1);
  expect(run.error()).toContain(text);
  // One sentence for what the person can put right.
  expect(run.error().trim().split("\n")).toHaveLength(1);
}

describe("plushie run", () => {
  test.each([
    [["run", "counter.tsx", "--mock"]],
    [["counter.tsx", "--mock"]],
    [["run", "--json", "counter.tsx", "--mock"]],
  ])("[R062] %j runs the app over this package's renderer until it is told to stop", async (args) => {
    const run = plushie(args);
    await eventually(() => run.out() === "shown\n");
    run.child.kill("SIGTERM");
    expect(await run.exit).toBe(0);
    expect(run.error()).toBe("");
  });

  test("[R062] --stdio speaks to the renderer that started it, and what the app prints does not get in between", async () => {
    const run = plushie([
      "--mock",
      "--ready-marker",
      "--exec",
      `"${process.execPath}" "${program}" run counter.tsx --stdio`,
    ]);
    await eventually(() => run.error().includes("ready mode=mock transport=exec") && run.error().includes("shown"));
    run.child.kill("SIGTERM");
    await run.exit;
    expect(run.out()).toBe("");
  });

  test("[R062] in a window the link says where the app is", async () => {
    const run = plushie(["run", "counter.tsx"], { PLUSHIE_NO_BROWSER: "1" });
    await eventually(() => /open http:\S+ to see the app/.test(run.error()));
    run.child.kill("SIGINT");
    expect(await run.exit).toBe(0);
  });

  test("[R062] a file that exports nothing runs by itself", async () => {
    writeFileSync(
      join(folder, "own.ts"),
      'const text: string = "by itself";\nconsole.log(text);\nprocess.exitCode = 3;\n',
    );
    const run = plushie(["own.ts"]);
    expect(await run.exit).toBe(3);
    expect(run.out()).toBe("by itself\n");
  });

  test("what is wrong is one sentence", async () => {
    writeFileSync(join(folder, "none.ts"), "export const a = 1;\n");
    writeFileSync(
      join(folder, "two.ts"),
      'import { app } from "plushie";\nconst it = { init: () => 0, update: (m: number) => m, view: () => [] };\nexport const one = app(it);\nexport const two = app(it);\n',
    );
    await fails(["run"], "Name the file of the app");
    await fails(["run", "missing.ts"], "There is no file missing.ts");
    await fails(["run", "a.ts", "b.ts"], "b.ts is too much");
    await fails(["run", "--portt", "counter.tsx"], "--portt");
    await fails(["run", "none.ts"], "none.ts exports no app");
    await fails(["run", "two.ts"], "several apps: one, two");
  });

  test("a renderer that cannot be had is told once", async () => {
    const missing = ["run", "counter.tsx", "--renderer", "/nowhere/renderer"];
    await fails(missing, 'plushie run: No connection to a renderer: The renderer program "/nowhere/renderer"');
    const silent = join(folder, "silent.sh");
    writeFileSync(silent, "#!/bin/sh\nexit 3\n", { mode: 0o755 });
    await fails(["run", "counter.tsx", "--renderer", silent], "plushie run: The renderer ended before it was ready");
    writeFileSync(silent, "#!/bin/sh\necho it has no screen >&2\nexit 3\n", { mode: 0o755 });
    await fails(["run", "counter.tsx", "--renderer", silent], "it has no screen");
  });

  test("asset folders reach the renderer, from flags or else from the environment", async () => {
    const spy = join(folder, "spy.sh");
    writeFileSync(spy, '#!/bin/sh\necho "args $* env $PLUSHIE_ASSETS" >&2\nexit 3\n', { mode: 0o755 });
    const run = ["run", "counter.tsx", "--renderer", spy];
    await fails([...run, "--assets", "pictures", "--assets", "/more"], "/pictures --assets /more");
    await fails(run, "env pictures:/more", { PLUSHIE_ASSETS: "pictures:/more" });
  });

  test("a mistake in the file is told with its place", async () => {
    writeFileSync(join(folder, "broken.ts"), 'const a: number = 1;\n\nthrow new Error("it broke " + a);\n');
    const run = plushie(["run", "broken.ts"]);
    expect(await run.exit).toBe(1);
    expect(run.error()).toMatch(/it broke 1\n.*broken\.ts:3:7/);
  });
});

describe("plushie serve", () => {
  test("[R062] shows an app file in browser tabs", async () => {
    const run = plushie(["serve", "counter.tsx", "--port", "0"]);
    await eventually(() => run.out().includes("Ready at "));
    const link = /Ready at (\S+)/.exec(run.out())?.[1] ?? "";
    const first = await fetch(link, { redirect: "manual" });
    const cookie = first.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    const page = await fetch(new URL("/", link), { headers: { cookie } });
    expect(await page.text()).toContain("<title>Counter</title>");
    run.child.kill("SIGTERM");
    expect(await run.exit).toBe(0);
  });

  test.runIf(hasOpenSsh)("[R062] [R372] and to renderers that come over SSH", async () => {
    const home = makeSshFolder();
    mkdirSync(join(home.path, ".ssh"), { mode: 0o700 });
    copyFileSync(home.authorizedKeysFile, join(home.path, ".ssh", "authorized_keys"));
    const run = plushie(["serve", "counter.tsx", "--port", "0", "--ssh-port", "0"], { HOME: home.path });
    await eventually(() => run.out().includes("SSH host key: ED25519 SHA256:"));
    const port = Number(/SSH ready on localhost:(\d+)\./.exec(run.out())?.[1]);
    const { renderer, exit } = openSsh(port, home.keyFile, ["localhost", "-s", "plushie"]);
    renderer.say(HELLO);
    await renderer.shows("Count: 41");
    renderer.click("main#add");
    await renderer.shows("Count: 42");
    run.child.kill("SIGTERM");
    expect(await run.exit).toBe(0);
    expect(await exit).toBe(0);
    home.clean();
  });

  test("what is wrong is one sentence", async () => {
    writeFileSync(join(folder, "own.ts"), "console.log(1);\n");
    await fails(["serve", "counter.tsx", "--port", "http"], '--port takes a number from 0 to 65535, not "http"');
    await fails(["serve", "own.ts"], "own.ts exports no app");
  });
});

test("each command has a help text, and the renderer's mentions them", async () => {
  for (const name of ["run", "serve", "script"]) {
    const run = plushie([name, "--help"]);
    expect(await run.exit).toBe(0);
    expect(run.out()).toContain(`plushie ${name} FILE`);
  }
  const run = plushie(["--help"]);
  expect(await run.exit).toBe(0);
  for (const text of ["plushie run FILE", "serve FILE", "plushie script FILE"]) expect(run.out()).toContain(text);
});

test("plushie script runs a script over a TypeScript app, and says how it went", async () => {
  writeFileSync(join(folder, "good.plushie"), 'app: ./counter.tsx\n-----\nexpect text #count "Count: 41"\n');
  writeFileSync(join(folder, "bad.plushie"), 'app: ./counter.tsx\n-----\nexpect text #count "Count: 7"\n');
  const good = plushie(["script", "good.plushie"]);
  expect([await good.exit, good.error()]).toEqual([0, ""]);
  const both = plushie(["script", "good.plushie", "bad.plushie"]);
  expect(await both.exit).toBe(1);
  expect(both.out()).toContain("1 of 2 scripts passed");
});
