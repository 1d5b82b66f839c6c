import { by, mount, recordScript, runScript } from "plushie/testing";
import { expect, test } from "vitest";
import { counterApp, todoApp } from "../integration/testing-kit-apps.ts";

process.env["PLUSHIE_CHROMIUM_NO_SANDBOX"] ??= process.getuid?.() === 0 ? "1" : "";
process.env["PLUSHIE_CHROMIUM"] ??= "/usr/bin/chromium";

test("clicks are real, and pictures are drawn", async () => {
  await using screen = await mount(counterApp, { backend: "headless" });
  let t = performance.now();
  const lap = (name: string) => { console.info(name, Math.round(performance.now() - t)); t = performance.now(); };
  await screen.click("increment");
  lap("click");
  await screen.click(by.role("button", { name: "+" }));
  lap("click");
  await screen.expect("count").toHaveText("Count: 2");
  lap("expect");
  const shot = await screen.screenshot({ width: 300, height: 200 });
  lap("shot");
  expect([shot.width, shot.height, shot.rgba.length]).toEqual([300, 200, 240_000]);
});

test("typing over what was there", async () => {
  await using screen = await mount(todoApp, { backend: "headless" });
  await screen.type("todo_field", "Buy bread");
  await screen.type("todo_field", "Buy milk");
  await screen.expect("todo_field").toHaveValue("Buy milk");
  await screen.click("add_todo");
  await screen.toggle("todo-1/done");
});
