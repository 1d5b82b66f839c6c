import { type Clock, messageOf } from "../../base/index.ts";
import { MAX_FRAME_BYTES, type PatchOp, type WireNode, type WireValue } from "../../protocol/index.ts";
import type {
  EffectOutcome,
  Surface,
  SurfaceFactory,
  SurfaceListener,
  SurfaceQuery,
  SurfaceSettings,
  WidgetOperation,
  WindowOperation,
} from "../surface.ts";
import type { OpenPageChannel, PageChannel } from "./channel.ts";
import { decodePageReport, type PageCall, type PageReport } from "./page-messages.ts";
import { PageState } from "./page-state.ts";
import { encodePageText } from "./page-text.ts";

/** Questions, effects and operations that wait for a page or for its answer. */
const MAX_WAITING = 1_024;
/** Files that are read for the page at once. */
const MAX_ASSETS = 64;
const NO_ASSETS = "no asset folder is declared for this app";
/** A page of ours sends none. */
const MAX_BAD_TEXTS = 16;
/** Pointers report at most once per frame; keys and scripts do not come near this. */
const MAX_TEXTS_PER_SECOND = 5_000;
/** Saying everything again is dear: it counts as this many. */
const READY_WEIGHT = 250;
const CLOSING: ReadonlySet<string> = new Set(["window_closed", "window_close_requested"]);

/** A file of the app's asset folders, or why the page does not get it. */
export type PageAsset =
  | { readonly ok: true; readonly data: Uint8Array }
  /** `isRefused`: the path leads nowhere it may. */
  | { readonly ok: false; readonly isRefused: boolean; readonly message: string };

export interface PageSurfaceOptions {
  /** Reads a file for the page. Default: the app has no asset folders, and each is refused. */
  readonly readAsset?: (path: string) => Promise<PageAsset>;
  /**
   * When the channel is opened. `at-once` (default): with the surface, once. `for-windows`: with the first tree, and again when
   * the app opens a window after the channel was closed from the other end.
   */
  readonly opens?: "at-once" | "for-windows";
  /** Characters of one text of the page; default 64 Mi. */
  readonly maxTextLength?: number;
  readonly clock: Pick<Clock, "now">;
}

/** A surface that is drawn elsewhere, by what `attachSurface` has attached to the other end of a channel. */
export function createPageSurface(open: OpenPageChannel, options: PageSurfaceOptions): SurfaceFactory {
  return (listener) => new PageSurface(open, options, listener);
}

/** A question or an effect, and how to answer it. */
interface Asked {
  readonly resolve: (report: PageReport | undefined) => void;
  isSent: boolean;
}

class PageSurface implements Surface {
  readonly #open: OpenPageChannel;
  readonly #options: PageSurfaceOptions;
  readonly #listener: SurfaceListener;
  readonly #state = new PageState();
  readonly #asked = new Map<number, Asked>();
  /** Calls that a page has to get once it is there, and that are not part of the state. */
  #waiting: PageCall[] = [];
  #channel: PageChannel | undefined;
  #isReady = false;
  #isDisposed = false;
  #lastNumber = 0;
  #assets = 0;
  /** Counts pages: what one has asked for is not for the next. */
  #page = 0;
  #badTexts = 0;
  #second = 0;
  #textsInSecond = 0;
  /** Windows of which the app has heard that they are open. */
  readonly #announced = new Set<string>();
  /** Windows that a new page opens once more, or for a moment: nothing new for the app. */
  readonly #replayed = new Set<string>();
  /** Operations on windows that the page was told, and with which of them each window was opened last. */
  #windowCalls = 0;
  readonly #openedWith = new Map<string, number>();

  constructor(open: OpenPageChannel, options: PageSurfaceOptions, listener: SurfaceListener) {
    this.#open = open;
    this.#options = options;
    this.#listener = listener;
    if (options.opens !== "for-windows") this.#openChannel();
  }

  showTree(root: WireNode | null): void {
    const isFirst = root !== null && this.#state.root === null;
    this.#tell({ call: "showTree", root });
    if (isFirst) this.#openForWindows();
  }

  applyPatch(ops: readonly PatchOp[], root: WireNode): void {
    this.#state.root = root;
    this.#tell({ call: "applyPatch", ops });
  }

  hostLost(): void {
    this.#tell({ call: "hostLost" });
  }

  configure(settings: SurfaceSettings): void {
    this.#tell({ call: "configure", settings });
  }

  setWanted(kinds: ReadonlySet<string>): void {
    this.#tell({ call: "setWanted", kinds: [...kinds] });
  }

  perform(operation: WidgetOperation): void {
    this.#tell({ call: "perform", operation });
  }

  performWindow(operation: WindowOperation): void {
    const { windowId, name } = operation;
    if (name === "open") this.#replayed.delete(windowId);
    if (name === "close") this.#announced.delete(windowId);
    this.#tell({ call: "performWindow", operation });
    if (name === "open") this.#openForWindows();
  }

  async query(question: SurfaceQuery): Promise<WireValue> {
    const report = await this.#ask((number) => ({ call: "query", number, question }));
    if (report?.report === "failure") throw new Error(report.error);
    return report?.report === "answer" ? report.value : null;
  }

  async runEffect(effect: { readonly kind: string; readonly payload: WidgetPayload }): Promise<EffectOutcome> {
    const report = await this.#ask((number) => ({ call: "runEffect", number, effect }));
    if (report?.report === "failure") return { status: "error", error: report.error };
    return report?.report === "outcome" ? report.outcome : { status: "unsupported" };
  }

  dispose(): void {
    if (this.#isDisposed) return;
    if (this.#isReady) this.#send({ call: "dispose" });
    this.#isDisposed = true;
    const channel = this.#channel;
    this.#forgetPage();
    channel?.close();
  }

  #openForWindows(): void {
    if (this.#options.opens === "for-windows" && !this.#isDisposed) this.#openChannel();
  }

  #openChannel(): void {
    if (this.#channel !== undefined) return;
    this.#badTexts = 0;
    // What comes or ends before `open` has returned belongs to this channel as well.
    let isOver = false;
    const channel = this.#open({
      onText: (text) => {
        if (!isOver) this.#received(text);
      },
      onClose: (reason) => {
        if (isOver) return;
        isOver = true;
        this.#pageGone(reason);
      },
    });
    if (isOver) channel.close();
    else {
      this.#channel = channel;
      this.#flush();
    }
  }

  /** Does the call now, or keeps what matters of it for the page that will come. */
  #tell(call: PageCall): void {
    const isKept = this.#state.keep(call);
    if (this.#isReady && this.#channel !== undefined) this.#send(call);
    else if (!isKept && this.#hasPageToCome()) this.#wait(call);
  }

  #hasPageToCome(): boolean {
    return this.#channel !== undefined || (this.#options.opens === "for-windows" && this.#state.root === null);
  }

  #wait(call: PageCall): void {
    if (this.#waiting.length < MAX_WAITING) {
      this.#waiting.push(call);
      return;
    }
    this.#diagnose("warn", `${call.call} was dropped: too much waits for the page`);
    if ("number" in call) this.#settle(call.number, undefined);
  }

  #ask(callOf: (number: number) => PageCall): Promise<PageReport | undefined> {
    if (this.#isDisposed || this.#asked.size >= MAX_WAITING || !this.#hasPageToCome()) {
      return Promise.resolve(undefined);
    }
    this.#lastNumber += 1;
    const number = this.#lastNumber;
    return new Promise((resolve) => {
      this.#asked.set(number, { resolve, isSent: false });
      const call = callOf(number);
      if (this.#isReady && this.#channel !== undefined) this.#send(call);
      else this.#wait(call);
    });
  }

  #send(call: PageCall): void {
    const text = encodePageText(call);
    if (!text.ok) {
      this.#diagnose("error", `${call.call} cannot be sent to the page: ${text.error}`);
      if ("number" in call) this.#settle(call.number, undefined);
      return;
    }
    if (call.call === "performWindow") this.#countWindowCall(call.operation);
    if ("number" in call) {
      const asked = this.#asked.get(call.number);
      if (asked !== undefined) asked.isSent = true;
    }
    this.#channel?.send(text.value);
  }

  #countWindowCall({ windowId, name }: WindowOperation): void {
    this.#windowCalls += 1;
    if (name === "open") this.#openedWith.set(windowId, this.#windowCalls);
    if (name === "close") this.#openedWith.delete(windowId);
  }

  #settle(number: number, report: PageReport | undefined): boolean {
    const asked = this.#asked.get(number);
    this.#asked.delete(number);
    asked?.resolve(report);
    return asked !== undefined;
  }

  #received(text: string): void {
    if (this.#isDisposed) return;
    if (!this.#hasRate()) {
      this.#cut("the page sent too much");
      return;
    }
    const { maxTextLength = MAX_FRAME_BYTES } = this.#options;
    if (text.length > maxTextLength) {
      this.#bad(`${text.length} characters`);
      return;
    }
    const report = decodePageReport(text);
    if (report.ok) this.#report(report.value);
    else this.#bad(report.error);
  }

  #hasRate(): boolean {
    const second = Math.floor(this.#options.clock.now() / 1_000);
    if (second !== this.#second) this.#textsInSecond = 0;
    this.#second = second;
    this.#textsInSecond += 1;
    return this.#textsInSecond <= MAX_TEXTS_PER_SECOND;
  }

  #report(report: PageReport): void {
    switch (report.report) {
      case "ready":
        this.#pageReady();
        return;
      case "widget":
        this.#listener.onWidgetEvent(report.event);
        return;
      case "subscription":
        this.#subscriptionEvent(report.event, report.seen);
        return;
      case "diagnostic":
        this.#listener.onDiagnostic(report.diagnostic);
        return;
      case "asset":
        void this.#asset(report.number, report.path);
        return;
      case "answer":
      case "outcome":
      case "failure":
        if (!this.#settle(report.number, report)) this.#bad("an answer that nobody waits for");
    }
  }

  async #asset(number: number, path: string): Promise<void> {
    const page = this.#page;
    const asset = await this.#readAsset(path);
    if (page !== this.#page || !this.#isReady) return;
    if (asset.ok) this.#send({ call: "asset", number, data: asset.data });
    else this.#send({ call: "assetFailure", number, isRefused: asset.isRefused, error: asset.message });
  }

  async #readAsset(path: string): Promise<PageAsset> {
    const { readAsset } = this.#options;
    if (readAsset === undefined) return { ok: false, isRefused: true, message: NO_ASSETS };
    if (this.#assets >= MAX_ASSETS) return { ok: false, isRefused: false, message: "too many files at once" };
    this.#assets += 1;
    try {
      return await readAsset(path);
    } catch (thrown) {
      return { ok: false, isRefused: false, message: messageOf(thrown) };
    } finally {
      this.#assets -= 1;
    }
  }

  #subscriptionEvent(event: Parameters<SurfaceListener["onSubscriptionEvent"]>[0], seen: number): void {
    const { family, windowId } = event;
    // It is about the window that had this name before: the two crossed on the way.
    const isStale = windowId !== undefined && seen < (this.#openedWith.get(windowId) ?? 0);
    if (isStale && CLOSING.has(family)) return;
    if (windowId !== undefined) this.#state.heard(windowId, family, event.value);
    if (windowId !== undefined && family === "window_opened") {
      if (this.#replayed.delete(windowId)) return;
      this.#announced.add(windowId);
    }
    if (windowId !== undefined && family === "window_closed") {
      this.#announced.delete(windowId);
      this.#state.forgetWindow(windowId);
    }
    this.#listener.onSubscriptionEvent(event);
  }

  /** A page has come, for the first time or instead of another one. */
  #pageReady(): void {
    // What the page before was asked died with it.
    for (const [number, { isSent }] of [...this.#asked]) if (isSent) this.#settle(number, undefined);
    this.#page += 1;
    this.#textsInSecond += READY_WEIGHT;
    this.#windowCalls = 0;
    this.#openedWith.clear();
    this.#isReady = true;
    this.#flush();
  }

  #flush(): void {
    if (!this.#isReady || this.#channel === undefined) return;
    this.#replayed.clear();
    for (const windowId of this.#state.windowsInTree()) {
      if (this.#announced.has(windowId) || this.#state.isClosed(windowId)) this.#replayed.add(windowId);
    }
    for (const call of this.#state.replay()) this.#send(call);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const call of waiting) this.#send(call);
  }

  #bad(what: string): void {
    this.#badTexts += 1;
    this.#diagnose("warn", `the page sent what it may not: ${what}`);
    if (this.#badTexts >= MAX_BAD_TEXTS) this.#cut("the page sent too much that it may not");
  }

  #cut(reason: string): void {
    this.#diagnose("error", reason);
    const channel = this.#channel;
    this.#pageGone(reason);
    channel?.close();
  }

  /** For good: nobody sees the windows any more. */
  #pageGone(reason: string): void {
    if (this.#isDisposed) return;
    this.#forgetPage();
    const windows = this.#state.openWindows;
    if (windows.length > 0) this.#diagnose("info", `the page is gone: ${reason}`);
    const tell = (family: string, kind: string, windowId: string): void =>
      this.#listener.onSubscriptionEvent({ kind, family, windowId, value: { window_id: windowId } });
    // Apps that want to be asked are told; they cannot keep a window that is gone.
    for (const windowId of windows) tell("window_close_requested", "on_window_close", windowId);
    for (const windowId of this.#state.openWindows) {
      this.#state.forgetWindow(windowId);
      tell("window_closed", "on_window_event", windowId);
    }
  }

  #forgetPage(): void {
    this.#channel = undefined;
    this.#isReady = false;
    this.#announced.clear();
    this.#replayed.clear();
    this.#waiting = [];
    for (const number of [...this.#asked.keys()]) this.#settle(number, undefined);
  }

  #diagnose(level: "info" | "warn" | "error", detail: string): void {
    this.#listener.onDiagnostic({ level, diagnostic: { kind: "renderer_runtime_error", detail } });
  }
}

type WidgetPayload = WindowOperation["payload"];
