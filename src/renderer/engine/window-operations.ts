import { isWindowOp, MAX_ICON_SIDE_PX, type ToRendererMessage, type WireProps } from "../../protocol/index.ts";
import type { Surface } from "../surface.ts";
import { rangeDiagnostic } from "./intake.ts";
import type { Outlet } from "./outlet.ts";
import { clip, isRecord } from "./record.ts";
import { clampWindow } from "./window-settings.ts";
import type { WindowTracker } from "./windows.ts";

/** Does what a `window_op` without an answer asks for; returns what is wrong with it, if anything. */
export function performWindowOp(
  { op, window_id: windowId, payload }: ToRendererMessage<"window_op">,
  surface: Surface,
  windows: WindowTracker,
  outlet: Outlet,
): string | undefined {
  if (!isWindowOp(op)) return `unknown window_op: ${clip(op)}`;
  const inRange = clampedPayload(op, windowId, payload, outlet);
  if (op === "open") {
    windows.open(windowId, inRange);
    return undefined;
  }
  // Hosts also close windows that went with the tree already.
  if (op === "close") {
    windows.close(windowId);
    return undefined;
  }
  if (!windows.isOpen(windowId)) return `window_op ${op}: no open window ${clip(windowId)}`;
  const problem = op === "set_icon" ? iconProblem(payload) : undefined;
  if (problem === undefined) surface.performWindow({ windowId, name: op, payload: inRange });
  return problem;
}

function clampedPayload(op: string, windowId: string, payload: WireProps, outlet: Outlet): WireProps {
  if (op !== "open" && op !== "update" && op !== "resize" && op !== "move") return payload;
  const { props, clamped } = clampWindow(op === "move" ? { position: payload } : payload);
  for (const { prop, raw, clamped: value } of clamped) {
    outlet.diagnostic("warn", rangeDiagnostic(windowId, prop, raw, value));
  }
  if (op !== "move") return props;
  const position = props["position"];
  return isRecord(position) ? position : payload;
}

function iconProblem(payload: WireProps): string | undefined {
  const { data, width, height } = payload;
  const isSide = (side: unknown): side is number => typeof side === "number" && side >= 1 && side <= MAX_ICON_SIDE_PX;
  if (!isSide(width) || !isSide(height)) return `window_op set_icon: sides must be 1 to ${MAX_ICON_SIDE_PX}`;
  const bytes = data instanceof Uint8Array ? data.length : undefined;
  return bytes === width * height * 4
    ? undefined
    : `window_op set_icon: ${width}x${height} pixels need ${width * height * 4} bytes, got ${bytes ?? "none"}`;
}
