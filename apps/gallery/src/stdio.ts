import { run } from "plushie/host";
import gallery from "./app.ts";

// For a renderer that starts its app: plushie --exec "node apps/gallery/dist/stdio.js".
await run(gallery, { transport: "stdio" });
