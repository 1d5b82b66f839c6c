import type { Clock, Logger } from "../../../base/index.ts";
import {
  isDiagnosticKind,
  MAX_SCREENSHOT_SIDE_PX,
  type PatchOp,
  type WireNode,
  type WireProps,
  type WireValue,
} from "../../../protocol/index.ts";
import {
  createNoSurface,
  type EffectOutcome,
  type Surface,
  type SurfaceListener,
  type SurfaceQuery,
  type SurfaceSettings,
  type WidgetOperation,
  type WindowOperation,
} from "../../../renderer/index.ts";
import { createPageSurface } from "../../../renderer/page/index.ts";
import { pageAssets } from "../asset-files.ts";
import { createDevtoolsScreen, type ScriptedScreen, type ScriptedSurface } from "../script/index.ts";
import type { HeadlessPage } from "./headless-page.ts";
import { DEFAULT_PICTURE_SIZE, pictureSize } from "./picture.ts";

export interface HeadlessSurfaceOptions {
  readonly page: HeadlessPage;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Where the app's pictures and fonts may be. Default: nowhere. */
  readonly assets?: readonly string[];
}

/**
 * Draws in a page of a browser without a screen. What a desktop would do (clipboard, notifications, moving windows) is only
 * imagined, as in the mock.
 */
export class HeadlessSurface implements ScriptedSurface {
  readonly screen: ScriptedScreen;
  /** Resolves with the reason when the page crashed, cannot be made, or the browser is gone. */
  readonly lost: Promise<string>;
  readonly #options: HeadlessSurfaceOptions;
  readonly #drawn: Surface;
  readonly #imagined: Surface;
  readonly #underWay = new Set<Promise<unknown>>();
  #isOpen = false;

  constructor(options: HeadlessSurfaceOptions, listener: SurfaceListener) {
    const { page, clock, logger, assets = [] } = options;
    this.#options = options;
    this.#drawn = createPageSurface(page.channel, { clock, ...pageAssets(assets) })({
      onWidgetEvent: (event) => listener.onWidgetEvent(event),
      onSubscriptionEvent(event) {
        // As in the mock there are no windows, and frames come by `advance_frame` alone.
        if (event.kind !== "on_animation_frame" && !event.family.startsWith("window_")) {
          listener.onSubscriptionEvent(event);
        }
      },
      onDiagnostic(report) {
        // Advice on the tree has kinds of our own. Hosts that script a screen do not expect it, and some fail over it. A file
        // that is not drawn is more than advice.
        const { kind } = report.diagnostic;
        if (typeof kind === "string" && (isDiagnosticKind(kind) || kind === "asset_refused"))
          listener.onDiagnostic(report);
        else logger({ level: "info", code: "advice", message: JSON.stringify(report.diagnostic) });
      },
    });
    this.#imagined = createNoSurface()(listener);
    this.lost = page.lost;
    this.screen = createDevtoolsScreen({
      send: (method, params) => page.send(method, params),
      query: (question) => this.#query(question),
      clock,
    });
  }

  /** While answers are owed: resolves when they were given. */
  whenFree(): Promise<void> | undefined {
    if (this.#underWay.size === 0) return undefined;
    return Promise.allSettled(this.#underWay).then(() => undefined);
  }

  showTree(root: WireNode | null): void {
    this.#drawn.showTree(root);
    if (root !== null) this.#open();
    else if (this.#isOpen) this.#owe(this.#clear()).catch(ignoreLoss);
  }

  applyPatch(ops: readonly PatchOp[], root: WireNode): void {
    this.#drawn.applyPatch(ops, root);
    this.#open();
  }

  hostLost(): void {
    this.#drawn.hostLost?.();
  }

  configure(settings: SurfaceSettings): void {
    this.#drawn.configure(settings);
    this.#options.page.prepare();
  }

  setWanted(kinds: ReadonlySet<string>): void {
    this.#drawn.setWanted(kinds);
  }

  perform(operation: WidgetOperation): void {
    this.#drawn.perform(operation);
    if (!this.#isOpen) return;
    // What it says of it (a focus that moved, a font that cannot be read) comes before the answer to the next message.
    const frames = operation.name === "load_font" ? 1 : 0;
    this.#owe(this.#drawn.query({ name: "settled", payload: { frames } })).catch(ignoreLoss);
  }

  performWindow(operation: WindowOperation): void {
    this.#imagined.performWindow(operation);
    this.#drawn.performWindow(operation);
  }

  query(question: SurfaceQuery): Promise<WireValue> {
    return this.#owe(this.#query(question));
  }

  runEffect(effect: { readonly kind: string; readonly payload: WireProps }): Promise<EffectOutcome> {
    return this.#owe(this.#imagined.runEffect(effect));
  }

  dispose(): void {
    this.#drawn.dispose();
    this.#imagined.dispose();
    void this.#options.page.close();
  }

  #query(question: SurfaceQuery): Promise<WireValue> {
    if (question.name === "screenshot") return this.#picture(question.payload);
    if (question.windowId !== undefined) return this.#imagined.query(question);
    this.#open();
    // An idle browser keeps no process alive, but an answer that somebody waits for does.
    const kept = setInterval(() => {}, KEEP_MS);
    return this.#drawn.query(question).finally(() => clearInterval(kept));
  }

  /** Without a payload in the size that the screen has. */
  async #picture(payload: WireProps | undefined): Promise<WireValue> {
    const { page } = this.#options;
    const { width, height } = payload ?? page.size;
    const picture = await page.picture(pictureSize(sideOf(width), sideOf(height)));
    return { width: picture.width, height: picture.height, rgba: picture.rgba, hash: picture.hash };
  }

  /** The next tree is drawn as if it were the first: in the first size, and with no pointer over it. */
  async #clear(): Promise<void> {
    const { page } = this.#options;
    await page.resize(DEFAULT_PICTURE_SIZE);
    await page.send("Input.dispatchMouseEvent", { type: "mouseMoved", x: -1, y: -1 });
  }

  #open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    // Whoever waits for `lost` is told.
    this.#options.page.open().catch(ignoreLoss);
  }

  #owe<Answer>(answer: Promise<Answer>): Promise<Answer> {
    this.#underWay.add(answer);
    const paid = (): void => void this.#underWay.delete(answer);
    answer.then(paid, paid);
    return answer;
  }
}

const KEEP_MS = 60_000;

function sideOf(value: WireValue | undefined): number | undefined {
  return typeof value === "number" ? Math.min(value, MAX_SCREENSHOT_SIDE_PX) : undefined;
}

function ignoreLoss(): void {}
