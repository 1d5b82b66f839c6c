import MarkdownIt, { type Env, type Token } from "markdown-it";

/** One top-level block of a document. Equal keys mean equal elements. */
export interface Block {
  readonly key: string;
  readonly tokens: readonly Token[];
}

/** HTML is text here, and nothing becomes a link that is not written as one. */
const parser = new MarkdownIt({ html: false, linkify: false, typographer: false });

/** The blocks of a document: CommonMark with tables and strikethrough. */
export function parseBlocks(content: string): readonly Block[] {
  const env: Env = {};
  const tokens = parser.parse(content, env);
  const lines = content.split(/\r\n|\r|\n/);
  // A link may be defined anywhere, so the definitions are part of every block.
  const definitions = env.references === undefined ? "" : JSON.stringify(env.references);
  const blocks: Block[] = [];
  let start = 0;
  let depth = 0;
  tokens.forEach((token, index) => {
    depth += token.nesting;
    if (depth > 0) return;
    const part = tokens.slice(start, index + 1);
    const [from, to] = part[0]?.map ?? [0, 0];
    blocks.push({ key: `${part[0]?.type}\n${lines.slice(from, to).join("\n")}\n${definitions}`, tokens: part });
    start = index + 1;
  });
  return blocks;
}

/** How many blocks at the start and at the end are the same. */
export function unchanged(
  before: readonly { readonly key: string }[],
  after: readonly { readonly key: string }[],
): { readonly start: number; readonly end: number } {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start]?.key === after[start]?.key) start += 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end)?.key === after.at(-1 - end)?.key) end += 1;
  return { start, end };
}

const FOLLOWED = new Set(["http", "https", "mailto", "tel"]);

/** Whether the app is told about a link: only known schemes, and addresses without one. */
export function isLinkAllowed(address: string): boolean {
  // Browsers skip control characters in front of and inside a scheme.
  let plain = "";
  for (const character of address) if (character > " ") plain += character;
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(plain)?.[1];
  return scheme === undefined ? !plain.startsWith("//") : FOLLOWED.has(scheme.toLowerCase());
}
