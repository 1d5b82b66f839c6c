import { execFileSync, spawn } from "node:child_process";
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { makeHome, SshPerson, startPadWithSsh } from "../support/pad-over-ssh.ts";
import { type PadProcess, startPadProcess } from "../support/pad-process.ts";
import { eventually } from "./server-rig.ts";
import { hasOpenSsh, openSsh, openSshArguments, type SshFolder } from "./ssh-rig.ts";

const renderer = fileURLToPath(new URL("../../dist/cli/plushie-renderer.js", import.meta.url));
const greeting = (text: string) => `import { text } from "plushie/ui";\nexport const view = () => text("${text}");\n`;

describe.runIf(hasOpenSsh)("the pad over SSH", () => {
  let home: SshFolder;
  let pad: PadProcess;
  const cleanups: (() => unknown)[] = [];

  /** A second pad, which is gone after the test however that ends. */
  async function startOther(other: SshFolder, sshPort?: number): Promise<PadProcess> {
    const started = await startPadWithSsh(other, sshPort);
    cleanups.push(
      () => other.clean(),
      () => started.kill("SIGKILL"),
    );
    return started;
  }

  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  beforeAll(async () => {
    home = makeHome();
    pad = await startPadWithSsh(home);
  });

  afterAll(async () => {
    await pad?.kill("SIGTERM");
    home?.clean();
  });

  test("[R346] [R349] says where it is reached, and by which key it is known", () => {
    expect(pad.output()).toContain("Pad ready at http://127.0.0.1:");
    expect(pad.output()).toContain(
      `SSH ready on localhost:${pad.sshPort}. Connect with: npx plushie --exec "ssh -p ${pad.sshPort} localhost -s plushie"`,
    );
    const keyFile = join(home.dataDirectory, "ssh", "ssh_host_ed25519_key");
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    const [, fingerprint = "", ...rest] = execFileSync("ssh-keygen", ["-l", "-f", keyFile], { encoding: "utf8" }).split(
      " ",
    );
    expect(rest.at(-1)).toContain("ED25519");
    expect(pad.output()).toContain(`SSH host key: ED25519 ${fingerprint}\n`);
  });

  test("[R372] [R374] [R375] what one saves the other sees, and it is in the file", async () => {
    const anna = new SshPerson(pad, home);
    const bert = new SshPerson(pad, home);
    const editor = await anna.open("hello.tsx");
    expect(await bert.open("hello.tsx")).toBe(editor);
    anna.write(editor, greeting("saved over SSH"));
    await bert.shows("saved over SSH");
    anna.save();
    await bert.shows("Saved");
    const file = join(home.dataDirectory, "experiments", "hello.tsx");
    await eventually(() => readFileSync(file, "utf8").includes("saved over SSH"));
    // The experiment runs once, for both.
    for (const person of [anna, bert]) await person.shows('"content":"saved over SSH"');
    expect(await Promise.all([anna.leave(), bert.leave()])).toEqual([0, 0]);
  });

  test("who comes back with the same key is the same person, two at once are two", async () => {
    const idsIn = (person: SshPerson) => new Set(person.ssh.renderer.shown.match(/person-ssh-[\w-]+/g));
    const first = new SshPerson(pad, home);
    await first.shows("(you)");
    const [id] = idsIn(first);
    const second = new SshPerson(pad, home);
    await first.shows(`${id}-2`);
    await second.leave();
    await first.leave();
    const again = new SshPerson(pad, home);
    await again.shows("(you)");
    expect([...idsIn(again)]).toContain(id);
    await again.leave();
  });

  test("a key that is not listed, and a shell, are refused with a reason", async () => {
    const stranger = openSsh(pad.sshPort ?? 0, home.strangerKeyFile, ["localhost", "-s", "plushie"]);
    expect(await stranger.exit).toBe(255);
    expect(stranger.errors()).toContain("Permission denied (publickey)");
    const shell = openSsh(pad.sshPort ?? 0, home.keyFile, ["localhost", "ls"]);
    expect(await shell.exit).toBe(1);
    expect(shell.errors()).toContain(`plushie --exec "ssh -p ${pad.sshPort} <host> -s plushie"`);
  });

  test("[R372] [R373] the printed command runs the renderer, which ends with the pad; after it the pad is as it was", async () => {
    const ssh = ["ssh", ...openSshArguments(pad.sshPort ?? 0, home.keyFile), "localhost", "-s", "plushie"].join(" ");
    const child = spawn(process.execPath, [renderer, "--mock", "--ready-marker", "--exec", ssh], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    const exit = new Promise((resolve) => child.once("exit", resolve));
    await eventually(() => said.includes("ready mode=mock transport=exec"));
    const watcher = new SshPerson(pad, home);
    await watcher.shows("-2");
    expect(await pad.kill("SIGTERM")).toBe(0);
    expect(await exit).toBe(0);
    expect(await watcher.ssh.exit).toBe(0);
    pad = await startPadWithSsh(home);
    const back = new SshPerson(pad, home);
    await back.open("hello.tsx");
    await back.shows("saved over SSH");
    await back.leave();
  });

  test("a port that is taken costs one line; browsers are served", async () => {
    const other = makeHome();
    const second = await startOther(other, pad.sshPort);
    expect(second.output()).toMatch(/^No SSH: Cannot listen on 127\.0\.0\.1:\d+: .*--ssh-port N.*$/m);
    expect((await fetch(second.startUrl, { redirect: "manual" })).status).toBe(303);
    expect(await second.kill("SIGTERM")).toBe(0);
  });

  test("without a file of keys it says what to do, and takes a key as soon as it is there", async () => {
    const other = makeHome();
    const keys = `${other.path}/.ssh/authorized_keys`;
    const text = readFileSync(keys);
    rmSync(keys);
    const started = await startOther(other);
    await eventually(() => started.output().includes(`cat ~/.ssh/id_ed25519.pub >> ${keys}`));
    writeFileSync(keys, text, { mode: 0o600 });
    const person = new SshPerson(started, other);
    await person.shows("Plushie Pad");
    await person.leave();
  });

  test("--no-ssh opens no port", async () => {
    const other = makeHome();
    const started = await startPadProcess(other.dataDirectory);
    expect(await started.kill("SIGTERM")).toBe(0);
    expect(started.output()).not.toContain("SSH");
    other.clean();
  });
});
