import type { Element } from "plushie";
import { styleFrom } from "plushie/ui";
import { type Model, ui } from "../model.ts";
import { ARABIC, HEBREW, LONG, line, page, patched, section, status } from "../parts.ts";

const { button, checkbox, column, row, radio, text, toggler } = ui;

const STYLES = ["primary", "secondary", "success", "warning", "danger", "text", "background", "subtle"] as const;
const CHECK_STYLES = ["primary", "secondary", "success", "danger"] as const;
const SIZES = ["Small", "Medium", "Large"] as const;

const clicked = (model: Model) => patched(model, "buttons", { clicks: model.buttons.clicks + 1 });

function check(model: Model, id: string, isOn: boolean): Model {
  const others = model.buttons.checked.filter((one) => one !== id);
  return patched(model, "buttons", { checked: isOn ? [...others, id] : others });
}

export function buttonsPage(model: Model): Element<Model> {
  const { clicks, checked, isOnline, size } = model.buttons;
  const box = (id: string, label: string, style: (typeof CHECK_STYLES)[number] = "primary") =>
    checkbox(id, checked.includes(id), { label, style, onToggle: (now, event) => check(now, id, event.value) });
  return page(model, "Buttons & toggles", [
    [
      section("styles", "Button styles", [
        line(STYLES.map((style) => button(`style-${style}`, style, { style, onClick: clicked }))),
        status("clicks", `Clicked ${clicks} times`),
      ]),
      section("disabled", "Disabled", [
        line(STYLES.map((style) => button(`disabled-${style}`, style, { style, disabled: true }))),
      ]),
      section("contents", "Contents", [
        line([
          button("with-key", "Save (Alt+S)", { mnemonic: "s", onClick: clicked }),
          button("with-parts", [row({ spacing: 6, alignY: "center" }, [text("★"), text("Two parts")])], {
            style: "secondary",
            onClick: clicked,
          }),
          button("own-style", "A style of its own", {
            style: styleFrom("primary", {
              background: "#5b2a86",
              textColor: "#ffffff",
              border: { radius: 16, width: 0, color: "#5b2a86" },
              hovered: { background: "#7a3cb0" },
              pressed: { background: "#431d66" },
            }),
            onClick: clicked,
          }),
        ]),
        button("wide", "Fills its line", { width: "fill", style: "subtle", onClick: clicked }),
        button("long", LONG, { width: "fill", style: "background", onClick: clicked }),
        line([
          button("hebrew", HEBREW, { style: "secondary", onClick: clicked }),
          button("arabic", ARABIC, { style: "secondary", onClick: clicked }),
        ]),
      ]),
    ],
    [
      section("checkboxes", "Checkbox", [
        line(
          CHECK_STYLES.map((style) => box(`check-${style}`, style, style)),
          16,
        ),
        checkbox("check-required", checked.includes("check-required"), {
          label: "Required: I have read it",
          required: true,
          validation: checked.includes("check-required") ? "valid" : ["invalid", "Please read it first"],
          onToggle: (now, event) => check(now, "check-required", event.value),
        }),
        line(
          [
            checkbox("check-off", false, { label: "Disabled", disabled: true }),
            checkbox("check-on", true, { label: "Disabled, checked", disabled: true }),
          ],
          16,
        ),
        box("check-long", LONG),
        box("check-hebrew", HEBREW),
      ]),
      section("togglers", "Toggler", [
        toggler("online", isOnline, {
          label: isOnline ? "Online" : "Offline",
          onToggle: (now, event) => patched(now, "buttons", { isOnline: event.value }),
        }),
        line(
          [
            toggler("toggle-off", false, { label: "Disabled", disabled: true }),
            toggler("toggle-on", true, { label: "Disabled, on", disabled: true }),
          ],
          16,
        ),
        toggler("toggle-large", isOnline, {
          label: "Larger",
          size: 26,
          textSize: 18,
          onToggle: (now, event) => patched(now, "buttons", { isOnline: event.value }),
        }),
      ]),
      section("radios", "Radio", [
        column("sizes", { spacing: 6, a11y: { role: "radio_group", label: "Size" } }, [
          ...SIZES.map((value) =>
            radio(`size-${value}`, value, {
              selected: size,
              label: value,
              group: "size",
              onSelect: (now, event) => patched(now, "buttons", { size: event.value }),
            }),
          ),
        ]),
      ]),
    ],
  ]);
}
