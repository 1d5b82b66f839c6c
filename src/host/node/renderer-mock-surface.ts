import type { PatchOp, WireNode, WireProps, WireValue } from "../../protocol/index.ts";
import {
  createNoSurface,
  type EffectOutcome,
  type Surface,
  type SurfaceListener,
  type SurfaceQuery,
  type SurfaceSettings,
  type WidgetOperation,
  type WindowOperation,
} from "../../renderer/index.ts";
import { FOCUSABLE, type Key, type KeyedEvent, pressKey, textOf } from "./renderer-mock-keys.ts";

/** An editor owns its document; the prop counts only when it is neither what was reported nor what was received. */
interface EditorDocument {
  received: string;
  text: string;
}

/** No screen, but a keyboard: one widget may have the focus and takes keys. */
export class MockSurface implements Surface {
  readonly #base: Surface;
  readonly #documents = new Map<string, EditorDocument>();
  #root: WireNode | null = null;
  #focusedId: string | undefined;

  constructor(listener: SurfaceListener) {
    this.#base = createNoSurface()(listener);
  }

  get root(): WireNode | null {
    return this.#root;
  }

  /** The widget that takes keys; one that left the tree or was disabled does not. */
  get focused(): WireNode | undefined {
    return this.#focusedId === undefined ? undefined : this.#stops().find(({ id }) => id === this.#focusedId);
  }

  showTree(root: WireNode | null): void {
    this.#root = root;
    this.#base.showTree(root);
    // After a reset nobody has it, not even a widget of the same id.
    if (root === null) this.#focusedId = undefined;
    if (this.#documents.size === 0) return;
    // An editor that is still there keeps its document.
    const ids = new Set(root === null ? [] : [...walk(root)].map(({ id }) => id));
    for (const id of this.#documents.keys()) if (!ids.has(id)) this.#documents.delete(id);
  }

  applyPatch(ops: readonly PatchOp[], root: WireNode): void {
    this.#root = root;
    this.#base.applyPatch(ops, root);
  }

  configure(settings: SurfaceSettings): void {
    this.#base.configure(settings);
  }

  setWanted(kinds: ReadonlySet<string>): void {
    this.#base.setWanted(kinds);
  }

  perform(operation: WidgetOperation): void {
    const { name, target, value } = operation;
    if (name === "focus" && target !== undefined && value === null) this.focus(target);
    else if (name === "focus_next") this.#goRound(1);
    else if (name === "focus_previous") this.#goRound(-1);
    else this.#base.perform(operation);
  }

  performWindow(operation: WindowOperation): void {
    this.#base.performWindow(operation);
  }

  query(question: SurfaceQuery): Promise<WireValue> {
    return this.#base.query(question);
  }

  runEffect(effect: { readonly kind: string; readonly payload: WireProps }): Promise<EffectOutcome> {
    return this.#base.runEffect(effect);
  }

  dispose(): void {
    this.#base.dispose();
  }

  /** False when the widget cannot take keys. */
  focus(id: string): boolean {
    const canFocus = this.#stops().some((node) => node.id === id);
    if (canFocus) this.#focusedId = id;
    return canFocus;
  }

  /** Presses a key. Tab and Escape move the focus and say nothing. */
  press(key: Key): readonly KeyedEvent[] {
    const node = this.focused;
    if (key.key === "Tab") this.#tab(key.modifiers.shift ? -1 : 1);
    else if (key.key === "Escape") this.#focusedId = undefined;
    else if (node !== undefined) return this.#typed(node, key);
    return [];
  }

  #typed(node: WireNode, key: Key): readonly KeyedEvent[] {
    if (node.type !== "text_editor") return pressKey(node, textOf(node.props["value"]), key);
    const document = this.#documentOf(node);
    const events = pressKey(node, document.text, key);
    for (const event of events) document.text = textOf(event.value);
    return events;
  }

  #documentOf(node: WireNode): EditorDocument {
    const content = textOf(node.props["content"]);
    const known = this.#documents.get(node.id);
    if (known !== undefined && (content === known.text || content === known.received)) return known;
    const fresh = { received: content, text: content };
    this.#documents.set(node.id, fresh);
    return fresh;
  }

  /** Behind the last stop there is none; the next Tab begins again. */
  #tab(step: 1 | -1): void {
    const stops = this.#stops();
    const at = stops.findIndex(({ id }) => id === this.#focusedId);
    const next = at < 0 ? (step > 0 ? 0 : stops.length - 1) : at + step;
    this.#focusedId = stops[next]?.id;
  }

  #goRound(step: 1 | -1): void {
    this.#tab(step);
    if (this.#focusedId === undefined) this.#tab(step);
  }

  /** Everything the Tab key stops at, in order. Something modal keeps it inside. */
  #stops(): readonly WireNode[] {
    if (this.#root === null) return [];
    const all = [...walk(this.#root)];
    const modal = all.find(isModal);
    const reachable = modal === undefined ? all : [...walk(modal)];
    return reachable.filter(({ type, props }) => FOCUSABLE.has(type) && props["disabled"] !== true);
  }
}

function* walk(node: WireNode): Generator<WireNode> {
  yield node;
  for (const child of node.children) yield* walk(child);
}

function isModal({ props }: WireNode): boolean {
  const a11y = props["a11y"];
  return typeof a11y === "object" && a11y !== null && "modal" in a11y && a11y["modal"] === true;
}
