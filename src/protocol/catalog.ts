/** What is known of the built-in widgets: one source for builders, encoding, validation and documentation. */
import {
  type PropRow,
  UNIVERSAL_PROPS,
  VALUE_LISTS,
  WIDGET_ROWS,
  WIRE_TYPES,
  type WidgetRow,
} from "./generated/catalog-rows.ts";

export interface PropSpec {
  /** As on the wire. */
  readonly name: string;
  /** As authors write it. */
  readonly hostName: string;
  /** `number`, `bool`, `enum`, `Length`, … as the catalog calls it. */
  readonly wireType: string;
  /** What a renderer assumes when the prop is absent; for some props a description in words. */
  readonly fallback: unknown;
  /** Only for `enum`. */
  readonly values: readonly string[] | undefined;
}

export interface WidgetSpec {
  readonly type: string;
  readonly category: string;
  /** `none`, `one`, `many`, or `many` or a number in words with what they have to be. */
  readonly children: string;
  /** False: the author has to give an id. */
  readonly hasAutoId: boolean;
  /** Only inside a canvas. Such types may have the name of a widget. */
  readonly isShape: boolean;
  readonly role: string;
  readonly aliases: readonly string[];
  /** Event families it emits. */
  readonly families: readonly string[];
  /** By wire name. Universal props included. */
  readonly props: ReadonlyMap<string, PropSpec>;
}

const UPPER = /[A-Z]/g;
const AFTER_UNDERSCORE = /_([a-z])/g;

const universal = UNIVERSAL_PROPS.map(propSpec);

export const WIDGETS: readonly WidgetSpec[] = WIDGET_ROWS.map(widgetSpec);

const widgetsByName = byName(WIDGETS.filter((widget) => !widget.isShape));
const shapesByName = byName(WIDGETS.filter((widget) => widget.isShape));

/** A widget by its type name or an alias of it. */
export function findWidget(type: string): WidgetSpec | undefined {
  return widgetsByName.get(type);
}

/** What a type name means inside a canvas. */
export function findShape(type: string): WidgetSpec | undefined {
  return shapesByName.get(type);
}

/** A prop of a widget by its wire name. */
export function findProp(type: string, name: string): PropSpec | undefined {
  return findWidget(type)?.props.get(name);
}

/** `onRightPress` is `on_right_press`. Names in snake case stay as they are. */
export function toWireName(hostName: string): string {
  return hostName.replace(UPPER, (letter) => `_${letter.toLowerCase()}`);
}

/** `on_right_press` is `onRightPress`. */
export function toHostName(wireName: string): string {
  return wireName.replace(AFTER_UNDERSCORE, (_, letter: string) => letter.toUpperCase());
}

function widgetSpec(row: WidgetRow): WidgetSpec {
  const [type, category, children, hasAutoId, isShape, role, aliases, families, props] = row;
  const specs = [...universal, ...props.map(propSpec)];
  return {
    type,
    category,
    children,
    hasAutoId: hasAutoId === 1,
    isShape: isShape === 1,
    role,
    aliases,
    families,
    props: new Map(specs.map((spec) => [spec.name, spec])),
  };
}

function propSpec([name, wireType, fallback = null, values]: PropRow): PropSpec {
  return {
    name,
    hostName: toHostName(name),
    wireType: WIRE_TYPES[wireType] ?? "any",
    fallback,
    values: values === undefined ? undefined : VALUE_LISTS[values],
  };
}

function byName(specs: readonly WidgetSpec[]): ReadonlyMap<string, WidgetSpec> {
  return new Map(specs.flatMap((spec) => [spec.type, ...spec.aliases].map((name) => [name, spec] as const)));
}
