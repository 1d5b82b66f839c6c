import type { PatchOp, WireNode, WireValue } from "../../../src/protocol/index.ts";
import { createDomSurface, type DomSurfaceOptions } from "../../../src/renderer/dom/index.ts";
import type { Surface, SurfaceListener } from "../../../src/renderer/surface.ts";

/** Runs in the page: one surface and a record of everything it reported. */
export interface DomPage {
  readonly surface: Surface;
  show(root: WireNode | null): void;
  patch(ops: readonly PatchOp[]): void;
  /** What was reported since the last call. */
  take(): readonly PageEvent[];
  want(kinds: readonly string[]): void;
  perform(name: string, target?: string, value?: WireValue): void;
  performWindow(name: string, windowId: string, payload?: Readonly<Record<string, WireValue>>): void;
}

export interface PageEvent {
  readonly channel: "widget" | "subscription" | "diagnostic";
  readonly family: string;
  readonly id?: string;
  readonly windowId?: string;
  readonly value?: WireValue;
  readonly captured?: boolean;
  readonly modifiers?: WireValue;
}

declare global {
  interface Window {
    dom: DomPage;
  }
}

/** Makes the surface of this page and `window.dom`. Without `hearsSubscriptions` only widgets and diagnostics are recorded. */
export function installDomPage(
  options: Omit<DomSurfaceOptions, "document" | "root"> & { readonly hearsSubscriptions: boolean },
): Surface {
  const { hearsSubscriptions, ...given } = options;
  let events: PageEvent[] = [];
  const listener: SurfaceListener = {
    onWidgetEvent: ({ family, id, value }) => {
      events.push({ channel: "widget", family, id, ...(value === undefined ? {} : { value }) });
    },
    onSubscriptionEvent: ({ family, windowId, value, captured, modifiers }) => {
      if (!hearsSubscriptions) return;
      events.push({
        channel: "subscription",
        family,
        ...(windowId === undefined ? {} : { windowId }),
        ...(value === undefined ? {} : { value }),
        ...(captured === undefined ? {} : { captured }),
        ...(modifiers === undefined ? {} : { modifiers }),
      });
    },
    onDiagnostic: ({ diagnostic }) => {
      events.push({ channel: "diagnostic", family: String(diagnostic["kind"]), value: diagnostic });
    },
  };
  const surface = createDomSurface({ document, root: document.body, ...given })(listener);
  window.dom = {
    surface,
    show: (root) => surface.showTree(root),
    // The DOM surface follows the ops; the tree after them is for surfaces that keep none.
    patch: (ops) => surface.applyPatch(ops, { id: "", type: "", props: {}, children: [] }),
    take: () => {
      const taken = events;
      events = [];
      return taken;
    },
    want: (kinds) => surface.setWanted(new Set(kinds)),
    perform: (name, target, value = null) =>
      surface.perform({ name, value, ...(target === undefined ? {} : { target }) }),
    performWindow: (name, windowId, payload = {}) => surface.performWindow({ name, windowId, payload }),
  };
  return surface;
}
