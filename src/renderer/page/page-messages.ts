import { err, type Result } from "../../base/index.ts";
import {
  type DecodeError,
  decode,
  formatDecodeError,
  type PatchOp,
  type Schema,
  schema,
  type WireNode,
  type WireValue,
} from "../../protocol/index.ts";
import { readOps } from "../../protocol/patch-decode.ts";
import type {
  EffectOutcome,
  SurfaceListener,
  SurfaceQuery,
  SurfaceSettings,
  WidgetOperation,
  WindowOperation,
} from "../surface.ts";
import { decodePageText } from "./page-text.ts";

/** What the renderer asks of the page: one call of a surface. */
export type PageCall =
  | { readonly call: "showTree"; readonly root: WireNode | null }
  | { readonly call: "applyPatch"; readonly ops: readonly PatchOp[] }
  | { readonly call: "hostLost" }
  | { readonly call: "configure"; readonly settings: SurfaceSettings }
  | { readonly call: "setWanted"; readonly kinds: readonly string[] }
  | { readonly call: "perform"; readonly operation: WidgetOperation }
  | { readonly call: "performWindow"; readonly operation: WindowOperation }
  | { readonly call: "query"; readonly number: number; readonly question: SurfaceQuery }
  | { readonly call: "runEffect"; readonly number: number; readonly effect: Effect }
  /** The content of a file that the page has asked for. */
  | { readonly call: "asset"; readonly number: number; readonly data: WireValue }
  | { readonly call: "assetFailure"; readonly number: number; readonly isRefused: boolean; readonly error: string }
  | { readonly call: "dispose" };

/** What the page tells the renderer. */
export type PageReport =
  /** A page is there and knows nothing. Its first text. */
  | { readonly report: "ready" }
  | { readonly report: "widget"; readonly event: Parameters<SurfaceListener["onWidgetEvent"]>[0] }
  | {
      readonly report: "subscription";
      readonly event: Parameters<SurfaceListener["onSubscriptionEvent"]>[0];
      /** How many operations on windows the page had been told before, since it said that it is ready. */
      readonly seen: number;
    }
  | { readonly report: "diagnostic"; readonly diagnostic: Parameters<SurfaceListener["onDiagnostic"]>[0] }
  | { readonly report: "answer"; readonly number: number; readonly value: WireValue }
  | { readonly report: "outcome"; readonly number: number; readonly outcome: EffectOutcome }
  /** The page needs a file of the app's asset folders. */
  | { readonly report: "asset"; readonly number: number; readonly path: string }
  /** The surface failed over a question or an effect. */
  | { readonly report: "failure"; readonly number: number; readonly error: string };

type Effect = { readonly kind: string; readonly payload: WidgetPayload };
type WidgetPayload = WindowOperation["payload"];

const { boolean, literal, nullable, number, object, oneOf, optional, string, tagged, unsigned, wireProps, wireValue } =
  schema;

/** Names, ids, kinds. An id has a scope of up to 256 levels, but nobody writes those with the longest names. */
const MAX_NAME = 64 * 1024;
const MAX_ERROR = 16 * 1024;
const MAX_HINT_FIELDS = 64;

function atMost<Value extends { readonly length: number }>(inner: Schema<Value>, length: number): Schema<Value> {
  const expected = `${inner.expected} of at most ${length}`;
  return {
    expected,
    read(value, context) {
      const read = inner.read(value, context);
      if (read === schema.INVALID || read.length <= length) return read;
      return context.fail(expected, `a length of ${read.length}`);
    },
  };
}

const name = atMost(string, MAX_NAME);

const patchOps: Schema<readonly PatchOp[]> = {
  expected: "ops",
  read(value, context) {
    if (!Array.isArray(value)) return context.fail("ops", "something else");
    const read = readOps(value, context);
    if (read === schema.INVALID || read.skipped.length === 0) return read === schema.INVALID ? read : read.ops;
    return context.fail("ops that can be applied", "others");
  },
};

const hint = tagged("kind", {
  replace: object({ kind: literal("replace") }),
  accumulate: object({ kind: literal("accumulate"), fields: atMost(schema.array(name), MAX_HINT_FIELDS) }),
});

const outcome = tagged("status", {
  ok: object({ status: literal("ok"), result: wireValue }),
  error: object({ status: literal("error"), error: atMost(string, MAX_ERROR) }),
  cancelled: object({ status: literal("cancelled") }),
  unsupported: object({ status: literal("unsupported") }),
});

const pageReport: Schema<PageReport> = tagged("report", {
  ready: object({ report: literal("ready") }),
  widget: object({
    report: literal("widget"),
    event: object({ family: name, id: name, value: optional(wireValue), hint: optional(hint) }),
  }),
  subscription: object({
    report: literal("subscription"),
    seen: unsigned,
    event: object({
      kind: name,
      family: name,
      windowId: optional(name),
      value: optional(wireValue),
      modifiers: optional(wireProps),
      captured: optional(boolean),
      hint: optional(hint),
    }),
  }),
  diagnostic: object({
    report: literal("diagnostic"),
    diagnostic: object({ level: oneOf(["info", "warn", "error"]), diagnostic: wireProps }),
  }),
  answer: object({ report: literal("answer"), number: unsigned, value: wireValue }),
  outcome: object({ report: literal("outcome"), number: unsigned, outcome }),
  asset: object({ report: literal("asset"), number: unsigned, path: name }),
  failure: object({ report: literal("failure"), number: unsigned, error: atMost(string, MAX_ERROR) }),
});

const pageCall: Schema<PageCall> = tagged("call", {
  showTree: object({ call: literal("showTree"), root: nullable(schema.node) }),
  applyPatch: object({ call: literal("applyPatch"), ops: patchOps }),
  hostLost: object({ call: literal("hostLost") }),
  configure: object({
    call: literal("configure"),
    settings: object({
      defaultTextSize: optional(number),
      defaultFont: optional(wireValue),
      scaleFactor: optional(number),
    }),
  }),
  setWanted: object({ call: literal("setWanted"), kinds: schema.array(string) }),
  perform: object({
    call: literal("perform"),
    operation: object({ target: optional(string), name: string, value: wireValue }),
  }),
  performWindow: object({
    call: literal("performWindow"),
    operation: object({ windowId: string, name: string, payload: wireProps }),
  }),
  query: object({
    call: literal("query"),
    number: unsigned,
    question: object({
      name: string,
      windowId: optional(string),
      target: optional(string),
      payload: optional(wireProps),
    }),
  }),
  runEffect: object({
    call: literal("runEffect"),
    number: unsigned,
    effect: object({ kind: string, payload: wireProps }),
  }),
  asset: object({ call: literal("asset"), number: unsigned, data: wireValue }),
  assetFailure: object({ call: literal("assetFailure"), number: unsigned, isRefused: boolean, error: string }),
  dispose: object({ call: literal("dispose") }),
});

/** Reads what a page sent; never throws. */
export function decodePageReport(text: string): Result<PageReport, string> {
  return read(pageReport, text);
}

/** Reads what a renderer sent; never throws. */
export function decodePageCall(text: string): Result<PageCall, string> {
  return read(pageCall, text);
}

function read<Message>(of: Schema<Message>, text: string): Result<Message, string> {
  const value = decodePageText(text);
  if (!value.ok) return value;
  const message: Result<Message, DecodeError> = decode(of, value.value);
  return message.ok ? message : err(formatDecodeError(message.error));
}
