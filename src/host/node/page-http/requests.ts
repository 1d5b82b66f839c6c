// What is the same for each server of a page: whom it answers at all, and the door in front of it.

import type { IncomingMessage, ServerResponse } from "node:http";
import type { OriginRules } from "./origin.ts";
import { parseUrl, send, sendText } from "./responses.ts";

/** A request that gets an answer of its own. */
export interface PageRequest {
  readonly host: string;
  readonly url: URL;
}

/** Reads a request for a page or a file. `undefined`: it has been refused. */
export function readRequest(
  request: IncomingMessage,
  response: ServerResponse,
  options: { readonly rules: OriginRules | undefined; readonly unknownHost: string },
): PageRequest | undefined {
  const { host } = request.headers;
  if (host === undefined || options.rules?.acceptsHost(host) !== true) {
    sendText(response, 421, options.unknownHost);
    return undefined;
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    sendText(response, 405, "Only GET and HEAD.");
    return undefined;
  }
  const url = parseUrl(request.url);
  if (url === undefined) sendText(response, 400, "This address cannot be read.");
  return url === undefined ? undefined : { host, url };
}

/** A look ahead (link preview, HEAD) must not use a link up. True when it was one, which has been refused. */
export function refusesLookAhead(request: IncomingMessage, response: ServerResponse): boolean {
  if (request.method === "GET" && request.headers["sec-purpose"] === undefined) return false;
  sendText(response, 405, "Open this link in a browser.");
  return true;
}

/** After a link was used: whoever has a cookie gets in, with a used link as well. */
export function sendOn(response: ServerResponse): void {
  response.setHeader("Location", "/");
  sendText(response, 303, "Go on to the page.");
}

/** What a visitor without cookie sees. `title` and `body` are HTML. */
export function sendDoor(request: IncomingMessage, response: ServerResponse, title: string, body: string): void {
  // After a click on a link in another page the browser holds the cookie back, on this one request. A page of ours that
  // goes on by itself makes the next request our own.
  const isFollowed = request.headers["sec-fetch-site"] === "cross-site";
  const refresh = isFollowed ? '<meta http-equiv="refresh" content="0;url=/">' : "";
  const page =
    `<!doctype html><html lang="en"><head><meta charset="utf-8">${refresh}` +
    `<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title></head>` +
    `<body>${body}</body></html>\n`;
  send(response, isFollowed ? 200 : 401, { "Content-Type": "text/html; charset=utf-8" }, page);
}
