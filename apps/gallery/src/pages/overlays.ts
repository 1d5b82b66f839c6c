import type { Element } from "plushie";
import { Command } from "plushie";
import { type Model, ui } from "../model.ts";
import { caption, line, page, patched, section, status } from "../parts.ts";

const { button, column, container, floating, overlay, row, space, text, tooltip } = ui;

const SIDES = ["top", "bottom", "left", "right", "follow_cursor"] as const;
const TIP_STYLES = ["rounded_box", "bordered_box", "dark", "primary", "danger"] as const;
const COMMANDS = ["Open …", "Duplicate", "Rename …"] as const;

/** Boxes above others have a shadow. */
const RAISED = { base: "bordered_box", shadow: { color: "#00000060", offset: [0, 4], blurRadius: 16 } } as const;

const closeMenu = (model: Model, chosen: string) =>
  [patched(model, "overlays", { isMenuOpen: false, chosen }), Command.focus("menu-button")] as const;
const closeDialog = (model: Model, chosen: string) =>
  [patched(model, "overlays", { isDialogOpen: false, chosen }), Command.focus("open-dialog")] as const;

export function overlaysPage(model: Model): Element<Model> {
  const { isMenuOpen, isDialogOpen, chosen } = model.overlays;
  return page(model, "Menus & overlays", [
    [
      section("tooltips", "Tooltip", [
        line(
          SIDES.map((position) =>
            tooltip(`side-${position}`, { tip: `A tip: ${position}`, position, gap: 6, style: "rounded_box" }, [
              button("target", position.replace("_", " "), { style: "subtle" }),
            ]),
          ),
        ),
        line(
          TIP_STYLES.map((style) =>
            tooltip(`tip-${style}`, { tip: `In the style ${style}`, gap: 6, style }, [
              button("target", style.replace("_", " "), { style: "subtle" }),
            ]),
          ),
        ),
        tooltip(
          "late",
          {
            tip: "A long tip comes after half a second, and wraps where the window ends instead of leaving it. There is quite some text in it.",
            delay: 500,
            gap: 6,
            style: "rounded_box",
          },
          [button("target", "Late and long", { style: "subtle" })],
        ),
      ]),
      section("menu", "Overlay: a menu", [
        overlay("menu", { position: "below", align: "start", gap: 4, flip: true }, [
          button("menu-button", isMenuOpen ? "Close the menu" : "Open the menu", {
            a11y: { expanded: isMenuOpen, hasPopup: "menu" },
            onClick: (now) =>
              now.overlays.isMenuOpen
                ? patched(now, "overlays", { isMenuOpen: false })
                : [patched(now, "overlays", { isMenuOpen: true }), Command.focus("command-0")],
          }),
          isMenuOpen
            ? container("menu-box", { style: RAISED, padding: 4 }, [
                column("menu-items", { width: 180, a11y: { role: "menu", label: "File" } }, [
                  ...COMMANDS.map((label, index) =>
                    button(`command-${index}`, [text(label, { width: "fill" })], {
                      style: "subtle",
                      width: "fill",
                      a11y: { role: "menu_item" },
                      onClick: (now) => closeMenu(now, label),
                    }),
                  ),
                  button("command-off", [text("Delete", { width: "fill" })], {
                    style: "subtle",
                    width: "fill",
                    disabled: true,
                    a11y: { role: "menu_item" },
                  }),
                ]),
              ])
            : space("no-menu"),
        ]),
        status("chosen", chosen === "" ? "Nothing chosen yet" : `Chosen: ${chosen}`),
      ]),
    ],
    [
      section("dialog", "Dialog", [
        line([
          button("open-dialog", "Delete everything …", {
            style: "danger",
            onClick: (now) => [patched(now, "overlays", { isDialogOpen: true }), Command.focus("dialog-cancel")],
          }),
        ]),
        caption("Tab stays inside while it is open."),
        ...(isDialogOpen ? [dialog()] : []),
      ]),
      section("floating", "Floating", [
        row({ spacing: 28, alignY: "center", padding: [10, 4] }, [
          card("At home"),
          floating("moved", { translateX: 8, translateY: -8 }, [card("Moved")]),
          floating("scaled", { scale: 1.2 }, [card("Larger")]),
        ]),
        container("clipping", { width: 180, height: 40, padding: 8, clip: true, style: "rounded_box" }, [
          row({ width: "fill", alignY: "center" }, [
            text("This box clips", { size: 14 }),
            space({ width: "fill" }),
            floating("badge", { translateX: 20, translateY: -8 }, [
              container({ padding: [2, 7], style: { base: "danger", border: { radius: 10, width: 0 } } }, [
                text("9", { size: 12 }),
              ]),
            ]),
          ]),
        ]),
        caption("What floats is above everything, also beyond a box that clips."),
      ]),
      section("notes", "Toast", [
        floating("toast", { translateX: 0, translateY: 4 }, [
          container({ padding: [8, 14], style: "dark" }, [text("Saved. Nobody has to close this.", { size: 14 })]),
        ]),
        space({ height: 6 }),
      ]),
    ],
  ]);
}

function card(label: string): Element<Model> {
  return container({ padding: [8, 12], style: "bordered_box" }, [text(label, { size: 14 })]);
}

function dialog(): Element<Model> {
  return container(
    "dialog-box",
    {
      width: "fill",
      padding: 16,
      style: RAISED,
      a11y: {
        role: "alert_dialog",
        modal: true,
        label: "Delete everything?",
        description: "It is only a gallery: nothing happens.",
      },
    },
    [
      column({ width: "fill", spacing: 12 }, [
        text("dialog-title", "Delete everything?", { size: 16, font: { weight: "semi_bold" } }),
        text("dialog-text", "It is only a gallery: nothing happens.", { width: "fill" }),
        row({ width: "fill", spacing: 8 }, [
          space({ width: "fill" }),
          button("dialog-cancel", "Cancel", { style: "subtle", onClick: (now) => closeDialog(now, "Cancel") }),
          button("dialog-delete", "Delete", { style: "danger", onClick: (now) => closeDialog(now, "Delete") }),
        ]),
      ]),
    ],
  );
}
