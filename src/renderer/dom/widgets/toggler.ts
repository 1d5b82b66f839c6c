import { readEnum } from "../props.ts";
import type { StyleOptions, WidgetModule } from "../widget.ts";
import { Toggle, type ToggleKind, toggleCopies } from "./checkbox-toggle.ts";

const STYLES: StyleOptions = {
  presets: ["default"],
  fallback: "default",
  statuses: ["hovered", "disabled"],
  hasGradient: true,
};

const css = `
.pl-toggler-track{width:2em;height:1em;border-radius:var(--s-radius,1em);background:var(--s-bg,var(--g-track));box-shadow:inset 0 0 0 var(--s-border-width,0) var(--s-border-color,transparent);transition:background-color .12s ease-out;--g-track:var(--bg-strong);--g-knob:var(--bg-base)}
.pl-toggler-track::before{content:"";position:absolute;top:.1em;left:.1em;width:.8em;height:.8em;border-radius:50%;background:var(--g-knob);transition:left .12s ease-out}
@media (hover:hover){.pl-toggler:hover .pl-toggler-track{--g-knob:var(--bg-weak)}}
.pl-toggler[aria-checked="true"] .pl-toggler-track{--g-track:var(--primary-base);--g-knob:var(--primary-base-text)}
.pl-toggler[aria-checked="true"] .pl-toggler-track::before{left:1.1em}
@media (hover:hover){.pl-toggler[aria-checked="true"]:hover .pl-toggler-track{--g-knob:color-mix(in srgb,var(--primary-base-text) 50%,transparent)}}
.pl-toggler[aria-disabled="true"] .pl-toggler-track{--g-track:var(--bg-weak);--g-knob:var(--bg-weakest)}
.pl-toggler[aria-disabled="true"][aria-checked="true"] .pl-toggler-track{--g-track:var(--bg-strong);--g-knob:var(--bg-weakest)}
.pl-toggler:focus-visible .pl-toggler-track{box-shadow:inset 0 0 0 2px var(--focus-ring-on-bg-strong),0 0 0 1px var(--focus-ring),0 0 10px var(--focus-glow)}
.pl-toggler[aria-checked="true"]:focus-visible .pl-toggler-track{box-shadow:inset 0 0 0 2px var(--focus-ring-on-primary),0 0 0 1px var(--focus-ring),0 0 10px var(--focus-glow)}
.pl-toggler[aria-disabled="true"] .pl-toggle-label{color:var(--s-fg,color-mix(in srgb,currentcolor 50%,transparent))}
@media (forced-colors:active){.pl-toggler-track{outline:1px solid}.pl-toggler-track::before{forced-color-adjust:none;background:CanvasText}}
`;

const KIND: ToggleKind = {
  className: "pl-toggler",
  role: "switch",
  isOn: (props) => props["is_toggled"] === true,
  styles: STYLES,
  control(document) {
    const track = document.createElement("span");
    track.className = "pl-toggler-track";
    return track;
  },
  update(props, previous, { label }) {
    if (props["text_alignment"] === previous["text_alignment"]) return;
    label.style.textAlign = readEnum(props["text_alignment"], ["left", "center", "right"] as const) ?? "";
  },
};

export const togglerModule: WidgetModule = {
  types: ["toggler"],
  layout: { flow: "leaf" },
  css,
  copies: toggleCopies(KIND, "is_toggled"),
  create: (context) => new Toggle(context, KIND),
};
