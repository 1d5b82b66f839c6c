// The public test kit, `plushie/testing`. Works with every test runner: nothing here needs one.

export { seededRandom } from "../base/index.ts";
export { events, widgetEvent } from "../protocol/index.ts";
export type { Expectation } from "./expectation.ts";
export { type FakeClock, fakeClock } from "./fake-clock.ts";
export type {
  CanvasPoint,
  MountOptions,
  Screen,
  ScreenPlace,
  ScreenshotOptions,
  ScreenshotSize,
} from "./harness-contract.ts";
export { mount, mountShared } from "./mount.ts";
export { type PlainNode, type PlainValue, plainTree } from "./plain-tree.ts";
export { type Recorded, type RecorderPort, recorderPort } from "./recorder.ts";
export type { Screenshot, ScreenshotTolerance } from "./screenshot.ts";
export { ScriptError, type ScriptProblem } from "./script-error.ts";
export { runScriptFiles, type ScriptFilesIo, type ScriptTests, scriptTests } from "./script-files.ts";
export type { Instruction, InstructionName } from "./script-grammar.ts";
export { formatScript, parseScript, type Script, type ScriptHeader, type ScriptStep } from "./script-parser.ts";
export { type RecordOptions, recordScript, type ScriptRecording, type ScriptSource } from "./script-record.ts";
export { type RunScriptOptions, runScript, type ScriptRun } from "./script-run.ts";
export { by, type Query, type Selector } from "./selector.ts";
export { type SimulateOptions, type Simulation, simulate } from "./simulate.ts";
export type { TestBackend } from "./test-backend.ts";
export { TestFailure } from "./test-failure.ts";
