import type { Clock } from "../base/index.ts";
import type { Connector } from "../bridge/index.ts";
import type { ScreenshotSize } from "./harness-contract.ts";
import type { KeyStep } from "./mock-keyboard.ts";
import type { Screenshot } from "./screenshot.ts";

export interface TestRendererOptions {
  readonly codec: "json" | "msgpack";
  /** The app's clock. What a browser needs in real time has a clock of its own. */
  readonly clock: Clock;
  readonly viewport: { readonly width: number; readonly height: number } | undefined;
  readonly theme: "light" | "dark" | undefined;
  /** Folders with the app's pictures and fonts. */
  readonly assets: readonly string[];
  /** Something happened: a message went one way or the other, or a page said something. */
  readonly onActivity: () => void;
  /** The renderer made something that cannot be sent, or a page failed. */
  readonly onFault: (message: string) => void;
}

/** A renderer's engine in this process, behind a transport in memory. */
export interface TestRenderer {
  readonly connector: Connector;
  /** Absent where nothing is drawn. */
  readonly picture?: RendererPicture;
  /** A key for whoever subscribes, where nothing can have the focus. A screen takes keys by itself. */
  readonly key?: (step: KeyStep, combo: string, windowId: string | undefined) => void;
  dispose(): Promise<void>;
}

/** What only a renderer with a screen can do. */
export interface RendererPicture {
  /** Flavor and version of what draws. */
  readonly drawnBy: string;
  /** Resolves when everything that was sent is shown and everything that was reported has come. */
  settled(): Promise<void>;
  take(size: ScreenshotSize): Promise<Screenshot>;
}
