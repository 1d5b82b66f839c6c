// The words of a check. Each returns plain data; `conversation.ts` performs it.

import { absent, anything, including, type Matcher, oneOf } from "./match.ts";

export interface Node {
  readonly id: string;
  readonly type: string;
  readonly props?: Readonly<Record<string, unknown>>;
  readonly children?: readonly Node[];
}

export type Fields = Readonly<Record<string, unknown>>;

export type Step =
  | { readonly kind: "send"; readonly message: unknown }
  | {
      readonly kind: "sendPayload";
      readonly json: string | Uint8Array | undefined;
      readonly msgpack: Uint8Array | undefined;
    }
  | { readonly kind: "sendBytes"; readonly bytes: Uint8Array }
  | { readonly kind: "closeInput" }
  | { readonly kind: "expect"; readonly pattern: unknown; readonly isDiagnostic: boolean }
  | { readonly kind: "expectSet"; readonly patterns: readonly unknown[] }
  | { readonly kind: "expectNothing" }
  | { readonly kind: "expectEnd"; readonly code: number }
  | { readonly kind: "expectLog"; readonly expression: RegExp }
  | { readonly kind: "expectOutput"; readonly accepts: (output: string) => boolean; readonly description: string }
  | { readonly kind: "expectHello" }
  | { readonly kind: "expectGreeting"; readonly pattern: unknown }
  | { readonly kind: "expectOnly"; readonly pattern: unknown }
  | { readonly kind: "discard" };

/** Sends messages, one after the other. */
export function send(...messages: readonly unknown[]): Step[] {
  return messages.map((message) => ({ kind: "send", message }));
}

/** Sends a payload as it is, delimited like any other. A codec without one is left out. */
export function sendPayload(payloads: { json?: string | Uint8Array; msgpack?: Uint8Array }): Step {
  return { kind: "sendPayload", json: payloads.json, msgpack: payloads.msgpack };
}

/** Sends bytes without a delimiter. */
export function sendBytes(bytes: Uint8Array | string): Step {
  return { kind: "sendBytes", bytes: typeof bytes === "string" ? Buffer.from(bytes) : bytes };
}

export const closeInput: Step = { kind: "closeInput" };

/** The next message is this one. `session` is `""` unless the pattern says otherwise. */
export function expect(pattern: Fields): Step {
  return { kind: "expect", pattern: withSession(pattern), isDiagnostic: pattern["type"] === "diagnostic" };
}

/** The next message is one of these: the specification can be read in either way. */
export function expectEither(...patterns: readonly Fields[]): Step {
  return { kind: "expect", pattern: oneOf(...patterns.map(withSession)), isDiagnostic: true };
}

/** The next message, looked at as a whole. */
export function expectMatching(pattern: Matcher): Step {
  return { kind: "expect", pattern, isDiagnostic: false };
}

/** The next messages are these, in any order. */
export function expectSet(...patterns: readonly Fields[]): Step {
  return { kind: "expectSet", patterns: patterns.map(withSession) };
}

/** Everything sent so far has been worked through and nothing was said that was not expected. */
export const expectNothing: Step = { kind: "expectNothing" };

/**
 * Everything sent so far has been worked through, and at most a diagnostic was said about it. For what the specification
 * has a renderer write into its log: whether it is also said on the wire is left open.
 */
export const expectLogged: Step = {
  kind: "expectOnly",
  pattern: {
    type: "diagnostic",
    session: anything,
    level: "warn",
    diagnostic: including({ kind: "wire_input_error" }),
  },
};

/** As `expectLogged`, for an image that is refused: renderers with windows tell it as an event. */
export const expectImageRefused: Step = {
  kind: "expectOnly",
  pattern: oneOf(
    { type: "diagnostic", session: anything, level: anything, diagnostic: anything },
    { type: "event", session: "", family: "image_error", id: anything, value: { error: anything } },
  ),
};

/** As `expectLogged`, for a font that was read and is none. */
export const expectFontRefused: Step = {
  kind: "expectOnly",
  pattern: {
    type: "diagnostic",
    session: anything,
    level: "warn",
    diagnostic: including({ kind: oneOf("wire_input_error", "renderer_runtime_error", "font_family_not_found") }),
  },
};

/** Everything sent so far has been worked through, and at most it was said that something has the focus now. */
export const expectFocusOnly: Step = {
  kind: "expectOnly",
  pattern: { type: "event", session: "", family: "focused", id: anything },
};

/** Waits until everything sent so far has been worked through and forgets what was said. */
export const discard: Step = { kind: "discard" };

/** The renderer ends by itself, with nothing more to say. */
export function expectEnd(code = 0): Step {
  return { kind: "expectEnd", code };
}

export function expectLog(expression: RegExp): Step {
  return { kind: "expectLog", expression };
}

export function expectOutput(description: string, accepts: (output: string) => boolean): Step {
  return { kind: "expectOutput", description, accepts };
}

/** The next message is the greeting, whatever it says. */
export const expectHello: Step = { kind: "expectHello" };

export function expectEvent(family: string, id: string, value: unknown = absent, extra: Fields = {}): Step {
  return expect({ type: "event", family, id, value, ...extra });
}

/** Diagnostics may come from a place that knows no session, so theirs is not looked at. */
export function expectDiagnostic(kind: string, level: string, fields: Fields = {}): Step {
  return expect({ type: "diagnostic", session: anything, level, diagnostic: including({ kind, ...fields }) });
}

/** A message was dropped because it could not be understood. */
export const expectInputError: Step = expectDiagnostic("wire_input_error", "warn", { detail: anything });

/** The hello with which the process has begun, however long ago, was this one. */
export function expectGreeting(pattern: Fields): Step {
  return { kind: "expectGreeting", pattern };
}

export function snapshot(tree: Node): Step[] {
  return send({ type: "snapshot", tree });
}

export function patch(...ops: readonly unknown[]): Step[] {
  return send({ type: "patch", ops });
}

/** The retained tree is this one. Props and children left out are empty. */
export function expectTree(tree: Node | null): Step[] {
  return [
    ...send({ type: "query", id: "tree", target: "tree" }),
    expect({ type: "query_response", id: "tree", target: "tree", data: tree === null ? null : complete(tree) }),
  ];
}

export function complete(node: Node): Required<Node> {
  return { id: node.id, type: node.type, props: node.props ?? {}, children: (node.children ?? []).map(complete) };
}

function withSession(pattern: Fields): Fields {
  return Object.hasOwn(pattern, "session") ? pattern : { session: "", ...pattern };
}
