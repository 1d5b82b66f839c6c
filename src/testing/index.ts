// The public test kit, `plushie/testing`. Works with every test runner: nothing here needs one.

export { seededRandom } from "../base/index.ts";
export { events, widgetEvent } from "../protocol/index.ts";
export type { Expectation } from "./expectation.ts";
export { type FakeClock, fakeClock } from "./fake-clock.ts";
export type { CanvasPoint, MountOptions, Screen } from "./harness-contract.ts";
export { mount } from "./mount.ts";
export { type PlainNode, type PlainValue, plainTree } from "./plain-tree.ts";
export { type Recorded, type RecorderPort, recorderPort } from "./recorder.ts";
export { by, type Query, type Selector } from "./selector.ts";
export { type SimulateOptions, type Simulation, simulate } from "./simulate.ts";
export type { TestBackend } from "./test-backend.ts";
export { TestFailure } from "./test-failure.ts";
