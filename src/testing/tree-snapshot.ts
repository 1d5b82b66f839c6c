import { messageOf } from "../base/index.ts";
import { claim, type GoldenFiles, isOn, readGolden, refuseMissingInCi, writeGolden } from "./golden-files.ts";
import { type PlainNode, treeDifferences } from "./plain-tree.ts";
import { TestFailure } from "./test-failure.ts";

const UPDATE = "PLUSHIE_UPDATE_SNAPSHOTS";

/** Compares a tree with the file of this name, or writes it. Returns what differs, or nothing. */
export function matchTreeSnapshot(files: GoldenFiles, name: string, tree: PlainNode): string | undefined {
  const path = files.path(name, "tree.json");
  return match(path, `${JSON.stringify(tree, null, 2)}\n`, (golden) => {
    const differences = treeDifferences(tree, parseTree(path, golden));
    return differences.length === 0 ? undefined : `${path}:\n  ${differences.join("\n  ")}`;
  });
}

/** The same with nothing but the tree's hash. */
export function matchTreeHash(files: GoldenFiles, name: string, hash: string): string | undefined {
  const path = files.path(name, "tree.hash");
  return match(path, `${hash}\n`, (golden) =>
    golden.trim() === hash ? undefined : `${path}: the tree's hash is ${hash}, expected ${golden.trim()}`,
  );
}

function match(path: string, actual: string, compare: (golden: string) => string | undefined): string | undefined {
  const golden = readGolden(path)?.toString("utf8");
  if (isOn(UPDATE) || golden === undefined) {
    if (golden === undefined && !isOn(UPDATE)) refuseMissingInCi(path, UPDATE);
    claim(path, actual);
    if (golden !== actual) writeGolden(path, actual);
    return undefined;
  }
  const difference = compare(golden);
  return difference === undefined ? undefined : `${difference}\n${UPDATE}=1 takes it as it is now.`;
}

function parseTree(path: string, text: string): PlainNode {
  try {
    const value: unknown = JSON.parse(text);
    if (isNode(value)) return value;
  } catch (thrown) {
    throw new TestFailure(`${path} is no tree: ${messageOf(thrown)}`, { cause: thrown });
  }
  throw new TestFailure(`${path} is no tree. Delete it, and the next run writes it anew.`);
}

function isNode(value: unknown): value is PlainNode {
  if (typeof value !== "object" || value === null) return false;
  if (!("id" in value && "type" in value && "props" in value && "children" in value)) return false;
  const { id, type, props, children } = value;
  if (typeof id !== "string" || typeof type !== "string" || typeof props !== "object" || props === null) return false;
  return Array.isArray(children) && children.every(isNode);
}
