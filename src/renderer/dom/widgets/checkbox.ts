import { applyFont, readFont, readLineHeight, readRecord, readSize } from "../props.ts";
import type { StyleOptions, WidgetModule } from "../widget.ts";
import { TOGGLE_CSS, Toggle, type ToggleKind, toggleCopies } from "./checkbox-toggle.ts";
import { px, readCodePoint } from "./text-look.ts";

const STYLES: StyleOptions = {
  presets: ["primary", "secondary", "success", "danger"],
  fallback: "primary",
  statuses: ["hovered", "disabled"],
  direct: {
    part: ">.pl-check-box",
    declarations: {
      "--s-bg": "background:var(--s-bg)",
      "--s-border-color": "box-shadow:inset 0 0 0 var(--s-border-width) var(--s-border-color)",
    },
  },
};
/** Fill, hovered fill, disabled fill and mark of a checked box. */
const CHECKED: Readonly<Record<string, readonly [string, string, string, string]>> = {
  primary: ["primary-base", "primary-strong", "bg-strong", "primary-base-text"],
  secondary: ["bg-strong", "bg-strong", "bg-weak", "bg-base-text"],
  success: ["success-base", "success-strong", "success-weak", "success-base-text"],
  danger: ["danger-base", "danger-strong", "danger-weak", "danger-base-text"],
};

const filled = (name: string): string => `background:var(--${name});box-shadow:inset 0 0 0 1px var(--${name})`;

const css = `
${TOGGLE_CSS}
.pl-check-box{display:flex;align-items:center;justify-content:center;width:1em;height:1em;line-height:1;border-radius:3px;background:var(--bg-base);box-shadow:inset 0 0 0 1px var(--bg-strong)}
.pl-mapped>.pl-check-box{border-radius:var(--s-radius,3px)}
.pl-checkbox[aria-checked="true"]>.pl-check-box::before{content:"";width:.7em;height:.7em;background:currentColor;clip-path:polygon(9% 50%,0 60%,36% 96%,100% 24%,90% 14%,36% 77%)}
.pl-check-box.pl-has-icon::before{content:none!important}
.pl-check-box>span{display:none;font-size:.7em;line-height:1}
.pl-checkbox[aria-checked="true"]>.pl-check-box>span{display:block}
.pl-checkbox[data-style="success"]>.pl-check-box{box-shadow:inset 0 0 0 1px var(--bg-weak)}
@media (hover:hover){.pl-checkbox:hover>.pl-check-box{background:var(--bg-weak)}}
${Object.entries(CHECKED)
  .map(([name, [fill, hovered, , mark]]) => {
    const checked = `.pl-checkbox[data-style="${name}"][aria-checked="true"]`;
    return `
${checked}>.pl-check-box{color:var(--${mark});${filled(fill)}}
@media (hover:hover){${checked}:hover>.pl-check-box{${filled(hovered)}}}`;
  })
  .join("")}
.pl-checkbox[data-style][aria-disabled="true"]>.pl-check-box{background:var(--bg-weaker);box-shadow:inset 0 0 0 1px var(--bg-weak)}
${Object.entries(CHECKED)
  .map(
    ([name, [, , disabled]]) =>
      `.pl-checkbox[data-style="${name}"][aria-checked="true"][aria-disabled="true"]>.pl-check-box{${filled(disabled)}}`,
  )
  .join("\n")}
.pl-checkbox:focus-visible>.pl-check-box{box-shadow:inset 0 0 0 2px var(--focus-ring-on-bg-base),0 0 0 1px var(--focus-ring),0 0 10px var(--focus-glow)!important}
.pl-checkbox[aria-disabled="true"] .pl-toggle-label{color:var(--s-fg,color-mix(in srgb,currentcolor 50%,transparent))}
@media (forced-colors:active){.pl-check-box{outline:1px solid}.pl-check-box::before{forced-color-adjust:none;background:CanvasText!important}}
`;

const KIND: ToggleKind = {
  className: "pl-checkbox",
  role: "checkbox",
  isOn: (props) => props["checked"] === true,
  styles: STYLES,
  control(document) {
    const box = document.createElement("span");
    box.className = "pl-check-box";
    return box;
  },
  update(props, previous, { control }) {
    if (props["icon"] === previous["icon"]) return;
    const icon = readRecord(props["icon"]);
    const character = readCodePoint(icon?.["code_point"]);
    control.classList.toggle("pl-has-icon", character !== undefined);
    control.replaceChildren();
    if (character === undefined) return;
    const mark = control.appendChild(control.ownerDocument.createElement("span"));
    mark.textContent = character;
    mark.style.fontSize = px(readSize(icon?.["size"]));
    mark.style.lineHeight = readLineHeight(icon?.["line_height"]) ?? "";
    mark.classList.toggle("pl-basic-shaping", icon?.["shaping"] === "basic");
    mark.ariaHidden = "true";
    applyFont(mark.style, readFont(icon?.["font"]));
  },
};

export const checkboxModule: WidgetModule = {
  types: ["checkbox"],
  layout: { flow: "leaf" },
  css,
  copies: toggleCopies(KIND, "checked"),
  create: (context) => new Toggle(context, KIND),
};
