import { messageOf } from "../../base/index.ts";
import {
  encodeBase64,
  isWindowQuery,
  type ToRendererMessage,
  type WireNode,
  type WireValue,
} from "../../protocol/index.ts";
import type { Surface, SurfaceQuery } from "../surface.ts";
import type { Inspection, InspectionSource } from "./inspection.ts";
import type { Outlet } from "./outlet.ts";
import { field, isRecord, numberField, textField } from "./record.ts";
import { selectNode } from "./select.ts";

/** Answers what the host asks about tree, windows and platform. Each answer goes to the conversation that asked. */
export class Questions {
  readonly #surface: Surface;
  readonly #outlet: Outlet;
  readonly #isForPeople: boolean;
  readonly #inspection: InspectionSource;

  constructor(surface: Surface, outlet: Outlet, isForPeople: boolean, inspection: InspectionSource = loadInspection) {
    this.#surface = surface;
    this.#outlet = outlet;
    this.#isForPeople = isForPeople;
    this.#inspection = inspection;
  }

  tree({ id, target, selector }: ToRendererMessage<"query">, root: WireNode | null): void {
    const found = target === "tree" ? root : target === "find" ? selectNode(root, selectorValue(selector))?.node : null;
    this.#outlet.send({ type: "query_response", id, target, data: found ?? null });
  }

  treeHash({ id, name }: ToRendererMessage<"tree_hash">, root: WireNode | null): void {
    const reply = this.#outlet.later();
    this.#inspect(({ treeHash }) => reply({ type: "tree_hash_response", id, name, hash: treeHash(root) }));
  }

  treeHashOp(payload: WireValue, root: WireNode | null): void {
    const tag = textField(payload, "tag") ?? "tree_hash";
    const reply = this.#outlet.later();
    this.#inspect(({ treeHash }) =>
      reply({ type: "op_query_response", kind: "tree_hash", tag, data: { hash: treeHash(root) } }),
    );
  }

  /** Events made up from the tree as it is now. */
  interact({ id, action, selector, payload }: ToRendererMessage<"interact">, root: WireNode | null): void {
    const { session } = this.#outlet;
    const reply = this.#outlet.later();
    this.#inspect(({ interact }) => {
      const events = interact(root, action, selectorValue(selector), payload);
      const complete = events.map((event) => ({ type: "event" as const, session, ...event }));
      reply({ type: "interact_response", id, events: complete });
    });
  }

  focused(payload: WireValue): void {
    const tag = textField(payload, "tag") ?? "find_focused";
    if (this.#isForPeople) this.#answer("find_focused", tag, { name: "find_focused" }, (focused) => ({ focused }));
    else this.#outlet.send({ type: "op_query_response", kind: "find_focused", tag, data: { focused: null } });
  }

  /** Scripted renderers have no system that could be asked. */
  system({ op, payload }: ToRendererMessage<"system_query">): void {
    const tag = textField(payload, "tag") ?? "";
    if (!this.#isForPeople && SYSTEM_QUERIES.has(op)) return;
    switch (op) {
      case "get_system_theme":
        this.#answer("system_theme", tag, { name: op }, (theme) => (typeof theme === "string" ? theme : "none"));
        return;
      case "get_system_info":
        this.#answer("system_info", tag, { name: op }, (info) => info ?? NO_SYSTEM_INFO);
        return;
      default:
        this.#outlet.diagnostic("warn", { kind: "wire_input_error", detail: "unknown system_query" });
    }
  }

  /** False when `op` asks nothing. */
  window({ op, window_id: windowId, payload }: ToRendererMessage<"window_op">, isOpen: boolean): boolean {
    if (op === "screenshot") {
      if (isOpen) this.#windowScreenshot(windowId, textField(payload, "tag") ?? "");
      return true;
    }
    if (!isWindowQuery(op)) return false;
    const tag = textField(payload, "tag") ?? "";
    if (!isOpen) {
      const data = { status: "error", error: "unknown_window", window_id: windowId };
      this.#outlet.send({ type: "op_query_response", kind: op, tag, data });
      return true;
    }
    this.#answer(op, tag, { name: op, windowId }, (found) => ({
      ...(op === "is_minimized" ? { minimized: null } : {}),
      ...(isRecord(found) ? found : {}),
      op,
      window_id: windowId,
    }));
    return true;
  }

  /** Without a picture the answer is the documented stub. */
  screenshot({ id, name, width, height }: ToRendererMessage<"screenshot">, windowId: string | undefined): void {
    const reply = this.#outlet.later();
    const stub = { type: "screenshot_response", id, name, hash: "", width: 0, height: 0 } as const;
    if (windowId === undefined) {
      reply(stub);
      return;
    }
    const size = { width: width ?? null, height: height ?? null };
    this.#ask({ name: "screenshot", windowId, payload: size }, (found) => {
      const { hash, rgba, ...actual } = pictureOf(found);
      if (rgba === undefined) reply(stub);
      else if (hash !== undefined) reply({ ...stub, ...actual, hash, rgba });
      else this.#inspect(({ digest }) => reply({ ...stub, ...actual, hash: digest(rgba), rgba }));
    });
  }

  #windowScreenshot(windowId: string, requestId: string): void {
    const reply = this.#outlet.later();
    this.#ask({ name: "screenshot", windowId }, (found) => {
      const { width, height, rgba } = pictureOf(found);
      if (rgba === undefined) {
        reply({ type: "effect_response", id: windowId, status: "unsupported" });
        return;
      }
      const text = encodeBase64(rgba);
      const result = { width, height, bytes_len: rgba.length, rgba: text, op: "screenshot", request_id: requestId };
      reply({ type: "effect_response", id: windowId, status: "ok", result });
    });
  }

  #answer(kind: string, tag: string, question: SurfaceQuery, dataOf: (found: WireValue) => WireValue): void {
    const reply = this.#outlet.later();
    this.#ask(question, (found) => reply({ type: "op_query_response", kind, tag, data: dataOf(found) }));
  }

  #ask(question: SurfaceQuery, use: (found: WireValue) => void): void {
    this.#query(question).then(use, (thrown: unknown) => {
      const detail = `${question.name}: ${messageOf(thrown)}`;
      this.#outlet.diagnostic("error", { kind: "renderer_runtime_error", detail });
      use(null);
    });
  }

  #inspect(use: (tools: Inspection) => void): void {
    const tools = this.#inspection();
    if (!(tools instanceof Promise)) {
      use(tools);
      return;
    }
    tools.then(use, (thrown: unknown) => {
      const detail = `the tools for scripts could not be loaded: ${messageOf(thrown)}`;
      this.#outlet.diagnostic("error", { kind: "renderer_runtime_error", detail });
    });
  }

  /** Async, so that a surface that throws at once fails in the same way as one that rejects. */
  async #query(question: SurfaceQuery): Promise<WireValue> {
    return this.#surface.query(question);
  }
}

const loadInspection: InspectionSource = async () => (await import("./inspection.ts")).inspection;

/** Whether a `window_op` wants an answer. */
export function asksWindow(op: string): boolean {
  return op === "screenshot" || isWindowQuery(op);
}

const SYSTEM_QUERIES: ReadonlySet<string> = new Set(["get_system_theme", "get_system_info"]);
const NO_SYSTEM_INFO = { status: "unsupported", reason: "this renderer cannot look at the system" };

function pictureOf(found: WireValue): {
  readonly width: number;
  readonly height: number;
  /** Of a surface that is quicker at it. */
  readonly hash: string | undefined;
  readonly rgba: Uint8Array | undefined;
} {
  const rgba = field(found, "rgba");
  return {
    hash: textField(found, "hash"),
    width: numberField(found, "width") ?? 0,
    height: numberField(found, "height") ?? 0,
    rgba: rgba instanceof Uint8Array ? rgba : undefined,
  };
}

/** A selector of a message as plain value: what is absent there is absent here. */
export function selectorValue(
  selector: ToRendererMessage<"interact">["selector"] | null | undefined,
): WireValue | undefined {
  if (selector === undefined || selector === null) return undefined;
  const value: Record<string, WireValue> = {};
  for (const [name, part] of Object.entries(selector)) if (part !== null && part !== undefined) value[name] = part;
  return value;
}
