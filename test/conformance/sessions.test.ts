import { alone, type Check, check, startUp } from "./support/check.ts";
import { SETTINGS } from "./support/conversation.ts";
import { update } from "./support/ops.ts";
import { conformance } from "./support/run.ts";
import * as say from "./support/steps.ts";
import { perMode } from "./support/target.ts";
import { BUTTON, FORM } from "./support/trees.ts";

const MANY = { args: ["--max-sessions", "8"] };

const snapshot = (session: string, tree: say.Node): say.Step[] => say.send({ type: "snapshot", session, tree });
const askTree = (session: string): say.Step[] => say.send({ type: "query", session, id: "q", target: "tree" });
const expectTree = (session: string, tree: say.Node | null): say.Step =>
  say.expect({
    type: "query_response",
    session,
    id: "q",
    target: "tree",
    data: tree === null ? null : say.complete(tree),
  });

const reset = (session: string): say.Step[] => say.send({ type: "reset", session, id: "r" });
const expectReset = (session: string): say.Step =>
  say.expect({ type: "reset_response", session, id: "r", status: "ok" });
const expectClosed = (session: string): say.Step =>
  say.expect({ type: "event", session, family: "session_closed", id: "", value: {} });
const end = (session: string): say.Step[] => [...reset(session), expectReset(session), expectClosed(session)];

const multiplexed = (name: string, ...steps: (say.Step | say.Step[])[]): Check =>
  startUp(`[8.9] ${name}`, MANY, say.send(SETTINGS), say.expectHello, ...steps);

const clicked = (type: string): say.Step =>
  say.expect({
    type,
    session: "s1",
    id: "i",
    events: [{ type: "event", session: "s1", family: "click", id: "main#form/save" }],
  });

/** What a reset takes away in one session that goes on. */
const RESETS: Readonly<Record<string, readonly (readonly say.Step[])[]>> = {
  "the tree": [say.snapshot(BUTTON), reset(""), [expectReset("")], say.expectTree(null)],
  "the tree, so that a patch means nothing": [
    say.snapshot(BUTTON),
    reset(""),
    [expectReset("")],
    say.patch(update([], { title: "x" })),
    [say.expectLogged],
    say.expectTree(null),
  ],
  "what the theme was": [
    say.snapshot({ id: "main", type: "window", props: { theme: "dark" } }),
    reset(""),
    [expectReset("")],
    say.send({ type: "subscribe", kind: "on_theme_change", tag: "t" }),
    say.expectTree(null),
  ],
};

conformance("reset and sessions", [
  check("[3.13/4.9] a reset is answered", reset(""), expectReset("")),
  check("[8.8] a reset before anything else is answered", reset(""), expectReset(""), reset(""), expectReset("")),
  ...Object.entries(RESETS).map(([name, steps]) => check(`[8.8] a reset takes away ${name}`, ...steps)),
  check(
    "[8.8] after a reset the session goes on",
    reset(""),
    expectReset(""),
    say.snapshot(FORM),
    say.expectTree(FORM),
  ),
  check(
    "[8.8] one session is not closed by a reset",
    say.snapshot(BUTTON),
    reset(""),
    expectReset(""),
    say.expectNothing,
  ),
  alone("[4.1] the answer to a reset carries its session", {}, reset("s1"), expectReset("s1")),
  alone(
    "[4.1/8.8] after a reset the same session id goes on",
    {},
    snapshot("s1", BUTTON),
    reset("s1"),
    expectReset("s1"),
    askTree("s1"),
    expectTree("s1", null),
  ),

  multiplexed("a session begins with any message", askTree("s1"), expectTree("s1", null)),
  multiplexed(
    "hello is said once, whatever the number of sessions",
    snapshot("s1", BUTTON),
    askTree("s1"),
    expectTree("s1", BUTTON),
    snapshot("s2", FORM),
    askTree("s2"),
    expectTree("s2", FORM),
  ),
  multiplexed(
    "trees are not shared",
    snapshot("s1", BUTTON),
    snapshot("s2", FORM),
    askTree("s1"),
    expectTree("s1", BUTTON),
    askTree("s2"),
    expectTree("s2", FORM),
    askTree("s3"),
    expectTree("s3", null),
  ),
  multiplexed(
    "stubs are not shared",
    say.send({ type: "register_effect_stub", session: "s1", kind: "file_open", response: 1 }),
    say.expect({ type: "effect_stub_register_ack", session: "s1", kind: "file_open", status: "registered" }),
    say.send({ type: "effect", session: "s2", id: "e", kind: "file_open", payload: {} }),
    say.expect({ type: "effect_response", session: "s2", id: "e", status: "unsupported" }),
    say.send({ type: "effect", session: "s1", id: "e", kind: "file_open", payload: {} }),
    say.expect({ type: "effect_response", session: "s1", id: "e", status: "ok", result: 1 }),
  ),
  multiplexed(
    "subscriptions are not shared",
    say.send({ type: "subscribe", session: "s1", kind: "on_animation_frame", tag: "f" }),
    say.send(
      { type: "advance_frame", session: "s2", timestamp: 0 },
      { type: "advance_frame", session: "s2", timestamp: 16 },
    ),
    askTree("s2"),
    expectTree("s2", null),
  ),
  multiplexed(
    "images are not shared",
    say.send({
      type: "image_op",
      session: "s1",
      op: "create_image",
      payload: { handle: "a", pixels: "/wAA/w==", width: 1, height: 1 },
    }),
    say.send({ type: "image_op", session: "s1", op: "list", payload: {} }),
    say.expect({
      type: "op_query_response",
      session: "s1",
      kind: "list_images",
      tag: "list_images",
      data: { handles: ["a"] },
    }),
    say.send({ type: "image_op", session: "s2", op: "list", payload: {} }),
    say.expect({
      type: "op_query_response",
      session: "s2",
      kind: "list_images",
      tag: "list_images",
      data: { handles: [] },
    }),
  ),
  multiplexed(
    "events carry their session",
    snapshot("s1", FORM),
    say.send({ type: "interact", session: "s1", id: "i", action: "click", selector: { by: "id", value: "save" } }),
    // Made up from the tree it is the answer; as input it is a step, which waits for the host.
    perMode({ mock: [clicked("interact_response")], headless: [clicked("interact_step")] }),
  ),
  multiplexed(
    "the order within a session is kept",
    Array.from({ length: 50 }, (_, index) =>
      say.send({ type: "tree_hash", session: "s1", id: `${index}`, name: "n" }),
    ).flat(),
    Array.from({ length: 50 }, (_, index) =>
      say.expect({ type: "tree_hash_response", session: "s1", id: `${index}`, name: "n", hash: "" }),
    ),
  ),
  multiplexed("a reset closes the session", snapshot("s1", BUTTON), end("s1")),
  multiplexed(
    "a closed session leaves the others alone",
    snapshot("s1", BUTTON),
    snapshot("s2", FORM),
    end("s1"),
    askTree("s2"),
    expectTree("s2", FORM),
  ),
  multiplexed(
    "the id of a closed session may be used again",
    snapshot("s1", BUTTON),
    end("s1"),
    askTree("s1"),
    expectTree("s1", null),
  ),
  multiplexed(
    "sessions follow each other, as in a pool",
    ["pool_1", "pool_2", "pool_3"].flatMap((session) => [
      ...snapshot(session, BUTTON),
      ...askTree(session),
      expectTree(session, BUTTON),
      ...end(session),
    ]),
  ),
  multiplexed(
    "a session may send settings of its own",
    say.send({ type: "settings", session: "s1", settings: { default_text_size: 12 } }),
    askTree("s1"),
    expectTree("s1", null),
  ),
  multiplexed(
    "the settings of a session are not checked for their version",
    say.send({ type: "settings", session: "s1", settings: { protocol_version: 2 } }),
    askTree("s1"),
    expectTree("s1", null),
  ),
  multiplexed(
    "the empty id is a session like any other",
    snapshot("", BUTTON),
    askTree(""),
    expectTree("", BUTTON),
    askTree("s1"),
    expectTree("s1", null),
  ),
  startUp(
    "[8.9] one session more than allowed is refused and its message dropped",
    { args: ["--max-sessions", "2"] },
    say.send({ ...SETTINGS, session: "s1" }),
    say.expectHello,
    askTree("s1"),
    expectTree("s1", null),
    askTree("s2"),
    expectTree("s2", null),
    askTree("s9"),
    say.expect({
      type: "event",
      session: "s9",
      family: "session_error",
      id: "",
      value: { code: "max_sessions_reached", error: "max sessions (2) reached; session 's9' rejected" },
    }),
    askTree("s1"),
    expectTree("s1", null),
  ),
  startUp(
    "[8.9] a closed session makes room for another",
    { args: ["--max-sessions", "2"] },
    say.send({ ...SETTINGS, session: "s1" }),
    say.expectHello,
    askTree("s1"),
    expectTree("s1", null),
    askTree("s2"),
    expectTree("s2", null),
    end("s2"),
    askTree("s3"),
    expectTree("s3", null),
  ),
  startUp(
    "[8.9] an undecodable message is reported in the same way",
    MANY,
    say.send(SETTINGS),
    say.expectHello,
    say.send({ type: "frobnicate", session: "s1" }),
    say.expectInputError,
    askTree("s1"),
    expectTree("s1", null),
  ),
  startUp(
    "[8.9/2.3] a session that is no text is undecodable there too",
    MANY,
    say.send(SETTINGS),
    say.expectHello,
    say.send({ type: "query", session: 5, id: "q", target: "tree" }),
    say.expectInputError,
  ),
  startUp(
    "[8.9] with --max-sessions 1 a reset closes nothing",
    { args: ["--max-sessions", "1"] },
    say.send(SETTINGS),
    say.expectHello,
    reset(""),
    expectReset(""),
    askTree(""),
    expectTree("", null),
  ),
  startUp(
    "[1.8/8.9] the end of input ends all sessions",
    MANY,
    say.send(SETTINGS),
    say.expectHello,
    snapshot("s1", BUTTON),
    snapshot("s2", BUTTON),
    askTree("s2"),
    expectTree("s2", BUTTON),
    say.closeInput,
    say.expectEnd(0),
  ),
]);
