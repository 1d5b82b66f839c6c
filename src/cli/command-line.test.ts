import { describe, expect, test } from "vitest";
import { commandIn } from "./command-line.ts";

describe("the words behind plushie", () => {
  test.each(["run", "serve", "script"] as const)("%s is a command, with what follows", (name) => {
    expect(commandIn([name, "app.ts", "--port", "1"])).toEqual({ name, args: ["app.ts", "--port", "1"] });
  });

  test.each(["app.ts", "src/app.tsx", "./app.js", "app.mjs"])("[R062] the file %s alone is run", (file) => {
    expect(commandIn([file, "--mock"])).toEqual({ name: "run", args: [file, "--mock"] });
  });

  test.each([
    [[]],
    [["--mock"]],
    [["--exec", "node run.js"]],
    [["--listen", ":1"]],
    [["--exec-bin=app.ts"]],
    [["other"]],
  ])("%j is for the renderer", (words) => {
    expect(commandIn(words)).toBeUndefined();
  });
});
