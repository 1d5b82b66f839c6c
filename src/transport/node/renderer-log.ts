import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import type { LogLevel } from "../../base/logger.ts";

/** A longer line is cut: logs are for reading, and a renderer that writes without newlines must not fill the memory. */
const MAX_LINE_CHARACTERS = 8 * 1024;

/** Calls `onLine` for each line of a text stream, the unfinished last one included. */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  const take = (text: string): void => {
    const lines = (rest + text).split("\n");
    rest = (lines.pop() ?? "").slice(0, MAX_LINE_CHARACTERS);
    for (const line of lines) {
      const trimmed = line.replace(/\r$/, "").slice(0, MAX_LINE_CHARACTERS);
      if (trimmed !== "") onLine(trimmed);
    }
  };
  stream.on("data", (chunk: Buffer) => take(decoder.write(chunk)));
  stream.on("end", () => {
    take(decoder.end());
    if (rest !== "") onLine(rest);
    rest = "";
  });
  stream.on("error", () => {
    // A broken log pipe is no reason to end; the process's exit tells the rest.
  });
}

/** The level of a line in the usual log format (`2026-01-01T00:00:00Z WARN module: text`); without one it is information. */
export function rendererLogLevel(line: string): LogLevel {
  const level = /\b(ERROR|WARN|INFO|DEBUG|TRACE)\b/.exec(line.slice(0, 80))?.[1];
  switch (level) {
    case "ERROR":
      return "error";
    case "WARN":
      return "warn";
    case "DEBUG":
    case "TRACE":
      return "debug";
    default:
      return "info";
  }
}
