// The page of tests that look at single widgets and windows.

import { installDomPage } from "./dom-recorder.ts";

export type { DomPage, PageEvent } from "./dom-recorder.ts";

installDomPage({ marksIds: true, hearsSubscriptions: true });
