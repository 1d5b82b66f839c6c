import type { SingleCommand, WindowCommand } from "../app/index.ts";
import { unreachable } from "../base/index.ts";
import type { ToRenderer, WireNode } from "../protocol/index.ts";
import { isDialogKind } from "../protocol/index.ts";
import type { Report } from "./diagnostic.ts";
import type { EffectTracker } from "./effect-tracker.ts";
import type { QueryTracker } from "./query-tracker.ts";
import { resolveTarget } from "./targets.ts";
import type { Tasks } from "./tasks.ts";
import type { Windows } from "./windows.ts";

/** A person answers a dialog; everything else is the machine's. */
export const DIALOG_TIMEOUT_MS = 120_000;
export const CLIPBOARD_TIMEOUT_MS = 5_000;
export const EFFECT_TIMEOUT_MS = 30_000;

export interface PerformerPorts<Incoming> {
  readonly send: (message: ToRenderer) => void;
  readonly root: () => WireNode | null;
  readonly tasks: Tasks;
  readonly effects: EffectTracker;
  readonly queries: QueryTracker;
  readonly windows: Windows;
  readonly report: Report;
  /** Puts a value into `update`, by identity. */
  readonly enqueue: (event: Incoming) => void;
  readonly share: (action: unknown) => void;
  /** A window was closed by a command. */
  readonly windowClosed: () => void;
  readonly exit: () => void;
}

/** True for commands that need nothing of the renderer and so never wait for one. */
export function isLocal<Out>(command: SingleCommand<Out>): boolean {
  switch (command.kind) {
    case "async":
    case "stream":
    case "cancel":
    case "after":
    case "dispatch":
    case "exit":
    case "share":
      return true;
    default:
      return false;
  }
}

/** Performs one command. What cannot be performed is reported and dropped. */
export function perform<Incoming>(command: SingleCommand<Incoming>, ports: PerformerPorts<Incoming>): void {
  const { send, tasks, report } = ports;
  switch (command.kind) {
    case "async":
      tasks.startAsync(command.tag, command.run);
      return;
    case "stream":
      tasks.startStream(command.tag, command.run);
      return;
    case "cancel":
      tasks.cancel(command.tag);
      ports.effects.cancel(command.tag);
      return;
    case "after":
      // Authors type what they put into `update`; an event of the library is part of it in the app form.
      tasks.startDelay(command.ms, command.tag, () => ports.enqueue(command.event as Incoming));
      return;
    case "dispatch":
      ports.enqueue(command.event as Incoming);
      return;
    case "exit":
      ports.exit();
      return;
    case "share":
      ports.share(command.action);
      return;
    case "focus":
      withTarget(command.target, "focus", ports, (id) => send({ type: "command", id, family: "focus", value: null }));
      return;
    case "focus_move": {
      const op = `focus_${command.direction}`;
      if (command.within === undefined) {
        send({ type: "widget_op", op, payload: {} });
        return;
      }
      withTarget(command.within, op, ports, (scope) =>
        send({ type: "widget_op", op: `${op}_within`, payload: { scope } }),
      );
      return;
    }
    case "widget":
      withTarget(command.target, command.family, ports, (id) =>
        send({ type: "command", id, family: command.family, value: command.value }),
      );
      return;
    case "announce":
      send({
        type: "widget_op",
        op: "announce",
        payload: { text: command.text, politeness: command.politeness },
      });
      return;
    case "window":
      performWindow(command, ports);
      return;
    case "window_query":
      if (!hasWindow(command.windowId, command.op, ports)) return;
      ports.queries.expect(command.op, command.tag);
      send({ type: "window_op", op: command.op, window_id: command.windowId, payload: { tag: command.tag } });
      return;
    case "system":
      send({ type: "system_op", op: command.op, payload: { enabled: command.payload.enabled } });
      return;
    case "query":
      performQuery(command.op, command.tag, ports);
      return;
    case "image":
      send({ type: "image_op", op: command.op, payload: { handle: "", ...command.payload } });
      return;
    case "load_font":
      send({ type: "load_font", payload: { family: command.family, data: command.data } });
      return;
    case "effect": {
      const { id } = ports.effects.start(command.tag, command.effect, timeoutOf(command.effect));
      send({ type: "effect", id, kind: command.effect, payload: command.payload });
      return;
    }
    default: {
      report({
        code: "command-invalid",
        attribution: "app",
        level: "error",
        message: "A command of an unknown kind was dropped. Use the values made by Command and Effect.",
      });
      unreachable(command);
      return;
    }
  }
}

function performWindow<Incoming>(command: WindowCommand, ports: PerformerPorts<Incoming>): void {
  const { op, windowId, payload } = command;
  if (!hasWindow(windowId, op, ports)) return;
  if (op === "screenshot" && typeof payload.tag === "string")
    ports.queries.expect("screenshot", `${windowId} ${payload.tag}`);
  ports.send({ type: "window_op", op, window_id: windowId, payload });
  if (op === "close" && ports.windows.markClosed(windowId)) ports.windowClosed();
}

function performQuery<Incoming>(op: string, tag: string, ports: PerformerPorts<Incoming>): void {
  const { queries, send } = ports;
  switch (op) {
    case "get_system_theme":
    case "get_system_info":
      queries.expect(op.slice("get_".length), tag);
      send({ type: "system_query", op, payload: { tag } });
      return;
    case "list_images":
      queries.expect(op, tag);
      send({ type: "image_op", op: "list", payload: { handle: "", tag } });
      return;
    default:
      queries.expect(op, tag);
      send({ type: "widget_op", op, payload: { tag } });
      return;
  }
}

function withTarget<Incoming>(
  target: string,
  operation: string,
  ports: PerformerPorts<Incoming>,
  go: (id: string) => void,
): void {
  const found = resolveTarget(ports.root(), target);
  if (found.kind === "missing") {
    ports.report({
      code: "target-not-found",
      attribution: "app",
      level: "warn",
      message: `"${operation}" was dropped: the view has no widget "${target}". Use the id from the view, with its scopes if needed, as in "form/save".`,
      fields: { target, operation },
    });
    return;
  }
  if (found.kind === "ambiguous") {
    ports.report({
      code: "target-ambiguous",
      attribution: "app",
      level: "warn",
      message: `"${operation}" of "${target}" fits ${found.count} widgets; "${found.id}" was taken. Add scopes or the window, as in "main#form/save".`,
      fields: { target, operation, taken: found.id, count: found.count },
    });
  }
  go(found.id);
}

function hasWindow<Incoming>(windowId: string, operation: string, ports: PerformerPorts<Incoming>): boolean {
  if (ports.windows.isOpen(windowId)) return true;
  ports.report({
    code: "window-not-found",
    attribution: "app",
    level: "warn",
    message: `"${operation}" was dropped: no window "${windowId}" is open. A window opens when the view has a window node with that id.`,
    fields: { windowId, operation },
  });
  return false;
}

function timeoutOf(kind: string): number {
  if (isDialogKind(kind)) return DIALOG_TIMEOUT_MS;
  return kind.startsWith("clipboard") ? CLIPBOARD_TIMEOUT_MS : EFFECT_TIMEOUT_MS;
}
