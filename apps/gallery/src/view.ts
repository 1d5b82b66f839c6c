import type { Element, View } from "plushie";
import { Command } from "plushie";
import { windowGroup } from "plushie/ui";
import { GROUPS, type Model, PAGES, type PageId, THEMES, type ThemeChoice, themeOf, ui, ZOOMS } from "./model.ts";
import { animationPage } from "./pages/animation.ts";
import { buttonsPage } from "./pages/buttons.ts";
import { canvasPage } from "./pages/canvas.ts";
import { compositesPage } from "./pages/composites.ts";
import { fieldsPage } from "./pages/fields.ts";
import { layoutPage } from "./pages/layout.ts";
import { numbersPage } from "./pages/numbers.ts";
import { overlaysPage } from "./pages/overlays.ts";
import { picturesPage } from "./pages/pictures.ts";
import { pointerPage } from "./pages/pointer.ts";
import { tablesPage } from "./pages/tables.ts";
import { textPage } from "./pages/text.ts";
import { themesPage } from "./pages/themes.ts";
import { secondWindow, windowsPage } from "./pages/windows.ts";

const { button, column, container, pickList, responsive, row, rule, scrollable, space, text, textInput, window } = ui;

const SIDE_WIDTH = 190;
/** Below this, in the window's own units, the navigation is a list in the toolbar. */
const NARROW = 600;
/** From here on sections stand side by side. */
const WIDE = 860;

const VIEWS: { readonly [Id in PageId]: (model: Model) => Element<Model> } = {
  buttons: buttonsPage,
  text: textPage,
  fields: fieldsPage,
  numbers: numbersPage,
  layout: layoutPage,
  tables: tablesPage,
  overlays: overlaysPage,
  pictures: picturesPage,
  canvas: canvasPage,
  animation: animationPage,
  pointer: pointerPage,
  composites: compositesPage,
  windows: windowsPage,
  themes: themesPage,
};

const CHOICES: readonly (readonly [ThemeChoice, string])[] = [
  ["system", "System"],
  ...THEMES.map((name): readonly [ThemeChoice, string] => [name, titled(name)]),
  ["custom", "Plum (custom)"],
];

function titled(name: string): string {
  return name
    .split("_")
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join(" ");
}

/** Another page begins at its top. */
function open(model: Model, page: PageId) {
  return [{ ...model, page }, Command.scrollTo("content", { y: 0 })] as const;
}

export function view(model: Model): View<Model> {
  const title = PAGES.find(([id]) => id === model.page)?.[1] ?? "";
  const main = window(
    "main",
    {
      title: `${title} - Plushie Gallery`,
      theme: themeOf(model.theme),
      size: [1000, 720],
      scaleFactor: model.zoom / 100,
    },
    [
      responsive(
        "shell",
        {
          onResize: (now, event) => {
            const isNarrow = event.value.width < NARROW;
            const hasColumns = event.value.width >= WIDE;
            return isNarrow === now.isNarrow && hasColumns === now.hasColumns ? now : { ...now, isNarrow, hasColumns };
          },
        },
        [
          column({ width: "fill", height: "fill" }, [
            toolbar(model),
            rule({ style: "weak" }),
            row({ width: "fill", height: "fill" }, [
              !model.isNarrow && navigation(model),
              !model.isNarrow && rule({ direction: "vertical", style: "weak" }),
              scrollable("content", { width: "fill", height: "fill" }, [
                container(
                  `page-${model.page}`,
                  {
                    width: "fill",
                    padding: { top: 16, right: 20, bottom: 24, left: 20 },
                    a11y: { role: "tab_panel", label: title },
                  },
                  [VIEWS[model.page](model)],
                ),
              ]),
            ]),
          ]),
        ],
      ),
    ],
  );
  return model.windows.isOpen ? windowGroup([main, secondWindow(model)]) : main;
}

function toolbar(model: Model): Element<Model> {
  const theme = CHOICES.find(([choice]) => choice === model.theme)?.[1] ?? null;
  return row(
    "toolbar",
    {
      width: "fill",
      padding: [8, 16],
      spacing: 8,
      alignY: "center",
      a11y: { role: "toolbar", label: "Gallery" },
    },
    [
      ...(model.isNarrow
        ? [pageList(model)]
        : [text("Plushie Gallery", { size: 16, font: { weight: "semi_bold" } }), space({ width: "fill" })]),
      pickList(
        "theme",
        CHOICES.map(([, label]) => label),
        {
          selected: theme,
          menuHeight: 320,
          textSize: 14,
          width: model.isNarrow ? 112 : 190,
          ellipsis: "end",
          a11y: { label: "Theme" },
          onSelect: (now, event) => {
            const choice = CHOICES.find(([, label]) => label === event.value)?.[0];
            return choice === undefined ? now : { ...now, theme: choice };
          },
        },
      ),
      pickList(
        "zoom",
        ZOOMS.map((zoom) => `${zoom} %`),
        {
          selected: `${model.zoom} %`,
          textSize: 14,
          width: 94,
          a11y: { label: "Text size" },
          onSelect: (now, event) => {
            const zoom = ZOOMS.find((one) => `${one} %` === event.value);
            return zoom === undefined ? now : { ...now, zoom };
          },
        },
      ),
    ],
  );
}

function pageList(model: Model): Element<Model> {
  return pickList(
    "page-list",
    PAGES.map(([, title]) => title),
    {
      selected: PAGES.find(([id]) => id === model.page)?.[1] ?? null,
      menuHeight: 260,
      textSize: 14,
      width: "fill",
      ellipsis: "end",
      a11y: { label: "Page" },
      onSelect: (now, event) => {
        const page = PAGES.find(([, title]) => title === event.value)?.[0];
        return page === undefined ? now : open(now, page);
      },
    },
  );
}

function isFound([, title, , words]: (typeof PAGES)[number], find: string): boolean {
  const text = `${title} ${words}`.toLowerCase();
  return find
    .toLowerCase()
    .split(" ")
    .every((word) => text.includes(word));
}

/** Pages in groups; a search leaves those that are about all of its words. */
function navigation(model: Model): Element<Model> {
  const groups: { readonly label: string; readonly tabs: Element<Model>[] }[] = [];
  for (const entry of PAGES) {
    const [id, title] = entry;
    const label = GROUPS.get(id);
    if (label !== undefined) groups.push({ label, tabs: [] });
    if (isFound(entry, model.find)) groups.at(-1)?.tabs.push(tab(model, id, title));
  }
  const shown = groups.filter(({ tabs }) => tabs.length > 0);
  return column("side", { width: SIDE_WIDTH, height: "fill" }, [
    container({ width: "fill", padding: [12, 12, 4, 12] }, [
      textInput("find", model.find, {
        placeholder: "Find a widget …",
        size: 14,
        inputPurpose: "search",
        a11y: { label: "Find a page" },
        onInput: (now, event) => ({ ...now, find: event.value }),
      }),
    ]),
    scrollable("pages", { width: "fill", height: "fill" }, [
      column({ width: "fill", padding: [4, 12, 12, 12], spacing: 10 }, [
        ...shown.map(({ label, tabs }) =>
          column({ width: "fill", spacing: 2 }, [
            container({ padding: [4, 8, 2, 8] }, [text(label, { size: 12, font: { weight: "semi_bold" } })]),
            column({ width: "fill", spacing: 2, a11y: { role: "tab_list", label, orientation: "vertical" } }, tabs),
          ]),
        ),
        shown.length === 0 && text("nothing-found", "Nothing of that name", { size: 13, a11y: { role: "status" } }),
      ]),
    ]),
  ]);
}

function tab(model: Model, id: PageId, title: string): Element<Model> {
  return button(`go-${id}`, [text(title, { size: 14, width: "fill" })], {
    width: "fill",
    padding: [5, 8],
    style: id === model.page ? "primary" : "text",
    a11y: { role: "tab", selected: id === model.page },
    onClick: (now) => open(now, id),
  });
}
