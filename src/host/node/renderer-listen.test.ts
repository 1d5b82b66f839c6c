import { expect, test } from "vitest";
import { createToken, readListenAddress } from "./renderer-listen.ts";

const read = (written: string, environment: Record<string, string> = {}, isWindows = false) => {
  const address = readListenAddress(written, { environment, isWindows, uniqueName: "0123456789abcdef" });
  return address.ok ? address.value : address.error;
};

test("without an address it is a file in a directory of its own", () => {
  expect(read("", { XDG_RUNTIME_DIR: "/run/user/1", TMPDIR: "/var/tmp" })).toEqual({
    kind: "file",
    directory: "/run/user/1/plushie-0123456789abcdef",
    path: "/run/user/1/plushie-0123456789abcdef/plushie.sock",
  });
  expect(read("", { XDG_RUNTIME_DIR: "", TMPDIR: "/var/tmp" })).toMatchObject({
    directory: "/var/tmp/plushie-0123456789abcdef",
  });
  expect(read("")).toMatchObject({ directory: "/tmp/plushie-0123456789abcdef" });
  expect(read("", {}, true)).toEqual({ kind: "tcp", host: "127.0.0.1", port: 0 });
});

test.each([
  [":4567", { kind: "tcp", host: "127.0.0.1", port: 4567 }],
  ["10.0.0.7:80", { kind: "tcp", host: "10.0.0.7", port: 80 }],
  ["[::1]:80", { kind: "tcp", host: "::1", port: 80 }],
  ["/tmp/a:b.sock", { kind: "file", path: "/tmp/a:b.sock" }],
  ["app.sock", { kind: "file", path: "app.sock" }],
])("%s", (written, address) => {
  expect(read(written)).toEqual(address);
});

test.each([
  ["localhost:80", "must be an IP address"],
  [":70000", "no port from 0 to 65535"],
  ["127.0.0.1:", "no port from 0 to 65535"],
  ["127.0.0.1:x", "no port from 0 to 65535"],
])("%s is refused", (written, text) => {
  expect(read(written)).toContain(text);
});

test("a token is 16 random bytes, and its digest is of the text", () => {
  const [token, other] = [createToken(), createToken()];
  expect(token.text).toMatch(/^[0-9a-f]{32}$/);
  expect(token.digest).toMatch(/^[0-9a-f]{64}$/);
  expect(token.text).not.toBe(other.text);
});
