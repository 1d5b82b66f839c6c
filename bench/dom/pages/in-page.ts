import { type InPageApp, runInPage } from "../../../src/host/web/in-page.ts";
import { createBenchApp } from "../app.ts";
import type { State } from "../model.ts";
import { provide } from "./probe.ts";

let running: InPageApp<State, never> | undefined;

provide(async (scene) => {
  await running?.stop();
  running = runInPage(createBenchApp(scene));
});
