export { createWebSocketConnector, openWebSocket, type WebSocketOptions } from "./web-socket.ts";
