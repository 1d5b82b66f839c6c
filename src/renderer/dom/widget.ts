import type { WireProps, WireValue } from "../../protocol/index.ts";
import type { CoalesceHint, WidgetOperation } from "../surface.ts";
import type { DrawnNode } from "./drawn.ts";
import type { WidgetLayout } from "./layout.ts";
import type { OverlayLayer } from "./overlay.ts";
import type { PictureSupply } from "./pictures/pictures.ts";

/**
 * One kind of widget: how it is drawn and what it reports. Modules are plain constants and keep no state of their own;
 * everything that lives with one node belongs to the view that `create` returns.
 */
export interface WidgetModule {
  /** Wire types it draws; aliases included. */
  readonly types: readonly string[];
  /** How the node takes part in layout. Absent: a leaf that shrinks on both axes. */
  readonly layout?: WidgetLayout;
  /** Static rules over theme variables; collected once per document. Class names start with `pl-`. */
  readonly css?: string;
  /** The view gets everything below the node as plain nodes through `drawChildren`; nothing of it is mounted. */
  readonly drawsChildren?: boolean;
  /** For plain widgets that come in great numbers. Absent: every node has an element made for it. */
  readonly copies?: CopyRules;
  /** Makes the element. The core calls `update(props, {})` afterwards, so that `create` need not read all props. */
  create(context: WidgetContext, props: WireProps): WidgetView;
}

/**
 * Where siblings are alike (the rows of a list), the core copies the elements of one of them and fills in what differs.
 * Their nodes have no views until somebody asks for them: a patch, an event, a look-up.
 */
export interface CopyRules {
  /**
   * Whether the element is all there is: a copy of it, adopted, is as good as one that was drawn from the same props. Never
   * asked about nodes with animations, or with an `a11y` that is more than attributes.
   */
  accepts(props: WireProps, view: WidgetView): boolean;
  /** Props that copies may differ in. */
  readonly holes?: Readonly<Record<string, CopyHole>>;
  /**
   * Whether a lone child that is `carried` may be drawn by this element itself while it sleeps: by its own text, in its
   * own classes and attributes. Browsers then have one element less for each of thousands of cells.
   */
  carries?(element: HTMLElement): boolean;
  /** Whether an element that carries it shows the same, but for values that a hole does not accept then. */
  carried?(props: WireProps): boolean;
  /** The view of an element that shows these props already. The node has its parent by then, but no children yet. */
  adopt(context: WidgetContext, props: WireProps, element: HTMLElement): WidgetView;
}

export interface CopyHole {
  /** Values that `write` knows how to show; others are left to `update`. */
  accepts(value: WireValue): boolean;
  /** Values that can be shown by the element of a parent; all that are accepted when absent. */
  acceptsCarried?(value: WireValue): boolean;
  /** Shows a value in the place of another one. */
  write(element: HTMLElement, value: WireValue): void;
  /** `write` also shows the prop where the element was drawn without it, and its absence as `null`. */
  readonly isOptional?: boolean;
  /** What the original shows when most copies differ in it; absent: what it showed at first. */
  readonly blank?: WireValue;
}

/** What is on the screen for one node. The core owns size classes of `element`; everything else belongs to the view. */
export interface WidgetView {
  /** The outer element: gets the size classes, stays the same for the life of the node. */
  readonly element: HTMLElement;
  /** Where the children's elements go. Absent: the widget has no children on the screen. */
  readonly content?: HTMLElement;
  /** Own place for each child, for widgets that give every child a frame. Wins over `content`. */
  slot?(child: MountedNode): HTMLElement;
  /** What takes the keyboard focus (also the target of `focus`), if anything does. Tab order is tree order. */
  readonly focusTarget?: HTMLElement;
  /** The element that carries role and accessible name; `element` when absent. Explicit `a11y` props are applied to it after each update. */
  readonly accessible?: HTMLElement;

  /**
   * Writes what changed. Props that are absent, null or malformed mean the default. `named` has the props that the app
   * set on purpose, changed or not: those of an update op, or all of them in the first tree of a new connection.
   */
  update(props: WireProps, previous: WireProps, named?: WireProps): void;
  /** The connection to the app is gone: what was reported will not be answered. */
  hostLost?(): void;
  /**
   * After children were added, removed or moved, and once after creation when there are any. `placed`: those that came or
   * moved since the last time, as far as they lie in this view's element; all of them when absent.
   */
  childrenChanged?(children: readonly MountedNode[], placed?: readonly MountedNode[]): void;
  /**
   * For modules with `drawsChildren`, instead of `childrenChanged`: the children, and those of them that changed or have
   * changes below them. Called once after creation, even without children, and after each call that touched one.
   */
  drawChildren?(children: readonly DrawnNode[], changed: ReadonlySet<DrawnNode> | "all"): void;
  /**
   * A delegated event at this element or inside it, innermost view first; see `DELEGATED_EVENTS`.
   * `true`: used up; views further out do not see it and subscriptions report it as captured.
   */
  handle?(event: Event): boolean | void;
  /** The mouse or pen came over the element or left it. Never by touch. */
  hoverChanged?(isHovered: boolean): void;
  /** The keyboard focus came to something inside the element or left it. */
  focusChanged?(isFocused: boolean): void;
  /** Something above changed that the look depends on and that CSS does not carry: default font, text size, theme. */
  settingsChanged?(): void;
  /** A widget operation for this node. `true` when it meant something here. `focus` is done by the core through `focusTarget`. */
  perform?(operation: WidgetOperation): boolean;
  /** For widgets with elements inside that are no nodes on the screen: one of them has this id, and `domId` of it. */
  holds?(id: string): boolean;
  /** For widgets with elements inside that are no nodes on the screen: where to point at one, in the element's own pixels. */
  placeOf?(id: string): { readonly x: number; readonly y: number } | undefined;
  /** The node opens its own place on the screen (windows), so the core does not put `element` into its parent. */
  readonly isDetached?: boolean;
  dispose?(): void;
}

/** A node on the screen, as views may see it. */
export interface MountedNode {
  readonly id: string;
  readonly type: string;
  readonly props: WireProps;
  readonly parent: MountedNode | undefined;
  readonly children: readonly MountedNode[];
  readonly view: WidgetView;
  /** The children are copies that nobody has asked for yet. Asking for them costs, so don't where they cannot matter. */
  readonly isDormant: boolean;
}

/** What a view may use of its surroundings. One per node. */
export interface WidgetContext {
  /** Wire id. */
  readonly id: string;
  readonly type: string;
  readonly document: Document;
  readonly overlay: OverlayLayer;
  readonly settings: TextSettings;
  readonly styles: StyleResolver;
  readonly pictures: PictureSupply;

  /** Reports a widget event of this node; `id` stands for another node's id where the protocol wants that (radio groups). */
  emit(family: string, value?: WireValue, hint?: CoalesceHint, id?: string): void;
  /** Reports `status` when it differs from the last one reported. The first status is the silent starting point. */
  emitStatus(status: string): void;
  /** `fields`: what this kind of diagnostic has besides its text. */
  diagnose(level: "info" | "warn" | "error", code: string, message: string, fields?: WireProps): void;
  /** This node. Present once `create` has returned. */
  node(): MountedNode | undefined;
  /** Another node by wire id. */
  mounted(id: string): MountedNode | undefined;
  /** Props of this node as they are now; for handlers. */
  props(): WireProps;
  /** A DOM id for ARIA references to the node with this wire id, stable while it is on the screen. */
  domId(wireId: string): string;
  /** Runs `use` with what `load` brings, unless the view is disposed by then. A failed load becomes a diagnostic. */
  load<Loaded>(load: () => Promise<Loaded>, use: (loaded: Loaded) => void): void;
  /** Runs once before the next paint; calls with the same function before that count once. Nothing runs after disposal. */
  beforePaint(work: () => void): void;
}

export interface TextSettings {
  /** Px; 16 unless the app set another. */
  readonly defaultTextSize: number;
  readonly defaultFont: WireValue;
}

/** Turns `style` props into classes. */
export interface StyleResolver {
  /**
   * Sets `data-style` to the preset (or the map's base, or `fallback`) and, for a StyleMap, a generated class on `element`
   * that sets the variables of `STYLE_VARIABLES` per status. `presets` are the names this widget knows; others count as `fallback`.
   */
  apply(element: HTMLElement, style: WireValue | undefined, options: StyleOptions): void;
}

export interface StyleOptions {
  readonly presets: readonly string[];
  readonly fallback: string;
  /** Status overrides of a StyleMap that this widget honours. */
  readonly statuses: readonly StyleStatus[];
  /** A gradient is accepted as background. */
  readonly hasGradient?: boolean;
  /**
   * For widgets that come in great numbers: presets write properties instead of variables, because an element with variables of its own
   * is expensive. What a map sets then needs a declaration that wins over the preset of any status.
   */
  readonly direct?: DirectStyle;
}

export interface DirectStyle {
  /** Where the declarations go when that is not the styled element itself: a combinator and a class. */
  readonly part?: string;
  /** What a level of a map declares besides the variable of this name. */
  readonly declarations: Readonly<Record<string, string>>;
}

/**
 * `hovered` matches `:hover` (or `.pl-hovered`), `pressed` `.pl-pressed`, `disabled` `[aria-disabled="true"]`, `focused` `:focus-within`,
 * all on the element given to `apply`.
 */
export type StyleStatus = "hovered" | "pressed" | "disabled" | "focused";

/**
 * Variables a StyleMap sets on the styled element. Presets set the same ones in static rules
 * (`.pl-container[data-style="primary"] { --s-bg: var(--primary-base) }`), and the widget's rules read them, unless it is `direct`.
 * `--s-focus-color` is the border of a focused field, which only the map's own `focused` replaces: focus stays visible.
 * An element given to `apply` has them reset, so that nothing leaks in from a styled ancestor.
 */
export const STYLE_VARIABLES = [
  "--s-bg",
  "--s-fg",
  "--s-border-color",
  "--s-border-width",
  "--s-radius",
  "--s-shadow",
  "--s-focus-color",
] as const;

/** Bubbling events that `handle` receives without a listener of its own. Anything else: add a listener in `create`. */
export const DELEGATED_EVENTS = [
  "pointerdown",
  "pointermove",
  "pointerup",
  "pointercancel",
  "lostpointercapture",
  "click",
  "dblclick",
  "keydown",
  "keyup",
  "wheel",
  "beforeinput",
  "input",
  "change",
  "paste",
  "compositionstart",
  "compositionupdate",
  "compositionend",
  "contextmenu",
] as const;

export function isDisabled(props: WireProps): boolean {
  return props["disabled"] === true;
}
