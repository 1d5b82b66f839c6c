import type { WireProps } from "../../protocol/index.ts";

/** The parts of a keyboard event that its wire form is made from. */
export interface KeyFacts {
  readonly key: string;
  readonly code: string;
  readonly location: number;
  readonly repeat: boolean;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

export interface ModifierFacts {
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

const LOCATIONS = ["standard", "left", "right", "numpad"] as const;

/** Value of a `key_press` event. */
export function keyPressValue(event: KeyFacts): WireProps {
  const isTyped = isCharacter(event.key) && !event.ctrlKey && !event.metaKey;
  return { ...keyReleaseValue(event), text: isTyped ? event.key : null, repeat: event.repeat };
}

/** Value of a `key_release` event. */
export function keyReleaseValue(event: KeyFacts): WireProps {
  return {
    key: plainKey(event),
    modified_key: keyName(event.key),
    physical_key: event.code === "" ? "Unidentified" : event.code,
    location: LOCATIONS[event.location] ?? "standard",
  };
}

/** `command` is the platform's own command key: the logo key on Apple's systems, control elsewhere. */
export function modifiersValue(event: ModifierFacts, isApple: boolean): WireProps {
  return {
    shift: event.shiftKey,
    ctrl: event.ctrlKey,
    alt: event.altKey,
    logo: event.metaKey,
    command: isApple ? event.metaKey : event.ctrlKey,
  };
}

const NAMES: Readonly<Record<string, string>> = { " ": "Space", Meta: "Super", OS: "Super", Dead: "Unidentified" };

export function keyName(key: string): string {
  if (key === "") return "Unidentified";
  return Object.hasOwn(NAMES, key) ? (NAMES[key] ?? key) : key;
}

/** The key without what modifiers did to it, as far as a page can know. */
function plainKey(event: KeyFacts): string {
  if (!isCharacter(event.key)) return keyName(event.key);
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  // A layout that is not Latin has its own letter there; only case and the characters of Alt are undone.
  if (event.altKey && letter !== undefined) return letter.toLowerCase();
  const digit = /^Digit(\d)$/.exec(event.code)?.[1];
  if (event.shiftKey && digit !== undefined) return digit;
  return keyName(event.shiftKey ? event.key.toLowerCase() : event.key);
}

function isCharacter(key: string): boolean {
  return [...key].length === 1;
}
