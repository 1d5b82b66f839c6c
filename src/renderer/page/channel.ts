/** Carries texts between a renderer and the page it draws in: complete, in order, none twice. */
export interface PageChannel {
  send(text: string): void;
  close(): void;
}

/** Called by the channel. `onClose` at most once, and nothing after it; not for a `close` of ours. */
export interface PageChannelListener {
  onText(text: string): void;
  onClose(reason: string): void;
}

/**
 * Opens a channel. The listener may be called before it returns. A channel outlives the page behind it: a page that is loaded
 * anew, or connects anew, goes on in the same channel and says so in its first text.
 */
export type OpenPageChannel = (listener: PageChannelListener) => PageChannel;
