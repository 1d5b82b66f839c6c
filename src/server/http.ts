import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { type Access, cookieValue } from "./access.ts";
import type { OriginRules } from "./origin.ts";
import { escapeHtml, type PageFile } from "./page-files.ts";

export interface HttpOptions {
  readonly files: ReadonlyMap<string, PageFile>;
  readonly title: string;
  readonly access: Access;
  /** `link`: a one-time link or the cookie it gave. `anyone`: whoever reaches the server. */
  readonly accessMode: "link" | "anyone";
  readonly cookieName: string;
  readonly isSecure: boolean;
  readonly rules: OriginRules;
}

/** Nothing from elsewhere, no inline script, no framing. Styles are set through the object model, which needs no exception. */
function contentSecurityPolicy(host: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    // The model may hold pictures and fonts as bytes.
    "img-src 'self' data: blob:",
    "font-src 'self' data: blob:",
    "media-src 'self' blob:",
    "manifest-src 'self'",
    // Named as well, because older browsers do not take 'self' for WebSockets.
    `connect-src 'self' ws://${host} wss://${host}`,
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

const SECURITY_HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "X-Frame-Options": "DENY",
} as const;

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

/** Refuses an upgrade with a status and a reason, and ends the connection. */
export function refuseUpgrade(
  socket: Duplex,
  status: number,
  statusText: string,
  reason: string,
  retryAfter?: number,
): void {
  const body = `${reason}\n`;
  const retry = retryAfter === undefined ? "" : `Retry-After: ${retryAfter}\r\n`;
  socket.on("error", () => {
    // The other end went away before it could read the refusal.
  });
  socket.end(
    `HTTP/1.1 ${status} ${statusText}\r\nContent-Type: text/plain; charset=utf-8\r\n${retry}` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

export function parseUrl(url: string | undefined): URL | undefined {
  // An absolute or protocol-relative target would replace the base.
  if (url === undefined || !url.startsWith("/") || url.startsWith("//")) return undefined;
  return URL.canParse(url, "http://server") ? new URL(url, "http://server") : undefined;
}

function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch (thrown) {
    if (thrown instanceof URIError) return undefined;
    throw thrown;
  }
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

function sendFile(file: PageFile, host: string, request: IncomingMessage, response: ServerResponse): void {
  const isGzip = file.gzip !== undefined && /\bgzip\b/.test(String(request.headers["accept-encoding"] ?? ""));
  const headers: Record<string, string> = {
    "Content-Type": file.contentType,
    "Content-Security-Policy": contentSecurityPolicy(host),
    // Asked for again each time, and answered with 304: a restarted server with a new page is seen at once.
    "Cache-Control": "no-cache",
    ETag: file.etag,
    Vary: "Accept-Encoding",
  };
  if (request.headers["if-none-match"] === file.etag) {
    send(response, 304, headers);
    return;
  }
  if (isGzip) headers["Content-Encoding"] = "gzip";
  const body = isGzip ? (file.gzip ?? file.body) : file.body;
  send(response, 200, headers, body);
}

function sendText(response: ServerResponse, status: number, text: string): void {
  send(response, status, { "Content-Type": "text/plain; charset=utf-8" }, `${text}\n`);
}

function send(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: Buffer | string = "",
): void {
  const all = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    ...SECURITY_HEADERS,
    ...headers,
    ...(status === 304 ? {} : { "Content-Length": String(Buffer.byteLength(body)) }),
  };
  response.writeHead(status, all);
  response.end(response.req.method === "HEAD" ? undefined : body);
}
