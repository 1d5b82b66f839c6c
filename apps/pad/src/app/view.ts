import type { Child, Element, View } from "plushie";
import type { BroadcastEvent } from "plushie/room";
import type { PlainElement } from "plushie/sandbox";
import { createUi, transition, windowGroup } from "plushie/ui";
import type { Shared } from "../shared/model.ts";
import { isUnsaved, type PadFile } from "../shared/model.ts";
import { initialsOf, personOf } from "../shared/person.ts";
import { eventLog } from "./event-log.ts";
import { activeFile, editorScope, listedFiles, type Model, myself, selectedFiles, shownText, syncOf } from "./model.ts";

const ui = createUi<Model, BroadcastEvent<Shared>>();
const {
  button,
  checkbox,
  column,
  container,
  keyedColumn,
  row,
  rule,
  scrollable,
  space,
  text,
  textEditor,
  textInput,
  toggler,
  tooltip,
} = ui;

type Drafts = Model["drafts"];

const SIDEBAR_WIDTH = 240;
const SMALL = 12;
/** Of the lines above the editor and the preview. */
const TITLE_HEIGHT = 36;

export function view(model: Model): View<Model> {
  const theme = myself(model).dark ? "dark" : "light";
  if (model.route === "browser") {
    return ui.window("main", { title: "Plushie Pad - Browse", theme, size: [1200, 800] }, [browser(model)]);
  }
  const file = activeFile(model);
  const drafts = Object.fromEntries(Object.entries(model.drafts).filter(([, draft]) => draft.file === file?.id));
  const main = ui.window("main", { title: titleOf(file), theme, size: [1200, 800] }, [
    column({ width: "fill", height: "fill" }, [
      header(model),
      rule({ style: "weak" }),
      row({ width: "fill", height: "fill" }, [
        sidebar(model, file),
        rule({ direction: "vertical", style: "weak" }),
        editor(model, file),
        !model.isDetached && rule({ direction: "vertical", style: "weak" }),
        !model.isDetached && previewPane(file, drafts),
      ]),
      model.notice !== undefined && notice(model.notice),
      rule({ style: "weak" }),
      toolbar(model, file),
      rule({ style: "weak" }),
      eventLog("event-log", { lines: model.shared.log }),
    ]),
  ]);
  if (!model.isDetached) return main;
  const title = `Experiment: ${file?.name ?? ""}`;
  return windowGroup([
    main,
    ui.window("experiment", { title, theme, size: [480, 420], exitOnCloseRequest: false }, [
      container("detached-preview", { width: "fill", height: "fill", padding: 12 }, [previewBody(file, drafts)]),
    ]),
  ]);
}

function titleOf(file: PadFile | undefined): string {
  if (file === undefined) return "Plushie Pad";
  return `${isUnsaved(file) ? "● " : ""}${file.name} - Plushie Pad`;
}

function header(model: Model): Element<Model> {
  return row({ width: "fill", padding: { top: 6, right: 12, bottom: 6, left: 12 }, spacing: 12, alignY: "center" }, [
    text("pad-title", "Plushie Pad", { size: 16, font: { weight: "semi_bold" } }),
    space({ width: "fill" }),
    row("presence", { spacing: 6, alignY: "center", a11y: { role: "group", label: "Who is here" } }, [
      ...model.present.map(({ id }) => badge(model, id)),
    ]),
    ...nameEditor(model),
    model.invite !== undefined && button("invite", "Invite", { style: "subtle", padding: [2, 10] }),
    toggler("dark", myself(model).dark, { label: "Dark", size: 16, textSize: 13 }),
  ]);
}

/** A person as a colored disc; what they have open is in the tip. */
function badge(model: Model, id: string): Element<Model> {
  const { name, color, file } = personOf(model.shared, id);
  const open = file === undefined ? undefined : model.shared.files[file]?.name;
  const tip = `${name}${id === model.me ? " (you)" : ""}${open === undefined ? "" : `, in ${open}`}`;
  const disc = container(
    "disc",
    {
      width: 26,
      height: 26,
      alignX: "center",
      alignY: "center",
      background: color,
      color: "#ffffff",
      border: { radius: 13, width: id === model.me ? 2 : 0, color: "#ffffff" },
      a11y: { role: "image", label: tip },
    },
    [text(initialsOf(name), { size: 11, font: { weight: "semi_bold" } })],
  );
  return tooltip(`person-${id}`, { tip, position: "bottom", gap: 4, style: "rounded_box" }, [disc]);
}

function nameEditor(model: Model): readonly Child<Model>[] {
  if (model.myName === undefined) {
    return [
      button("me", myself(model).name, {
        style: "subtle",
        padding: [2, 8],
        a11y: { label: `Your name is ${myself(model).name}. Change it` },
      }),
    ];
  }
  return [
    textInput("my-name", model.myName, { width: 150, size: 13, onSubmit: true, a11y: { label: "Your name" } }),
    button("my-name-done", "OK", { padding: [3, 8] }),
  ];
}

function sidebar(model: Model, active: PadFile | undefined): Element<Model> {
  const files = listedFiles(model);
  const selected = selectedFiles(model);
  return column("sidebar", { width: SIDEBAR_WIDTH, height: "fill", padding: 8, spacing: 8 }, [
    row({ width: "fill", height: TITLE_HEIGHT - 16, alignY: "center" }, [
      text("sidebar-title", "Experiments", { size: 14, font: { weight: "semi_bold" } }),
      space({ width: "fill" }),
      text("file-count", `${files.length}`, { size: SMALL }),
    ]),
    textInput("search", model.search, {
      placeholder: "Search...",
      size: 13,
      width: "fill",
      a11y: { label: "Search experiments" },
    }),
    scrollable("file-scroll", { width: "fill", height: "fill" }, [
      keyedColumn(
        { width: "fill", spacing: 2 },
        files.length === 0
          ? [text("no-files", "Nothing found", { size: SMALL })]
          : files.map((file) => fileRow(model, file, active)),
      ),
    ]),
    selected.length > 0 &&
      button("delete-selected", `Delete selected (${selected.length})`, {
        style: "danger",
        width: "fill",
        padding: [4, 8],
      }),
    row({ width: "fill", spacing: 4 }, [
      textInput("new-name", model.newName, {
        placeholder: "name.tsx",
        size: 13,
        width: "fill",
        onSubmit: true,
        a11y: { label: "Name of a new experiment" },
        ...(model.newNameFault === undefined ? {} : { validation: { state: "invalid", message: model.newNameFault } }),
      }),
      button("create", "New", { style: "subtle", padding: [4, 10] }),
    ]),
    model.newNameFault !== undefined &&
      text("new-name-fault", model.newNameFault, { size: SMALL, style: "danger", width: "fill" }),
  ]);
}

function fileRow(model: Model, file: PadFile, active: PadFile | undefined): Element<Model> {
  const isTicked = model.selection.includes(file.id);
  const isActive = file === active;
  const others = model.present.filter(({ id }) => id !== model.me && personOf(model.shared, id).file === file.id);
  return container(file.name, { width: "fill" }, [
    row({ width: "fill", spacing: 4, alignY: "center" }, [
      checkbox("file-select", isTicked, { size: 14, a11y: { label: `Select ${file.name}` } }),
      button("select", [fileLabel(file)], {
        width: "fill",
        padding: [3, 8],
        style: isActive ? "primary" : isTicked ? "secondary" : "text",
        a11y: {
          label: `Open ${file.name}${isUnsaved(file) ? ", unsaved" : ""}`,
          ...(isActive ? { selected: true } : {}),
        },
      }),
      ...others
        .slice(0, 3)
        .map(({ id }) =>
          container(
            `here-${id}`,
            { width: 8, height: 8, background: personOf(model.shared, id).color, border: { radius: 4 } },
            [],
          ),
        ),
      button("delete", "×", { style: "text", padding: [2, 7], a11y: { label: `Delete ${file.name}` } }),
    ]),
  ]);
}

function fileLabel(file: PadFile): Element<Model> {
  const mark = isUnsaved(file) ? "● " : "";
  return container({ width: "fill" }, [text(`${mark}${file.name}`, { width: "fill", ellipsis: "end" })]);
}

function editor(model: Model, file: PadFile | undefined): Element<Model> {
  if (file === undefined) {
    return container("no-file", { width: "fill", height: "fill", center: true }, [
      text("no-file-hint", "No experiment yet. Type a name at the left and press New.", { size: 14 }),
    ]);
  }
  return column({ width: { fillPortion: 1 }, height: "fill" }, [
    row({ width: "fill", height: TITLE_HEIGHT, padding: [0, 8, 0, 12], spacing: 8, alignY: "center" }, [
      ...fileTitle(model, file),
      space({ width: "fill" }),
      text("save-state", isUnsaved(file) ? "Unsaved" : "Saved", {
        size: SMALL,
        ...(isUnsaved(file) ? { style: "warning" } : {}),
      }),
    ]),
    container(editorScope(file.id), { width: "fill", height: "fill" }, [
      textEditor("editor", shownText(model, file), {
        sync: syncOf(model, file),
        height: "fill",
        font: "monospace",
        size: 14,
        highlightSyntax: "tsx",
        highlightTheme: myself(model).dark ? "base16_ocean" : "inspired_github",
        padding: 12,
        // Its place is bounded by lines already.
        style: { border: { width: 0, radius: 0, color: "#00000000" } },
        a11y: { label: `Code of ${file.name}` },
      }),
    ]),
    file.diskError !== undefined &&
      text("disk-error", `Not in the folder: ${file.diskError}`, { size: SMALL, style: "danger" }),
  ]);
}

function fileTitle(model: Model, file: PadFile): readonly Child<Model>[] {
  const { renaming } = model;
  if (renaming === undefined || renaming.file !== file.id) {
    return [
      text("file-title", `${isUnsaved(file) ? "● " : ""}${file.name}`, { size: 14, font: { weight: "semi_bold" } }),
      button("rename", "Rename", { style: "subtle", padding: [2, 8] }),
    ];
  }
  return [
    textInput("new-file-name", renaming.name, {
      width: 180,
      size: 13,
      onSubmit: true,
      a11y: { label: `New name of ${file.name}` },
    }),
    button("rename-done", "Rename", { padding: [3, 8] }),
    button("rename-cancel", "Cancel", { style: "subtle", padding: [3, 8] }),
    renaming.fault !== undefined && text("rename-fault", renaming.fault, { size: SMALL, style: "danger" }),
  ];
}

function previewPane(file: PadFile | undefined, drafts: Drafts): Element<Model> {
  return column({ width: { fillPortion: 1 }, height: "fill" }, [
    row({ width: "fill", height: TITLE_HEIGHT, padding: [0, 12], spacing: 8, alignY: "center" }, [
      text("preview-title", "Preview", { size: 14, font: { weight: "semi_bold" } }),
      space({ width: "fill" }),
      file?.preview.status === "pending" && text("preview-state", "Running...", { size: SMALL }),
    ]),
    container("preview-wrap", { width: "fill", height: "fill", padding: 12 }, [previewBody(file, drafts)]),
  ]);
}

function previewBody(file: PadFile | undefined, drafts: Drafts): Element<Model> {
  const { error, tree, status } = file?.preview ?? {};
  return column({ width: "fill", height: "fill", spacing: 8 }, [
    error !== undefined &&
      container("error-box", { width: "fill", padding: 10, style: "bordered_box", a11y: { role: "alert" } }, [
        column({ width: "fill", spacing: 4 }, [
          text("error", describe(error), { size: 13, style: "danger", width: "fill", font: "monospace" }),
        ]),
      ]),
    tree !== undefined && (error === undefined || status === "ready")
      ? scrollable("preview-scroll", { width: "fill", height: "fill" }, [
          container("preview", { width: "fill" }, [shown(tree, drafts)]),
        ])
      : error === undefined && text("placeholder", "Press Save to compile and preview", { size: 14 }),
  ]);
}

function describe(error: { readonly message: string; readonly line?: number; readonly column?: number }): string {
  if (error.line === undefined) return error.message;
  const place = error.column === undefined ? `Line ${error.line}` : `Line ${error.line}, column ${error.column}`;
  return `${place}: ${error.message}`;
}

/** The experiment's tree as part of ours: its windows become boxes, and our reserved types mean nothing in it. */
function shown(tree: PlainElement, drafts: Drafts, path = ""): Element {
  const { id } = tree;
  const here = id === undefined || tree.type === "window" ? path : path === "" ? id : `${path}/${id}`;
  const children = (tree.children ?? []).map((child) => shown(child, drafts, here));
  if (tree.type === "window") {
    const { padding } = tree.props ?? {};
    return { type: "column", props: { width: "fill", ...(padding === undefined ? {} : { padding }) }, children };
  }
  if (tree.type.includes(":"))
    return { type: "text", props: { content: `${tree.type} cannot be previewed` }, children: [] };
  const draft = id === undefined ? undefined : drafts[here];
  const name = tree.type === "text_editor" ? "content" : "value";
  const props = draft === undefined ? tree.props : { ...tree.props, [name]: draft.text };
  return { type: tree.type, id, props, children };
}

/** Comes in larger than it stays, so that it is seen at the edge of the window. */
function notice({ kind, text: message, undo }: NonNullable<Model["notice"]>): Element<Model> {
  const size = transition(13, { from: 16, duration: 250, easing: "ease_out" });
  return container(
    "notice",
    { width: "fill", style: kind === "error" ? "danger" : "primary", a11y: { role: "status" } },
    [
      row({ width: "fill", padding: { top: 4, right: 8, bottom: 4, left: 12 }, spacing: 8, alignY: "center" }, [
        text("notice-text", message, { size, width: "fill" }),
        undo !== undefined && button("undo-delete", "Undo", { style: "subtle", padding: [2, 10] }),
        button("dismiss", "×", { style: "subtle", padding: [2, 7], a11y: { label: "Dismiss" } }),
      ]),
    ],
  );
}

function toolbar(model: Model, file: PadFile | undefined): Element<Model> {
  const needsFile = { disabled: file === undefined, padding: [4, 12] } as const;
  return row(
    "toolbar",
    { width: "fill", padding: { top: 6, right: 12, bottom: 6, left: 12 }, spacing: 8, alignY: "center" },
    [
      tooltip("save-tip", { tip: "Save and run (Ctrl+S)", gap: 4, style: "rounded_box" }, [
        button("save", "Save", {
          ...needsFile,
          style: "primary",
          padding: [5, 18],
          a11y: { label: "Save experiment" },
        }),
      ]),
      button("copy", "Copy", { ...needsFile, style: "subtle" }),
      button("detach", model.isDetached ? "Re-attach" : "Detach", { ...needsFile, style: "subtle" }),
      button("show-browser", "Browse", { style: "subtle", padding: [4, 12] }),
      checkbox("auto-save", model.isAutoSave, { label: "Auto-save", size: 14, textSize: 13 }),
    ],
  );
}

function browser(model: Model): Element<Model> {
  return column({ width: "fill", height: "fill", padding: 16, spacing: 12 }, [
    row({ spacing: 12, alignY: "center" }, [
      button("back-to-editor", "Back", { style: "subtle", padding: [4, 12] }),
      text("browser-title", "All Experiments", { size: 20 }),
    ]),
    textInput("search", model.search, {
      placeholder: "Search...",
      width: 320,
      size: 13,
      a11y: { label: "Search experiments" },
    }),
    scrollable("browser-scroll", { width: "fill", height: "fill" }, [
      keyedColumn(
        { width: "fill", spacing: 8 },
        listedFiles(model).map((file) =>
          container(`browse-${file.id}`, { width: "fill", padding: 12, style: "bordered_box" }, [
            row({ width: "fill", spacing: 12, alignY: "center" }, [
              column({ width: "fill", spacing: 4 }, [
                text("name", `${isUnsaved(file) ? "● " : ""}${file.name}`, { size: 14, font: { weight: "semi_bold" } }),
                text("about", about(file), { size: SMALL }),
              ]),
              button("open", "Open", { padding: [4, 14], a11y: { label: `Open ${file.name}` } }),
            ]),
          ]),
        ),
      ),
    ]),
  ]);
}

function about(file: PadFile): string {
  const lines = file.saved.split("\n").length;
  const state = file.preview.error === undefined ? "" : `, ${describe(file.preview.error)}`;
  return `${lines} lines, saved ${file.version === 1 ? "once" : `${file.version} times`}${state}`;
}
