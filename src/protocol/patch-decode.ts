import { MAX_PATCH_PATH } from "./limits.ts";
import type { WireValue } from "./node.ts";
import type { PatchOp } from "./patch.ts";
import {
  array,
  type DecodeContext,
  type DecodeError,
  INVALID,
  isPlainObject,
  literal,
  node,
  object,
  type Schema,
  tagged,
  unsigned,
  wireProps,
  wireValue,
} from "./schema.ts";

/** An op that cannot be applied. The others of the patch still are. */
export interface SkippedOp {
  /** Its place in the message. */
  readonly index: number;
  /** Its name, empty when it has none. */
  readonly op: string;
  /** True for a name that is not known, false for a known op with wrong fields. */
  readonly isUnknown: boolean;
  readonly error: DecodeError;
  /** The op without its name, `null` when it is no object. */
  readonly payload: WireValue;
}

const unlimitedPath = array(unsigned);
const path: Schema<readonly number[]> = {
  expected: `path of at most ${MAX_PATCH_PATH} indices`,
  read(value, context) {
    const read = unlimitedPath.read(value, context);
    if (read === INVALID || read.length <= MAX_PATCH_PATH) return read;
    return context.fail(this.expected, `path of ${read.length} indices`);
  },
};

const OPS = {
  replace_node: object({ op: literal("replace_node"), path, node }),
  update_props: object({ op: literal("update_props"), path, props: wireProps }),
  insert_child: object({ op: literal("insert_child"), path, index: unsigned, node }),
  remove_child: object({ op: literal("remove_child"), path, index: unsigned }),
} as const;

const patchOp: Schema<PatchOp> = tagged("op", OPS);

/** Reads `ops`; what cannot be applied is put aside with the reason instead of costing the message. */
export function readOps(
  ops: readonly unknown[],
  context: DecodeContext,
): { readonly ops: readonly PatchOp[]; readonly skipped: readonly SkippedOp[] } | typeof INVALID {
  if (!context.spend(ops.length)) return context.fail("fewer values", "too many values");
  const good: PatchOp[] = [];
  const skipped: SkippedOp[] = [];
  let isClean = true;
  for (let index = 0; index < ops.length; index += 1) {
    const raw = ops[index];
    const read = patchOp.read(raw, context);
    if (read === INVALID) {
      const error = context.takeError(["ops", index]);
      skipped.push(describeSkipped(index, raw, error, context));
    } else {
      good.push(read);
      if (read !== raw) isClean = false;
    }
  }
  // Every op was read and came back as the same object.
  return { ops: isClean && skipped.length === 0 ? (ops as readonly PatchOp[]) : good, skipped };
}

function describeSkipped(index: number, raw: unknown, error: DecodeError, context: DecodeContext): SkippedOp {
  if (!isPlainObject(raw)) return { index, op: "", isUnknown: false, error, payload: null };
  const { op, ...rest } = raw;
  const payload = wireValue.read(rest, context);
  if (payload === INVALID) context.takeError([]);
  return {
    index,
    op: typeof op === "string" ? op : "",
    isUnknown: typeof op === "string" && !Object.hasOwn(OPS, op),
    error,
    payload: payload === INVALID ? null : payload,
  };
}
