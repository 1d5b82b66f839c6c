import type { WireProps } from "../../protocol/index.ts";
import type { EffectOutcome } from "../surface.ts";

const UNSUPPORTED: EffectOutcome = { status: "unsupported" };

/**
 * Effects a page can carry out. File dialogs answer `unsupported`: the protocol wants a path, and a page never learns one.
 * A host that has paths answers them before they get here.
 */
export async function runEffect(view: Window, kind: string, payload: WireProps): Promise<EffectOutcome> {
  try {
    return await perform(view, kind, payload);
  } catch (thrown) {
    // Mostly a refused permission or a missing gesture of the person.
    return { status: "error", error: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

async function perform(view: Window, kind: string, payload: WireProps): Promise<EffectOutcome> {
  // Absent in pages that are not served from a secure origin.
  const clipboard: Clipboard | undefined = view.navigator.clipboard;
  const text = (name: string): string => (typeof payload[name] === "string" ? payload[name] : "");
  switch (kind) {
    case "clipboard_read":
      return clipboard === undefined ? UNSUPPORTED : { status: "ok", result: { text: await clipboard.readText() } };
    case "clipboard_write":
      return writeText(clipboard, text("text"));
    case "clipboard_clear":
      return writeText(clipboard, "");
    case "clipboard_read_html":
      return clipboard === undefined ? UNSUPPORTED : { status: "ok", result: { html: await readHtml(clipboard) } };
    case "clipboard_write_html": {
      if (clipboard === undefined || typeof ClipboardItem === "undefined") return UNSUPPORTED;
      const parts: Record<string, Blob> = { "text/html": new Blob([text("html")], { type: "text/html" }) };
      if (payload["alt_text"] !== undefined) parts["text/plain"] = new Blob([text("alt_text")], { type: "text/plain" });
      await clipboard.write([new ClipboardItem(parts)]);
      return { status: "ok", result: null };
    }
    case "notification":
      return notify(text("title"), text("body"), payload);
    default:
      return UNSUPPORTED;
  }
}

async function writeText(clipboard: Clipboard | undefined, text: string): Promise<EffectOutcome> {
  if (clipboard === undefined) return UNSUPPORTED;
  await clipboard.writeText(text);
  return { status: "ok", result: null };
}

async function readHtml(clipboard: Clipboard): Promise<string> {
  for (const item of await clipboard.read()) {
    if (item.types.includes("text/html")) return (await item.getType("text/html")).text();
  }
  return "";
}

async function notify(title: string, body: string, payload: WireProps): Promise<EffectOutcome> {
  if (typeof Notification === "undefined") return UNSUPPORTED;
  const permission =
    Notification.permission === "default" ? await Notification.requestPermission() : Notification.permission;
  if (permission !== "granted") return { status: "error", error: "The person has not allowed notifications." };
  const shown = new Notification(title, { body, silent: payload["sound"] === undefined });
  const timeout = payload["timeout"];
  if (typeof timeout === "number" && timeout > 0) setTimeout(() => shown.close(), timeout);
  return { status: "ok", result: null };
}
