import { describe, expect, test } from "vitest";
import { parseRendererArguments } from "./renderer-arguments.ts";

const optionsOf = (...words: string[]) => {
  const parsed = parseRendererArguments(words);
  if (parsed.kind !== "run") throw new Error(`not run but ${parsed.kind}`);
  return parsed.options;
};

describe("renderer arguments", () => {
  test("nothing means one app in windows at the standard streams", () => {
    expect(optionsOf()).toEqual({
      mode: "windowed",
      maxSessions: 1,
      assets: [],
      showsReadyMarker: false,
      keepAlive: "off",
      diagnostics: "all",
    });
  });

  test("--mock wins over --headless in any order", () => {
    expect(optionsOf("--headless").mode).toBe("headless");
    expect(optionsOf("--headless", "--mock").mode).toBe("mock");
    expect(optionsOf("--mock", "--headless").mode).toBe("mock");
  });

  test.each([
    [["--max-sessions", "8"], 8],
    [["--max-sessions=12"], 12],
    [["--max-sessions", "many"], 1],
    [["--max-sessions", "0"], 1],
    [["--max-sessions", "-3"], 1],
    [["--max-sessions"], 1],
    [["--max-sessions", "--mock"], 1],
  ])("%j is %d sessions", (words, count) => {
    expect(optionsOf(...words).maxSessions).toBe(count);
  });

  test("a number that is not there does not swallow the next flag", () => {
    expect(optionsOf("--max-sessions", "--mock").mode).toBe("mock");
    expect(optionsOf("--listen", "--mock")).toMatchObject({ mode: "mock", listen: { address: "" } });
  });

  test("unknown flags and stray words are left out", () => {
    expect(optionsOf("--frobnicate", "--mock", "word", "--other=1")).toEqual(optionsOf("--mock"));
  });

  test("[R372] a shell command is taken as it is", () => {
    expect(optionsOf("--exec", "ssh -p 2222 localhost -s plushie").host).toEqual({
      kind: "shell",
      command: "ssh -p 2222 localhost -s plushie",
      environmentNames: [],
    });
  });

  test("arguments of the program may look like flags or assignments", () => {
    const words = ["--exec-bin", "node", "--exec-arg", "--mock", "--exec-arg", "--a=b", "--exec-env", "A,B,,C=D"];
    expect(optionsOf(...words)).toMatchObject({
      mode: "windowed",
      host: { kind: "program", program: "node", args: ["--mock", "--a=b"], environmentNames: ["A", "B"] },
    });
  });

  test.each([
    [["--exec-arg", "x"], "--exec-arg needs --exec-bin"],
    [["--exec"], "--exec needs a value"],
    [["--exec", ""], "--exec needs a value"],
    [["--exec", "a", "--exec-bin", "b"], "cannot be used together"],
    [["--diagnostics"], "--diagnostics needs one of"],
    [["--keep-alive", "often"], "--keep-alive needs one of"],
  ])("%j is an error", (words, text) => {
    const parsed = parseRendererArguments(words);
    expect(parsed.kind === "error" ? parsed.message : parsed).toContain(text);
  });

  test("--version and --help win over mistakes, unless they are somebody else's", () => {
    expect(parseRendererArguments(["--exec", "--version"])).toMatchObject({ kind: "run" });
    expect(parseRendererArguments(["--exec-arg", "x", "--version", "--json"])).toEqual({
      kind: "version",
      isJson: true,
    });
    expect(parseRendererArguments(["--version", "--help"])).toEqual({ kind: "help" });
  });

  test("asset folders add up, and their names are taken as they are", () => {
    const parsed = parseRendererArguments([
      "--headless",
      "--assets",
      "pictures",
      "--assets=fonts",
      "--assets",
      "--odd",
    ]);
    expect(parsed).toMatchObject({ kind: "run", options: { assets: ["pictures", "fonts", "--odd"] } });
    expect(parseRendererArguments(["--assets"])).toEqual({ kind: "error", message: "--assets needs a value." });
  });
});
