import type { Element } from "plushie";
import { type Model, ui } from "../model.ts";
import { HEBREW, labelled, page, patched, section } from "../parts.ts";

const { column, comboBox, pickList, row, textEditor, textInput } = ui;

export const COLORS = ["Red", "Orange", "Yellow", "Green", "Blue", "Violet"] as const;
export const FRUITS = [
  "Apple",
  "Apricot",
  "Banana",
  "Blackberry",
  "Cherry",
  "Fig",
  "Grape",
  "Lemon",
  "Orange",
  "Pear",
] as const;

const named = (id: string) => ({ labelledBy: `${id}-label` });

export function fieldsPage(model: Model): Element<Model> {
  const { name, search, password, age, greeting, note, code, color, fruit } = model.fields;
  const isGrown = Number(age) >= 18;
  return page(model, "Fields", [
    [
      section("inputs", "Text input", [
        labelled(
          "name",
          "Name",
          textInput("name", name, {
            placeholder: "Ada Lovelace",
            a11y: named("name"),
            onInput: (now, event) => patched(now, "fields", { name: event.value }),
          }),
        ),
        labelled(
          "search",
          "Search, with an icon",
          textInput("search", search, {
            placeholder: "Find …",
            icon: { codePoint: "⌕", size: 20, spacing: 6 },
            inputPurpose: "search",
            a11y: named("search"),
            onInput: (now, event) => patched(now, "fields", { search: event.value }),
          }),
        ),
        labelled(
          "password",
          "Password",
          textInput("password", password, {
            secure: true,
            a11y: named("password"),
            onInput: (now, event) => patched(now, "fields", { password: event.value }),
          }),
        ),
        row({ width: "fill", spacing: 8 }, [
          labelled(
            "age",
            isGrown ? "Required" : "Required: 18 or more",
            textInput("age", age, {
              required: true,
              inputPurpose: "number",
              validation: isGrown ? "valid" : ["invalid", "18 or more"],
              style: isGrown ? "default" : { border: { color: "#d03050", width: 1, radius: 4 } },
              a11y: named("age"),
              onInput: (now, event) => patched(now, "fields", { age: event.value }),
            }),
          ),
          labelled("off", "Disabled", textInput("off", "Read only", { disabled: true, a11y: named("off") })),
        ]),
        labelled(
          "greeting",
          "Right to left",
          textInput("greeting", greeting, {
            textDirection: "rtl",
            placeholder: HEBREW,
            a11y: named("greeting"),
            onInput: (now, event) => patched(now, "fields", { greeting: event.value }),
          }),
        ),
      ]),
      section("lists", "Pick list", [
        row({ width: "fill", spacing: 8 }, [
          labelled(
            "color",
            "Color",
            pickList("color", COLORS, {
              selected: color,
              placeholder: "None yet",
              width: "fill",
              a11y: named("color"),
              onSelect: (now, event) => patched(now, "fields", { color: event.value }),
            }),
          ),
          labelled(
            "color-off",
            "Disabled",
            pickList("color-off", COLORS, {
              selected: "Green",
              disabled: true,
              width: "fill",
              a11y: named("color-off"),
            }),
          ),
        ]),
      ]),
    ],
    [
      section("editors", "Text editor", [
        labelled(
          "note",
          "Note",
          textEditor("note", note, {
            minHeight: 74,
            maxHeight: 160,
            placeholder: "Several lines",
            a11y: named("note"),
            onInput: (now, event) => patched(now, "fields", { note: event.value }),
          }),
        ),
        labelled(
          "code",
          "Code",
          textEditor("code", code, {
            minHeight: 96,
            maxHeight: 160,
            size: 13,
            font: "monospace",
            highlightSyntax: "ts",
            a11y: named("code"),
            onInput: (now, event) => patched(now, "fields", { code: event.value }),
          }),
        ),
        labelled(
          "note-off",
          "Disabled",
          textEditor("note-off", "Nobody writes here.", { disabled: true, a11y: named("note-off") }),
        ),
      ]),
      section("combos", "Combo box", [
        column({ width: "fill", spacing: 8 }, [
          labelled(
            "fruit",
            "Fruit: type to find it",
            comboBox("fruit", FRUITS, {
              selected: fruit,
              placeholder: "Any",
              menuHeight: 160,
              a11y: named("fruit"),
              onSelect: (now, event) => patched(now, "fields", { fruit: event.value }),
            }),
          ),
          labelled(
            "fruit-off",
            "Disabled",
            comboBox("fruit-off", FRUITS, { selected: "Fig", disabled: true, a11y: named("fruit-off") }),
          ),
        ]),
      ]),
    ],
  ]);
}
