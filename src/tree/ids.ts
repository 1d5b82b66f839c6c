/**
 * Wire ids: `window#scope/…/local`. A named element is a scope for what is inside; an element without id gets the window,
 * `auto:`, the path of its parent and `type:n`, where n counts the siblings of that type without an id. It adds no scope.
 *
 *     window main
 *       column                main#auto:column:0
 *         text "a"            main#a
 *         row                 main#auto:column:0/row:0
 *       column form           main#form
 *         text_input name     main#form/name
 *         text                main#auto:form/text:0
 */
import { COMPOSITE_TYPE } from "../app/composite.ts";
import type { Element } from "../app/element.ts";
import { AUTO_ID_PREFIX, AUTO_ROOT_ID, checkId, type IdProblem } from "../protocol/ids.ts";
import { MAX_ID_BYTES } from "../protocol/limits.ts";
import type { EncodeContext } from "./encode/context.ts";

const UNSAFE = /[/#\s\p{Cc}\p{Cf}\p{Cs}]/gu;

const PROBLEMS: Readonly<Record<IdProblem, string>> = {
  empty: "the id is empty. Leave it out, or give the element a name.",
  too_long: `the id is longer than ${MAX_ID_BYTES} bytes.`,
  reserved_char: 'an id cannot contain "/" or "#".',
  reserved_prefix: `ids that begin with "${AUTO_ID_PREFIX}" are reserved.`,
  not_printable: "an id cannot contain spaces or control characters.",
};

/** Where an element's node is: its id and what the ids inside it begin with. */
export interface Place {
  /** Id among the siblings; `auto:type:n` for generated ones. */
  readonly local: string;
  readonly id: string;
  readonly isGenerated: boolean;
  /** What ids of named descendants begin with. */
  readonly inner: string;
}

/** The author's id if it can be used, else a safe one made from it; `undefined` asks for a generated id. */
export function safeLocalId(context: EncodeContext, element: Element<never>): string | undefined {
  const given: unknown = element.id;
  if (given === undefined || given === null) return undefined;
  const text = typeof given === "string" ? given : String(given);
  context.type = element.type;
  context.id = context.scope + text;
  if (typeof given !== "string") {
    context.report("widget_id_invalid", `${element.type}: the id must be a string and is a ${typeof given}.`);
  }
  const problem = checkId(text);
  if (problem === undefined) return text;
  context.report(problem === "empty" ? "empty_id" : "widget_id_invalid", `${element.type}: ${PROBLEMS[problem]}`);
  if (problem === "empty") return undefined;
  const safe = text.replace(UNSAFE, "_").slice(0, Math.floor(MAX_ID_BYTES / 3));
  return safe.startsWith(AUTO_ID_PREFIX) ? `auto_${safe.slice(AUTO_ID_PREFIX.length)}` : safe;
}

/** The type that counts for a generated id. */
export function countedType(element: Element<never>): string {
  return element.type === COMPOSITE_TYPE ? "composite" : element.type;
}

export function generatedLocal(type: string, ordinal: number): string {
  return `${AUTO_ID_PREFIX}${type}:${ordinal}`;
}

/** The place of an element among its siblings, by its local id. */
export function placeOf(parent: Place, local: string, isGenerated: boolean, isWindow: boolean): Place {
  if (!isGenerated) {
    const id = parent.inner + local;
    return { local, id, isGenerated, inner: isWindow ? `${id}#` : `${id}/` };
  }
  const id = generatedPrefix(parent) + local.slice(AUTO_ID_PREFIX.length);
  return { local, id, isGenerated, inner: isWindow ? `${id}#` : parent.inner };
}

function generatedPrefix(parent: Place): string {
  if (isTop(parent)) return AUTO_ID_PREFIX;
  const hash = parent.inner.indexOf("#");
  if (parent.isGenerated && parent.inner !== `${parent.id}#`) return `${parent.id}/`;
  return parent.inner.slice(0, hash + 1) + AUTO_ID_PREFIX + parent.inner.slice(hash + 1);
}

/** Above the windows. */
export const TOP: Place = { local: AUTO_ROOT_ID, id: AUTO_ROOT_ID, isGenerated: true, inner: "" };

/** Whether children of this place are windows. No other place can have this id: authors' ids never begin with `auto:`. */
export function isTop(place: Place): boolean {
  return place.id === AUTO_ROOT_ID;
}

/** Gives `id` a suffix when it is taken, so that no element vanishes; the first one keeps the plain id. */
export function claim(context: EncodeContext, used: Set<string>, place: Place, type: string): Place {
  if (!used.has(place.id)) {
    used.add(place.id);
    return place;
  }
  context.type = type;
  context.id = place.id;
  context.report(
    "duplicate_id",
    `${type} "${place.id}": another element has this id. Ids must differ within one scope.`,
  );
  let n = 2;
  while (used.has(`${place.id}~${n}`)) n += 1;
  const id = `${place.id}~${n}`;
  used.add(id);
  const inner = place.inner.startsWith(place.id) ? id + place.inner.slice(place.id.length) : place.inner;
  return { local: `${place.local}~${n}`, id, isGenerated: place.isGenerated, inner };
}

/** The places of all children of one parent. With `used`, taken ids get a suffix. */
export function placeChildren(
  context: EncodeContext,
  parent: Place,
  children: readonly Element<never>[],
  used: Set<string>,
): Place[] {
  const ordinals = new Map<string, number>();
  const places: Place[] = [];
  for (const element of children) {
    const place = placeChild(context, parent, element, ordinals);
    places.push(claim(context, used, place, element.type));
  }
  return places;
}

/** The place of the next child; `ordinals` counts the generated ids so far by type. */
export function placeChild(
  context: EncodeContext,
  parent: Place,
  element: Element<never>,
  ordinals: Map<string, number>,
): Place {
  const isWindow = isTop(parent) && element.type === "window";
  if (element.id !== undefined) {
    context.scope = parent.inner;
    const local = safeLocalId(context, element);
    if (local !== undefined) return placeOf(parent, local, false, isWindow);
  }
  const type = countedType(element);
  const ordinal = ordinals.get(type) ?? 0;
  ordinals.set(type, ordinal + 1);
  return placeOf(parent, generatedLocal(type, ordinal), true, isWindow);
}
