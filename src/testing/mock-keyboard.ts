import { devtoolsKey } from "../host/node/script/devtools-keys.ts";
import { parseCombo } from "../renderer/engine/keys.ts";
import type { SurfaceListener } from "../renderer/index.ts";

export type KeyStep = "press" | "release";

/** What each step is for subscriptions. */
export const KEY_STEPS = { press: "on_key_press", release: "on_key_release" } as const;

/** Tells of a key as a screen does that nobody types on: for subscriptions, with all that real keys come with. */
export function reportKey(listener: SurfaceListener, windowId: string | undefined, step: KeyStep, combo: string): void {
  const { key, modifiers } = parseCombo(combo);
  // The keyboard that scripts type on: a PC's.
  const { key: modified, code, text } = devtoolsKey(key, modifiers);
  const value = {
    key,
    modified_key: [...modified].length === 1 ? modified : key,
    physical_key: code === "" ? "Unidentified" : code,
    location: "standard",
  };
  listener.onSubscriptionEvent({
    kind: KEY_STEPS[step],
    family: `key_${step}`,
    ...(windowId === undefined ? {} : { windowId }),
    value: step === "press" ? { ...value, text: text ?? null, repeat: false } : value,
    modifiers: { ...modifiers, command: modifiers.ctrl },
    captured: false,
  });
}
