import { createDomSurface } from "../../../src/renderer/dom/index.ts";
import { attachSurface } from "../../../src/renderer/page/index.ts";

/** Runs in the page: a surface for a renderer in the test's process. */
export interface ScriptPage {
  start(): void;
  take(text: string): void;
}

declare global {
  interface Window {
    /** Put here by the test. */
    readonly report: (text: string) => Promise<void>;
  }
}

let onText: (text: string) => void = () => {};
const page: ScriptPage = {
  start() {
    attachSurface(
      (listener) => {
        onText = listener.onText;
        return { send: (text) => void window.report(text), close: () => {} };
      },
      createDomSurface({ document, root: document.body, marksIds: true }),
    );
  },
  take: (text) => onText(text),
};
Object.assign(window, { dom: page });
