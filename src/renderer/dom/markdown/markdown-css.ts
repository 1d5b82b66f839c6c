const CODE_COLORS = "comment keyword string number constant function type property tag attribute operator".split(" ");

/** Sizes and colors of code come in as `--md-…` from the props. */
export const MARKDOWN_CSS = `
.pl-markdown{font-size:var(--md-text);overflow-wrap:anywhere;user-select:text;-webkit-user-select:text;cursor:auto}
.pl-markdown>*+*,.pl-markdown :is(.pl-md-block,li,blockquote)>*+*{margin-top:var(--md-gap)}
.pl-markdown li+li{margin-top:calc(var(--md-gap)*.75)}
.pl-markdown li>:is(ul,ol){margin-top:calc(var(--md-gap)*.75)}
.pl-markdown :is(h1,h2,h3,h4,h5,h6){font-weight:600}
.pl-markdown h1{font-size:var(--md-h1)}
.pl-markdown h2{font-size:var(--md-h2)}
.pl-markdown h3{font-size:var(--md-h3)}
.pl-markdown h4{font-size:calc(var(--md-text)*1.25)}
.pl-markdown :is(h5,h6){font-size:var(--md-text)}
.pl-markdown :is(ul,ol){padding-inline-start:1.6em}
.pl-markdown li.pl-md-task{list-style:none}
.pl-md-box{display:inline-block;position:relative;width:.9em;height:.9em;margin:0 .45em 0 -1.35em;vertical-align:-.08em;border-radius:3px;box-shadow:inset 0 0 0 1px color-mix(in srgb,currentcolor 55%,transparent)}
.pl-md-box[aria-checked="true"]{background:var(--primary-base);box-shadow:none}
.pl-md-box[aria-checked="true"]::after{content:"";position:absolute;left:.3em;top:.12em;width:.24em;height:.48em;border:solid var(--primary-base-text);border-width:0 2px 2px 0;transform:rotate(45deg)}
.pl-markdown blockquote{padding-inline-start:calc(var(--md-gap) + 4px);border-inline-start:4px solid var(--bg-strong)}
.pl-markdown hr{height:2px;border:0;background:var(--bg-strong)}
.pl-markdown :is(pre,code){font-family:var(--font-mono);font-variant-ligatures:no-contextual}
.pl-markdown code{padding:.1em .3em;border-radius:4px;background:#111111;color:#ffffff;font-size:var(--md-code)}
.pl-markdown pre{padding:calc(var(--md-code)*.75) var(--md-code);border-radius:var(--radius-box);box-shadow:inset 0 0 0 1px #ffffff14;line-height:1.45;overflow-x:auto;scrollbar-width:thin;overscroll-behavior-x:contain;white-space:pre;overflow-wrap:normal;tab-size:4;color-scheme:dark;background:var(--md-code-bg,#111111);color:var(--md-code-fg,#eeeeee);font-size:var(--md-code)}
.pl-markdown pre code{padding:0;border-radius:0;background:none;color:inherit}
${CODE_COLORS.map((name) => `.pl-code-${name}{color:var(--md-${name})}`).join("\n")}
.pl-code-comment{font-style:italic}
.pl-md-table{overflow-x:auto;scrollbar-width:thin;overscroll-behavior-x:contain}
.pl-markdown table{border-collapse:collapse;overflow-wrap:normal}
:is(.pl-markdown pre,.pl-md-table):focus-visible{outline:2px solid var(--focus-ring);outline-offset:-2px}
.pl-markdown :is(th,td){padding:.3em .8em;text-align:start;vertical-align:top}
.pl-markdown th{font-weight:600}
.pl-markdown tr+tr>td,.pl-markdown tbody td{border-top:1px solid var(--bg-strong)}
.pl-markdown .pl-md-left{text-align:left}
.pl-markdown .pl-md-center{text-align:center}
.pl-markdown .pl-md-right{text-align:right}
.pl-markdown img{max-width:100%;vertical-align:bottom}
.pl-markdown .pl-link{color:var(--md-link,var(--box-link,var(--link)));text-decoration-line:underline;text-underline-offset:2px;cursor:pointer;border-radius:2px;outline:none}
@media (hover:hover){.pl-markdown .pl-link:hover{text-decoration-thickness:2px}}
@media (prefers-contrast:more){.pl-markdown{--link:var(--clear-primary)}}
.pl-markdown .pl-link:focus-visible{box-shadow:0 0 0 2px var(--focus-ring),0 0 6px var(--focus-glow-soft)}
`;
