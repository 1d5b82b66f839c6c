import { Composite, composite } from "plushie";
import { button, column, row, scrollable, text } from "plushie/ui";
import type { LogLine } from "../shared/model.ts";

/** What happened in the pad, newest first. Whether it is open is the widget's own business. */
export const eventLog = composite<{ readonly lines: readonly LogLine[] }, { readonly isOpen: boolean }>({
  name: "event-log",
  init: () => ({ isOpen: true }),
  view: ({ lines }, { isOpen }) =>
    column({ width: "fill", padding: { top: 4, right: 12, bottom: isOpen ? 8 : 4, left: 12 }, spacing: 4 }, [
      row({ spacing: 8, alignY: "center" }, [
        button("toggle-log", isOpen ? "Hide log" : "Show log", {
          style: "subtle",
          padding: { top: 2, right: 8, bottom: 2, left: 8 },
        }),
        text("count", lines.length === 1 ? "1 event" : `${lines.length} events`, { size: 12 }),
      ]),
      isOpen &&
        scrollable("log-scroll", { width: "fill", height: 96 }, [
          column(
            { width: "fill", spacing: 2 },
            lines.map((line, index) =>
              text(`log-${index}`, `${timeOf(line.at)}  ${line.who}: ${line.text}`, {
                size: 12,
                font: "monospace",
                width: "fill",
              }),
            ),
          ),
        ]),
    ]),
  handle: (state, event) =>
    event.type === "click" && event.id === "toggle-log"
      ? Composite.state({ isOpen: !state.isOpen })
      : Composite.ignore(),
});

function timeOf(at: number): string {
  return new Date(at).toISOString().slice(11, 19);
}
