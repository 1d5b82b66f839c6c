import { PlushieError } from "../../../base/index.ts";

export type BrowserErrorCode =
  /** No Chromium, Chrome or Edge was found. */
  | "browser-not-found"
  /** A browser was found but does not run, or does not answer. */
  | "browser-start-failed"
  /** As root a browser only runs without its sandbox, which is never chosen silently. */
  | "browser-sandbox"
  /** The browser, or the page, is gone. */
  | "browser-lost"
  /** The browser refused a command. */
  | "browser-refused"
  /** The browser did not answer a command in time. */
  | "browser-timeout"
  /** Files of this package that the page is made of are missing. */
  | "page-files-missing"
  /** A picture of this size does not fit into an answer. */
  | "picture-too-large"
  /** What the browser drew cannot be read. */
  | "picture-unreadable";

/** What keeps a page from being drawn in a browser. */
export class BrowserError extends PlushieError<BrowserErrorCode> {}
