// One page of the browser, with a context of its own: no other page shares its storage, cache or focus.
//
//   idle      open               → opening   (context, target, guard, then our own page is loaded)
//   opening   the page says so   → open      (texts go both ways)
//   any       crash, browser end → gone      (`lost` resolves)
//   any       close              → gone
//
// The page sees no network and no files: every request is answered here, ours with our own files, all others with a failure.

import { type Clock, type Logger, messageOf } from "../../../base/index.ts";
import type { OpenPageChannel, PageChannelListener } from "../../../renderer/page/index.ts";
import { BrowserError } from "./browser-error.ts";
import type { DevtoolsClient, DevtoolsObject, DevtoolsSession } from "./devtools-client.ts";
import { isObject } from "./devtools-client.ts";
import type { PageFiles } from "./page-files.ts";
import { decodePicture, type Picture, type PictureSize } from "./picture.ts";

export interface HeadlessPageOptions {
  /** The browser, which is started for the first page that needs it. */
  readonly connect: () => Promise<DevtoolsClient>;
  readonly files: PageFiles;
  readonly size: PictureSize;
  /** What the system prefers. Default: light. */
  readonly colorScheme?: "light" | "dark";
  readonly clock: Clock;
  readonly logger: Logger;
}

/** An address that no network has. It counts as secure, and the guard below answers for it. */
const ORIGIN = "https://plushie.invalid";
/** Nothing from elsewhere, no frames, no workers, no new windows. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data: blob:",
  "img-src 'self' data: blob:",
  "sandbox allow-scripts allow-same-origin",
].join("; ");
/** Browsers ask for it by themselves. */
const FAVICON = "/favicon.ico";
/** What the page calls with each text. */
const BINDING = "plushieReport";
/** One command carries no more than this. */
const MAX_PART_CHARS = 4 * 1024 * 1024;
/** From nothing to a page that answers. Many may be made at once. */
const OPEN_TIMEOUT_MS = 60_000;
/** A page that loads something each time it is asked is drawn as it is. */
const MAX_SETTLE_ROUNDS = 8;

export class HeadlessPage implements DevtoolsSession {
  /** Resolves with the reason when the page is gone without having been closed. */
  readonly lost: Promise<string>;
  readonly #options: HeadlessPageOptions;
  #resolveLost: (reason: string) => void = () => {};
  #goneBy: string | undefined;
  #client: DevtoolsClient | undefined;
  #opening: Promise<string> | undefined;
  #contextId: string | undefined;
  #listener: PageChannelListener | undefined;
  /** From the moment the page can take texts. */
  #isReady = false;
  #onReady: () => void = () => {};
  #size: PictureSize;
  /** Files the page has asked for, so far and just now. */
  #requests = 0;
  #openRequests = 0;
  #capturing: Promise<unknown> = Promise.resolve();

  constructor(options: HeadlessPageOptions) {
    this.#options = options;
    this.#size = options.size;
    this.lost = new Promise((resolve) => {
      this.#resolveLost = resolve;
    });
  }

  /** The texts between a surface in Node and the page. Opening it does not open the page. */
  readonly channel: OpenPageChannel = (listener) => {
    this.#listener = listener;
    return {
      send: (text) => this.#take(text),
      close: () => {
        this.#listener = undefined;
      },
    };
  };

  /** A page will be needed soon. */
  prepare(): void {
    this.#options.connect().catch((thrown: unknown) => this.#lose(messageOf(thrown)));
  }

  /** Makes the page if it is not there yet, and waits until it can draw. */
  async open(): Promise<void> {
    await this.#session();
  }

  /** A debugging command to the page, which is made if it is not there yet. */
  async send(method: string, params: DevtoolsObject = {}): Promise<DevtoolsObject> {
    const sessionId = await this.#session();
    return this.#connected.send(method, params, sessionId);
  }

  get size(): PictureSize {
    return this.#size;
  }

  /** The size from now on. */
  async resize(size: PictureSize): Promise<void> {
    if (size.width === this.#size.width && size.height === this.#size.height) return;
    this.#size = size;
    if (this.#opening !== undefined) await this.send("Emulation.setDeviceMetricsOverride", metrics(size));
  }

  /** Resolves when everything that was sent is drawn, with its fonts and images. */
  async settled(): Promise<void> {
    for (let round = 0; round < MAX_SETTLE_ROUNDS; round += 1) {
      const before = this.#requests;
      await this.#evaluate("plushieSettled()");
      if (this.#openRequests === 0 && this.#requests === before) return;
    }
  }

  /** What is seen now. One picture after the other. */
  picture(size: PictureSize = this.#size): Promise<Picture> {
    const picture = this.#capturing.then(async () => {
      await this.resize(size);
      await this.settled();
      const { data } = await this.send("Page.captureScreenshot", { format: "png", optimizeForSpeed: true });
      return decodePicture(data);
    });
    this.#capturing = picture.catch(() => {});
    return picture;
  }

  /** Takes the page and everything it knew away. Idempotent. */
  async close(): Promise<void> {
    this.#goneBy ??= "the page was closed";
    this.#listener = undefined;
    this.#isReady = false;
    // Half a page cannot be taken away.
    await this.#opening?.catch(() => {});
    await this.#disposeContext();
  }

  get #connected(): DevtoolsClient {
    if (this.#client === undefined) throw new BrowserError("browser-lost", "there is no browser yet");
    return this.#client;
  }

  #session(): Promise<string> {
    if (this.#goneBy !== undefined) return Promise.reject(new BrowserError("browser-lost", this.#goneBy));
    if (this.#opening === undefined) {
      this.#opening = this.#open();
      this.#opening.catch((thrown: unknown) => this.#lose(`the page cannot be made: ${messageOf(thrown)}`));
    }
    return this.#opening;
  }

  async #open(): Promise<string> {
    const { clock } = this.#options;
    const client = await this.#options.connect();
    this.#client = client;
    if (this.#goneBy !== undefined) throw new BrowserError("browser-lost", this.#goneBy);
    const { browserContextId } = await client.send("Target.createBrowserContext", { disposeOnDetach: true });
    this.#contextId = String(browserContextId);
    // Each page has a window of its own: background pages are not drawn.
    const window = { url: "about:blank", browserContextId, newWindow: true, ...this.#size };
    const { targetId } = await client.send("Target.createTarget", window, undefined, OPEN_TIMEOUT_MS);
    const { sessionId } = await client.send("Target.attachToTarget", { targetId, flatten: true });
    if (typeof sessionId !== "string") throw new BrowserError("browser-refused", "the page cannot be attached to");
    const ready = new Promise<void>((resolve) => {
      this.#onReady = resolve;
    });
    this.#listen(sessionId, String(targetId));
    const commands: readonly (readonly [string, DevtoolsObject])[] = [
      // First of all, so that nothing is loaded without it.
      ["Fetch.enable", { patterns: [{ urlPattern: "*" }] }],
      ["Inspector.enable", {}],
      ["Page.enable", {}],
      ["Runtime.enable", {}],
      ["Runtime.addBinding", { name: BINDING }],
      ["Emulation.setDeviceMetricsOverride", metrics(this.#size)],
      ["Emulation.setEmulatedMedia", { features: mediaFeatures(this.#options.colorScheme) }],
      ["Emulation.setFocusEmulationEnabled", { enabled: true }],
    ];
    await Promise.all(commands.map(([method, params]) => client.send(method, params, sessionId)));
    await client.send("Page.navigate", { url: `${ORIGIN}/` }, sessionId, OPEN_TIMEOUT_MS);
    let stopTimer = (): void => {};
    const limit = new Promise<never>((_, reject) => {
      const message = `the page was not ready within ${OPEN_TIMEOUT_MS} ms`;
      stopTimer = clock.after(OPEN_TIMEOUT_MS, () => reject(new BrowserError("browser-timeout", message)));
    });
    const gone = this.lost.then((reason) => Promise.reject(new BrowserError("browser-lost", reason)));
    await Promise.race([ready, limit, gone]).finally(stopTimer);
    return sessionId;
  }

  #listen(sessionId: string, targetId: string): void {
    const client = this.#connected;
    client.on("Fetch.requestPaused", (params) => void this.#answer(sessionId, params), sessionId);
    client.on("Runtime.bindingCalled", (params) => this.#report(params), sessionId);
    const lose = (reason: string): void => {
      client.forget(sessionId, reason);
      this.#lose(reason);
    };
    client.on("Inspector.targetCrashed", () => lose("the page crashed"), sessionId);
    client.on("Page.javascriptDialogOpening", () => this.#dismiss(sessionId), sessionId);
    client.on("Runtime.exceptionThrown", (params) => this.#failed(params), sessionId);
    // Nothing of ours does that, and the guard does not see about:blank.
    client.on("Page.frameNavigated", ({ frame }) => isElsewhere(frame) && lose("the page went elsewhere"), sessionId);
    client.on("Target.detachedFromTarget", (params) => {
      if (params["targetId"] === targetId || params["sessionId"] === sessionId) {
        lose("the page is gone");
      }
    });
    void client.closed.then(lose);
  }

  #lose(reason: string): void {
    this.#isReady = false;
    if (this.#goneBy !== undefined) return;
    this.#goneBy = reason;
    this.#resolveLost(reason);
    // After those who wait for it: they end the surface, which then has nothing to say of windows that are gone.
    setImmediate(() => {
      this.#listener?.onClose(reason);
      this.#listener = undefined;
    });
    void this.#disposeContext();
  }

  async #disposeContext(): Promise<void> {
    const browserContextId = this.#contextId;
    this.#contextId = undefined;
    if (browserContextId === undefined) return;
    try {
      await this.#client?.send("Target.disposeBrowserContext", { browserContextId });
    } catch (error) {
      // Without the browser there is no context either.
      this.#options.logger({ level: "debug", code: "page-close", message: "a page's end failed", error });
    }
  }

  /** Answers what the page asks the network for. */
  async #answer(sessionId: string, { requestId, request }: DevtoolsObject): Promise<void> {
    const { files, logger } = this.#options;
    const client = this.#connected;
    this.#requests += 1;
    this.#openRequests += 1;
    try {
      const url = new URL(isObject(request) ? String(request["url"]) : "");
      const file = url.origin === ORIGIN ? await files.find(url.pathname) : undefined;
      if (file === undefined) {
        const isOwn = url.origin === ORIGIN && url.pathname !== FAVICON;
        if (isOwn && !this.#isReady) this.#lose(`the page has no file ${url.pathname}; build the package anew`);
        else if (url.pathname !== FAVICON) {
          const what = isOwn ? url.pathname : url.origin;
          logger({ level: "warn", code: "page-request", message: `a page asked for ${what}, which it does not get` });
        }
        // A navigation that is aborted leaves the page as it is; other failures show a page about them.
        await client.send("Fetch.failRequest", { requestId, errorReason: "Aborted" }, sessionId);
        return;
      }
      const headers = { "Content-Type": file.contentType, "Content-Security-Policy": CONTENT_SECURITY_POLICY };
      const responseHeaders = Object.entries(headers).map(([name, value]) => ({ name, value }));
      const answer = { requestId, responseCode: 200, responseHeaders, body: file.base64 };
      await client.send("Fetch.fulfillRequest", answer, sessionId);
    } catch (error) {
      if (this.#goneBy === undefined) {
        logger({ level: "error", code: "page-request", message: "a page's request cannot be answered", error });
      }
    } finally {
      this.#openRequests -= 1;
    }
  }

  #report({ name, payload }: DevtoolsObject): void {
    if (name !== BINDING || typeof payload !== "string") return;
    this.#isReady = true;
    this.#listener?.onText(payload);
    // Behind the listener: what it sent is on its way before anything that waits for the page.
    this.#onReady();
  }

  /** Texts for a page that is not there are lost: it asks for everything when it comes. */
  #take(text: string): void {
    if (!this.#isReady) return;
    for (let at = 0; at === 0 || at < text.length; at += MAX_PART_CHARS) {
      const part = text.slice(at, at + MAX_PART_CHARS);
      const isLast = at + MAX_PART_CHARS >= text.length;
      this.#evaluate(`plushieTake(${JSON.stringify(part)},${isLast})`).catch((error: unknown) => {
        if (this.#goneBy !== undefined) return;
        this.#options.logger({ level: "error", code: "page-text", message: "the page did not take a text", error });
      });
    }
  }

  async #evaluate(expression: string): Promise<void> {
    const { exceptionDetails } = await this.send("Runtime.evaluate", { expression, awaitPromise: true });
    if (exceptionDetails !== undefined) throw new BrowserError("browser-refused", thrownText(exceptionDetails));
  }

  #dismiss(sessionId: string): void {
    this.#connected.send("Page.handleJavaScriptDialog", { accept: false }, sessionId).catch(() => {});
  }

  #failed({ exceptionDetails }: DevtoolsObject): void {
    const message = `in the page: ${thrownText(exceptionDetails)}`;
    this.#options.logger({ level: "error", code: "page-error", message });
  }
}

function mediaFeatures(colorScheme: "light" | "dark" = "light"): readonly DevtoolsObject[] {
  return [
    { name: "prefers-color-scheme", value: colorScheme },
    { name: "prefers-reduced-motion", value: "reduce" },
  ];
}

function metrics({ width, height }: PictureSize): DevtoolsObject {
  return { width, height, deviceScaleFactor: 1, mobile: false };
}

function isElsewhere(frame: unknown): boolean {
  if (!isObject(frame) || frame["parentId"] !== undefined) return false;
  return typeof frame["url"] === "string" && !frame["url"].startsWith(`${ORIGIN}/`);
}

function thrownText(details: unknown): string {
  if (!isObject(details)) return "something was thrown";
  const { exception, text } = details;
  const description = isObject(exception) ? exception["description"] : undefined;
  return String(description ?? text ?? "something was thrown").slice(0, 2_000);
}
