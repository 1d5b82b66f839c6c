import type { WireNode, WireProps, WireValue } from "../../protocol/index.ts";
import type { Animator, MotionTarget } from "../motion/index.ts";
import type { CoalesceHint } from "../surface.ts";
import type { DrawnTree } from "./drawn.ts";
import { type ItemLayout, type ItemLengths, type LayoutScope, MAX_SHRINK_STEP, type WidgetLayout } from "./layout.ts";
import type { OverlayLayer } from "./overlay.ts";
import type { Pattern, Patterns } from "./pattern.ts";
import type { PictureSupply } from "./pictures/pictures.ts";
import type { MountedNode, StyleResolver, TextSettings, WidgetContext, WidgetModule, WidgetView } from "./widget.ts";

/** What the surface offers to all contexts. */
export interface MountHost {
  readonly document: Document;
  readonly styles: StyleResolver;
  readonly animator: Animator;
  readonly pictures: PictureSupply;
  readonly settings: TextSettings;
  find(type: string): WidgetModule | undefined;
  mounted(id: string): Mounted | undefined;
  domId(id: string): string;
  /** A node is on the screen under this id. */
  appeared(node: Mounted): void;
  /** Somebody refers to this id, so that its element has to be known. */
  isReferred(id: string): boolean;
  readonly hasReferences: boolean;
  /** An animation has other props for a node. */
  redraw(node: Mounted, props: WireProps): void;
  emit(family: string, id: string, value?: WireValue, hint?: CoalesceHint): void;
  diagnose(level: "info" | "warn" | "error", code: string, message: string, id?: string, fields?: WireProps): void;
  overlayOf(node: Mounted | undefined): OverlayLayer;
  beforePaint(work: () => void): void;
  /** Something that belongs on the screen is on its way. */
  loading(work: Promise<unknown>): void;
}

/** One node on the screen: the shadow tree that patches are followed in, so that the DOM is never asked for its order. */
export class Mounted implements MountedNode, MotionTarget {
  readonly id: string;
  readonly type: string;
  readonly module: WidgetModule;
  readonly layout: WidgetLayout;
  readonly context: NodeContext;
  readonly view: WidgetView;
  /** As they came; `props` has animation descriptors replaced by what they show now. */
  wireProps: WireProps;
  props: WireProps;
  readonly #host: MountHost;
  parent: Mounted | undefined;
  #children: Mounted[] = NO_CHILDREN;
  /** What is below a node that draws its children itself; `children` is empty then. */
  drawn: DrawnTree | undefined;
  isDisposed = false;
  /** Removed by a patch that is not at its end yet. */
  isParked = false;
  /** The element is not where it belongs. It is placed at the end of a call, with its classes. */
  isMisplaced = false;
  /** What new children can be copied from. */
  patterns: Patterns | undefined;
  /** The children of a copy, until somebody asks for them: their elements are there, their nodes are not. */
  dormant: readonly WireNode[] | undefined;
  /** What the element was copied from; only while `dormant`. */
  pattern: Pattern | undefined;

  /** Last layout, so that only changes are written. */
  item: ItemLayout | undefined;
  scope: LayoutScope | undefined;
  lengths: ItemLengths | undefined;
  /** The place among its siblings that `item` was made for, as far as places differ. */
  place = MAX_SHRINK_STEP;
  /** Caps were written once, so they may have to be taken back. */
  hasCaps = false;
  /** It, or something in it, follows the height of its siblings. */
  isTied = false;
  /** ARIA attributes that explicit `a11y` props replaced. */
  overrides: Map<string, AttributeOverride> | undefined;
  /** Ids in the `a11y` prop that lead nowhere yet. */
  awaited: readonly string[] | undefined;

  /** `copy`: an element that shows the node already, of a module with `copies`. */
  constructor(node: WireNode, module: WidgetModule, host: MountHost, copy?: Copy) {
    this.id = node.id;
    this.type = node.type;
    this.#host = host;
    this.wireProps = node.props;
    this.props = node.props;
    this.module = module;
    this.layout = module.layout ?? LEAF;
    this.context = new NodeContext(this, host);
    const rules = module.copies;
    if (copy !== undefined && rules !== undefined) {
      this.parent = copy.parent;
      this.view = rules.adopt(this.context, node.props, copy.element);
      return;
    }
    this.props = host.animator.resolve(this, node.props);
    this.view = module.create(this.context, this.props);
    this.view.update(this.props, NO_PROPS);
  }

  get children(): Mounted[] {
    if (this.dormant !== undefined) this.pattern?.wake(this);
    return this.#children;
  }
  set children(children: Mounted[]) {
    this.#children = children;
  }

  get isDormant(): boolean {
    return this.dormant !== undefined;
  }

  /** The children as far as they have nodes. */
  get wakeChildren(): readonly Mounted[] {
    return this.#children;
  }

  insertChild(index: number, child: Mounted): void {
    const { children } = this;
    // Nodes without children share one list.
    if (children === NO_CHILDREN) this.#children = [child];
    else children.splice(index, 0, child);
  }

  /** New props from the wire; gives back what is drawn from them and what was drawn before. */
  setProps(wireProps: WireProps): { readonly props: WireProps; readonly previous: WireProps } {
    const previous = this.props;
    this.wireProps = wireProps;
    this.props = this.#host.animator.resolve(this, wireProps, previous);
    return { props: this.props, previous };
  }

  redraw(props: WireProps): void {
    this.#host.redraw(this, props);
  }

  /** True when `other` is this node or inside it. */
  contains(other: Mounted | undefined): boolean {
    for (let node = other; node !== undefined; node = node.parent) if (node === this) return true;
    return false;
  }
}

export interface Copy {
  readonly element: HTMLElement;
  readonly parent: Mounted;
}

export interface AttributeOverride {
  readonly explicit: string;
  /** What the view had there. */
  readonly native: string | null;
}

export const NO_PROPS: WireProps = {};
/** Never changed. */
const NO_CHILDREN: Mounted[] = [];
const LEAF: WidgetLayout = { flow: "leaf" };

class NodeContext implements WidgetContext {
  readonly #node: Mounted;
  readonly #host: MountHost;
  #status: string | undefined;
  #pending: Set<() => void> | undefined;

  constructor(node: Mounted, host: MountHost) {
    this.#node = node;
    this.#host = host;
  }

  get id(): string {
    return this.#node.id;
  }
  get type(): string {
    return this.#node.type;
  }
  get document(): Document {
    return this.#host.document;
  }
  get overlay(): OverlayLayer {
    return this.#host.overlayOf(this.#node);
  }
  get settings(): TextSettings {
    return this.#host.settings;
  }
  get styles(): StyleResolver {
    return this.#host.styles;
  }
  get pictures(): PictureSupply {
    return this.#host.pictures;
  }

  emit(family: string, value?: WireValue, hint?: CoalesceHint, id?: string): void {
    if (!this.#node.isDisposed) this.#host.emit(family, id ?? this.#node.id, value, hint);
  }

  emitStatus(status: string): void {
    const previous = this.#status;
    this.#status = status;
    if (previous !== undefined && previous !== status) this.emit("status", status);
  }

  diagnose(level: "info" | "warn" | "error", code: string, message: string, fields?: WireProps): void {
    this.#host.diagnose(level, code, message, this.#node.id, fields);
  }

  node(): Mounted | undefined {
    return this.#node;
  }

  mounted(id: string): Mounted | undefined {
    return this.#host.mounted(id);
  }

  props(): WireProps {
    return this.#node.props;
  }

  domId(wireId: string): string {
    return this.#host.domId(wireId);
  }

  load<Loaded>(load: () => Promise<Loaded>, use: (loaded: Loaded) => void): void {
    const arrived = load().then(
      (loaded) => {
        if (!this.#node.isDisposed) use(loaded);
      },
      (thrown: unknown) => {
        const reason = thrown instanceof Error ? thrown.message : String(thrown);
        this.diagnose("error", "widget_load_failed", `A part of ${this.#node.type} could not be loaded: ${reason}`);
      },
    );
    this.#host.loading(arrived);
  }

  beforePaint(work: () => void): void {
    this.#pending ??= new Set();
    const pending = this.#pending;
    if (pending.has(work)) return;
    pending.add(work);
    this.#host.beforePaint(() => {
      pending.delete(work);
      if (!this.#node.isDisposed) work();
    });
  }
}
