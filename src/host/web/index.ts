export { type InPageApp, type RunInPageOptions, runInPage } from "./in-page.ts";
export { type Page, type StartPageOptions, startPage } from "./start-page.ts";
