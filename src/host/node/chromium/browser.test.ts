import { describe, expect, test } from "vitest";
import { chooseBrowser } from "./browser.ts";

const isRootOnLinux = process.platform === "linux" && process.getuid?.() === 0;

describe("choosing a browser", () => {
  test("the option wins over the environment", () => {
    const environment = { PLUSHIE_CHROMIUM: "/of/environment" };
    const choice = chooseBrowser({ environment, executable: "/of/option", isWithoutSandbox: true });
    expect(choice).toEqual({ executables: ["/of/option"], isWithoutSandbox: true });
  });

  test("the sandbox is given up by the environment's word alone, and only by the exact one", () => {
    const of = (value: string): boolean => {
      const environment = { PLUSHIE_CHROMIUM: "/mine", PLUSHIE_CHROMIUM_NO_SANDBOX: value };
      return chooseBrowser({ environment }).isWithoutSandbox;
    };
    expect(of("1")).toBe(true);
    if (isRootOnLinux) expect(() => of("yes")).toThrow("PLUSHIE_CHROMIUM_NO_SANDBOX=1");
    else expect(of("yes")).toBe(false);
  });
});
