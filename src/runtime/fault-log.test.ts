import { describe, expect, test } from "vitest";
import type { RuntimeDiagnostic } from "./diagnostic.ts";
import { FaultLog, type FaultSource } from "./fault-log.ts";

function create(): { log: FaultLog; reports: RuntimeDiagnostic[] } {
  const reports: RuntimeDiagnostic[] = [];
  return { log: new FaultLog((diagnostic) => reports.push(diagnostic)), reports };
}

describe("fault log", () => {
  test.each<FaultSource>(["update", "view"])(
    "[R080] a thousand failures of %s give 100 reports, a notice and a reminder",
    (source) => {
      const { log, reports } = create();
      for (let index = 0; index < 1000; index += 1) log.failed(source, new Error(`failure ${index}`));
      expect(reports.filter((report) => report.code === `${source}-failed`)).toHaveLength(100);
      expect(
        reports.filter((report) => report.code === "suppressed").map((report) => report.fields?.consecutive),
      ).toEqual([101, 1000]);
      expect(reports).toHaveLength(102);
    },
  );

  test("[R081] a success ends the run, so that the next failure is reported in full", () => {
    const { log, reports } = create();
    for (let index = 0; index < 99; index += 1) log.failed("update", new Error("x"));
    log.succeeded("update");
    log.failed("update", new Error("again"));
    expect(reports.at(-1)).toMatchObject({ code: "update-failed", fields: { consecutive: 1 } });
  });

  test("[R081] recovery is one line and says how long it lasted", () => {
    const { log, reports } = create();
    log.succeeded("view");
    for (let index = 0; index < 150; index += 1) log.failed("view", new Error("x"));
    log.succeeded("view");
    log.succeeded("view");
    expect(reports.filter((report) => report.code === "recovered")).toEqual([
      expect.objectContaining({ level: "info", fields: { source: "view", consecutive: 150 } }),
    ]);
  });

  test("[R080] a working update does not hide a failing view", () => {
    const { log, reports } = create();
    for (let index = 0; index < 500; index += 1) {
      log.succeeded("update");
      log.failed("view", new Error("x"));
    }
    expect(reports).toHaveLength(101);
  });

  test("[R075] a report carries the error itself", () => {
    const { log, reports } = create();
    const error = new Error("boom");
    log.failed("update", error);
    expect(reports[0]?.error).toBe(error);
  });
});
