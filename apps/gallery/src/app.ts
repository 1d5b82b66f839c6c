import { app, Command, isCloseRequested, isCustom, isWindow } from "plushie";
import type { Model, PageId, ThemeChoice, Zoom } from "./model.ts";
import { SECOND_WINDOW } from "./pages/windows.ts";
import { patched } from "./parts.ts";
import { pixels } from "./sample-pictures.ts";
import { view } from "./view.ts";

export interface GalleryOptions {
  readonly page?: PageId;
  readonly theme?: ThemeChoice;
  readonly zoom?: Zoom;
}

const CODE = `const greet = (name: string) =>
  "Hello, " + name;

greet("you"); // once`;

function initial({ page = "buttons", theme = "system", zoom = 100 }: GalleryOptions): Model {
  return {
    page,
    find: "",
    theme,
    zoom,
    isNarrow: false,
    hasColumns: true,
    buttons: {
      clicks: 0,
      checked: ["check-primary", "check-secondary", "check-success", "check-danger"],
      isOnline: true,
      size: "Medium",
    },
    text: { link: "" },
    fields: {
      name: "Grace Hopper",
      search: "",
      password: "secret",
      age: "17",
      greeting: "",
      note: "One line\nand another one",
      code: CODE,
      color: null,
      fruit: "Cherry",
    },
    numbers: { volume: 40, balance: 1.5, level: 6, guests: 2 },
    layout: { size: "", scrolled: 0, panes: "Drag the lines between them" },
    tables: { by: "name", order: "asc", greetings: "asc" },
    overlays: { isMenuOpen: false, isDialogOpen: false, chosen: "" },
    pictures: { rotation: 30, link: "" },
    canvas: { selected: "", knob: { x: 60, y: 50 }, moved: "" },
    animation: { isAway: false, isLooping: false, done: "" },
    pointer: { last: "", inside: false, width: 180, sensed: "" },
    composites: { amount: 3, stars: 4 },
    windows: { isOpen: false, note: "" },
  };
}

/** Every widget, style and state, in every theme. */
export default app<Model, never, GalleryOptions>({
  name: "Plushie Gallery",

  init: (options) => [initial(options), Command.createImage("rings", pixels())],

  update(model, event) {
    if (isCloseRequested(event, SECOND_WINDOW)) return patched(model, "windows", { isOpen: false });
    if (isWindow(event, "closed", SECOND_WINDOW)) return patched(model, "windows", { isOpen: false });
    if (isCustom(event, "change", "amount") && typeof event.value === "number") {
      return patched(model, "composites", { amount: event.value });
    }
    if (isCustom(event, "rate", "stars") && typeof event.value === "number") {
      return patched(model, "composites", { stars: event.value });
    }
    return model;
  },

  view,
});
