export { createDevtoolsScreen, type DevtoolsScreenOptions } from "./devtools-screen.ts";
export { isScriptedSurface, type Located, type ScriptedScreen, type ScriptedSurface } from "./scripted-screen.ts";
