// Every ```ts and ```tsx block in README and docs compiles, alone, as a file of somebody who installed the package; every
// relative link leads somewhere; every error code has its entry in docs/errors.md.

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { bin, filesBelow, root, run } from "./lib/setup.mjs";

const out = join(root, ".cache/docs");
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const pages = [join(root, "README.md"), ...filesBelow(join(root, "docs"), (name) => name.endsWith(".md"))];
const faults = [];
let blocks = 0;

for (const page of pages) {
  const text = readFileSync(page, "utf8");
  const name = relative(root, page).replace(/[^a-z0-9]+/gi, "-");
  for (const match of text.matchAll(/^```(tsx?)\n([\s\S]*?)^```/gm)) {
    const line = text.slice(0, match.index).split("\n").length;
    writeFileSync(join(out, `${name}-line-${line}.${match[1]}`), `${match[2]}\nexport {};\n`);
    blocks += 1;
  }
  for (const match of text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)) {
    if (!existsSync(resolve(dirname(page), match[1])))
      faults.push(`${relative(root, page)} links to ${match[1]}, which is not there`);
  }
}

const codesFile = readFileSync(join(root, "docs/errors.md"), "utf8");
for (const file of filesBelow(join(root, "src"), (name) => name.endsWith(".ts"))) {
  for (const match of readFileSync(file, "utf8").matchAll(/^export type \w*ErrorCode =([\s\S]*?);$/gm)) {
    for (const [, code] of match[1].replace(/\/\*[\s\S]*?\*\//g, "").matchAll(/"([a-z-]+)"/g)) {
      if (!codesFile.includes(`\`${code}\``))
        faults.push(`docs/errors.md has no entry for \`${code}\` of ${relative(root, file)}`);
    }
  }
}

if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}
writeFileSync(
  join(out, "tsconfig.json"),
  JSON.stringify({
    extends: "../../tsconfig.base.json",
    compilerOptions: {
      noEmit: true,
      composite: false,
      declaration: false,
      types: ["node"],
      lib: ["ES2023", "DOM"],
      typeRoots: ["../../node_modules/@types"],
    },
    include: ["."],
  }),
);
if (blocks > 0) run(process.execPath, [bin("typescript", "tsc"), "-p", join(out, "tsconfig.json")]);
console.log(`${blocks} code blocks compile, links and error codes are complete`);
