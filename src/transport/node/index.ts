export { createProcessConnector, type ProcessOptions } from "./process.ts";
export type { RendererLogLevel } from "./renderer-environment.ts";
export { createStdioConnector, type StdioOptions } from "./stdio.ts";
export { createWebSocketTransport, type WebSocketTransportOptions } from "./web-socket.ts";
