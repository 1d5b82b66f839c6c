import type { Element } from "plushie";
import { type Model, themeOf, ui } from "../model.ts";
import { caption, labelled, page, patched, section, status } from "../parts.ts";

const { button, column, text, textInput, window } = ui;

export const SECOND_WINDOW = "second";

export function windowsPage(model: Model): Element<Model> {
  const { isOpen, note } = model.windows;
  return page(model, "Windows", [
    [
      section("second", "A second window", [
        button("toggle-window", isOpen ? "Close the second window" : "Open a second window", {
          onClick: (now) => patched(now, "windows", { isOpen: !now.windows.isOpen }),
        }),
        status("window-state", isOpen ? "It is open" : "It is closed"),
        caption("A window is open as long as the view shows it. Close it by its own button, too."),
      ]),
    ],
    [
      section("both", "One model, both windows", [
        labelled(
          "note-here",
          "Note",
          textInput("note-here", note, {
            placeholder: "Type here, or in the other window",
            a11y: { labelledBy: "note-here-label" },
            onInput: (now, event) => patched(now, "windows", { note: event.value }),
          }),
        ),
        text("note-shown", note === "" ? "Nothing noted" : note, { width: "fill" }),
      ]),
    ],
  ]);
}

export function secondWindow(model: Model): Element<Model> {
  const { note } = model.windows;
  return window(
    SECOND_WINDOW,
    {
      title: "Second window",
      theme: themeOf(model.theme),
      size: [360, 220],
      scaleFactor: model.zoom / 100,
      exitOnCloseRequest: false,
    },
    [
      column({ width: "fill", height: "fill", padding: 16, spacing: 12 }, [
        labelled(
          "note-there",
          "The same note",
          textInput("note-there", note, {
            a11y: { labelledBy: "note-there-label" },
            onInput: (now, event) => patched(now, "windows", { note: event.value }),
          }),
        ),
        button("close-window", "Close", { onClick: (now) => patched(now, "windows", { isOpen: false }) }),
      ]),
    ],
  );
}
