export { type Served, type ServeOptions, type ServeRoomOptions, serve, serveRoom } from "./app-server.ts";
export type { AssetFolders } from "./assets.ts";
export { DEFAULT_LIMITS, type ServerLimits } from "./limits.ts";
export type { PageOptions } from "./page-files.ts";
export {
  createServer,
  type Listening,
  type OnSession,
  SESSION_PROTOCOL_PREFIX,
  Server,
  type ServerOptions,
  type ServerSession,
  type SessionHandler,
  WEB_SOCKET_PATH,
  WEB_SOCKET_PROTOCOL,
} from "./server.ts";
export { ServerError, type ServerErrorCode } from "./server-error.ts";
export {
  type ServedSsh,
  type ServeRoomSshOptions,
  type ServeSshOptions,
  serveRoomSsh,
  serveSsh,
} from "./ssh-app-server.ts";
export { DEFAULT_SSH_LIMITS, type SshLimits } from "./ssh-limits.ts";
export {
  createSshServer,
  type OnSshChannel,
  SSH_SUBSYSTEM,
  type SshListening,
  SshServer,
  type SshServerOptions,
  type SshSession,
} from "./ssh-server.ts";
export { openEmbeddedStore } from "./store/embedded-store.ts";
