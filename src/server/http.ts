import type { IncomingMessage, ServerResponse } from "node:http";
import type { OriginRules } from "../host/node/page-http/origin.ts";
import { escapeHtml, type PageFile } from "../host/node/page-http/page-files.ts";
import { readRequest, refusesLookAhead, sendDoor, sendOn } from "../host/node/page-http/requests.ts";
import { cookieValue, decodePath, sendFile, sendText } from "../host/node/page-http/responses.ts";
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

const UNKNOWN_HOST = "This server is not known under this name. Add the name to its hosts.";

/** Answers everything but the WebSocket: the page, its files, the exchange of a link's token for a cookie. */
export function handleRequest(options: HttpOptions, request: IncomingMessage, response: ServerResponse): void {
  const asked = readRequest(request, response, { rules: options.rules, unknownHost: UNKNOWN_HOST });
  if (asked === undefined) return;
  const { host, url } = asked;
  const token = url.searchParams.get("token");
  if (token !== null) {
    redeem(options, token, request, response);
    return;
  }
  if (identityOf(options, request) === undefined) {
    if (options.accessMode === "link") {
      showDoor(options, request, response);
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
  if (refusesLookAhead(request, response)) return;
  if (options.access.redeemToken(token)) setCookie(options, response);
  sendOn(response);
}

function setCookie(options: HttpOptions, response: ServerResponse): void {
  const secure = options.isSecure ? "; Secure" : "";
  response.setHeader(
    "Set-Cookie",
    `${options.cookieName}=${options.access.issueCookie()}; Path=/; HttpOnly; SameSite=Strict; ` +
      `Max-Age=${options.access.cookieSeconds}${secure}`,
  );
}

function showDoor(options: HttpOptions, request: IncomingMessage, response: ServerResponse): void {
  const title = escapeHtml(options.title);
  const body =
    `<h1>${title}</h1><p>This page opens with a personal link. The link was printed where the server was started; it ` +
    "looks like this address with <code>?token=…</code> at the end and works once. After that this browser remembers " +
    "you.</p><p>Without a link: ask the person who runs the server for a new one.</p>";
  sendDoor(request, response, title, body);
}
