import { describe, expect, test } from "vitest";
import { findBrowsers } from "./finder.ts";

const having = (...paths: string[]) => ({ isProgram: (path: string) => paths.includes(path) });

describe("the browser finder", () => {
  test("a named browser is the only one, even when it is missing", () => {
    const environment = { PLUSHIE_CHROMIUM: "/opt/mine", PATH: "/usr/bin" };
    const found = findBrowsers({ platform: "linux", environment, ...having("/usr/bin/chromium") });
    expect(found).toEqual(["/opt/mine"]);
  });

  test("an empty name counts as none", () => {
    const environment = { PLUSHIE_CHROMIUM: "", PATH: "/usr/bin" };
    const found = findBrowsers({ platform: "linux", environment, ...having("/usr/bin/chromium") });
    expect(found).toEqual(["/usr/bin/chromium"]);
  });

  test("a browser without a screen is preferred, wherever it is", () => {
    const found = findBrowsers({
      platform: "linux",
      environment: { PATH: "/a:/b" },
      ...having("/a/chromium", "/b/chromium-headless-shell", "/a/google-chrome"),
    });
    expect(found).toEqual(["/b/chromium-headless-shell", "/a/google-chrome", "/a/chromium"]);
  });

  test("relative folders of the path are left out", () => {
    const found = findBrowsers({
      platform: "linux",
      environment: { PATH: ".:bin::/a" },
      isProgram: (path) => path.endsWith("/chromium"),
    });
    expect(found.every((path) => path.startsWith("/"))).toBe(true);
    expect(found[0]).toBe("/a/chromium");
  });

  test("nothing there, nothing found", () => {
    expect(findBrowsers({ platform: "linux", environment: {}, ...having() })).toEqual([]);
    expect(findBrowsers({ platform: "win32", environment: {}, ...having() })).toEqual([]);
  });

  test("macOS: the app bundles of the system and of the person", () => {
    const mine = "/Users/ada/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge";
    const shared = "/Applications/Chromium.app/Contents/MacOS/Chromium";
    const found = findBrowsers({
      platform: "darwin",
      environment: { HOME: "/Users/ada", PATH: "/usr/bin" },
      ...having(mine, shared),
    });
    expect(found).toEqual([shared, mine]);
  });

  test("Windows: Chrome before Edge, in every folder for programs, whatever the case of the variable", () => {
    const edge = String.raw`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`;
    const chrome = String.raw`C:\Users\ada\AppData\Local\Google\Chrome\Application\chrome.exe`;
    const found = findBrowsers({
      platform: "win32",
      environment: {
        ProgramFiles: String.raw`C:\Program Files`,
        "ProgramFiles(x86)": String.raw`C:\Program Files (x86)`,
        LocalAppData: String.raw`C:\Users\ada\AppData\Local`,
      },
      ...having(edge, chrome),
    });
    expect(found).toEqual([chrome, edge]);
  });
});
