import type { Cancel, Clock } from "../../base/index.ts";
import type { ConnectionStatus } from "./page-connection.ts";
import { countDown, statusText } from "./status-texts.ts";

/** A page that connects at once shows no "Connecting…". */
const FIRST_DELAY_MS = 600;
/** Also used for the end of a second in the count-down. */
const TICK_MS = 1000;

const CSS = `
.plushie-status {
  position: fixed; inset: auto 0 16px 0; margin: 0 auto; width: fit-content; max-width: calc(100vw - 32px); z-index: 2147483647;
  display: flex; gap: 12px; align-items: center; box-sizing: border-box; padding: 8px 14px; border-radius: 8px;
  font: 14px/1.4 system-ui, sans-serif; color: #f4f4f5; background: #27272a; box-shadow: 0 4px 16px rgb(0 0 0 / 35%);
}
.plushie-status[hidden] { display: none; }
.plushie-status-time { font-variant-numeric: tabular-nums; opacity: 0.8; }
.plushie-status button {
  font: inherit; color: inherit; background: #52525b; border: 1px solid #71717a; border-radius: 6px; padding: 3px 10px; cursor: pointer;
}
.plushie-status button:focus-visible { outline: 2px solid #a5b4fc; outline-offset: 2px; }
[data-plushie-connection="lost"] { filter: grayscale(0.7) brightness(0.8); }
@media (prefers-reduced-motion: no-preference) { [data-plushie-connection] { transition: filter 150ms; } }
`;

export interface StatusBannerOptions {
  readonly document: Document;
  /** What the app is drawn into: out of reach while nothing would come of input. */
  readonly content: HTMLElement;
  readonly clock: Clock;
  readonly onRetry: () => void;
  readonly onReload: () => void;
}

/**
 * Shows the state of the connection beside the app, not in its tree. While there is none the app is inert and dimmed, so that
 * nothing is typed into the void; the keyboard focus comes back where it was.
 */
export class StatusBanner {
  readonly #options: StatusBannerOptions;
  readonly #element: HTMLElement;
  readonly #text: HTMLElement;
  readonly #time: HTMLElement;
  readonly #button: HTMLButtonElement;
  readonly #sheet: CSSStyleSheet | undefined;
  #status: ConnectionStatus = { kind: "live" };
  #focused: Element | null = null;
  #cancelTimer: Cancel | undefined;
  #isReload = false;

  constructor(options: StatusBannerOptions) {
    this.#options = options;
    const { document } = options;
    this.#sheet = addSheet(document);
    this.#element = document.createElement("div");
    this.#element.className = "plushie-status";
    this.#element.hidden = true;
    this.#text = document.createElement("span");
    this.#text.setAttribute("role", "status");
    this.#time = document.createElement("span");
    this.#time.className = "plushie-status-time";
    this.#time.setAttribute("aria-hidden", "true");
    this.#button = document.createElement("button");
    this.#button.type = "button";
    this.#button.addEventListener("click", () => {
      if (this.#isReload) this.#options.onReload();
      else this.#options.onRetry();
    });
    this.#element.append(this.#text, this.#time, this.#button);
    document.body.append(this.#element);
  }

  show(status: ConnectionStatus): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#status = status;
    this.#setInert(status.kind !== "live");
    if (status.kind === "connecting" && status.isFirst && this.#element.hidden) {
      this.#cancelTimer = this.#options.clock.after(FIRST_DELAY_MS, () => this.#draw());
    } else this.#draw();
  }

  dispose(): void {
    this.#cancelTimer?.();
    this.#setInert(false);
    this.#element.remove();
    const { document } = this.#options;
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== this.#sheet);
  }

  #draw(): void {
    const text = statusText(this.#status);
    this.#element.hidden = text === undefined;
    // Writing the same text again would make screen readers say it again.
    const line = text?.text ?? "";
    if (this.#text.textContent !== line) this.#text.textContent = line;
    this.#isReload = text?.isReload ?? false;
    this.#button.textContent = text?.action ?? "";
    this.#button.hidden = text?.action === undefined;
    this.#tick();
  }

  #tick(): void {
    const { clock } = this.#options;
    this.#time.textContent = countDown(this.#status, clock.now());
    if (this.#status.kind === "waiting") this.#cancelTimer = clock.after(TICK_MS, () => this.#tick());
  }

  #setInert(isInert: boolean): void {
    const { content, document } = this.#options;
    if (content.inert === isInert) return;
    if (isInert) {
      this.#focused = content.contains(document.activeElement) ? document.activeElement : null;
      content.inert = true;
      content.dataset["plushieConnection"] = "lost";
      return;
    }
    content.inert = false;
    content.dataset["plushieConnection"] = "live";
    const focused = this.#focused;
    this.#focused = null;
    const isFree = document.activeElement === null || document.activeElement === document.body;
    const wasOurs = this.#element.contains(document.activeElement);
    if ((isFree || wasOurs) && focused instanceof HTMLElement && focused.isConnected) {
      focused.focus({ preventScroll: true });
    }
  }
}

/** A constructed sheet needs no permission from the page's content policy. */
function addSheet(document: Document): CSSStyleSheet | undefined {
  const view = document.defaultView;
  if (view === null) return undefined;
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(CSS);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return sheet;
}
