// The script of the page that servers deliver: everything else is in the library.

import { startPage } from "./start-page.ts";

startPage();
