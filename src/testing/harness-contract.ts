import type { Command, Event, SingleCommand, Subscription } from "../app/index.ts";
import type { LogEntry } from "../base/index.ts";
import type { EffectKind, FromRenderer, WireNode, WireValue } from "../protocol/index.ts";
import type { Runtime } from "../runtime/index.ts";
import type { Expectation } from "./expectation.ts";
import type { FakeClock } from "./fake-clock.ts";
import type { PlainNode } from "./plain-tree.ts";
import type { Screenshot, ScreenshotTolerance } from "./screenshot.ts";
import type { Instruction } from "./script-grammar.ts";
import type { Selector } from "./selector.ts";
import type { TestBackend } from "./test-backend.ts";

export interface MountOptions<Options = unknown> {
  /** Handed to `init` by identity; default: an empty object. */
  readonly appOpts?: Options;
  /** How messages between app and renderer are encoded; default: as configured, or `PLUSHIE_TEST_FORMAT`, or `"msgpack"`. */
  readonly testFormat?: "json" | "msgpack";
  /** Default: as configured, or `PLUSHIE_TEST_BACKEND`, or `"mock"`. */
  readonly backend?: TestBackend;
  /** Reports of level `warn` and above that do not fail the test: all, or those with these codes or kinds. */
  readonly allowDiagnostics?: true | readonly string[];
  /** Where the clock begins, in milliseconds since the epoch; default 0. */
  readonly startAt?: number;
  /** How long tasks may take in real time before waiting for them fails; default 1000 ms, with a browser 10 s. */
  readonly timeoutMs?: number;
  /** The size of what is drawn; default 1024x768. Without effect where nothing is. */
  readonly viewport?: { readonly width: number; readonly height: number };
  /** What the system prefers. Default: `"light"`. Without effect where nothing is drawn. */
  readonly theme?: "light" | "dark";
  /** The folder, or folders, with the app's pictures and fonts. Default: none. Without effect where nothing is drawn. */
  readonly assets?: string | readonly string[];
  /** The file beside which snapshots are kept, as a path or a URL. Default: the test that calls, told from the stack. */
  readonly testFile?: string;
  /** Takes what `Command.share` hands over. */
  readonly share?: (action: unknown) => void | PromiseLike<unknown>;
  /** Goes on without windows. */
  readonly daemon?: boolean;
}

/**
 * A mounted app: a runtime, a bridge and a renderer's engine in memory. Every action and assertion is awaited. An action
 * rejects with a `TestFailure` when a person could not do it, and resolves when everything that follows at once is shown.
 */
export interface Screen<Model, Incoming = Event> {
  readonly runtime: Runtime<Model, Incoming>;
  readonly clock: FakeClock;
  readonly backend: TestBackend;
  /** Whether there is a picture: `screenshot` rejects where there is none. */
  readonly draws: boolean;
  readonly model: Model;
  /** What the renderer shows; `null` for nothing. */
  readonly tree: WireNode | null;
  /** Every command that `init`, `update` and handlers returned so far, in order, batches opened. */
  readonly issuedCommands: readonly SingleCommand<Incoming>[];
  readonly activeSubscriptions: readonly Subscription[];
  /** Everything that was reported, of every level. */
  readonly diagnostics: readonly LogEntry[];

  /** The node; `undefined` when there is none. Throws when there are several. */
  find(selector: Selector): WireNode | undefined;
  /** All of them, in document order. */
  findAll(selector: Selector): readonly WireNode[];
  /** The text that a widget shows. Throws when there is no such widget. */
  text(selector: Selector): string;

  click(selector: Selector): Promise<void>;
  /** Makes this the text of a field, as if it had been typed over what was there. */
  type(selector: Selector, text: string): Promise<void>;
  /** Return in a text field. Default: with the text that is there. */
  submit(selector: Selector, value?: string): Promise<void>;
  /** Default: to the other state. */
  toggle(selector: Selector, value?: boolean): Promise<void>;
  /** Chooses an option, or a radio button. */
  select(selector: Selector, value?: string): Promise<void>;
  slide(selector: Selector, value: number): Promise<void>;
  paste(selector: Selector, text: string): Promise<void>;
  scroll(selector: Selector, by: { readonly x?: number; readonly y?: number }): Promise<void>;
  /** A click on a table's column. */
  sort(selector: Selector, column: string): Promise<void>;
  canvasPress(selector: Selector, at: CanvasPoint): Promise<void>;
  canvasRelease(selector: Selector, at: CanvasPoint): Promise<void>;
  canvasMove(selector: Selector, at: ScreenPlace): Promise<void>;
  /** A key, or a combination such as `"Control+s"`, pressed and released. Without a picture: for whoever subscribes to keys. */
  press(combo: string): Promise<void>;
  keyDown(combo: string): Promise<void>;
  keyUp(combo: string): Promise<void>;
  /** The pointer goes to a place of the screen. Without a picture: for whoever subscribes to pointer moves. */
  moveTo(place: ScreenPlace): Promise<void>;
  /** Puts a value into `update`, by identity. */
  dispatch(value: Event | Incoming): Promise<void>;
  perform(command: Command<Incoming>): Promise<void>;

  /** From now on the platform answers effects of this kind with this result. */
  stubEffect(kind: EffectKind, response: WireValue): Promise<void>;
  /** Moves the clock: timers, `Command.after`. Each that falls due is updated and shown before the next. */
  advance(milliseconds: number): Promise<void>;
  /** Moves the clock by one frame (default 16 ms) and tells the renderer. */
  advanceFrame(milliseconds?: number): Promise<void>;
  /** Resolves when nothing goes on and no async task is under way; rejects when that takes too long. */
  settled(): Promise<void>;
  /** Resolves when this is true of the model; rejects when it is not and nothing is under way any more. */
  until(isSo: (model: Model) => boolean): Promise<void>;

  expect(selector: Selector): Expectation;
  /** Equal to this tree, as `plainTree` or JSON has it. */
  toMatchTree(expected: PlainNode): Promise<void>;
  /**
   * Equal to the file of this name in `__snapshots__` beside the test. Without the file, or with
   * `PLUSHIE_UPDATE_SNAPSHOTS=1`, it is written; with `CI` set, a file that is not there is a failure. Default: `tree`, `tree-2`, …
   */
  toMatchTreeSnapshot(name?: string): Promise<void>;
  /** The same with nothing but the tree's hash in the file. */
  toMatchTreeHash(name: string): Promise<void>;
  /** What is drawn now. Rejects where nothing is drawn. */
  screenshot(size?: ScreenshotSize): Promise<Screenshot>;
  /** Equal to the picture of this name and backend. As with trees, with `PLUSHIE_UPDATE_SCREENSHOTS=1`. */
  toMatchScreenshot(name: string, options?: ScreenshotOptions): Promise<void>;
  /** The tree for snapshots. */
  plainTree(): PlainNode | null;
  /** The protocol's tree hash; empty when nothing is shown. */
  treeHash(): string;

  /** Every message of the renderer, after the app has it; returns the function that stops it. */
  observe(observer: (message: FromRenderer) => void): () => void;
  /** What is done besides a person: time, stubs, assertions that held. For `recordScript`. */
  onInstruction(observer: (instruction: Instruction) => void): () => void;
  /** Lets these reports pass, by code or by the renderer's kind. */
  allowDiagnostics(...codes: readonly string[]): void;
  /**
   * Ends the app. The first call rejects when something of level `warn` or above was reported, or when an action or
   * assertion was not awaited.
   */
  dispose(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface ScreenPlace {
  readonly x: number;
  readonly y: number;
}

export interface ScreenshotSize {
  readonly width?: number;
  readonly height?: number;
}

export interface ScreenshotOptions extends ScreenshotSize {
  readonly tolerance?: ScreenshotTolerance;
}

export interface CanvasPoint extends ScreenPlace {
  readonly button?: "left" | "middle" | "right";
}
