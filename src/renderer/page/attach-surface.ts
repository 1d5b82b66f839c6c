import { messageOf } from "../../base/index.ts";
import type { WireNode } from "../../protocol/index.ts";
import { apply } from "../../tree/index.ts";
import type { Surface, SurfaceListener } from "../surface.ts";
import type { OpenPageChannel, PageChannel } from "./channel.ts";
import { decodePageCall, type PageCall, type PageReport } from "./page-messages.ts";
import { encodePageText } from "./page-text.ts";

/** A surface that does what comes through a channel. */
export interface AttachedSurface {
  /** To be called when texts may have been lost: the other end says everything again, and what is shown is fitted to it. */
  resume(): void;
  dispose(): void;
}

/** A file of the app's asset folders that the page does not get. */
export class PageAssetError extends Error {
  /** The path leads nowhere it may; otherwise the file cannot be had. */
  readonly isRefused: boolean;

  constructor(message: string, isRefused: boolean) {
    super(message);
    this.isRefused = isRefused;
  }
}

/** The content of a file of the app's asset folders. Rejects with a `PageAssetError`. */
export type PageAssets = (path: string) => Promise<Uint8Array>;

/** Makes a surface that gets its files from the other end. */
export type AttachedSurfaceFactory = (listener: SurfaceListener, assets: PageAssets) => Surface;

/** Makes the surface in the page and connects it with the one in the renderer, made by `createPageSurface`. */
export function attachSurface(
  open: OpenPageChannel,
  factory: AttachedSurfaceFactory,
  options: { readonly onDispose?: () => void } = {},
): AttachedSurface {
  return new Attached(open, factory, options.onDispose);
}

interface WaitingAsset {
  readonly resolve: (data: Uint8Array) => void;
  readonly reject: (error: PageAssetError) => void;
}

class Attached implements AttachedSurface {
  readonly #surface: Surface;
  readonly #channel: PageChannel;
  readonly #onDispose: (() => void) | undefined;
  #root: WireNode | null = null;
  #seen = 0;
  #isDisposed = false;
  /** Answers to what was asked before belong to nobody. */
  #generation = 0;
  readonly #assets = new Map<number, WaitingAsset>();
  #lastAsset = 0;

  constructor(open: OpenPageChannel, factory: AttachedSurfaceFactory, onDispose: (() => void) | undefined) {
    this.#onDispose = onDispose;
    let early: string[] | undefined = [];
    this.#channel = open({
      onText: (text) => {
        if (early === undefined) this.#received(text);
        else early.push(text);
      },
      onClose: () => {},
    });
    const toRenderer: SurfaceListener = {
      onWidgetEvent: (event) => this.#send({ report: "widget", event }),
      onSubscriptionEvent: (event) => this.#send({ report: "subscription", event, seen: this.#seen }),
      onDiagnostic: (diagnostic) => this.#send({ report: "diagnostic", diagnostic }),
    };
    this.#surface = factory(toRenderer, (path) => this.#asset(path));
    const texts = early;
    early = undefined;
    this.#send({ report: "ready" });
    for (const text of texts) this.#received(text);
  }

  resume(): void {
    if (this.#isDisposed) return;
    this.#generation += 1;
    this.#surface.hostLost?.();
    this.#forgetAssets();
    this.#seen = 0;
    this.#send({ report: "ready" });
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#forgetAssets();
    this.#surface.dispose();
    this.#channel.close();
    this.#onDispose?.();
  }

  #received(text: string): void {
    if (this.#isDisposed) return;
    const call = decodePageCall(text);
    if (!call.ok) {
      this.#fault(`a call that the page cannot read: ${call.error}`);
      return;
    }
    try {
      this.#perform(call.value);
    } catch (thrown) {
      this.#fault(`${call.value.call}: ${messageOf(thrown)}`);
    }
  }

  #perform(call: PageCall): void {
    const surface = this.#surface;
    switch (call.call) {
      case "showTree":
        this.#root = call.root;
        surface.showTree(call.root);
        return;
      case "applyPatch": {
        const result = apply(this.#root, call.ops);
        if (result.kind === "rejected" || result.skipped.length > 0 || result.root === null) {
          throw new Error("a patch that does not fit the tree");
        }
        this.#root = result.root;
        surface.applyPatch(call.ops, result.root);
        return;
      }
      case "hostLost":
        surface.hostLost?.();
        return;
      case "configure":
        surface.configure(call.settings);
        return;
      case "setWanted":
        surface.setWanted(new Set(call.kinds));
        return;
      case "perform":
        surface.perform(call.operation);
        return;
      case "performWindow":
        this.#seen += 1;
        surface.performWindow(call.operation);
        return;
      case "query": {
        const { number, question } = call;
        this.#answer(number, async () => ({ report: "answer", number, value: await surface.query(question) }));
        return;
      }
      case "runEffect": {
        const { number, effect } = call;
        this.#answer(number, async () => ({ report: "outcome", number, outcome: await surface.runEffect(effect) }));
        return;
      }
      case "asset":
      case "assetFailure":
        this.#assetAnswered(call);
        return;
      case "dispose":
        this.dispose();
    }
  }

  #asset(path: string): Promise<Uint8Array> {
    if (this.#isDisposed) return Promise.reject(new PageAssetError("the surface is gone", false));
    this.#lastAsset += 1;
    const number = this.#lastAsset;
    return new Promise((resolve, reject) => {
      this.#assets.set(number, { resolve, reject });
      this.#send({ report: "asset", number, path });
    });
  }

  #assetAnswered(call: Extract<PageCall, { readonly call: "asset" | "assetFailure" }>): void {
    const waiting = this.#assets.get(call.number);
    this.#assets.delete(call.number);
    if (call.call === "assetFailure") waiting?.reject(new PageAssetError(call.error, call.isRefused));
    else if (call.data instanceof Uint8Array) waiting?.resolve(call.data);
    else waiting?.reject(new PageAssetError("the file came as something else than bytes", false));
  }

  /** The other end has lost the questions. */
  #forgetAssets(): void {
    for (const { reject } of this.#assets.values()) reject(new PageAssetError("the connection was lost", false));
    this.#assets.clear();
  }

  #answer(number: number, work: () => Promise<PageReport>): void {
    const generation = this.#generation;
    const send = (report: PageReport): void => {
      if (generation === this.#generation) this.#send(report);
    };
    work().then(send, (thrown: unknown) => send({ report: "failure", number, error: clip(messageOf(thrown)) }));
  }

  #send(report: PageReport): void {
    if (this.#isDisposed) return;
    const text = encodePageText(report);
    if (text.ok) this.#channel.send(text.value);
    else if ("number" in report) this.#send({ report: "failure", number: report.number, error: clip(text.error) });
    else this.#fault(`${report.report} cannot be sent: ${text.error}`);
  }

  #fault(detail: string): void {
    const diagnostic = { kind: "renderer_runtime_error", detail: clip(detail) };
    this.#send({ report: "diagnostic", diagnostic: { level: "error", diagnostic } });
  }
}

function clip(text: string): string {
  return text.length <= 1_000 ? text : `${text.slice(0, 1_000)}…`;
}
