import { createHash, randomBytes } from "node:crypto";
import { chmod, lstat, mkdir, rm, rmdir, stat } from "node:fs/promises";
import { createServer, isIP, type ListenOptions, type Server, type Socket } from "node:net";
import { dirname, join } from "node:path";
import { err, type Logger, messageOf, ok, type Result } from "../../base/index.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a renderer waits for its host. */
export type ListenAddress =
  | { readonly kind: "tcp"; readonly host: string; readonly port: number }
  /** A socket file. `directory` is made for it, for nobody else to enter. */
  | { readonly kind: "file"; readonly path: string; readonly directory?: string };

export interface Listening {
  /** As hosts write it in `PLUSHIE_SOCKET`. */
  readonly address: string;
  readonly isFile: boolean;
  /** The one host there will be. Nobody else is let in. */
  readonly accepted: Promise<Socket>;
  /** Stops waiting and removes what was put into the file system. */
  close(): Promise<void>;
}

export interface Token {
  readonly text: string;
  /** Lower-case hex SHA-256 of the text. */
  readonly digest: string;
}

export function createToken(): Token {
  const text = randomBytes(16).toString("hex");
  return { text, digest: createHash("sha256").update(text).digest("hex") };
}

/** What an address on the command line means. `uniqueName` is for a directory that nobody else knows. */
export function readListenAddress(
  written: string,
  options: { readonly environment: Environment; readonly isWindows: boolean; readonly uniqueName: string },
): Result<ListenAddress, string> {
  const { environment, isWindows, uniqueName } = options;
  if (written === "") {
    if (isWindows) return ok({ kind: "tcp", host: "127.0.0.1", port: 0 });
    const parent = environment["XDG_RUNTIME_DIR"] || environment["TMPDIR"] || "/tmp";
    const directory = join(parent, `plushie-${uniqueName}`);
    return ok({ kind: "file", path: join(directory, "plushie.sock"), directory });
  }
  if (written.startsWith("/") || !written.includes(":")) return ok({ kind: "file", path: written });
  const colon = written.lastIndexOf(":");
  const host = written.slice(0, colon).replace(/^\[(.*)\]$/, "$1");
  const port = written.slice(colon + 1);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) return err(`"${written}" has no port from 0 to 65535`);
  if (host !== "" && isIP(host) === 0) return err(`"${written}": the host must be an IP address, like 127.0.0.1`);
  return ok({ kind: "tcp", host: host === "" ? "127.0.0.1" : host, port: Number(port) });
}

/** Opens the socket and waits for one host. */
export async function listenForHost(
  written: string,
  options: { readonly environment: Environment; readonly logger: Logger },
): Promise<Result<Listening, string>> {
  const isWindows = process.platform === "win32";
  const uniqueName = randomBytes(8).toString("hex");
  const address = readListenAddress(written, { environment: options.environment, isWindows, uniqueName });
  if (!address.ok) return address;
  // Answers that are under way when the host has said everything still go out.
  const server = createServer({ allowHalfOpen: true });
  try {
    if (address.value.kind === "file" && !isWindows) await openFile(server, address.value, options.logger);
    else await listen(server, address.value.kind === "tcp" ? address.value : { path: address.value.path });
  } catch (thrown) {
    await removeFiles(address.value);
    return err(`cannot listen at "${written}": ${messageOf(thrown)}`);
  }
  return ok(acceptOne(server, address.value));
}

function acceptOne(server: Server, address: ListenAddress): Listening {
  const accepted = new Promise<Socket>((resolve) => {
    server.once("connection", (socket) => {
      // Those who came at the same moment as the first are shut out, too.
      server.on("connection", (late) => late.destroy());
      server.close();
      socket.setNoDelay(true);
      resolve(socket);
    });
  });
  return {
    address: addressText(server, address),
    isFile: address.kind === "file",
    accepted,
    async close() {
      server.close();
      await removeFiles(address);
    },
  };
}

async function openFile(
  server: Server,
  { path, directory }: ListenAddress & { readonly kind: "file" },
  logger: Logger,
): Promise<void> {
  if (directory !== undefined) await mkdir(directory, { mode: 0o700 });
  else {
    await removeOldSocket(path);
    const { mode } = await stat(dirname(path));
    if ((mode & 0o002) !== 0) {
      const message = `everybody may write to ${dirname(path)}; put the socket into a directory of your own`;
      logger({ level: "warn", code: "open-directory", message });
    }
  }
  // The file is made while `listen` runs; no moment may pass in which others could open it.
  const before = process.umask(0o177);
  const listening = listen(server, { path });
  process.umask(before);
  await listening;
  await chmod(path, 0o600);
}

/** Only a socket is removed: a typing error must not cost a file. */
async function removeOldSocket(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) return;
  if (!found.isSocket()) throw new Error("something that is no socket is there already");
  await rm(path, { force: true });
}

function listen(server: Server, where: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(where, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

async function removeFiles(address: ListenAddress): Promise<void> {
  if (address.kind !== "file") return;
  const found = await lstat(address.path).catch(() => undefined);
  if (found?.isSocket() === true) await rm(address.path, { force: true });
  if (address.directory === undefined) return;
  await rmdir(address.directory).catch(() => {
    // Not there, or somebody put something into it: that is theirs.
  });
}

function addressText(server: Server, address: ListenAddress): string {
  if (address.kind === "file") return address.path;
  const bound = server.address();
  const port = typeof bound === "object" && bound !== null ? bound.port : address.port;
  return address.host.includes(":") ? `[${address.host}]:${port}` : `${address.host}:${port}`;
}
