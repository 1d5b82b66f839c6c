import type { WireProps, WireValue } from "../../protocol/node.ts";
import type { EncodeContext } from "./context.ts";
import {
  encodePlain,
  encodeRecord,
  isPlainObject,
  type MemberEncoder,
  type Members,
  snakeCase,
  unwrap,
} from "./plain.ts";

/** Peers of a radio and which of them is selected. */
export interface RadioPeers {
  readonly members: readonly string[];
  readonly active: string | undefined;
}

/** Encodes the `a11y` prop: keys, enumerated values, and plain ids of other elements to wire ids. */
export function encodeAccessibility(context: EncodeContext, path: string, value: unknown): WireValue | undefined {
  const fields = unwrap(value);
  if (!isPlainObject(fields)) return context.reject(path, "an object of accessibility fields", value);
  return encodeRecord(context, path, fields, FIELDS);
}

/** `required` and `validation` of an input, as accessibility fields. Fields the author wrote win. */
export function projectValidation(props: WireProps): WireProps {
  const projected: Record<string, WireValue> = {};
  if (props["required"] === true) projected["required"] = true;
  const [state, message] = validationOf(props["validation"]);
  if (state === "valid") projected["invalid"] = false;
  if (state === "invalid") {
    projected["invalid"] = true;
    // The text itself: a renderer takes what names no element as the message.
    if (message !== undefined) projected["error_message"] = message;
  }
  return mergeBelow(props, projected);
}

/** A radio's props with its peers filled in. Fields the author wrote win. */
export function withPeers(props: WireProps, peers: RadioPeers | undefined): WireProps {
  if (peers === undefined) return props;
  const fields: Record<string, WireValue> = { radio_group: peers.members };
  if (peers.active !== undefined) fields["active_descendant"] = peers.active;
  return mergeBelow(props, fields);
}

function mergeBelow(props: WireProps, fields: WireProps): WireProps {
  if (Object.keys(fields).length === 0) return props;
  const explicit = props["a11y"];
  return { ...props, a11y: isPlainObject(explicit) ? { ...fields, ...explicit } : fields };
}

function validationOf(value: WireValue | undefined): readonly [state: unknown, message: string | undefined] {
  if (Array.isArray(value)) return [value[0], typeof value[1] === "string" ? value[1] : undefined];
  if (!isPlainObject(value)) return [value, undefined];
  return [value["state"], typeof value["message"] === "string" ? value["message"] : undefined];
}

function reference(key: string): MemberEncoder {
  return (context, path, value) => {
    if (typeof value !== "string") return encodePlain(context, path, value);
    // Already a wire id, or the text of a message.
    if (value === "" || value.includes("/") || value.includes("#") || /\s/.test(value)) return value;
    const target = context.scope + value;
    context.references.push({ id: context.id, type: context.type, key, target });
    return target;
  };
}

const MEMBERS_OF_GROUP = reference("radio_group");

const encodeName: MemberEncoder = (context, path, value) =>
  typeof value === "string" ? snakeCase(value) : encodePlain(context, path, value);

const FIELDS: Members = new Map<string, MemberEncoder>([
  ["labelled_by", reference("labelled_by")],
  ["described_by", reference("described_by")],
  ["error_message", reference("error_message")],
  ["active_descendant", reference("active_descendant")],
  [
    "radio_group",
    (context, path, value) => {
      if (!Array.isArray(value)) return encodePlain(context, path, value);
      const ids: WireValue[] = [];
      for (const [index, member] of value.entries()) {
        const id = MEMBERS_OF_GROUP(context, `${path}[${index}]`, member);
        if (id === undefined) return undefined;
        ids.push(id);
      }
      return ids;
    },
  ],
  ["role", encodeName],
  ["live", encodeName],
  ["orientation", encodeName],
  ["has_popup", encodeName],
]);
