import { LAYOUT_CSS } from "./layout.ts";
import { OVERLAY_CSS } from "./overlay-layer.ts";
import { STYLED_CSS } from "./style-map.ts";

const SYSTEM_FONT = 'system-ui,-apple-system,"Segoe UI","Inter","Cantarell","Noto Sans","Liberation Sans",sans-serif';
const MONO_FONT =
  'ui-monospace,"SF Mono","Cascadia Mono","JetBrains Mono","DejaVu Sans Mono","Liberation Mono",monospace';

/** What all widgets stand on. It must feel like a desktop toolkit: nothing selects, drags or bounces unless a widget says so. */
export const BASE_CSS = `
.pl-root{--font-system:${SYSTEM_FONT};--font-mono:${MONO_FONT};--font-sans:sans-serif;--font-default:var(--font-system);--text-size:16px;--radius:4px;--radius-box:6px;
position:relative;width:100%;height:100%;overflow:clip;isolation:isolate;font:var(--text-size)/1.3 var(--font-default);cursor:default;
user-select:none;-webkit-user-select:none;-webkit-tap-highlight-color:transparent;overscroll-behavior:none;-webkit-font-smoothing:antialiased;text-rendering:optimizeLegibility}
.pl-root.pl-whole-page{position:fixed;inset:0}
:where(.pl-root *){box-sizing:border-box;margin:0;padding:0;min-width:0;min-height:0}
.pl-root input,.pl-root textarea,.pl-root [contenteditable="true"]{user-select:text;-webkit-user-select:text}
.pl-root input::selection,.pl-root textarea::selection,.pl-root .pl-markdown ::selection{background:var(--sel);color:var(--primary-weak-text)}
.pl-scroll-port,.pl-tbody{scroll-padding:12px}
.pl-scroll-port:focus-visible,.pl-table:focus-visible,.pl-tbody:focus-visible{outline:2px solid var(--focus-ring)!important;outline-offset:-2px}
:is([data-theme-class],[data-worn]){scrollbar-color:var(--thumb) transparent}
.pl-loose{position:absolute;inset:0;display:flex;align-items:flex-start;overflow:clip;background:var(--bg-base)}
.pl-loose[hidden]{display:none}
.pl-live{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (prefers-reduced-motion:reduce){:where(.pl-root *),:where(.pl-root *)::before,:where(.pl-root *)::after{transition:none!important}}
${STYLED_CSS}
${LAYOUT_CSS}
${OVERLAY_CSS}
`;
