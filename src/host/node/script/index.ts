export { createDevtoolsScreen, type DevtoolsScreenOptions } from "./devtools-screen.ts";
export { EventGate } from "./event-gate.ts";
export { ScreenEngine, type ScreenEngineOptions } from "./screen-engine.ts";
export {
  isScriptedSurface,
  type Located,
  type LocatePart,
  type PointerButton,
  type ScriptedScreen,
  type ScriptedSurface,
  type Settling,
} from "./scripted-screen.ts";
