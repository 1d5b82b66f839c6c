export { seededRandom } from "../base/index.ts";
export { type FakeClock, fakeClock } from "./fake-clock.ts";
export { type Recorded, type RecorderPort, recorderPort } from "./recorder.ts";
