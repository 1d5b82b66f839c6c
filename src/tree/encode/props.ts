/** The props of one element in wire form. The only place where prop names and values are encoded. */
import type { ElementProps } from "../../app/element.ts";
import type { WireProps, WireValue } from "../../protocol/node.ts";
import { encodeAccessibility, projectValidation } from "./accessibility.ts";
import { PROJECTED_TYPES, type WidgetSpec, widgetSpec } from "./catalog.ts";
import type { EncodeContext } from "./context.ts";
import { encodePlain, snakeCase } from "./plain.ts";
import { encodeData, encodeDescribed, encodeNumber, type ValueEncoder } from "./values.ts";

/** What becomes of one prop of one widget type. */
interface PropPlan {
  readonly wire: string;
  /** Absent: the prop is a handler. */
  readonly encode: ValueEncoder | undefined;
  /** For handlers: whether the wire has a prop of this name that asks for the event. */
  readonly isOptIn: boolean;
  /** False for props the catalog does not have. */
  readonly isKnown: boolean;
}

interface PropPlans {
  readonly spec: WidgetSpec | undefined;
  readonly byName: Map<string, PropPlan>;
}

/** No props, or none that go over the wire. */
export const NO_PROPS: WireProps = Object.freeze({});

/** Encodes props. Remembers for each widget type what becomes of which prop. */
export class PropEncoder {
  readonly #context: EncodeContext;
  readonly #plans = new Map<string, PropPlans>();

  constructor(context: EncodeContext) {
    this.#context = context;
  }

  /** Encodes for the node that the context stands at. */
  encode(props: ElementProps | undefined): WireProps {
    if (props === undefined || props === null) return NO_PROPS;
    const { type } = this.#context;
    let plans = this.#plans.get(type);
    if (plans === undefined) {
      plans = { spec: widgetSpec(type), byName: new Map() };
      this.#plans.set(type, plans);
    }
    const wire = this.#encodeEach(props, plans);
    if (wire === undefined) return NO_PROPS;
    if (type === "window" && "size" in wire) return splitSize(wire);
    if (("required" in wire || "validation" in wire) && PROJECTED_TYPES.has(type)) return projectValidation(wire);
    return wire;
  }

  /** The props themselves when they are on the wire as they are: elements are never changed. */
  #encodeEach(props: ElementProps, plans: PropPlans): WireProps | undefined {
    let encoded: Record<string, WireValue> | undefined;
    let isEmpty = true;
    // Without a list of the names, which would be one more object for each element.
    for (const name in props) {
      if (!Object.hasOwn(props, name)) {
        // Own members come first; what is inherited is not on the wire, so the props as they are cannot be either.
        encoded ??= membersBefore(props, name);
        continue;
      }
      const value = props[name];
      const plan = planOf(plans, name);
      const result = value === undefined || value === null ? undefined : this.#encodeOne(plan, name, value);
      const isLeftOut = result === undefined || result === null;
      if (encoded === undefined) {
        if (!isLeftOut && plan.wire === name && Object.is(result, value)) {
          isEmpty = false;
          continue;
        }
        encoded = membersBefore(props, name);
      }
      if (isLeftOut) continue;
      encoded[plan.wire] = result;
      isEmpty = false;
    }
    if (isEmpty) return undefined;
    // Each value went through its encoder and came back as it was.
    return encoded ?? (props as WireProps);
  }

  #encodeOne(plan: PropPlan, name: string, value: unknown): WireValue | undefined {
    const context = this.#context;
    if (!plan.isKnown) reportUnknown(context, name);
    return plan.encode === undefined ? encodeHandler(context, plan, name, value) : plan.encode(context, name, value);
  }
}

/** The members that came before one, all of which are on the wire as they are. */
function membersBefore(props: ElementProps, end: string): Record<string, WireValue> {
  const members: Record<string, WireValue> = {};
  for (const name in props) {
    if (name === end) break;
    members[name] = props[name] as WireValue;
  }
  return members;
}

function planOf(plans: PropPlans, name: string): PropPlan {
  let plan = plans.byName.get(name);
  if (plan === undefined) {
    plan = planProp(plans.spec, name);
    plans.byName.set(name, plan);
  }
  return plan;
}

/** The inline handler of these props for an event family such as `slide_release`. */
export function handlerIn(props: ElementProps | undefined, family: string): unknown {
  if (props === undefined || props === null) return undefined;
  const camel = handlerName(family);
  const value = Object.hasOwn(props, camel) ? props[camel] : props[`on_${family}`];
  return value === null || typeof value === "boolean" ? undefined : value;
}

/** Names of handlers by event family: each event asks for one. */
const handlerNames = new Map<string, string>();
const MAX_HANDLER_NAMES = 256;

function handlerName(family: string): string {
  let name = handlerNames.get(family);
  if (name === undefined) {
    name = `on${family.replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())}`;
    if (handlerNames.size >= MAX_HANDLER_NAMES) handlerNames.clear();
    handlerNames.set(family, name);
  }
  return name;
}

function planProp(spec: WidgetSpec | undefined, name: string): PropPlan {
  const wire = snakeCase(name);
  // Assigning it would change the prototype of the props instead of adding one.
  if (wire === "__proto__") return { wire, encode: rejectKey, isOptIn: false, isKnown: true };
  if (/^on(?:[A-Z]|_)/.test(name)) {
    const isOptIn = spec?.encoders.has(wire) === true;
    const isKnown = spec === undefined || isOptIn || isEventOf(spec, wire.slice("on_".length));
    return { wire, encode: undefined, isOptIn, isKnown };
  }
  const universal = UNIVERSAL.get(wire);
  if (universal !== undefined) return { wire, encode: universal, isOptIn: false, isKnown: true };
  const encode = spec?.encoders.get(wire);
  if (encode !== undefined) return { wire, encode, isOptIn: false, isKnown: true };
  // Not ours to name: widgets of other renderers, and props this catalog does not know yet.
  return { wire: name, encode: encodeData, isOptIn: false, isKnown: spec === undefined };
}

const rejectKey: ValueEncoder = (context, path, value) => context.reject(path, "another name", value);

function isEventOf(spec: WidgetSpec, family: string): boolean {
  return spec.families.has(family) || family === "transition_complete";
}

function encodeHandler(context: EncodeContext, plan: PropPlan, name: string, value: unknown): WireValue | undefined {
  if (typeof value !== "boolean") return plan.isOptIn ? true : undefined;
  if (plan.isOptIn) return value;
  context.mismatch(name, "a handler", value, "It is left out.");
  return undefined;
}

function reportUnknown(context: EncodeContext, name: string): void {
  context.report(
    "prop_unknown",
    `${context.type} "${context.id}": there is no prop ${name}. Check the spelling.`,
    name,
  );
}

/** A window's `size` goes over the wire as `width` and `height`; what the author wrote for those wins. */
function splitSize(props: Readonly<Record<string, WireValue>>): WireProps {
  const { size, ...rest } = props;
  return typeof size === "object" && size !== null && "width" in size && "height" in size
    ? { width: size.width, height: size.height, ...rest }
    : rest;
}

const UNIVERSAL: ReadonlyMap<string, ValueEncoder> = new Map<string, ValueEncoder>([
  ["a11y", encodeAccessibility],
  ["event_rate", encodeNumber],
  ["exit", encodeDescribed],
  // Read from any child of a pane grid.
  ["title", (context, path, value) => encodePlain(context, path, value)],
]);
