// One line of a script, read word by word and written back. Pure.

import { messageOf } from "../base/index.ts";
import type { WireValue } from "../protocol/index.ts";
import { GRAMMAR, type Instruction, type InstructionName, type SlotKind, slotsOf, usageOf } from "./script-grammar.ts";
import { by, type Query } from "./selector.ts";
import { similar } from "./similar.ts";

/** Why a line cannot be read. The parser adds where it is. */
export class LineFault extends Error {
  readonly suggestion: string | undefined;

  constructor(reason: string, suggestion?: string) {
    super(reason);
    this.suggestion = suggestion;
  }
}

const BUTTONS = ["left", "middle", "right"] as const;
const SELECTORS = 'A selector is #id, "text", text:"…", role:button, role:button:"name", label:"…", id:"…" or focused.';
const NUMBER = /^-?(?:\d+\.?\d*|\.\d+)$/;
/** What can stand without quotation marks and is read back as it was. */
const PLAIN_WORD = /^[^\s"#:]+$/;
const PLAIN_ID = /^[^\s"]+$/;
const NAMES = Object.keys(GRAMMAR);
/** Longest first, so that `expect not exists` is not taken for something shorter. */
const NAMES_BY_LENGTH = [...NAMES].sort((left, right) => right.length - left.length);

/** Reads an instruction. Throws a `LineFault`. */
export function parseInstruction(line: string): Instruction {
  const name = nameIn(line);
  const reader = new WordReader(line.slice(name.length));
  const fields: Record<string, unknown> = { do: name };
  for (const [key, kind, isOptional] of slotsOf(name)) {
    if (reader.isAtEnd) {
      if (isOptional) continue;
      throw new LineFault(`${name} needs ${key}`, `Write: ${usageOf(name)}`);
    }
    fields[key] = reader.take(kind, key);
  }
  if (!reader.isAtEnd) {
    throw new LineFault(
      `${name} ends before "${reader.rest}"`,
      `Write: ${usageOf(name)}. Text with spaces needs quotation marks.`,
    );
  }
  // The grammar's slots were read for its name, which is what the type says.
  return fields as Instruction;
}

/** Writes an instruction so that `parseInstruction` gives the same one. */
export function formatInstruction(instruction: Instruction): string {
  const words: string[] = [instruction.do];
  const values: Readonly<Record<string, unknown>> = instruction;
  for (const [key, kind] of slotsOf(instruction.do)) {
    const value = values[key];
    if (value !== undefined) words.push(formatValue(kind, value));
  }
  return words.join(" ");
}

export function formatSelector(query: Query): string {
  switch (query.by) {
    case "id": {
      const id = query.windowId === undefined ? query.value : `${query.windowId}#${query.value}`;
      return PLAIN_ID.test(id) ? `#${id}` : `id:${JSON.stringify(id)}`;
    }
    case "text":
      return JSON.stringify(query.value);
    case "role": {
      const role = `role:${word(query.value)}`;
      return query.name === undefined ? role : `${role}:${JSON.stringify(query.name)}`;
    }
    case "label":
      return `label:${JSON.stringify(query.value)}`;
    case "focused":
      return "focused";
  }
}

function formatValue(kind: SlotKind, value: unknown): string {
  switch (kind) {
    case "selector":
      // What the grammar calls a selector is a query.
      return formatSelector(value as Query);
    case "text":
      return JSON.stringify(value);
    case "state":
      return value === true ? "on" : "off";
    case "json":
      return JSON.stringify(value);
    case "number":
      return decimal(Number(value));
    case "button":
      return String(value);
  }
}

/** Without an exponent, which a script does not have. */
function decimal(value: number): string {
  const text = String(value);
  return text.includes("e") ? value.toFixed(Math.abs(value) < 1 ? 20 : 0) : text;
}

function word(text: string): string {
  return PLAIN_WORD.test(text) ? text : JSON.stringify(text);
}

function nameIn(line: string): InstructionName {
  const found = NAMES_BY_LENGTH.find(
    (name) => line === name || line.startsWith(`${name} `) || line.startsWith(`${name}\t`),
  );
  // Only names of the grammar are looked for.
  if (found !== undefined) return found as InstructionName;
  const [first = "", second = "", third = ""] = line.split(/\s+/, 3);
  if (first === "expect") {
    const asked = second === "not" ? `expect not ${third}` : `expect ${second}`;
    throw unknown(
      asked.trim(),
      NAMES.filter((name) => name.startsWith("expect ")),
    );
  }
  throw unknown(first, NAMES);
}

function unknown(name: string, known: readonly string[]): LineFault {
  const [near] = similar(known, name);
  const suggestion = near === undefined ? `There are: ${known.join(", ")}.` : `Did you mean "${near}"?`;
  return new LineFault(`unknown instruction "${name}"`, suggestion);
}

class WordReader {
  readonly #line: string;
  #at = 0;

  constructor(line: string) {
    this.#line = line;
    this.#skipSpace();
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#line.length;
  }

  get rest(): string {
    return this.#line.slice(this.#at);
  }

  take(kind: SlotKind, key: string): unknown {
    const value = this.#take(kind, key);
    if (!this.isAtEnd && !/\s/.test(this.#line[this.#at] ?? "")) {
      throw new LineFault(`${key} is followed by "${this.rest}" without a space`);
    }
    this.#skipSpace();
    return value;
  }

  #take(kind: SlotKind, key: string): unknown {
    switch (kind) {
      case "selector":
        return this.#selector();
      case "text":
        return this.#text();
      case "json":
        return this.#json(key);
      case "number": {
        const found = this.#word();
        const value = Number(found);
        if (NUMBER.test(found) && Number.isFinite(value)) return value;
        throw new LineFault(`${key} is no number: "${found}"`);
      }
      case "state": {
        const found = this.#word();
        if (found === "on" || found === "off") return found === "on";
        throw new LineFault(`${key} is "${found}"`, "Write on or off.");
      }
      case "button": {
        const found = this.#word();
        const button = BUTTONS.find((name) => name === found);
        if (button !== undefined) return button;
        throw new LineFault(`no pointer has a button "${found}"`, `Write ${BUTTONS.join(", ")}.`);
      }
    }
  }

  #selector(): Query {
    const start = this.#line[this.#at];
    if (start === '"') return by.text(this.#quoted());
    if (start === "#") {
      const id = this.#word().slice(1);
      if (id === "" || id.includes('"')) throw new LineFault(`"#${id}" is no selector`, SELECTORS);
      return by.id(id);
    }
    const [prefix = ""] = /^[a-z]+(?=:)/.exec(this.rest) ?? [];
    if (prefix === "") {
      const found = this.#word();
      if (found === "focused") return by.focused();
      throw new LineFault(
        `"${found}" is no selector`,
        PLAIN_ID.test(found) ? `For an id write #${found}. ${SELECTORS}` : SELECTORS,
      );
    }
    this.#at += prefix.length + 1;
    switch (prefix) {
      case "id":
        return by.id(this.#filled(prefix));
      case "text":
        return by.text(this.#filled(prefix));
      case "label":
        return by.label(this.#filled(prefix));
      case "role": {
        const role = this.#filled(prefix);
        if (this.#line[this.#at] !== ":") return by.role(role);
        this.#at += 1;
        return by.role(role, { name: this.#text() });
      }
      default:
        throw new LineFault(`"${prefix}:" is no kind of selector`, SELECTORS);
    }
  }

  #filled(prefix: string): string {
    const text = this.#line[this.#at] === '"' ? this.#quoted() : this.#match(/[^\s":]*/y);
    if (text === "") throw new LineFault(`nothing follows "${prefix}:"`, SELECTORS);
    return text;
  }

  #text(): string {
    return this.#line[this.#at] === '"' ? this.#quoted() : this.#word();
  }

  #word(): string {
    return this.#match(/\S*/y);
  }

  #quoted(): string {
    const text = this.#match(/"(?:[^"\\]|\\.)*"/y);
    if (text === "") throw new LineFault(`no second quotation mark after ${this.rest}`);
    try {
      return String(JSON.parse(text));
    } catch (thrown) {
      throw new LineFault(
        `${text} is no text: ${messageOf(thrown)}`,
        'Escapes are those of JSON: \\" \\\\ \\n \\t \\u0041.',
      );
    }
  }

  #json(key: string): WireValue {
    const text = this.rest;
    this.#at = this.#line.length;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (thrown) {
      throw new LineFault(
        `${key} is no JSON: ${messageOf(thrown)}`,
        'Texts need quotation marks, also as names: {"path": "/tmp"}.',
      );
    }
    if (!hasOnlyNumbers(value)) throw new LineFault(`${key} has a number that is too large`);
    // JSON without infinite numbers is a wire value.
    return value as WireValue;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [found = ""] = pattern.exec(this.#line) ?? [];
    this.#at += found.length;
    return found;
  }

  #skipSpace(): void {
    this.#match(/\s*/y);
  }
}

/** Whether every number in it is finite: `1e999` is none. */
function hasOnlyNumbers(value: unknown): boolean {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next === "number" && !Number.isFinite(next)) return false;
    if (typeof next === "object" && next !== null) open.push(...Object.values(next));
  }
  return true;
}
