import fc from "fast-check";
import { expect, test } from "vitest";
import { fontFamilyOf } from "./font-family.ts";

/** The least of a font: a header, one table record and a name table with one entry. */
function fontWith(name: Uint8Array, options: { platform: number; nameId: number }): Uint8Array {
  const bytes = new Uint8Array(12 + 16 + 6 + 12 + name.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(4, 1);
  bytes.set(new TextEncoder().encode("name"), 12);
  view.setUint32(20, 28);
  view.setUint16(30, 1);
  view.setUint16(32, 18);
  view.setUint16(34, options.platform);
  view.setUint16(40, options.nameId);
  view.setUint16(42, name.length);
  bytes.set(name, 46);
  return bytes;
}

const wide = Uint8Array.from([..."Inter"].flatMap((letter) => [0, letter.charCodeAt(0)]));

test("reads the family of a font", () => {
  expect(fontFamilyOf(fontWith(wide, { platform: 3, nameId: 1 }))).toBe("Inter");
  expect(fontFamilyOf(fontWith(new TextEncoder().encode("Inter"), { platform: 1, nameId: 16 }))).toBe("Inter");
});

test("finds none where there is none", () => {
  expect(fontFamilyOf(fontWith(wide, { platform: 3, nameId: 2 }))).toBeUndefined();
  expect(fontFamilyOf(new Uint8Array())).toBeUndefined();
});

test("reads any bytes without failing", () => {
  const whole = fontWith(wide, { platform: 3, nameId: 1 });
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), (at, byte, length) => {
      const broken = whole.slice(0, length);
      if (at < broken.length) broken[at] = byte;
      expect(["string", "undefined"]).toContain(typeof fontFamilyOf(broken));
    }),
  );
});
