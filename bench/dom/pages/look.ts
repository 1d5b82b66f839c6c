import { OPERATIONS } from "../model.ts";

/** The look of the pages without Plushie: what one would write for these two screens and nothing else. */
const CSS = `
html,body{margin:0;height:100%}
body{font:16px/1.3 system-ui,sans-serif;color:#1a1c1f;background:#fff}
*{box-sizing:border-box}
#app{position:fixed;inset:0;display:flex;flex-direction:column;gap:8px;user-select:none}
.bar{display:flex;gap:4px}
.typed{padding:5px;border:1px solid #999;border-radius:3px;font:inherit}
button{font:inherit;border:0;border-radius:4px;padding:5px 10px;background:#d5d8dd;color:#1a1c1f;cursor:pointer}
button.primary{background:#5865f2;color:#fff}
.scroll{flex:1 1 0;overflow:auto;min-height:0;scrollbar-width:thin}
.table{width:100%;border-collapse:collapse;table-layout:fixed}
.table th,.table td{padding:5px 10px;text-align:left;font-weight:400;border:1px solid #c6c9ce}
.table th:first-child{width:80px}
.selected{color:#5865f2}
.list{display:flex;flex-direction:column;gap:4px}
.line{display:flex;gap:8px;align-items:center}
.label{flex:1}
.check{display:flex;gap:8px;align-items:center;cursor:pointer}
.check>i{width:16px;height:16px;border-radius:3px;border:1px solid #999;background:#fff}
.check[aria-checked="true"]>i{background:#5865f2}
`;

/** Puts the look and the parts that do not change on the page; the rows go into what it gives back. */
export function addLook(): HTMLElement {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  document.adoptedStyleSheets = [sheet];
  const app = document.createElement("main");
  app.id = "app";
  document.body.replaceChildren(app);
  return app;
}

/** A frame of the page for implementations that build it by hand. */
export function addBar(app: HTMLElement): { readonly typed: HTMLInputElement; readonly status: HTMLElement } {
  const bar = app.appendChild(document.createElement("div"));
  bar.className = "bar";
  for (const name of OPERATIONS) {
    const button = bar.appendChild(document.createElement("button"));
    button.textContent = name;
    button.dataset["id"] = `op-${name}`;
  }
  const typed = app.appendChild(document.createElement("input"));
  typed.className = "typed";
  typed.dataset["id"] = "typed";
  const status = app.appendChild(document.createElement("div"));
  status.dataset["id"] = "status";
  return { typed, status };
}

/** The name of the operation whose button this is. */
export function operationOf(target: EventTarget | null): string | undefined {
  if (!(target instanceof Element)) return undefined;
  const id = target.closest<HTMLElement>('[data-id*="op-"]')?.dataset["id"];
  return id?.slice(id.indexOf("op-") + 3);
}
