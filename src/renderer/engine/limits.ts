import { MAX_MARKDOWN_BYTES, MAX_TEXT_EDITOR_BYTES, MAX_TEXT_INPUT_BYTES } from "../../protocol/index.ts";

/** Entries in the list of subscriptions. No app comes near; a peer gone wild must not fill the memory. */
export const MAX_SUBSCRIPTIONS = 4096;
/** Diagnostics of one kind per window of time; what is over is counted and told with the next one. */
export const MAX_DIAGNOSTICS_PER_KIND = 20;
export const DIAGNOSTIC_WINDOW_MS = 10_000;

/** Longest text of a prop in bytes, by node type. */
export const CONTENT_LIMITS: ReadonlyMap<string, { readonly field: string; readonly maxBytes: number }> = new Map([
  ["text_input", { field: "value", maxBytes: MAX_TEXT_INPUT_BYTES }],
  ["text_editor", { field: "content", maxBytes: MAX_TEXT_EDITOR_BYTES }],
  ["markdown", { field: "content", maxBytes: MAX_MARKDOWN_BYTES }],
]);
/** Up to this many UTF-16 units no text can be over any content limit: a unit is at most three bytes. */
export const ALWAYS_ALLOWED_UNITS = Math.floor(
  Math.min(MAX_TEXT_INPUT_BYTES, MAX_TEXT_EDITOR_BYTES, MAX_MARKDOWN_BYTES) / 3,
);
