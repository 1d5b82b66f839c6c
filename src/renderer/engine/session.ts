import { unreachable } from "../../base/index.ts";
import type { ToRenderer, ToRendererMessage, WireNode } from "../../protocol/index.ts";
import type { Surface, SurfaceListener, SurfaceSettings } from "../surface.ts";
import { withByteTexts } from "./byte-texts.ts";
import { EffectRunner } from "./effect-runner.ts";
import { EventPort } from "./event-port.ts";
import { missingWidgets } from "./handshake.ts";
import { isForPeople } from "./mode.ts";
import { announcement, commandOperation, widgetOperation } from "./operations.ts";
import type { EngineOptions } from "./options.ts";
import type { Outlet } from "./outlet.ts";
import { PropReports } from "./prop-reports.ts";
import { asksWindow, Questions } from "./questions.ts";
import { clip, textField } from "./record.ts";
import { ResourceOps } from "./resource-ops.ts";
import { createResourceBudget } from "./resources.ts";
import { readSettings } from "./settings.ts";
import { SubscriptionTable } from "./subscriptions.ts";
import { TreeState, themeName } from "./tree-state.ts";
import { performWindowOp } from "./window-operations.ts";
import { WindowTracker } from "./windows.ts";

/** Messages that say nothing about what the person did, and so do not push out the events held back. */
const WITHOUT_FLUSH: ReadonlySet<ToRenderer["type"]> = new Set([
  "subscribe",
  "unsubscribe",
  "register_effect_stub",
  "unregister_effect_stub",
]);

const DISPLAY_FRAMES = {
  kind: "operation_ignored",
  detail: "advance_frame is for renderers without a screen; here frames come from the display",
};

/** What the host's messages mean, once it has been greeted. Calls the parts in the order the protocol wants. */
export class Session {
  readonly #options: EngineOptions;
  readonly #outlet: Outlet;
  readonly #surface: Surface;
  readonly #tree: TreeState;
  readonly #windows: WindowTracker;
  readonly #subscriptions = new SubscriptionTable();
  readonly #events: EventPort;
  readonly #effects: EffectRunner;
  readonly #questions: Questions;
  readonly #resources: ResourceOps;
  readonly #propReports: PropReports;
  readonly #isForPeople: boolean;
  readonly #onExit: () => void;
  /** That frames come from the display, once. */
  #hasToldOfFrames = false;
  /** Fixed by the first settings of all. */
  #scaleFactor: number | undefined;

  constructor(options: EngineOptions, outlet: Outlet, onExit: () => void) {
    const { clock, mode } = options;
    this.#options = options;
    this.#outlet = outlet;
    this.#onExit = onExit;
    this.#isForPeople = isForPeople(mode);
    const subscriptions = this.#subscriptions;
    this.#events = new EventPort({
      outlet,
      clock,
      mode,
      subscriptions,
      root: () => this.#tree.root,
      hasRates: () => this.#tree.hasRates,
    });
    this.#surface = options.surface(this.#listener());
    const surface = this.#surface;
    this.#tree = new TreeState(surface, outlet);
    this.#propReports = new PropReports(outlet, options.propValidator, () => this.#tree.root);
    this.#effects = new EffectRunner(surface, outlet);
    this.#questions = new Questions(surface, outlet, this.#isForPeople, options.inspection);
    this.#resources = new ResourceOps({ surface, outlet, mode, budget: options.resources ?? createResourceBudget() });
    this.#windows = new WindowTracker(surface, {
      onClosed: (windowId) => this.#windowClosed(windowId),
      onAllClosed: () => {
        if (this.#isForPeople && this.#tree.root !== null) outlet.event({ family: "all_windows_closed", id: "" });
      },
    });
  }

  get root(): WireNode | null {
    return this.#tree.root;
  }

  receive(message: ToRenderer): void {
    if (!this.#isForPeople) this.#outlet.session = message.session ?? "";
    if (!WITHOUT_FLUSH.has(message.type)) this.#events.flush();
    this.#handle(this.#options.codec === "msgpack" ? withByteTexts(message) : message);
  }

  /** Names in `required_widgets` that this renderer does not have. Asked of the first settings only. */
  reportMissingWidgets({ settings }: ToRendererMessage<"settings">): void {
    const missing = missingWidgets(this.#options, readSettings(settings).requiredWidgets);
    if (missing.length > 0) this.#outlet.diagnostic("warn", { kind: "required_widgets_missing", missing });
  }

  /** Subscriptions, stubs, rates and events held back belong to one host; the tree stays. */
  forgetHost(): void {
    this.#subscriptions.clear();
    this.#effects.reset();
    this.#events.reset();
    this.#surface.setWanted(this.#subscriptions.wantedKinds());
    this.#surface.hostLost?.();
  }

  invalid(detail: string): void {
    this.#outlet.diagnostic("warn", { kind: "wire_input_error", detail });
  }

  dispose(): void {
    this.#events.reset();
    this.#resources.dispose();
    this.#surface.dispose();
  }

  #handle(message: ToRenderer): void {
    switch (message.type) {
      case "settings":
        this.#applySettings(message);
        return;
      case "snapshot":
        this.#snapshot(message);
        return;
      case "patch":
        this.#patch(message);
        return;
      case "subscribe":
        if (!this.#subscriptions.subscribe(message)) this.invalid("too many subscriptions");
        this.#surface.setWanted(this.#subscriptions.wantedKinds());
        return;
      case "unsubscribe":
        this.#subscriptions.unsubscribe(message);
        this.#surface.setWanted(this.#subscriptions.wantedKinds());
        return;
      case "widget_op":
        this.#widgetOp(message);
        return;
      case "command":
        this.#command(message);
        return;
      case "commands":
        this.#outlet.batch(() => {
          for (const command of message.commands) this.#command(command);
        });
        return;
      case "window_op": {
        // Scripted renderers have no windows that a host could ask about, but some can draw one.
        if (!this.#isForPeople && asksWindow(message.op) && !this.#canPicture(message.op)) return;
        if (this.#questions.window(message, this.#windows.isOpen(message.window_id))) return;
        const problem = performWindowOp(message, this.#surface, this.#windows, this.#outlet);
        if (problem !== undefined) this.invalid(problem);
        return;
      }
      case "system_op":
        if (message.op !== "allow_automatic_tabbing") this.#unknown("system_op", message.op);
        return;
      case "system_query":
        this.#questions.system(message);
        return;
      case "image_op":
        this.#resources.image(message);
        return;
      case "load_font":
        this.#resources.loadFont(message.payload);
        return;
      case "effect":
        this.#effects.run(message);
        return;
      case "register_effect_stub":
        this.#effects.registerStub(message.kind, message.response);
        return;
      case "unregister_effect_stub":
        this.#effects.unregisterStub(message.kind);
        return;
      case "interact":
        this.#questions.interact(message, this.#tree.root);
        return;
      case "query":
        this.#questions.tree(message, this.#tree.root);
        return;
      case "tree_hash":
        this.#questions.treeHash(message, this.#tree.root);
        return;
      case "screenshot":
        this.#questions.screenshot(message, this.#pictured());
        return;
      case "advance_frame":
        this.#advanceFrame(message);
        return;
      case "reset":
        this.#reset(message);
        return;
      default:
        unreachable(message);
    }
  }

  #applySettings({ settings: raw }: ToRendererMessage<"settings">): void {
    const settings = readSettings(raw);
    if (settings.problem !== undefined) {
      this.#outlet.diagnostic("error", { kind: "invalid_settings", detail: settings.problem });
    }
    this.#propReports.turn(settings.validateProps);
    this.#events.defaultRate = settings.defaultEventRate;
    this.#scaleFactor ??= settings.surface.scaleFactor ?? 1;
    this.#configure({ ...settings.surface, scaleFactor: this.#scaleFactor });
    this.#resources.loadFonts(settings.fonts);
    // A platform has fonts of its own, which nobody can list.
    if (!this.#isForPeople) this.#resources.reportMissingFamilies(settings.fontFamilies);
  }

  #configure(settings: SurfaceSettings): void {
    this.#surface.configure({ ...settings, ...this.#options.settingsOverrides });
  }

  #snapshot({ tree }: ToRendererMessage<"snapshot">): void {
    const before = themeName(this.#tree.root);
    const hadTree = this.#tree.root !== null;
    this.#events.forgetRates();
    this.#windows.whileDrawing(
      () => this.#tree.replace(tree),
      (root) => this.#windows.syncTree(root),
    );
    this.#propReports.treeReplaced();
    if (hadTree) this.#themeChanged(before);
  }

  #patch(message: ToRendererMessage<"patch">): void {
    const before = themeName(this.#tree.root);
    this.#windows.whileDrawing(
      () => this.#tree.patch(message),
      (applied) => {
        this.#events.treePatched(applied);
        if (this.#tree.root !== null) {
          this.#windows.syncPatch(applied, this.#tree.root, this.#tree.hasNewWindow);
        }
      },
    );
    this.#propReports.treeChanged();
    this.#themeChanged(before);
  }

  /** Without a platform that has a theme, the tree's own is what changes. */
  #themeChanged(before: string | undefined): void {
    const value = themeName(this.#tree.root);
    if (value === undefined || value === before || this.#isForPeople) return;
    this.#events.subscription({ family: "theme_changed", value, hint: { kind: "replace" } });
  }

  #widgetOp({ op, payload }: ToRendererMessage<"widget_op">): void {
    if (op === "find_focused") this.#questions.focused(payload);
    else if (op === "tree_hash") {
      if (this.#isForPeople) this.#questions.treeHashOp(payload, this.#tree.root);
    } else if (op === "exit") {
      if (this.#isForPeople) this.#onExit();
    } else if (op === "announce" && !this.#isForPeople) {
      this.#outlet.event({ family: "announce", id: "", value: announcement(payload) });
    } else {
      const operation = widgetOperation(op, payload);
      if (operation === undefined) this.#unknown("widget_op", op);
      else this.#surface.perform(operation);
    }
  }

  #command(command: Pick<ToRendererMessage<"command">, "id" | "family" | "value">): void {
    // A command has no answer, also when its widget is not there any more.
    const operation = commandOperation(this.#tree.root, command);
    if (operation !== undefined) this.#surface.perform(operation);
  }

  #advanceFrame({ timestamp }: ToRendererMessage<"advance_frame">): void {
    if (this.#isForPeople) {
      if (!this.#hasToldOfFrames) this.#outlet.diagnostic("info", DISPLAY_FRAMES);
      this.#hasToldOfFrames = true;
      return;
    }
    this.#surface.perform({ name: "advance_frame", value: timestamp });
    this.#events.subscription({ family: "animation_frame", value: { timestamp }, hint: { kind: "replace" } });
  }

  #reset({ id }: ToRendererMessage<"reset">): void {
    this.#windows.reset();
    this.forgetHost();
    this.#tree.clear();
    this.#configure({ scaleFactor: this.#scaleFactor ?? 1 });
    // Effects and questions still under way belong to what was reset.
    this.#outlet.open();
    this.#outlet.send({ type: "reset_response", id, status: "ok" });
  }

  #listener(): SurfaceListener {
    return {
      onWidgetEvent: (event) => this.#events.widget(event),
      onSubscriptionEvent: (event) => {
        const windowId = event.windowId ?? textField(event.value, "window_id");
        if (windowId !== undefined && event.family === "window_closed") this.#windows.forget(windowId);
        else if (
          windowId !== undefined &&
          event.family === "window_close_requested" &&
          this.#tree.closesOnRequest(windowId)
        ) {
          this.#windows.close(windowId);
        } else this.#events.subscription(event);
      },
      onDiagnostic: ({ level, diagnostic }) => {
        const kind = textField(diagnostic, "kind") ?? "renderer_runtime_error";
        this.#outlet.diagnostic(level, { ...diagnostic, kind });
      },
    };
  }

  #windowClosed(windowId: string): void {
    if (!this.#isForPeople) return;
    this.#events.subscription({ family: "window_closed", windowId, value: { window_id: windowId } });
  }

  #canPicture(op: string): boolean {
    return op === "screenshot" && this.#options.mode === "headless";
  }

  /** The window of a picture. A screen without windows shows what is outside of windows. */
  #pictured(): string | undefined {
    const isScreen = this.#options.mode === "headless";
    if (isScreen && this.#tree.root === null) return undefined;
    return this.#windows.first() ?? (isScreen ? "" : undefined);
  }

  #unknown(message: string, op: string): void {
    this.invalid(`unknown ${message}: ${clip(op)}`);
  }
}
