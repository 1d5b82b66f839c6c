// Images and fonts.

import { alone, type Check, check, inCodec } from "./support/check.ts";
import { anything, inAnyOrder, including, nonEmptyText } from "./support/match.ts";
import { conformance } from "./support/run.ts";
import * as say from "./support/steps.ts";

const imageOp = (op: string, payload: say.Fields): say.Step[] => say.send({ type: "image_op", op, payload });
const dot = (handle: string): say.Step[] =>
  imageOp("create_image", { handle, pixels: new Uint8Array([255, 0, 0, 255]), width: 1, height: 1 });

function expectHandles(...handles: readonly string[]): say.Step[] {
  return [
    ...imageOp("list", { tag: "t" }),
    say.expect({ type: "op_query_response", kind: "list_images", tag: "t", data: { handles: inAnyOrder(...handles) } }),
  ];
}

/** One transparent pixel. */
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

/** Images that are refused. */
const REFUSED: Readonly<Record<string, say.Fields>> = {
  "too few pixels": { handle: "h", pixels: new Uint8Array(3), width: 1, height: 1 },
  "too many pixels": { handle: "h", pixels: new Uint8Array(8), width: 1, height: 1 },
  "pixels without width": { handle: "h", pixels: new Uint8Array(4), height: 1 },
  "pixels without height": { handle: "h", pixels: new Uint8Array(4), width: 1 },
  "neither data nor pixels": { handle: "h" },
  "a side over 16384": { handle: "h", pixels: new Uint8Array(16385 * 4), width: 16385, height: 1 },
};

const OPS_OF_PROSE = ["create_from_bytes", "create_from_rgba", "update", "update_raw", "delete"];

const fontOp = (family: string, data: unknown): say.Step[] =>
  say.send({ type: "load_font", payload: { family, data } });
const FONT = new Uint8Array([0, 1, 0, 0, 0, 18, 1, 0, 0, 4, 0, 32]);

/** Whether a reset takes images away is left open, so each check begins by doing so itself. */
function imageCheck(name: string, ...steps: readonly (say.Step | readonly say.Step[])[]): Check {
  return check(name, imageOp("clear", {}), ...steps);
}

/** Byte fields may be written in several ways. */
const WAYS: Readonly<Record<string, unknown>> = {
  "bytes of the codec": new Uint8Array([255, 0, 0, 255]),
  "base64 text": "/wAA/w==",
  "a list of numbers": [255, 0, 0, 255],
};

const ways: readonly Check[] = Object.entries(WAYS).map(([name, pixels]) =>
  imageCheck(
    `[1.4] pixels may be ${name}`,
    imageOp("create_image", { handle: "h", pixels, width: 1, height: 1 }),
    expectHandles("h"),
  ),
);

conformance("images", [
  ...ways,
  imageCheck("[3.10] without images the list is empty", expectHandles()),
  imageCheck("[3.10] creating an image is not answered", dot("a"), say.expectNothing),
  imageCheck("[3.10] created images are listed", dot("a"), dot("b"), expectHandles("a", "b")),
  imageCheck(
    "[3.10] an encoded image is taken",
    imageOp("create_image", { handle: "logo", data: PNG }),
    expectHandles("logo"),
  ),
  inCodec(
    "msgpack",
    "[1.4] an encoded image is taken as bytes",
    imageOp("clear", {}),
    imageOp("create_image", { handle: "logo", data: Buffer.from(PNG, "base64") }),
    expectHandles("logo"),
  ),
  imageCheck(
    "[3.10] update_image creates as well",
    imageOp("update_image", { handle: "u", pixels: "/wAA/w==", width: 1, height: 1 }),
    expectHandles("u"),
  ),
  imageCheck("[3.10] creating an image again replaces it", dot("a"), dot("a"), expectHandles("a")),
  imageCheck(
    "[3.10] a deleted image is gone",
    dot("a"),
    dot("b"),
    imageOp("delete_image", { handle: "a" }),
    expectHandles("b"),
  ),
  imageCheck(
    "[3.10] deleting what is not there is not answered",
    imageOp("delete_image", { handle: "x" }),
    say.expectLogged,
  ),
  imageCheck("[3.10] clear takes all images away", dot("a"), dot("b"), imageOp("clear", {}), expectHandles()),
  imageCheck(
    "[3.10] pixels win over data",
    imageOp("create_image", { handle: "h", data: "AAAA", pixels: "/wAA/w==", width: 1, height: 1 }),
    expectHandles("h"),
  ),
  imageCheck(
    "[3.10] null as data counts as absent",
    imageOp("create_image", { handle: "h", data: null, pixels: "/wAA/w==", width: 1, height: 1 }),
    expectHandles("h"),
  ),
  imageCheck(
    "[3.10] the tag of list is list_images unless it says otherwise",
    imageOp("list", {}),
    say.expect({ type: "op_query_response", kind: "list_images", tag: "list_images", data: { handles: [] } }),
  ),
  imageCheck(
    "[3.5] widget_op list_images answers in the same way",
    dot("a"),
    say.send({ type: "widget_op", op: "list_images", payload: { tag: "x" } }),
    say.expect({ type: "op_query_response", kind: "list_images", tag: "x", data: { handles: ["a"] } }),
  ),
  imageCheck(
    "[3.5] widget_op list_images takes its tag from target as well",
    say.send({ type: "widget_op", op: "list_images", payload: { target: "x" } }),
    say.expect({ type: "op_query_response", kind: "list_images", tag: "x", data: { handles: [] } }),
  ),
  imageCheck(
    "[3.5] widget_op clear_images takes all images away",
    dot("a"),
    say.send({ type: "widget_op", op: "clear_images" }),
    expectHandles(),
  ),
  ...Object.entries(REFUSED).map(([name, payload]) =>
    imageCheck(
      `[3.10/10] an image with ${name} is refused`,
      imageOp("create_image", payload),
      say.expectImageRefused,
      expectHandles(),
    ),
  ),
  imageCheck(
    "[3.10] a refused update leaves the image as it is",
    dot("a"),
    imageOp("update_image", { handle: "a", pixels: "AAAA", width: 9, height: 9 }),
    say.expectImageRefused,
    expectHandles("a"),
  ),
  ...OPS_OF_PROSE.map((op) =>
    imageCheck(
      `[3.10] the op ${op} does not exist`,
      imageOp(op, { handle: "h", data: PNG, pixels: "/wAA/w==", width: 1, height: 1 }),
      say.expectImageRefused,
      expectHandles(),
    ),
  ),
  imageCheck(
    "[3.10] images outlive a snapshot",
    dot("a"),
    say.snapshot({ id: "main", type: "window" }),
    expectHandles("a"),
  ),
  alone(
    "[R216] 4096 images are held; one more is answered with an error",
    {},
    Array.from({ length: 4096 }, (_, index) => dot(`h${index}`)).flat(),
    say.expectNothing,
    dot("one-more"),
    say.expectEvent("image_error", "one-more", { error: nonEmptyText }),
  ),
  alone(
    "[R216] with 4096 images the ones there may still be replaced",
    {},
    Array.from({ length: 4096 }, (_, index) => dot(`h${index}`)).flat(),
    dot("h0"),
    say.expectNothing,
  ),
]);

conformance("fonts", [
  check("[3.14] load_font is not answered", fontOp("Inter", FONT), say.expectNothing),
  check("[1.4/3.14] a font may come as base64 text", fontOp("Inter", "AAEAAAASAQAABAAg"), say.expectNothing),
  check("[1.4/3.14] a font may come as a list of numbers", fontOp("Inter", [...FONT]), say.expectNothing),
  check(
    "[3.5] widget_op load_font is accepted",
    say.send({ type: "widget_op", op: "load_font", payload: { family: "Inter", data: "AAEAAAASAQAABAAg" } }),
    say.expectNothing,
  ),
  check("[3.14] a font without family is only logged", fontOp("", FONT), say.expectLogged),
  check(
    "[3.14] a font without data is only logged",
    say.send({ type: "load_font", payload: { family: "Inter" } }),
    say.expectLogged,
  ),
  alone(
    "[R214] a font over 16 MiB is refused with a warning",
    {},
    fontOp("Huge", new Uint8Array(16 * 1024 * 1024 + 1)),
    say.expect({ type: "diagnostic", session: anything, level: "warn", diagnostic: including({ kind: anything }) }),
  ),
  alone("[R214] a font of 16 MiB is taken", {}, fontOp("Large", new Uint8Array(16 * 1024 * 1024)), say.expectNothing),
  alone(
    "[R215/3.14] the 257th font is refused",
    {},
    Array.from({ length: 256 }, (_, index) => fontOp(`F${index}`, FONT)).flat(),
    say.expectNothing,
    fontOp("one more", FONT),
    say.expectEvent("session_error", "", { code: "font_cap_exceeded", error: nonEmptyText }),
  ),
  alone(
    "[R223] the number of fonts survives a reset",
    {},
    Array.from({ length: 256 }, (_, index) => fontOp(`F${index}`, FONT)).flat(),
    say.send({ type: "reset", id: "r" }),
    say.expect({ type: "reset_response", id: "r", status: "ok" }),
    fontOp("one more", FONT),
    say.expectEvent("session_error", "", { code: "font_cap_exceeded", error: nonEmptyText }),
  ),
]);
