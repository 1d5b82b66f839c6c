import { fileURLToPath } from "node:url";
import { type PageFile, readPageFolder, titledPage } from "../host/node/page-http/page-files.ts";
import { ServerError } from "./server-error.ts";

export interface PageOptions {
  /** Folder with the built page: `index.html`, or `page.html`, in which `{{title}}` is replaced. Default: this package's page. */
  readonly directory?: string;
  readonly title?: string;
}

/** Where the build puts the page, seen from this module in `dist`. */
const OWN_PAGE = fileURLToPath(new URL("../page/", import.meta.url));

/** Everything that is served, by path. Throws a `ServerError` when there is no page in the folder. */
export function loadPageFiles({ directory = OWN_PAGE, title }: PageOptions): ReadonlyMap<string, PageFile> {
  const read = readPageFolder(directory);
  if (!read.ok) throw new ServerError("page-not-found", read.error);
  const files = read.value;
  const index = files.get("/index.html") ?? indexFrom(files.get("/page.html"), directory, title);
  files.set("/", index);
  return files;
}

function indexFrom(template: PageFile | undefined, directory: string, title: string | undefined): PageFile {
  if (template !== undefined) return titledPage(template, title ?? "Plushie");
  throw new ServerError("page-not-found", `The page folder "${directory}" has neither index.html nor page.html.`);
}
