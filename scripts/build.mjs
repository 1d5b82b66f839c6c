// npm run build: the published files, in dist/.

import { build, requireNode } from "./lib/setup.mjs";

requireNode();
build();
