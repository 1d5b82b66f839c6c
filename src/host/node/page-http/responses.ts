import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { PageFile } from "./page-files.ts";

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

export function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch (thrown) {
    if (thrown instanceof URIError) return undefined;
    throw thrown;
  }
}

/** The value of one cookie in a `Cookie` header. */
export function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(";") ?? []) {
    const [key = "", ...value] = part.split("=");
    if (key.trim() === name) return value.join("=").trim();
  }
  return undefined;
}

/** With the headers that keep a page to itself. */
export function sendFile(file: PageFile, host: string, request: IncomingMessage, response: ServerResponse): void {
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

export function sendText(response: ServerResponse, status: number, text: string): void {
  send(response, status, { "Content-Type": "text/plain; charset=utf-8" }, `${text}\n`);
}

export function send(
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
