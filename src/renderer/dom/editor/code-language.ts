import type { WireValue } from "../../../protocol/node.ts";

export type CodeLanguage = "javascript" | "jsx" | "typescript" | "tsx" | "json" | "plain";

const LANGUAGES: ReadonlyMap<string, CodeLanguage> = new Map([
  ["js", "javascript"],
  ["mjs", "javascript"],
  ["cjs", "javascript"],
  ["javascript", "javascript"],
  ["jsx", "jsx"],
  ["ts", "typescript"],
  ["mts", "typescript"],
  ["cts", "typescript"],
  ["typescript", "typescript"],
  ["tsx", "tsx"],
  ["json", "json"],
]);

/** From a language token or file extension; what is not known is shown without colors. */
export function readLanguage(value: WireValue | undefined): CodeLanguage | null {
  if (typeof value !== "string" || value === "") return null;
  return LANGUAGES.get(value.toLowerCase().replace(/^\./, "")) ?? "plain";
}
