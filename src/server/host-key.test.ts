import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ssh2 from "ssh2";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { LogEntry } from "../base/logger.ts";
import { loadHostKey } from "./host-key.ts";
import { loadSsh2 } from "./ssh-library.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plushie-host-key-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const modeOf = (path: string): number => statSync(path).mode & 0o777;

function parsed(text: string): ssh2.ParsedKey {
  const key = ssh2.utils.parseKey(text);
  if (key instanceof Error) throw key;
  return key;
}

describe("the host key", () => {
  test("[R350] [R351] [R354] is made at the first start, as Ed25519, and a line names it", async () => {
    const log: LogEntry[] = [];
    const data = join(folder, "deep", "data");
    const key = await loadHostKey(data, { logger: (entry) => log.push(entry) });
    expect(key).toMatchObject({ path: join(data, "ssh", "ssh_host_ed25519_key"), isNew: true });
    expect(parsed(key.text).type).toBe("ssh-ed25519");
    expect(modeOf(key.path)).toBe(0o600);
    expect(log.map(({ message }) => message)).toEqual([`Generated the host key ${key.path}.`]);
  });

  test("[R355] is kept over restarts", async () => {
    const first = await loadHostKey(folder);
    const { mtimeMs } = statSync(first.path);
    const second = await loadHostKey(folder);
    expect(second).toEqual({ ...first, isNew: false });
    expect(statSync(first.path).mtimeMs).toBe(mtimeMs);
  });

  test("is one key when two servers start at once", async () => {
    const [one, two] = await Promise.all([loadHostKey(folder), loadHostKey(folder)]);
    expect(one?.text).toBe(two?.text);
  });

  test("that others can read is closed to them", async () => {
    const { path } = await loadHostKey(folder);
    chmodSync(path, 0o644);
    await loadHostKey(folder);
    expect(modeOf(path)).toBe(0o600);
  });

  test("[R352] comes from ssh-keygen where there is one: Ed25519, no passphrase, quiet", async () => {
    const programs = join(folder, "bin");
    mkdirSync(programs);
    const program =
      '#!/bin/sh\nprintf "%s\\n" "$@" > "$RECORD"\nfor last; do :; done\necho key > "$last"\necho public > "$last.pub"\n';
    writeFileSync(join(programs, "ssh-keygen"), program, { mode: 0o755 });
    const record = join(folder, "arguments");
    const key = await loadHostKey(folder, { environment: { PATH: programs, RECORD: record } });
    expect(key.text).toBe("key\n");
    expect(modeOf(key.path)).toBe(0o600);
    expect(readFileSync(`${key.path}.pub`, "utf8")).toBe("public\n");
    const args = readFileSync(record, "utf8").split("\n");
    expect(args.slice(0, 5)).toEqual(["-t", "ed25519", "-N", "", "-q"]);
  });

  test("[R353] comes from our own crypto without ssh-keygen", async () => {
    const key = await loadHostKey(folder, { environment: { PATH: "" } });
    const mine = parsed(key.text);
    const data = Buffer.from("signed");
    expect(mine.type).toBe("ssh-ed25519");
    expect(parsed(readFileSync(`${key.path}.pub`, "utf8")).verify(data, mine.sign(data))).toBe(true);
    expect(modeOf(key.path)).toBe(0o600);
  });

  test("comes from our own crypto when ssh-keygen fails halfway", async () => {
    const programs = join(folder, "bin");
    mkdirSync(programs);
    const program = '#!/bin/sh\nfor last; do :; done\necho half > "$last"\nexit 1\n';
    writeFileSync(join(programs, "ssh-keygen"), program, { mode: 0o755 });
    const key = await loadHostKey(folder, { environment: { PATH: programs } });
    expect(parsed(key.text).type).toBe("ssh-ed25519");
  });

  test("that cannot be stored is an error that names the file", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    await expect(loadHostKey(file)).rejects.toMatchObject({
      code: "host-key-unusable",
      message: expect.stringContaining(file),
    });
    expect(existsSync(join(file, "ssh"))).toBe(false);
  });
});

test("a missing ssh2 is an error that says what to install", async () => {
  const missing = Object.assign(new Error("Cannot find package"), { code: "ERR_MODULE_NOT_FOUND" });
  await expect(loadSsh2(() => Promise.reject(missing))).rejects.toMatchObject({
    code: "ssh2-missing",
    message: expect.stringContaining("npm install ssh2"),
  });
});
