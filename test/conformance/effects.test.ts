import { alone, type Check, check } from "./support/check.ts";
import { absent, anyText, anything, including, nonEmptyText, oneOf, text } from "./support/match.ts";
import { conformance } from "./support/run.ts";
import * as say from "./support/steps.ts";

const DIALOGS = ["file_open", "file_open_multiple", "file_save", "directory_select", "directory_select_multiple"];

/** Every kind with a payload that is good. */
const KINDS: Readonly<Record<string, say.Fields>> = {
  ...Object.fromEntries(
    DIALOGS.map((kind) => [
      kind,
      { title: "Pick", directory: "/", filters: [["Images", "png;*.jpg"]], default_name: "a" },
    ]),
  ),
  clipboard_read: {},
  clipboard_write: { text: "hi" },
  clipboard_read_html: {},
  clipboard_write_html: { html: "<b>hi</b>", alt_text: "hi" },
  clipboard_clear: {},
  clipboard_read_primary: {},
  clipboard_write_primary: { text: "hi" },
  notification: { title: "Done", body: "Built", timeout: 5000, urgency: "low", sound: "ding", icon: "ok" },
};

/** Fields without which a kind makes no sense, and of which type they are not. */
const REQUIRED: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  clipboard_write: { text: 5 },
  clipboard_write_html: { html: 5 },
  clipboard_write_primary: { text: null },
  notification: { title: 5, body: ["x"] },
};

const OPTIONAL: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  file_open: { title: 5, directory: 5, filters: "png", default_name: 5 },
  file_save: { title: [], directory: {}, filters: {}, default_name: true },
  clipboard_write_html: { alt_text: 5 },
  notification: { icon: 5, timeout: "5000", urgency: 5, sound: 5 },
};

const effect = (kind: string, payload: unknown, id = "ef_1"): say.Step[] =>
  say.send({ type: "effect", id, kind, payload });
const expectOk = (result: unknown, id = "ef_1"): say.Step =>
  say.expect({ type: "effect_response", id, status: "ok", result });
const expectError = (error: unknown, id = "ef_1"): say.Step =>
  say.expect({ type: "effect_response", id, status: "error", error });
const expectUnsupported = (id = "ef_1"): say.Step => say.expect({ type: "effect_response", id, status: "unsupported" });

const stub = (kind: string, response: unknown): say.Step[] => [
  ...say.send({ type: "register_effect_stub", kind, response }),
  say.expect({ type: "effect_stub_register_ack", kind, status: "registered" }),
];
const unstub = (kind: string): say.Step[] => [
  ...say.send({ type: "unregister_effect_stub", kind }),
  say.expect({ type: "effect_stub_unregister_ack", kind, status: "unregistered" }),
];

/** With a stub, so that nothing really happens when the validation lets something through. */
function validates(name: string, kind: string, payload: unknown, error: unknown): Check {
  return check(`[3.11] ${name}`, stub(kind, "never"), effect(kind, payload), expectError(error));
}

const missing: readonly Check[] = Object.entries(REQUIRED).flatMap(([kind, fields]) =>
  Object.keys(fields).map((field) => {
    const { [field]: _, ...rest } = KINDS[kind] ?? {};
    return validates(
      `${kind} without ${field} is an error`,
      kind,
      rest,
      `missing required field for ${kind}: ${field}`,
    );
  }),
);

const mistyped: readonly Check[] = [REQUIRED, OPTIONAL].flatMap((kinds) =>
  Object.entries(kinds).flatMap(([kind, fields]) =>
    Object.entries(fields).map(([field, value]) =>
      validates(
        `${kind} with a wrong type of ${field} is an error`,
        kind,
        { ...KINDS[kind], [field]: value },
        text(new RegExp(`^invalid field type for ${kind}\\.${field}: expected .+`)),
      ),
    ),
  ),
);

const RESULTS: Readonly<Record<string, unknown>> = {
  "an object": { path: "/srv/demo/a.txt" },
  null: null,
  "a text": "anything",
  "a list": ["a", { b: 1 }],
  "a number": 0.5,
  false: false,
};

conformance("effects and stubs", [
  ...missing,
  ...mistyped,
  ...DIALOGS.map((kind) =>
    check(`[3.11] ${kind} is unsupported without windows`, effect(kind, KINDS[kind]), expectUnsupported()),
  ),
  ...DIALOGS.map((kind) => check(`[3.11] ${kind} needs no fields`, effect(kind, {}), expectUnsupported())),
  ...Object.entries(KINDS).map(([kind, payload]) =>
    check(
      `[3.11/3.12] ${kind} is answered by its stub`,
      stub(kind, { told: kind }),
      effect(kind, payload),
      expectOk({ told: kind }),
    ),
  ),
  ...Object.entries(RESULTS).map(([name, result]) =>
    check(
      `[3.11] the value of a stub is the result, verbatim: ${name}`,
      stub("file_open", result),
      effect("file_open", {}),
      expectOk(result),
    ),
  ),
  validates(
    "an urgency that does not exist is an error",
    "notification",
    { title: "a", body: "b", urgency: "panic" },
    text(/^invalid field value for notification\.urgency: .+/),
  ),
  validates(
    "a negative timeout is an error",
    "notification",
    { title: "a", body: "b", timeout: -1 },
    text(/^invalid field (type|value) for notification\.timeout: .+/),
  ),
  ...["file_open", "clipboard_write"].flatMap((kind) =>
    [5, "x", ["y"]].map((payload) =>
      check(
        `[3.11] ${JSON.stringify(payload)} as payload of ${kind} is an error`,
        stub(kind, "never"),
        effect(kind, payload),
        say.expectEither(
          {
            type: "effect_response",
            id: "ef_1",
            status: "error",
            error: `invalid payload for ${kind}: expected object`,
          },
          { type: "diagnostic", session: anything, level: "warn", diagnostic: including({ kind: "wire_input_error" }) },
        ),
      ),
    ),
  ),
  check("[3.11] an unknown kind is an error", effect("teleport", {}), expectError("unknown effect kind: teleport")),
  check("[3.11] an empty kind is an error", effect("", {}), expectError("unknown effect kind: ")),
  check(
    "[3.11/5.7] an effect without id is an error event instead of a response",
    effect("file_open", {}, ""),
    say.expectEvent("error", "effect", { error: "effect request missing response id", kind: "file_open" }),
  ),
  check("[3.11] ids are opaque", effect("file_open", {}, "é/#1"), expectUnsupported("é/#1")),
  check(
    "[3.11] every effect has its answer, told apart by id",
    stub("file_open", 1),
    stub("file_save", 2),
    effect("file_open", {}, "a"),
    effect("file_save", {}, "b"),
    effect("file_open", {}, "c"),
    say.expectSet(
      { type: "effect_response", id: "a", status: "ok", result: 1 },
      { type: "effect_response", id: "b", status: "ok", result: 2 },
      { type: "effect_response", id: "c", status: "ok", result: 1 },
    ),
  ),
  check(
    "[3.11/4.5] the clipboard is really asked and its answer has the shape of its status",
    effect("clipboard_read", {}),
    say.expect({
      type: "effect_response",
      id: "ef_1",
      status: oneOf("ok", "error", "unsupported"),
      result: oneOf(absent, { text: anyText }),
      error: oneOf(absent, nonEmptyText),
    }),
  ),
  check("[3.12] a stub is acknowledged", stub("file_open", {})),
  check(
    "[3.12] a stub of an unknown kind is refused",
    say.send({ type: "register_effect_stub", kind: "teleport", response: 1 }),
    say.expect({ type: "effect_stub_register_ack", kind: "teleport", status: "error" }),
  ),
  check(
    "[3.12] an unknown kind has no stub to take away",
    say.send({ type: "unregister_effect_stub", kind: "teleport" }),
    say.expect({ type: "effect_stub_unregister_ack", kind: "teleport", status: "error" }),
  ),
  check(
    "[3.12] a refused stub does not make the kind known",
    say.send({ type: "register_effect_stub", kind: "teleport", response: 1 }),
    say.expect({ type: "effect_stub_register_ack", kind: "teleport", status: "error" }),
    effect("teleport", {}),
    expectError("unknown effect kind: teleport"),
  ),
  check(
    "[3.12] a second stub takes the place of the first",
    stub("file_open", 1),
    stub("file_open", 2),
    effect("file_open", {}),
    expectOk(2),
  ),
  check(
    "[3.12] a stub answers again and again",
    stub("file_open", 1),
    effect("file_open", {}, "a"),
    expectOk(1, "a"),
    effect("file_open", {}, "b"),
    expectOk(1, "b"),
  ),
  check("[3.12] a stub answers its own kind only", stub("file_open", 1), effect("file_save", {}), expectUnsupported()),
  check(
    "[3.12/R290] without its stub a kind is what it was",
    stub("file_open", 1),
    unstub("file_open"),
    effect("file_open", {}),
    expectUnsupported(),
  ),
  check(
    "[3.12] taking one stub away leaves the others",
    stub("file_open", 1),
    stub("file_save", 2),
    unstub("file_open"),
    effect("file_save", {}),
    expectOk(2),
  ),
  check(
    "[3.12/8.8] stubs vanish with a reset",
    stub("file_open", 1),
    say.send({ type: "reset", id: "r" }),
    say.expect({ type: "reset_response", id: "r", status: "ok" }),
    effect("file_open", {}),
    expectUnsupported(),
  ),
  check(
    "[3.11] stubs outlive a snapshot",
    stub("file_open", 1),
    say.snapshot({ id: "main", type: "window" }),
    effect("file_open", {}),
    expectOk(1),
  ),
  alone(
    "[4.1] answers carry the session of their request",
    {},
    say.send({ type: "register_effect_stub", kind: "file_open", response: 1, session: "s1" }),
    say.expect({ type: "effect_stub_register_ack", session: "s1", kind: "file_open", status: "registered" }),
    say.send({ type: "effect", id: "e", kind: "file_open", payload: {}, session: "s1" }),
    say.expect({ type: "effect_response", session: "s1", id: "e", status: "ok", result: 1 }),
  ),
]);
