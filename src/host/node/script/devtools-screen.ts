import type { Cancel, Clock } from "../../../base/index.ts";
import type { WireProps, WireValue } from "../../../protocol/index.ts";
import type { SurfaceQuery } from "../../../renderer/index.ts";
import { devtoolsKey, devtoolsModifiers } from "./devtools-keys.ts";
import { type PointerButton, readLocated, type ScreenPoint, type ScriptedScreen } from "./scripted-screen.ts";

/** A page that is busy for longer is not waited for. */
const SETTLE_MS = 10_000;

const NOWHERE: ScreenPoint = { x: -1, y: -1 };
const BUTTON_BITS: Readonly<Record<PointerButton, number>> = { left: 1, right: 2, middle: 4, back: 8, forward: 16 };

export interface DevtoolsScreenOptions {
  /** A command to the page's target. Resolves when the page has handled it. */
  readonly send: (method: string, params: WireProps) => Promise<unknown>;
  /** The surface in the page. Its answer arrives after everything that was reported before it. */
  readonly query: (question: SurfaceQuery) => Promise<WireValue>;
  readonly clock: Clock;
}

/** A page under a debugger. What is sent here is real input: the browser finds out where it goes and what it does. */
export function createDevtoolsScreen({ send, query, clock }: DevtoolsScreenOptions): ScriptedScreen {
  /** Absent: the pointer is not over the page. */
  let at: ScreenPoint | undefined;
  let held = 0;
  let hasFocus = false;

  /** A page in the background gets keys, but no focus. */
  async function input(method: string, params: WireProps): Promise<void> {
    if (!hasFocus) {
      hasFocus = true;
      await send("Emulation.setFocusEmulationEnabled", { enabled: true });
    }
    await send(`Input.${method}`, params);
  }

  return {
    async locate(id, part) {
      return readLocated(
        await query({ name: "locate", target: id, ...(part === undefined ? {} : { payload: { ...part } }) }),
      );
    },
    async pointer(action, x, y, button = "left") {
      at = { x, y };
      if (action === "move") {
        await input("dispatchMouseEvent", { type: "mouseMoved", x, y, buttons: held });
        return;
      }
      const bit = BUTTON_BITS[button];
      held = action === "press" ? held | bit : held & ~bit;
      const type = action === "press" ? "mousePressed" : "mouseReleased";
      await input("dispatchMouseEvent", { type, x, y, button, buttons: held, clickCount: 1 });
    },
    wheel: (deltaX, deltaY) => input("dispatchMouseEvent", { type: "mouseWheel", x: 0, y: 0, ...at, deltaX, deltaY }),
    key(action, { key, modifiers }) {
      const { text, ...named } = devtoolsKey(key, modifiers);
      const params = { ...named, modifiers: devtoolsModifiers(modifiers) };
      if (action === "release") return input("dispatchKeyEvent", { type: "keyUp", ...params });
      return input(
        "dispatchKeyEvent",
        text === undefined ? { type: "rawKeyDown", ...params } : { type: "keyDown", text, ...params },
      );
    },
    insertText: (text) => input("insertText", { text }),
    async paste(text) {
      await query({ name: "paste", payload: { text } });
    },
    async rest() {
      if (at === undefined) return;
      at = undefined;
      for (const [button, bit] of Object.entries(BUTTON_BITS)) {
        if ((held & bit) === 0) continue;
        held &= ~bit;
        await input("dispatchMouseEvent", { type: "mouseReleased", ...NOWHERE, button, buttons: held, clickCount: 1 });
      }
      await input("dispatchMouseEvent", { type: "mouseMoved", ...NOWHERE, buttons: 0 });
    },
    settled(settling) {
      let stop: Cancel | undefined;
      const limit = new Promise<void>((resolve) => {
        stop = clock.after(SETTLE_MS, resolve);
      });
      const frames = settling === "drawn" ? 2 : 0;
      const answered = query({ name: "settled", payload: { frames } }).then(() => {});
      return Promise.race([answered, limit]).finally(() => stop?.());
    },
  };
}
