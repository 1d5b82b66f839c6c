import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
// @ts-expect-error The generator is plain JavaScript without declarations.
import { generate } from "../../scripts/generate-ui.mjs";

test("the generated files are those of the catalog", () => {
  const catalog = JSON.parse(readFileSync(new URL("../protocol/catalog/widgets.json", import.meta.url), "utf8"));
  const files: { readonly [name: string]: string } = generate(catalog);
  expect(Object.keys(files)).toHaveLength(4);
  for (const [name, content] of Object.entries(files)) {
    const path = new URL(`generated/${name}`, import.meta.url);
    expect(readFileSync(path, "utf8") === content, `${name}: run node scripts/generate-ui.mjs`).toBe(true);
  }
});
