// Not through the index: this file is loaded lazily, and the catalog has to come with it.
import { findShape, findWidget, type PropSpec } from "../../protocol/catalog.ts";
import { describe, type WireNode, type WireValue } from "../../protocol/index.ts";
import { clip, isRecord } from "./record.ts";

/** What is wrong with the props of a node, in words; nothing for types that the catalog does not know. */
export type PropValidator = (node: WireNode) => readonly string[];

/** Warnings about one node. */
const MAX_WARNINGS = 32;

export const validateProps: PropValidator = ({ type, props }) => {
  // Some types are a widget and, inside a canvas, a shape; what is right for one of them is right.
  const widget = findWidget(type);
  const shape = findShape(type);
  if (widget === undefined && shape === undefined) return [];
  const warnings: string[] = [];
  for (const [name, value] of Object.entries(props)) {
    if (warnings.length >= MAX_WARNINGS) break;
    const specs = [widget?.props.get(name), shape?.props.get(name)].filter((spec) => spec !== undefined);
    if (specs.length === 0) warnings.push(`prop_unknown: ${clip(name)}`);
    else if (value !== null) {
      const problems = specs.map((spec) => problemWith(spec, value));
      const [problem] = problems;
      if (problem !== undefined && !problems.includes(undefined)) warnings.push(problem);
    }
  }
  return warnings;
};

function problemWith(spec: PropSpec, value: WireValue): string | undefined {
  // A prop may hold the description of an animation instead of its value.
  if (isRecord(value) && typeof value["type"] === "string") return undefined;
  const { name, wireType, values } = spec;
  const expected = mismatch(wireType, values, value);
  if (expected !== undefined) return `prop_type_mismatch: ${name}: expected ${expected}, found ${found(value)}`;
  if (isInRange(wireType, value)) return undefined;
  return `prop_range_exceeded: ${name}: expected ${wireType}, found ${found(value)}`;
}

/** What was expected, when the value is something else. */
function mismatch(wireType: string, values: readonly string[] | undefined, value: WireValue): string | undefined {
  const isText = typeof value === "string";
  const isNumber = typeof value === "number";
  if (wireType.startsWith("number")) return isNumber ? undefined : "number";
  if (wireType.startsWith("integer")) return isNumber && Number.isInteger(value) ? undefined : "integer";
  if (wireType.startsWith("array")) return Array.isArray(value) ? undefined : "array";
  switch (wireType) {
    case "bool":
      return typeof value === "boolean" ? undefined : "bool";
    case "string":
    case "string|null":
    case "string path":
    case "string(1 char)":
      return isText ? undefined : "string";
    case "enum":
      if (!isText) return "string";
      return values === undefined || values.includes(value) ? undefined : `one of ${values.join(", ")}`;
    case "[min,max]":
      return isPair(value) ? undefined : "two numbers";
    case "[w,h]":
    case "{width,height} (SDKs also emit [w,h])":
      return isPair(value) || isRecord(value) ? undefined : "width and height";
    case "Length":
      return isNumber || isRecord(value) || value === "fill" || value === "shrink" ? undefined : wireType;
    case "Padding":
      return isNumber || Array.isArray(value) || isRecord(value) ? undefined : wireType;
    case "Color":
    case "Color|Gradient":
    case "Theme":
    case "Font":
    case "Style":
      return isText || isRecord(value) ? undefined : wireType;
    case "LineHeight":
      return isNumber || isRecord(value) ? undefined : wireType;
    case "A11y":
    case "Border":
    case "Shadow":
    case "TextSync":
      return isRecord(value) ? undefined : wireType;
    default:
      return undefined;
  }
}

function isInRange(wireType: string, value: WireValue): boolean {
  if (wireType === "[min,max]" && isPair(value)) return value[0] <= value[1];
  if (typeof value !== "number") return true;
  switch (wireType) {
    case "number 0..1":
      return value >= 0 && value <= 1;
    case "number>0":
      return value > 0;
    case "integer>=1":
      return value >= 1;
    case "number ms":
    case "number px":
    case "Length":
    case "Padding":
      return value >= 0;
    default:
      return true;
  }
}

function isPair(value: WireValue): value is readonly [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every((item) => typeof item === "number");
}

/** Short values as they are: the app's author looks for them. */
function found(value: WireValue): string {
  if (typeof value === "string") return JSON.stringify(clip(value, 40));
  return typeof value === "number" || typeof value === "boolean" ? String(value) : describe(value);
}
