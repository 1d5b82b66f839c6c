/** The generated files by name. */
export function generateCatalog(): {
  readonly "catalog-rows.ts": string;
  readonly "enums.ts": string;
  readonly "themes.ts": string;
  readonly "widget-names.ts": string;
};
