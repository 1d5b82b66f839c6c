/** Where the system replaces colors, fills and shadows are gone: what only they show is drawn in the system's own colors. */
const RINGS = [
  ".pl-toggle",
  ".pl-slider",
  ".pl-pick",
  ".pl-sort",
  ".pl-link",
  ".pl-scroll-port",
  ".pl-tbody",
  ".pl-pane-title",
  ".pl-pointer-area",
  ".pl-titlebar",
  ".pl-titlebar-close",
  ".pl-markdown pre",
  ".pl-md-table",
].map((name) => `.pl-root ${name}:focus-visible`);

export const FORCED_COLORS_CSS = `@media (forced-colors:active){
${RINGS.join(",")}{outline:3px solid Highlight!important;outline-offset:1px}
.pl-root :is(.pl-scroll-port,.pl-tbody,.pl-sort,.pl-pane-title,.pl-titlebar,.pl-markdown pre,.pl-md-table):focus-visible{outline-offset:-3px}
.pl-root :is(.pl-button,.pl-field:focus-within){outline-color:CanvasText}
.pl-root .pl-button:focus-visible,.pl-root .pl-field:focus-within{outline:3px solid Highlight;outline-offset:1px}
.pl-root [aria-disabled="true"],.pl-root [aria-disabled="true"] *{color:GrayText!important}
.pl-root .pl-check-box:not(.pl-has-icon)>span{forced-color-adjust:none;background:CanvasText}
.pl-root .pl-check-box.pl-has-icon>span{forced-color-adjust:auto;background:none}
.pl-root [aria-disabled="true"] .pl-check-box:not(.pl-has-icon)>span{background:GrayText}
.pl-root .pl-toggle[aria-checked="true"] .pl-toggler-track{forced-color-adjust:none;background:Highlight}
.pl-root .pl-toggle[aria-checked="true"] .pl-toggler-track::before{background:HighlightText}
.pl-root .pl-pick-arrow{forced-color-adjust:none;background:CanvasText}
.pl-root .pl-thumb::before{forced-color-adjust:none;background:CanvasText}
.pl-root .pl-rail:is(:hover,.pl-dragged)>.pl-thumb::before{background:Highlight}
.pl-root :is(.pl-rule,.pl-markdown hr){forced-color-adjust:none;background:CanvasText}
.pl-root .pl-container[data-style]:not([data-style="transparent"]),.pl-root .pl-container.pl-mapped{outline:1px solid;outline-offset:-1px}
.pl-root.pl-root .pl-link{color:LinkText;text-decoration-line:underline}
.pl-root :is(.pl-md-box,.pl-markdown pre){outline:1px solid;outline-offset:-1px}
.pl-root .pl-md-box[aria-checked="true"]::after{border-color:CanvasText}
.pl-root .pl-titlebar-close::before,.pl-root .pl-titlebar-close::after{forced-color-adjust:none;background:CanvasText}
.pl-root .pl-dialog{outline:1px solid}
.pl-root .pl-overlay:not(.pl-passive){outline:1px solid}
}`;
