import { startPage } from "../../../src/host/web/start-page.ts";
import { provide, timed } from "./probe.ts";

// The page's own part begins when a message has come.
const property = Object.getOwnPropertyDescriptor(WebSocket.prototype, "onmessage");
Object.defineProperty(WebSocket.prototype, "onmessage", {
  set(this: WebSocket, listener: (event: MessageEvent) => void) {
    property?.set?.call(this, (event: MessageEvent) => timed(() => listener(event)));
  },
});

// Each scene has a server, and each server a page of its own.
provide(() => {
  startPage();
});
