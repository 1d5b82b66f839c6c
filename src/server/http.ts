import type { IncomingMessage, ServerResponse } from "node:http";
import type { OriginRules } from "../host/node/page-http/origin.ts";
import { escapeHtml, type PageFile } from "../host/node/page-http/page-files.ts";
import { cookieValue, decodePath, parseUrl, send, sendFile, sendText } from "../host/node/page-http/responses.ts";
import type { Access } from "./access.ts";
import { type AssetFolders, isAssetPath, sendAsset } from "./assets.ts";

export interface HttpOptions {
  readonly files: ReadonlyMap<string, PageFile>;
  readonly title: string;
  /** Where the files are that the app names by path. */
  readonly assets: AssetFolders | undefined;
  /** A request could not be answered. */
  readonly onError: (error: unknown) => void;
  readonly access: Access;
  /** `link`: a one-time link or the cookie it gave. `anyone`: whoever reaches the server. */
  readonly accessMode: "link" | "anyone";
  readonly cookieName: string;
  readonly isSecure: boolean;
  readonly rules: OriginRules;
}

/** Answers everything but the WebSocket: the page, its files, the exchange of a link's token for a cookie. */
export function handleRequest(options: HttpOptions, request: IncomingMessage, response: ServerResponse): void {
  const { host } = request.headers;
  if (host === undefined || !options.rules.acceptsHost(host)) {
    sendText(response, 421, "This server is not known under this name. Add the name to its hosts.");
    return;
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    sendText(response, 405, "Only GET and HEAD.");
    return;
  }
  const url = parseUrl(request.url);
  if (url === undefined) {
    sendText(response, 400, "This address cannot be read.");
    return;
  }
  const token = url.searchParams.get("token");
  if (token !== null) {
    redeem(options, token, request, response);
    return;
  }
  const cookie = cookieValue(request.headers.cookie, options.cookieName);
  const identity = cookie === undefined ? undefined : options.access.readCookie(cookie);
  if (identity === undefined) {
    if (options.accessMode === "link") {
      sendDoor(options, request, response);
      return;
    }
    setCookie(options, response);
  }
  if (isAssetPath(url.pathname)) {
    sendAsset(options.assets, url.pathname, request, response).catch((error: unknown) => {
      options.onError(error);
      if (!response.headersSent) sendText(response, 500, "This file cannot be read now.");
    });
    return;
  }
  const file = options.files.get(decodePath(url.pathname) ?? "");
  if (file === undefined) {
    sendText(response, 404, "There is no such file.");
    return;
  }
  sendFile(file, host, request, response);
}

/** The identity of a request, from its cookie. */
export function identityOf(
  options: Pick<HttpOptions, "access" | "cookieName">,
  request: IncomingMessage,
): string | undefined {
  const cookie = cookieValue(request.headers.cookie, options.cookieName);
  return cookie === undefined ? undefined : options.access.readCookie(cookie);
}

function redeem(options: HttpOptions, token: string, request: IncomingMessage, response: ServerResponse): void {
  // A look ahead (link preview, HEAD) must not use the link up.
  if (request.method !== "GET" || request.headers["sec-purpose"] !== undefined) {
    sendText(response, 405, "Open this link in a browser.");
    return;
  }
  if (options.access.redeemToken(token)) setCookie(options, response);
  // Whoever has a cookie already gets in with a used link as well; all others see the door.
  response.setHeader("Location", "/");
  sendText(response, 303, "Go on to the page.");
}

function setCookie(options: HttpOptions, response: ServerResponse): void {
  const secure = options.isSecure ? "; Secure" : "";
  response.setHeader(
    "Set-Cookie",
    `${options.cookieName}=${options.access.issueCookie()}; Path=/; HttpOnly; SameSite=Strict; ` +
      `Max-Age=${options.access.cookieSeconds}${secure}`,
  );
}

/** What a visitor without cookie sees. */
function sendDoor(options: HttpOptions, request: IncomingMessage, response: ServerResponse): void {
  // After a click on a link in another page the browser holds the cookie back, on this one request. A page of ours that
  // goes on by itself makes the next request our own.
  const isFollowed = request.headers["sec-fetch-site"] === "cross-site";
  const refresh = isFollowed ? '<meta http-equiv="refresh" content="0;url=/">' : "";
  const title = escapeHtml(options.title);
  const body =
    `<!doctype html><html lang="en"><head><meta charset="utf-8">${refresh}` +
    `<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title></head><body>` +
    `<h1>${title}</h1><p>This page opens with a personal link. The link was printed where the server was started; it ` +
    "looks like this address with <code>?token=…</code> at the end and works once. After that this browser remembers " +
    "you.</p><p>Without a link: ask the person who runs the server for a new one.</p></body></html>\n";
  send(response, isFollowed ? 200 : 401, { "Content-Type": "text/html; charset=utf-8" }, body);
}
