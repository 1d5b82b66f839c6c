import type { WireNode } from "../../protocol/index.ts";
// Not through the index, which pages load at once.
import { hash } from "../../tree/hash.ts";
import { sha256Hex } from "../../tree/sha256.ts";
import { interact } from "./interact.ts";

/** What scripts and tests ask of a renderer and people never do: events made up from the tree, and digests. */
export interface Inspection {
  readonly interact: typeof interact;
  /** Lower-case hex SHA-256 of the tree in its canonical form. */
  readonly treeHash: (root: WireNode | null) => string;
  /** Lower-case hex SHA-256. */
  readonly digest: (bytes: Uint8Array) => string;
}

export const inspection: Inspection = { interact, treeHash: hash, digest: sha256Hex };

/** The tools themselves, or how to get them. */
export type InspectionSource = () => Inspection | Promise<Inspection>;
