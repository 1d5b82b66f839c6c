import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { generateHostKey } from "./host-key-format.ts";
import { loadAuthorizedKeys, parseAuthorizedKeys } from "./ssh-authorized-keys.ts";

const key = generateHostKey().publicText.trim();
const blob = Buffer.from(key.split(" ")[1] ?? "", "base64");

const folders: string[] = [];

function makeFile(text: string, mode = 0o600): string {
  const folder = mkdtempSync(join(tmpdir(), "plushie-keys-"));
  folders.push(folder);
  const path = join(folder, "authorized_keys");
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe("lines of authorized_keys", () => {
  test("a key is taken, comments and blank lines are passed over", () => {
    expect(parseAuthorizedKeys(`# people\r\n\n${key}\r\n`)).toEqual({
      keys: [{ type: "ssh-ed25519", blob }],
      refused: [],
    });
  });

  test("options that forbid what the server never does are taken", () => {
    const { keys, refused } = parseAuthorizedKeys(`restrict,no-pty,no-X11-forwarding ${key}`);
    expect(keys).toHaveLength(1);
    expect(refused).toEqual([]);
  });

  test.each([
    ['command="echo ssh-ed25519, hello" ', "command"],
    ['restrict,from="10.0.0.*,!10.0.0.9" ', "from"],
    ['environment="A=\\"b c\\"" ', "environment"],
    ["cert-authority ", "cert-authority"],
    ['expiry-time="20200101" ', "expiry-time"],
  ])("the key of a line with %s may not sign in", (options, name) => {
    const { keys, refused } = parseAuthorizedKeys(`\n${options}${key}`);
    expect(keys).toEqual([]);
    expect(refused).toEqual([{ line: 2, reason: expect.stringContaining(`"${name}"`) }]);
  });

  test.each([
    ["a type of another kind", "ssh-dss AAAAB3NzaC1kc3M=", "ssh-dss"],
    ["a security key", "sk-ssh-ed25519@openssh.com AAAA", "sk-ssh-ed25519"],
    ["a damaged key", "ssh-ed25519 AAAA", "damaged"],
    ["another key than the line says", key.replace("ssh-ed25519", "ssh-rsa"), "damaged"],
    ["no key at all", "hello", "no public key"],
    ["an open quote", `command="x ${key}`, "no public key"],
  ])("%s is refused with a reason", (_name, line, reason) => {
    const { keys, refused } = parseAuthorizedKeys(line);
    expect(keys).toEqual([]);
    expect(refused[0]?.reason).toContain(reason);
  });
});

describe("the file", () => {
  test("is read", async () => {
    expect(await loadAuthorizedKeys(makeFile(key))).toMatchObject({ keys: [{ type: "ssh-ed25519" }] });
  });

  test("that is missing is explained", async () => {
    const path = `${makeFile(key)}.missing`;
    expect(await loadAuthorizedKeys(path)).toEqual({
      problem: `There is no ${path}, so nobody can sign in. Put your public key there, such as: cat ~/.ssh/id_ed25519.pub >> ${path}`,
    });
  });

  test("that others may write is not used", async () => {
    const path = makeFile(key, 0o666);
    expect(await loadAuthorizedKeys(path)).toEqual({ problem: expect.stringContaining(`chmod 600 ${path}`) });
  });

  test("that is too large is not read", async () => {
    expect(await loadAuthorizedKeys(makeFile(`${"#".repeat(99)}\n`.repeat(11_000)))).toHaveProperty("problem");
  });
});
