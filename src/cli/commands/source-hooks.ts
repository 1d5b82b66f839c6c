// Lets Node import TypeScript and TSX. Types are removed, not checked; lines stay where they are.

import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { transform } from "sucrase";

/** The part of Node's hooks that is used here; the same whether they run in their own thread or not. */
interface ResolveContext {
  readonly parentURL?: string | undefined;
}

interface Source {
  readonly format: "module";
  readonly source: string;
  readonly shortCircuit: true;
}

type Next<Context, Result> = (name: string, context: Context) => Result;

const SOURCE_ENDINGS: ReadonlySet<string> = new Set([".ts", ".tsx", ".mts", ".jsx"]);

/** TypeScript names the file that the compiler will write; here there is only the source. */
const WRITTEN_ENDINGS: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx"],
  ".mjs": [".mts"],
  ".jsx": [".tsx"],
  "": [".ts", ".tsx"],
};

/** What else a name may mean that leads nowhere. */
function otherNames(name: string, context: ResolveContext): readonly (readonly [string, ResolveContext])[] {
  // A file outside every project: its `plushie` is the one whose command runs it.
  if (/^plushie(?:\/|$)/.test(name)) return [[name, { ...context, parentURL: import.meta.url }]];
  if (!/^(?:\.\.?\/|file:)/.test(name)) return [];
  const ending = extname(name);
  return (WRITTEN_ENDINGS[ending] ?? []).map((other) => [
    `${name.slice(0, name.length - ending.length)}${other}`,
    context,
  ]);
}

function isNotFound(thrown: unknown): boolean {
  return thrown instanceof Error && "code" in thrown && thrown.code === "ERR_MODULE_NOT_FOUND";
}

function readSource(url: string): Source | undefined {
  if (!url.startsWith("file:") || url.includes("/node_modules/")) return undefined;
  const path = fileURLToPath(url);
  if (!SOURCE_ENDINGS.has(extname(path))) return undefined;
  const { code } = transform(readFileSync(path, "utf8"), {
    transforms: ["typescript", "jsx"],
    jsxRuntime: "automatic",
    jsxImportSource: "plushie",
    production: true,
    disableESTransforms: true,
    filePath: path,
  });
  return { format: "module", source: code, shortCircuit: true };
}

/** For `module.register`. */
export async function resolve<Result>(
  name: string,
  context: ResolveContext,
  next: Next<ResolveContext, Promise<Result>>,
): Promise<Result> {
  try {
    return await next(name, context);
  } catch (thrown) {
    if (!isNotFound(thrown)) throw thrown;
    for (const [other, otherContext] of otherNames(name, context)) {
      try {
        return await next(other, otherContext);
      } catch (second) {
        if (!isNotFound(second)) throw second;
      }
    }
    throw thrown;
  }
}

export async function load<Context, Result>(
  url: string,
  context: Context,
  next: Next<Context, Promise<Result>>,
): Promise<Result | Source> {
  return readSource(url) ?? (await next(url, context));
}

/** For `module.registerHooks`, where Node has it. */
export const syncHooks = {
  resolve<Result>(name: string, context: ResolveContext, next: Next<ResolveContext, Result>): Result {
    try {
      return next(name, context);
    } catch (thrown) {
      if (!isNotFound(thrown)) throw thrown;
      for (const [other, otherContext] of otherNames(name, context)) {
        try {
          return next(other, otherContext);
        } catch (second) {
          if (!isNotFound(second)) throw second;
        }
      }
      throw thrown;
    }
  },
  load<Context, Result>(url: string, context: Context, next: Next<Context, Result>): Result | Source {
    return readSource(url) ?? next(url, context);
  },
};
