import { app, Command, isInput, memo } from "../../src/index.ts";
import type { BroadcastEvent, ParticipantOptions, SharedDefinition } from "../../src/room/index.ts";
import { column, row, text, textInput, window } from "../../src/ui/index.ts";

/** One text that everybody edits, beside rows that nobody changes. */
export interface Note {
  readonly text: string;
  readonly rows: readonly string[];
}

export interface Write {
  readonly type: "write";
  readonly text: string;
}

interface Model {
  readonly note: Note;
}

/** A screen of about a hundred nodes. */
const ROWS = 32;

export const noteDefinition: SharedDefinition<Note, Write> = {
  name: "note",
  version: "1",
  init: () => ({ text: "", rows: Array.from({ length: ROWS }, (_, i) => `Row ${i} of the note`) }),
  accept(action) {
    if (typeof action === "object" && action !== null && "text" in action && typeof action.text === "string") {
      return { ok: true, action: { type: "write", text: action.text } };
    }
    return { ok: false, reason: "an action has a text" };
  },
  update: (note, action) => ({ ...note, text: action.text }),
};

/** The note as one participant sees it. With `isMemoized` the rows are one element as long as they are the same. */
export function createNoteApp(isMemoized: boolean) {
  const list = isMemoized ? memo(listOf) : listOf;
  return app<Model, BroadcastEvent<Note>, ParticipantOptions<Note>>({
    name: "Note",
    init: ({ sharedModel }) => ({ note: sharedModel }),
    update(model, event) {
      if (isInput(event, "draft")) return [model, Command.share({ type: "write", text: event.value })];
      if (event.kind === "broadcast" && event.type === "model") return { note: event.model };
      return model;
    },
    view: ({ note }) =>
      window("main", { title: "Note" }, [
        column({ padding: 16, spacing: 8 }, [textInput("draft", note.text), list(note.rows)]),
      ]),
  });
}

function listOf(rows: Note["rows"]) {
  return column(
    "rows",
    { spacing: 4 },
    rows.map((content, i) =>
      row(`row-${i}`, { spacing: 8 }, [text("number", `${i}`), text("content", content, { size: 14 })]),
    ),
  );
}
