// The tab that shows the windows of an app.
//
//   state      fact                                    next
//   closed     the app has something to show           invited   (a link is opened or printed)
//   invited    a tab connects                          shown
//   shown      the socket is gone                      away
//   shown      another tab connects                    shown     (that tab is told to use this one)
//   shown      another tab takes over                  shown     (this one is told)
//   away       a tab connects                          shown     (everything is said to it again)
//   away       15 s later                              closed    (all windows count as closed)

import type { WebSocket } from "ws";
import type { Cancel, Clock, Logger } from "../../../base/index.ts";
import { CLOSE_CODES, type CloseCodeName } from "../../../bridge/index.ts";
import { MAX_FRAME_BYTES } from "../../../protocol/index.ts";
import type { OpenPageChannel, PageChannel, PageChannelListener } from "../../../renderer/page/index.ts";
import type { PageFile } from "../page-http/page-files.ts";
import { canOpenBrowser, openBrowser } from "./open-browser.ts";
import { PageServer, type PageVisit } from "./page-server.ts";

/** A reload takes less; a tab that is closed is not missed longer than this. */
const GRACE_MS = 15_000;
/** Between telling tabs about the end and hanging up. */
const FAREWELL_MS = 500;
/** Texts of a tab from before the app has anything to show. */
const MAX_EARLY_TEXTS = 64;

export interface WindowPagesOptions {
  readonly files: ReadonlyMap<string, PageFile>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What people read. */
  readonly writeError: (text: string) => void;
  readonly logger: Logger;
  readonly clock: Clock;
}

interface Tab {
  readonly socket: WebSocket;
  readonly id: string;
  /** What it said before there was a channel. */
  readonly early: string[];
}

export class WindowPages {
  readonly #options: WindowPagesOptions;
  readonly #server: PageServer;
  #tab: Tab | undefined;
  #channel: PageChannelListener | undefined;
  #isInvited = false;
  #isClosed = false;
  #cancelGrace: Cancel | undefined;
  /** Until the tab that was told goodbye has hung up. */
  #farewell: Promise<void> = Promise.resolve();

  constructor(options: WindowPagesOptions) {
    this.#options = options;
    const { files, logger } = options;
    this.#server = new PageServer({ files, logger, onVisit: (visit) => this.#visited(visit) });
  }

  /** Rejects with a `HostError` when no page can be served. */
  listen(): Promise<void> {
    return this.#server.listen();
  }

  /** What a surface sends goes to the tab that is there. */
  readonly open: OpenPageChannel = (listener): PageChannel => {
    this.#channel = listener;
    this.invite();
    const tab = this.#tab;
    for (const text of tab?.early.splice(0) ?? []) listener.onText(text);
    return {
      send: (text) => this.#send(text),
      close: () => {
        if (this.#channel !== listener) return;
        this.#channel = undefined;
        this.#endTab("app-ended");
      },
    };
  };

  /** Shows the page to the person, if it is not on its way already. */
  invite(): void {
    if (this.#tab !== undefined || this.#isInvited || this.#isClosed || this.#cancelGrace !== undefined) return;
    this.#isInvited = true;
    const { environment, writeError, logger } = this.#options;
    const url = this.#server.mintLink();
    const print = (): void => writeError(`plushie: open ${url} to see the app\n`);
    if (!canOpenBrowser(environment)) {
      print();
      return;
    }
    void openBrowser(url).then((isOpen) => {
      if (isOpen) logger({ level: "info", code: "page-opened", message: "the app is shown in the browser" });
      else if (this.#isInvited && !this.#isClosed) print();
    });
  }

  /** Tells the tab that the app is over, and frees the port. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#cancelGrace?.();
    this.#channel = undefined;
    this.#endTab("app-ended");
    await this.#farewell;
    await this.#server.close();
  }

  #visited({ socket, tabId, takesOver }: PageVisit): void {
    socket.on("error", (error) => {
      this.#options.logger({ level: "warn", code: "page-socket", message: "a page sent what it may not", error });
    });
    if (this.#isClosed) {
      hangUp(socket, "app-ended");
      return;
    }
    const before = this.#tab;
    if (before !== undefined) {
      if (before.id !== tabId && !takesOver) {
        hangUp(socket, "taken-over");
        return;
      }
      this.#tab = undefined;
      hangUp(before.socket, "taken-over");
    }
    const tab: Tab = { socket, id: tabId, early: [] };
    this.#tab = tab;
    this.#isInvited = false;
    this.#cancelGrace?.();
    this.#cancelGrace = undefined;
    socket.on("message", (data, isBinary) => {
      if (this.#tab === tab && !isBinary) this.#received(tab, String(data));
    });
    socket.on("close", () => this.#left(tab));
  }

  #received(tab: Tab, text: string): void {
    if (this.#channel !== undefined) this.#channel.onText(text);
    else if (tab.early.length < MAX_EARLY_TEXTS) tab.early.push(text);
    else tab.socket.terminate();
  }

  #send(text: string): void {
    const socket = this.#tab?.socket;
    if (socket === undefined) return;
    socket.send(text);
    // A page that does not read comes back and gets everything as it is then.
    if (socket.bufferedAmount > MAX_FRAME_BYTES + text.length) socket.terminate();
  }

  #left(tab: Tab): void {
    if (this.#tab !== tab) return;
    this.#tab = undefined;
    if (this.#isClosed) return;
    this.#cancelGrace = this.#options.clock.after(GRACE_MS, () => {
      this.#cancelGrace = undefined;
      const channel = this.#channel;
      this.#channel = undefined;
      channel?.onClose("the page was closed");
    });
  }

  #endTab(reason: CloseCodeName): void {
    const tab = this.#tab;
    this.#tab = undefined;
    if (tab === undefined) return;
    const { clock } = this.#options;
    this.#farewell = new Promise((resolve) => {
      const cancel = clock.after(FAREWELL_MS, resolve);
      tab.socket.once("close", () => {
        cancel();
        resolve();
      });
    });
    hangUp(tab.socket, reason);
  }
}

function hangUp(socket: WebSocket, reason: CloseCodeName): void {
  socket.close(CLOSE_CODES[reason].code, reason);
}
