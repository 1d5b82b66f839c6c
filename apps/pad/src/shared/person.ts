import type { Person, Shared } from "./model.ts";

const ADJECTIVES = [
  "Calm",
  "Bright",
  "Quick",
  "Quiet",
  "Brave",
  "Kind",
  "Merry",
  "Clever",
  "Gentle",
  "Lucky",
  "Neat",
  "Sunny",
];
const ANIMALS = [
  "Otter",
  "Heron",
  "Fox",
  "Wren",
  "Lynx",
  "Hare",
  "Finch",
  "Badger",
  "Robin",
  "Seal",
  "Swift",
  "Marten",
];
/** Dark enough for white text: contrast 4.5 or more. */
const COLORS = ["#2563eb", "#7c3aed", "#be185d", "#b45309", "#047857", "#0e7490", "#4d7c0f", "#b91c1c"];

/** A person as the pad knows them; for a newcomer a name and a color that follow from the id. */
export function personOf(shared: Shared, id: string): Person {
  const known = shared.people[id];
  if (known !== undefined) return known;
  const number = hash(id);
  return {
    name: `${pick(ADJECTIVES, number)} ${pick(ANIMALS, Math.floor(number / ADJECTIVES.length))}`,
    color: pick(COLORS, Math.floor(number / 997)),
    dark: true,
    seenAt: 0,
  };
}

/** The color that the fewest of these people have; the first of equals. */
export function freeColor(people: Iterable<Person>): string {
  const uses = new Map(COLORS.map((color) => [color, 0]));
  for (const { color } of people) uses.set(color, (uses.get(color) ?? 0) + 1);
  return COLORS.reduce((best, color) => ((uses.get(color) ?? 0) < (uses.get(best) ?? 0) ? color : best));
}

export function initialsOf(name: string): string {
  return name
    .split(/\s+/)
    .map((word) => [...word][0] ?? "")
    .join("")
    .slice(0, 2)
    .toUpperCase();
}

function pick(list: readonly string[], number: number): string {
  return list[number % list.length] ?? "";
}

/** FNV-1a, 32 bits (Fowler, Noll, Vo; RFC draft-eastlake-fnv). */
function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return sum;
}
