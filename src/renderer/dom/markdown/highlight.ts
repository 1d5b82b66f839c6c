import { javascriptLanguage, jsxLanguage, tsxLanguage, typescriptLanguage } from "@codemirror/lang-javascript";
import { highlightCode, tagHighlighter, tags } from "@lezer/highlight";
import { type CodeLanguage, readLanguage } from "../editor/code-language.ts";

/** Longer code is shown plainly: coloring it would hold up the page. */
const MAX_CODE_CHARS = 100_000;

/** Class names for the colors of a `CodeTheme`. */
const COLORS = tagHighlighter([
  { tag: [tags.comment, tags.docComment], class: "comment" },
  { tag: [tags.keyword, tags.modifier, tags.self], class: "keyword" },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], class: "string" },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], class: "number" },
  { tag: tags.constant(tags.variableName), class: "constant" },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], class: "function" },
  { tag: [tags.typeName, tags.className, tags.namespace], class: "type" },
  { tag: tags.propertyName, class: "property" },
  { tag: tags.tagName, class: "tag" },
  { tag: tags.attributeName, class: "attribute" },
  { tag: tags.operator, class: "operator" },
]);

const LANGUAGES = {
  javascript: javascriptLanguage,
  jsx: jsxLanguage,
  typescript: typescriptLanguage,
  tsx: tsxLanguage,
  json: javascriptLanguage,
} satisfies Partial<Record<CodeLanguage, unknown>>;

/** A piece of code of one color; without class it has the color of the text. */
export interface CodePiece {
  readonly text: string;
  readonly name: string;
}

/** The pieces of a text; one without color when the language is not known. */
export function colorCode(code: string, language: string): readonly CodePiece[] {
  const known = readLanguage(language) ?? "plain";
  if (known === "plain" || code.length > MAX_CODE_CHARS) return [{ text: code, name: "" }];
  // An object alone would be read as a block.
  const before = known === "json" ? "(" : "";
  const text = before + code;
  const pieces: CodePiece[] = [];
  highlightCode(
    text,
    LANGUAGES[known].parser.parse(text),
    COLORS,
    (part, names) => pieces.push({ text: part, name: names.split(" ")[0] ?? "" }),
    () => pieces.push({ text: "\n", name: "" }),
    before.length,
  );
  return pieces;
}

/** Replaces plain code by colored code. */
export function showColored(element: HTMLElement, code: string, language: string): void {
  const parts = colorCode(code, language).map(({ text, name }) => {
    if (name === "") return text;
    const part = element.ownerDocument.createElement("span");
    part.className = `pl-code-${name}`;
    part.textContent = text;
    return part;
  });
  element.replaceChildren(...parts);
}
