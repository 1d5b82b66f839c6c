/** What a list shows of its items. Plain data, except for `where`. */
export interface DataQuery<Item> {
  /** Text that has to occur, in any of the fields and in any order of its words; case and accents do not count. */
  readonly search?: { readonly text: string; readonly in: readonly TextField<Item>[] };
  readonly where?: (item: Item) => boolean;
  /** The first rule decides; the next decide among equals. Items that are equal by all keep their order. */
  readonly sort?: readonly SortRule<Item>[];
  /** `number` counts from 1 and is brought into range; `size` is at least 1. Absent: one page with everything. */
  readonly page?: { readonly number: number; readonly size: number };
}

/** A field of an item that holds text. */
export type TextField<Item> = {
  readonly [Name in keyof Item & string]: Item[Name] extends string | null | undefined ? Name : never;
}[keyof Item & string];

/** A field of an item that has an order. */
export type SortField<Item> = {
  readonly [Name in keyof Item & string]: Item[Name] extends string | number | boolean | Date | null | undefined
    ? Name
    : never;
}[keyof Item & string];

export interface SortRule<Item> {
  readonly by: SortField<Item>;
  readonly direction?: "asc" | "desc";
}

export interface QueryResult<Item> {
  /** Those of the page. */
  readonly items: readonly Item[];
  /** How many match, on all pages. */
  readonly total: number;
  /** The page that is shown, from 1. */
  readonly page: number;
  /** At least 1. */
  readonly pages: number;
}

/**
 * Searches, filters, sorts and cuts a list into pages. Texts are compared as people of the language sort them, with numbers
 * in them by value (`item 9` before `item 10`); what is missing (`null`, `undefined`, `NaN`) comes last in both directions.
 * Costs one pass and a sort of what matches; wrap it in `memo` where the list is long.
 */
export function queryData<Item extends object>(
  items: readonly Item[],
  query: DataQuery<Item>,
  language?: string,
): QueryResult<Item> {
  const { search, where, sort = [], page } = query;
  const words = folded(search?.text ?? "")
    .split(/\s+/)
    .filter((word) => word !== "");
  const matching = items.filter(
    (item) => (where === undefined || where(item)) && (words.length === 0 || hasWords(item, words, search?.in ?? [])),
  );
  if (sort.length > 0) {
    const { compare } = new Intl.Collator(language, { numeric: true, sensitivity: "variant" });
    matching.sort((left, right) => compareBy(left, right, sort, compare));
  }
  if (page === undefined) return { items: matching, total: matching.length, page: 1, pages: 1 };
  const size = Math.max(1, whole(page.size));
  const pages = Math.max(1, Math.ceil(matching.length / size));
  const number = Math.min(pages, Math.max(1, whole(page.number)));
  return { items: matching.slice((number - 1) * size, number * size), total: matching.length, page: number, pages };
}

/** The sort rules after a click on a column: ascending first, then descending, then none. */
export function nextSort<Item>(rules: readonly SortRule<Item>[], by: SortField<Item>): readonly SortRule<Item>[] {
  const [first] = rules;
  if (first?.by !== by) return [{ by, direction: "asc" }];
  return first.direction === "desc" ? [] : [{ by, direction: "desc" }];
}

/** The items under the value of each of these functions' results, in the order in which the groups first occur. */
export function groupBy<Item, Key extends string | number>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

function hasWords<Item extends object>(
  item: Item,
  words: readonly string[],
  fields: readonly TextField<Item>[],
): boolean {
  const text = folded(fields.map((name) => String(item[name] ?? "")).join("\n"));
  return words.every((word) => text.includes(word));
}

/** Letters without case and accents. */
function folded(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
}

function compareBy<Item extends object>(
  left: Item,
  right: Item,
  rules: readonly SortRule<Item>[],
  compareTexts: (left: string, right: string) => number,
): number {
  for (const { by, direction } of rules) {
    const a: unknown = left[by];
    const b: unknown = right[by];
    if (isMissing(a) || isMissing(b)) {
      const order = Number(isMissing(a)) - Number(isMissing(b));
      if (order !== 0) return order;
      continue;
    }
    const order = typeof a === "string" && typeof b === "string" ? compareTexts(a, b) : Number(a) - Number(b);
    if (order !== 0) return direction === "desc" ? -order : order;
  }
  return 0;
}

function isMissing(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    Number.isNaN(value) ||
    (value instanceof Date && Number.isNaN(value.getTime()))
  );
}

function whole(number: number): number {
  return Number.isFinite(number) ? Math.trunc(number) : 1;
}
