import { DisposableStore } from "../../base/index.ts";
import type { PatchOp, WireNode, WireProps, WireValue } from "../../protocol/index.ts";
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
import { type AnimationTime, completion, SurfaceMotion } from "./animation.ts";
import { BASE_CSS } from "./base-css.ts";
import { DEFAULT_THEME } from "./builtin-themes.ts";
import { FocusControl } from "./focus.ts";
import { followForcedColors } from "./forced-colors.ts";
import { Input } from "./input.ts";
import { afterFrames, Loading } from "./loading.ts";
import { MountTree } from "./mount-tree.ts";
import type { Mounted, MountHost } from "./mounted.ts";
import { SurfaceOverlay } from "./overlay-layer.ts";
import { type AssetOption, AssetRefusal, Assets } from "./pictures/asset-source.ts";
import { Pictures } from "./pictures/pictures.ts";
import { readFont, readNumber, readRecord, readString } from "./props.ts";
import { createRegistry } from "./registry.ts";
import { createStyleResolver } from "./style-map.ts";
import { StyleSheets } from "./style-sheet.ts";
import { Themes } from "./theme.ts";
import type { TextSettings, WidgetModule } from "./widget.ts";
import { WIDGET_MODULES } from "./widgets/index.ts";
import { themerModule } from "./widgets/themer.ts";
import { unknownModule } from "./widgets/unknown.ts";
import { windowModule } from "./widgets/window.ts";
import { Windows } from "./windows.ts";

export interface DomSurfaceOptions {
  readonly document: Document;
  /** The windows are drawn inside of it and fill it. The body: the whole page. */
  readonly root: HTMLElement;
  /** Modules for further widget types; they win over the built-in ones. */
  readonly modules?: readonly WidgetModule[];
  /** `told`: animations stand still until `advance_frame` moves them, from the start. `display`, the default: until the first one. */
  readonly animationTime?: AnimationTime;
  /**
   * Where the files are that the app names by path (pictures, fonts): below this address, or what this function reads.
   * Absent: paths are refused.
   */
  readonly assets?: AssetOption;
  /**
   * Elements carry the ids of their nodes as `data-id`, for tests and for people who look at the page. Not by default: it takes
   * time in long lists. Absent: where the page says so, by the attribute `data-plushie-ids` of its `html` element.
   */
  readonly marksIds?: boolean;
}

const MARKS_IDS = "data-plushie-ids";

/** A surface that draws into a document. Throws when the document is not shown in a window. */
export function createDomSurface(options: DomSurfaceOptions): SurfaceFactory {
  return (listener) => new DomSurface(options, listener);
}

/** A page in the background draws no frames; one that is busy draws them late. */
const HIDDEN_FRAMES_MS = 250;
const FRAMES_LIMIT_MS = 4_000;
/** What takes longer to arrive is drawn without. */
const LOADING_LIMIT_MS = 8_000;
/** A tree that goes on loading is drawn as it is. */
const MAX_SETTLE_ROUNDS = 8;

/** Brings the parts together; each of them owns its own state. */
class DomSurface implements Surface {
  readonly #document: Document;
  readonly #listener: SurfaceListener;
  readonly #cleanups = new DisposableStore();
  readonly #element: HTMLElement;
  readonly #loose: HTMLElement;
  readonly #live: { readonly assertive: HTMLElement; readonly polite: HTMLElement };
  readonly #tree: MountTree;
  readonly #windows: Windows;
  readonly #focus: FocusControl;
  readonly #input: Input;
  readonly #themes: Themes;
  readonly #assets: Assets;
  readonly #pictures: Pictures;
  /** Overlay content to the anchor whose widget owns it. */
  readonly #overlay: SurfaceOverlay;
  readonly #owners = new WeakMap<Element, Element>();
  readonly #motion: SurfaceMotion;
  /** Parts of widgets that come later, and what is shown in them. */
  readonly #parts = new Loading();
  readonly #media = new Loading();
  readonly #frameWork = new Set<(timeMs: number) => void>();
  #settings: SurfaceSettings = {};
  #rootTheme: WireValue | undefined;
  #looseTheme: string | undefined;
  #isLooseHidden = false;
  #frame: number | undefined;
  #isHostNew = true;
  /** To be said in the next frame. */
  readonly #announced = new Map<HTMLElement, readonly string[]>();

  constructor(options: DomSurfaceOptions, listener: SurfaceListener) {
    const { document, root } = options;
    this.#document = document;
    this.#listener = listener;
    const serial = freeSerial(document);
    this.#element = this.#make(`pl-root pl-u${serial}${root === document.body ? " pl-whole-page" : ""}`);
    this.#loose = this.#make("pl-loose");
    this.#live = { assertive: this.#make("pl-live"), polite: this.#make("pl-live") };
    for (const [politeness, region] of Object.entries(this.#live)) region.setAttribute("aria-live", politeness);
    this.#windows = new Windows(listener, this.#element);
    this.#cleanups.add(() => this.#windows.dispose());

    const unknown = unknownModule();
    const modules: WidgetModule[] = [
      windowModule(this.#windows, { apply: (theme, element) => this.#applyTheme(theme, element) }, () => this.#scale()),
      themerModule((theme) => this.#themes.classFor(theme)),
      ...WIDGET_MODULES,
      ...(options.modules ?? []),
    ];
    const registry = createRegistry(modules);
    const sheets = new StyleSheets(document, `pl-${serial}-`, `${BASE_CSS}${registry.css}${unknown.css ?? ""}`);
    this.#cleanups.add(() => sheets.dispose());
    this.#cleanups.add(followForcedColors(document));
    this.#themes = new Themes(document, sheets);
    this.#cleanups.add(this.#themes.onSystemChange(() => this.#systemThemeChanged()));

    this.#assets = new Assets(options.assets, document.baseURI);
    this.#pictures = new Pictures({
      document,
      assets: this.#assets,
      onBadUpload: (handle, error) => listener.onWidgetEvent({ family: "image_error", id: handle, value: { error } }),
      onLoading: (work) => this.#media.add(work),
    });

    const owners = this.#owners;
    const overlay = new SurfaceOverlay(this.#element, owners);
    this.#overlay = overlay;
    this.#cleanups.add(() => overlay.dispose());
    this.#element.append(this.#loose, overlay.element, this.#live.assertive, this.#live.polite);
    root.append(this.#element);
    this.#cleanups.add(() => this.#element.remove());

    this.#motion = new SurfaceMotion({
      view: document.defaultView,
      time: options.animationTime ?? "display",
      listener: {
        completed: (id, prop, tag) =>
          listener.onWidgetEvent({ family: "transition_complete", id, value: completion(prop, tag) }),
        invalid: (id, prop) =>
          listener.onDiagnostic({ level: "warn", diagnostic: { kind: "animation_descriptor_invalid", id, prop } }),
      },
      inNextFrame: (work) => this.#beforePaint(work),
      endFrame: () => {
        this.#tree.endFrame();
        if (this.#overlay.hasOpen) this.#overlay.moved();
      },
    });
    this.#cleanups.add(() => this.#motion.dispose());

    const host = this.#createHost(registry.find, overlay, createStyleResolver(sheets));
    this.#tree = new MountTree(host, {
      fallback: unknown,
      place: (node) => this.#place(node),
      marksIds: options.marksIds ?? document.documentElement.hasAttribute(MARKS_IDS),
    });
    this.#focus = new FocusControl(this.#element, this.#tree, this.#windows, owners);
    this.#cleanups.add(() => this.#focus.dispose());
    const isApple = /Mac|iPhone|iPad/.test(document.defaultView?.navigator.platform ?? "");
    this.#input = new Input({
      root: this.#element,
      tree: this.#tree,
      windows: this.#windows,
      focus: this.#focus,
      listener,
      owners,
      isApple,
    });
    this.#cleanups.add(() => this.#input.dispose());
    this.#cleanups.add(() => this.#tree.dispose());
    this.#cleanups.add(() => this.#pictures.dispose());
  }

  showTree(root: WireNode | null): void {
    const isFirstOfHost = this.#isHostNew;
    this.#isHostNew = false;
    this.#motion.treeReplaced(root === null);
    this.#focus.hold();
    this.#tree.show(root, isFirstOfHost);
    if (root === null) this.#input.forgetPointer();
    this.#settle();
  }

  applyPatch(ops: readonly PatchOp[]): void {
    this.#focus.hold();
    this.#tree.patch(ops);
    this.#settle();
  }

  hostLost(): void {
    this.#isHostNew = true;
    for (const node of this.#tree.all()) node.view.hostLost?.();
  }

  configure(settings: SurfaceSettings): void {
    this.#settings = settings;
    const style = this.#element.style;
    const font = readFont(settings.defaultFont);
    style.setProperty("--text-size", `${this.#textSettings.defaultTextSize}px`);
    // `default` itself would point back at this variable.
    const isOwn = font !== undefined && font.family !== "var(--font-default)";
    style.setProperty(
      "--font-default",
      isOwn ? font.family.replaceAll("var(--font-default)", "var(--font-system)") : "var(--font-system)",
    );
    style.fontWeight = font?.weight ?? "";
    style.fontStyle = font?.style ?? "";
    style.fontStretch = font?.stretch ?? "";
    for (const node of this.#tree.all()) node.view.settingsChanged?.();
    if (this.#overlay.hasOpen) this.#beforePaint(this.#overlay.moved);
  }

  setWanted(kinds: ReadonlySet<string>): void {
    this.#input.setWanted(kinds);
  }

  perform(operation: WidgetOperation): void {
    const value = readRecord(operation.value);
    switch (operation.name) {
      case "focus_next":
      case "focus_previous":
        this.#focus.move(operation.name === "focus_next" ? 1 : -1);
        return;
      case "focus_next_within":
      case "focus_previous_within": {
        const scope = this.#tree.find(operation.target ?? readString(value?.["scope"]) ?? "");
        if (scope !== undefined) this.#focus.move(operation.name === "focus_next_within" ? 1 : -1, scope.view.element);
        return;
      }
      case "advance_frame":
        if (typeof operation.value === "number") this.#motion.advanceTo(operation.value);
        return;
      case "announce":
        this.#announce(readString(operation.value) ?? readString(value?.["text"]) ?? "", value?.["politeness"]);
        return;
      case "load_font":
        if (value !== undefined) this.#loadFont(value);
        return;
      case "set_image":
        if (value !== undefined) this.#pictures.set(value);
        return;
      case "delete_image":
        this.#pictures.delete(readString(value?.["handle"]) ?? "");
        return;
      case "clear_images":
        this.#pictures.clear();
        return;
    }
    const node = this.#owner(operation.target ?? "");
    if (node === undefined) return;
    if (node.view.perform?.(operation) === true) return;
    if (operation.name === "focus" && this.#focus.focus(node)) return;
    const message = `The operation "${operation.name}" means nothing to a widget of type "${node.type}".`;
    this.#diagnose("info", "operation_ignored", message, node.id);
  }

  performWindow(operation: WindowOperation): void {
    if (this.#windows.perform(operation)) return;
    const message = `The window operation "${operation.name}" has no counterpart in a page.`;
    this.#diagnose("info", "window_operation_ignored", message, operation.windowId);
  }

  async query(question: SurfaceQuery): Promise<WireValue> {
    switch (question.name) {
      case "find_focused":
        return this.#focus.focusedId() ?? null;
      case "get_system_theme":
        return this.#themes.systemIsLight ? "light" : "dark";
      case "locate": {
        const [{ locate }] = await Promise.all([import("./locate.ts"), this.#partsArrived()]);
        const places = { root: this.#element, tree: this.#tree, owners: this.#owners };
        return locate(places, question.target ?? "", question.payload);
      }
      case "paste": {
        const { pasteInto } = await import("./locate.ts");
        return pasteInto(this.#document, readString(question.payload?.["text"]) ?? "");
      }
      case "settled":
        await this.#settled(readNumber(question.payload?.["frames"]) ?? 0);
        return null;
      default:
        return this.#windows.query(question.name, question.windowId ?? "");
    }
  }

  runEffect(effect: {
    readonly kind: string;
    readonly payload: Readonly<Record<string, WireValue>>;
  }): Promise<EffectOutcome> {
    const view = this.#document.defaultView;
    if (view === null) return Promise.resolve({ status: "unsupported" });
    return import("./effects.ts").then(({ runEffect }) => runEffect(view, effect.kind, effect.payload));
  }

  dispose(): void {
    if (this.#frame !== undefined) this.#document.defaultView?.cancelAnimationFrame(this.#frame);
    this.#frameWork.clear();
    this.#cleanups.dispose();
  }

  get #textSettings(): TextSettings {
    return {
      defaultTextSize: this.#settings.defaultTextSize ?? 16,
      defaultFont: this.#settings.defaultFont ?? "default",
    };
  }

  #createHost(find: MountHost["find"], overlay: SurfaceOverlay, styles: MountHost["styles"]): MountHost {
    const surface = this;
    const domIds = new Map<string, string>();
    return {
      document: this.#document,
      styles,
      animator: this.#motion.animator,
      pictures: this.#pictures,
      get settings() {
        return surface.#textSettings;
      },
      find,
      mounted: (id) => this.#tree.find(id),
      domId: (id) => {
        let domId = domIds.get(id);
        if (domId === undefined) {
          domId = `${this.#element.className.split(" ")[1] ?? "pl"}-n${domIds.size}`;
          domIds.set(id, domId);
        }
        const node = this.#tree.find(id);
        if (node !== undefined) (node.view.accessible ?? node.view.element).id = domId;
        return domId;
      },
      appeared: (node) => {
        const domId = domIds.size === 0 ? undefined : domIds.get(node.id);
        if (domId !== undefined) (node.view.accessible ?? node.view.element).id = domId;
      },
      isReferred: (id) => domIds.has(id),
      get hasReferences() {
        return domIds.size > 0;
      },
      emit: (family, id, value, hint) => {
        this.#listener.onWidgetEvent({
          family,
          id,
          ...(value === undefined || value === null ? {} : { value }),
          ...(hint === undefined ? {} : { hint }),
        });
      },
      redraw: (node, props) => this.#tree.redraw(node, props),
      diagnose: (level, code, message, id, fields) => this.#diagnose(level, code, message, id, fields),
      overlayOf: () => overlay,
      beforePaint: (work) => this.#beforePaint(work),
      loading: (work) => {
        this.#parts.add(work);
        work.then(this.#partArrived, this.#partArrived);
      },
    };
  }

  /** What came late may have made things larger: what scrolls, and what floats beside or out of them. */
  readonly #partArrived = (): void => {
    this.#focus.lookOver();
    if (this.#overlay.hasOpen) this.#beforePaint(this.#overlay.moved);
  };

  /** Windows lie side by side; a root that is no window gets the whole surface as long as there are none. */
  #place(node: Mounted): void {
    const isWindow = node.view.isDetached === true;
    if (isWindow) this.#windows.markStale();
    const parent = isWindow ? this.#element : this.#loose;
    if (node.view.element.parentNode === parent) return;
    if (isWindow) this.#element.insertBefore(node.view.element, this.#loose);
    else parent.append(node.view.element);
  }

  /** What depends on the whole tree, after each change of it. */
  #settle(): void {
    const root = this.#tree.root;
    if (this.#windows.isStale) this.#windows.settle(windowIds(root));
    const isLooseHidden = root === undefined || this.#windows.count > 0;
    if (isLooseHidden !== this.#isLooseHidden) {
      this.#isLooseHidden = isLooseHidden;
      this.#loose.hidden = isLooseHidden;
    }
    this.#focus.goOn();
    this.#focus.lookOver();
    if (this.#focus.hasModals) this.#beforePaint(this.#followModals);
    if (this.#overlay.hasOpen) this.#beforePaint(this.#overlay.moved);
    const theme = root?.props["theme"];
    if (theme === this.#rootTheme && this.#looseTheme !== undefined) return;
    this.#rootTheme = theme;
    this.#applyThemes();
  }

  /** Overlays are in their places by then. */
  readonly #followModals = (): void => this.#focus.followModals();

  #applyThemes(): void {
    for (const frame of this.#windows.inOrder()) this.#applyTheme(frame.props()["theme"], frame.element);
    const name = this.#themes.classFor(this.#rootTheme) ?? this.#themes.classFor(DEFAULT_THEME) ?? "";
    this.#swapTheme(this.#element, name);
    this.#looseTheme = name;
  }

  #applyTheme(own: WireValue | undefined, element: HTMLElement): void {
    const root = this.#tree.root?.props["theme"] ?? this.#rootTheme;
    const name = this.#themes.classFor(own) ?? this.#themes.classFor(root) ?? this.#themes.classFor(DEFAULT_THEME);
    if (name !== undefined) this.#swapTheme(element, name);
  }

  #swapTheme(element: HTMLElement, name: string): void {
    const previous = element.dataset["themeClass"];
    if (previous === name) return;
    if (previous !== undefined) element.classList.remove(previous);
    element.classList.add(name);
    element.dataset["themeClass"] = name;
  }

  #systemThemeChanged(): void {
    this.#applyThemes();
    for (const node of this.#tree.all()) node.view.settingsChanged?.();
    const value = this.#themes.systemIsLight ? "light" : "dark";
    const event = { kind: "on_theme_change", family: "theme_changed", value, hint: { kind: "replace" } } as const;
    this.#listener.onSubscriptionEvent(event);
  }

  #scale(): number {
    return this.#settings.scaleFactor ?? 1;
  }

  /** Elements inside a widget (canvas shapes) have ids below the widget's own. */
  #owner(id: string): Mounted | undefined {
    let name = id;
    for (;;) {
      const node = this.#tree.find(name);
      const slash = name.lastIndexOf("/");
      if (node !== undefined || slash < 0) return node;
      name = name.slice(0, slash);
    }
  }

  #announce(text: string, politeness: WireValue | undefined): void {
    const region = politeness === "polite" ? this.#live.polite : this.#live.assertive;
    // Cleared first: screen readers skip a text that did not change. What comes within one frame is heard together.
    if (!this.#announced.has(region)) region.textContent = "";
    const texts = [...(this.#announced.get(region) ?? []), text];
    this.#announced.set(region, texts);
    if (texts.length > 1) return;
    this.#beforePaint(() => {
      region.replaceChildren(...(this.#announced.get(region) ?? []).map((each) => lineOf(this.#document, each)));
      this.#announced.delete(region);
    });
  }

  #loadFont(font: WireProps): void {
    const isDisposed = { now: false };
    this.#cleanups.add(() => {
      isDisposed.now = true;
    });
    const loading = import("./pictures/font.ts").then(({ loadFont }) => loadFont(this.#document, this.#assets, font));
    this.#media.add(loading);
    loading.then(
      (loaded) => {
        if (isDisposed.now) this.#document.fonts.delete(loaded);
        else this.#cleanups.add(() => this.#document.fonts.delete(loaded));
      },
      (thrown: unknown) => {
        const name = readString(font["path"]) ?? readString(font["family"]) ?? "";
        const reason = thrown instanceof Error ? thrown.message : String(thrown);
        const kind = thrown instanceof AssetRefusal ? "asset_refused" : "renderer_runtime_error";
        this.#diagnose("warn", kind, `The font "${name}" could not be read: ${reason}`);
      },
    );
  }

  async #partsArrived(): Promise<void> {
    const view = this.#document.defaultView;
    if (view !== null) await this.#parts.arrived(view, LOADING_LIMIT_MS);
  }

  /** What has arrived is drawn in a frame, and what is drawn may ask for more. */
  async #settled(frames: number): Promise<void> {
    const view = this.#document.defaultView;
    if (view === null) return;
    const limitMs = this.#document.visibilityState === "hidden" ? HIDDEN_FRAMES_MS : FRAMES_LIMIT_MS;
    for (let round = 0; round < MAX_SETTLE_ROUNDS; round += 1) {
      await this.#parts.arrived(view, LOADING_LIMIT_MS);
      if (frames > 0) await this.#media.arrived(view, LOADING_LIMIT_MS);
      // What began and arrived between two frames is drawn in a later one.
      const started = this.#parts.started + this.#media.started;
      await afterFrames(view, frames, limitMs);
      const isBusy = this.#parts.isBusy || (frames > 0 && this.#media.isBusy);
      if (!isBusy && (frames === 0 || this.#parts.started + this.#media.started === started)) return;
    }
  }

  #beforePaint(work: (timeMs: number) => void): void {
    this.#frameWork.add(work);
    this.#frame ??= this.#document.defaultView?.requestAnimationFrame((timeMs) => {
      this.#frame = undefined;
      const pending = [...this.#frameWork];
      this.#frameWork.clear();
      for (const each of pending) each(timeMs);
    });
  }

  #diagnose(level: "info" | "warn" | "error", kind: string, detail: string, id?: string, fields: WireProps = {}): void {
    this.#listener.onDiagnostic({
      level,
      diagnostic: { ...fields, kind, detail, ...(id === undefined ? {} : { id }) },
    });
  }

  #make(className: string): HTMLElement {
    const element = this.#document.createElement("div");
    element.className = className;
    return element;
  }
}

function lineOf(document: Document, text: string): HTMLElement {
  const element = document.createElement("div");
  element.textContent = text;
  return element;
}

function windowIds(root: Mounted | undefined): string[] {
  if (root === undefined) return [];
  const own = root.view.isDetached === true ? [root.id] : [];
  return [...own, ...root.wakeChildren.flatMap((child) => windowIds(child))];
}

/** Several surfaces in one document must not share generated names. */
function freeSerial(document: Document): number {
  let serial = 0;
  while (document.querySelector(`.pl-u${serial}`) !== null) serial += 1;
  return serial;
}
