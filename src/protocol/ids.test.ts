import fc from "fast-check";
import { expect, test } from "vitest";
import { checkId, formatWireId, parseWireId } from "./ids.ts";

test.each([
  ["main#form/address/zip", { id: "zip", scope: ["address", "form"], windowId: "main" }],
  ["main#save", { id: "save", scope: [], windowId: "main" }],
  ["main", { id: "main", scope: [], windowId: "" }],
  ["form/save", { id: "save", scope: ["form"], windowId: "" }],
  ["#odd", { id: "#odd", scope: [], windowId: "" }],
  ["main#auto:form/text:0", { id: "auto:form/text:0", scope: [], windowId: "main" }],
  ["auto:window:0#save", { id: "save", scope: [], windowId: "auto:window:0" }],
  ["auto:column:3", { id: "auto:column:3", scope: [], windowId: "" }],
  ["", { id: "", scope: [], windowId: "" }],
])("%s is taken apart", (wireId, parts) => {
  expect(formatWireId(parseWireId(wireId))).toBe(wireId);
  expect(parseWireId(wireId)).toEqual(parts);
});

test("an id put together is taken apart into the same", () => {
  const segment = fc.stringMatching(/^[a-z][a-z0-9:_-]{0,8}$/).filter((text) => checkId(text) === undefined);
  fc.assert(
    fc.property(
      segment,
      fc.array(segment, { maxLength: 5 }),
      fc.option(segment, { nil: "" }),
      (id, scope, windowId) => {
        expect(parseWireId(formatWireId({ id, scope, windowId }))).toEqual({ id, scope, windowId });
      },
    ),
    { seed: 3 },
  );
});

test.each([
  ["save", undefined],
  ["größe-漢", undefined],
  ["", "empty"],
  ["a/b", "reserved_char"],
  ["a#b", "reserved_char"],
  ["auto:x", "reserved_prefix"],
  ["a b", "not_printable"],
  ["a\u0000", "not_printable"],
  ["a\u200b", "not_printable"],
  ["x".repeat(1024), undefined],
  ["x".repeat(1025), "too_long"],
  ["é".repeat(513), "too_long"],
])("an id is checked (%#)", (id, problem) => {
  expect(checkId(id)).toBe(problem);
});
