import { describe, expect, test } from "vitest";
import type { WireProps } from "../../protocol/node.ts";
import { createCodec } from "../../wire/index.ts";
import type { TreeDiagnostic } from "../diagnostic.ts";
import { EncodeContext } from "./context.ts";
import { handlerIn, PropEncoder } from "./props.ts";

const NOT_FINITE = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

interface Encoded {
  readonly props: WireProps;
  readonly diagnostics: readonly TreeDiagnostic[];
}

function encode(type: string, props: Readonly<Record<string, unknown>>): Encoded {
  const context = new EncodeContext();
  context.enter("main#a", type, "main#");
  const encoded = new PropEncoder(context).encode(props);
  for (const name of ["json", "msgpack"] as const) {
    const codec = createCodec(name);
    const payload = codec.encode(encoded);
    if (!payload.ok) throw payload.error;
    const hasBytes = Object.values(encoded).some((value) => value instanceof Uint8Array);
    if (!hasBytes) expect(codec.decode(payload.value)).toEqual({ ok: true, value: encoded });
  }
  return { props: encoded, diagnostics: context.diagnostics };
}

function expectEncoded(type: string, props: Readonly<Record<string, unknown>>, expected: WireProps): void {
  expect(encode(type, props)).toEqual({ props: expected, diagnostics: [] });
}

/** The prop is left out and reported with its place. */
function expectRefused(type: string, name: string, value: unknown, place = name): void {
  expect(encode(type, { [name]: value })).toMatchObject({
    props: {},
    diagnostics: [{ code: "prop_type_mismatch", id: "main#a", type, prop: place }],
  });
  expect(encode(type, { [name]: value }).props).toEqual({});
}

describe("names", () => {
  test("[R207] camel case becomes snake case, snake case stays", () => {
    expectEncoded("column", { maxWidth: 3, align_x: "left" }, { max_width: 3, align_x: "left" });
  });

  test("absent, undefined and null props are not sent", () => {
    expectEncoded("column", { spacing: undefined, padding: null }, {});
    expect(encode("column", {})).toEqual({ props: {}, diagnostics: [] });
  });

  test("a prop the catalog does not know is sent under its own name and reported", () => {
    expect(encode("column", { spaceing: 4 })).toMatchObject({
      props: { spaceing: 4 },
      diagnostics: [{ code: "prop_unknown", prop: "spaceing" }],
    });
  });

  test("widgets of other renderers keep the names and values of their props", () => {
    expectEncoded("gauge", { minValue: 1, marks: [{ atValue: 2 }] }, { minValue: 1, marks: [{ atValue: 2 }] });
  });

  test("a key cannot change the prototype", () => {
    const props: Record<string, unknown> = JSON.parse('{"__proto__":{"a":1}}');
    expect(encode("column", props)).toMatchObject({ props: {}, diagnostics: [{ code: "prop_type_mismatch" }] });
    expectRefused("canvas", "layers", JSON.parse('{"x":{"__proto__":1}}'), "layers.x.__proto__");
  });
});

describe("props that are on the wire as they are", () => {
  const same = (type: string, props: Readonly<Record<string, unknown>>): boolean => encode(type, props).props === props;

  test("are the same object, others a new one that says the same", () => {
    expect(same("text", { content: "a", size: 20 })).toBe(true);
    expect(same("text", { content: "a", size: 20, textColor: undefined })).toBe(false);
    expectEncoded("text", { content: "a", size: 20, color: null }, { content: "a", size: 20 });
    expectEncoded("row", { spacing: 4, alignY: "center" }, { spacing: 4, align_y: "center" });
    expect(same("row", { spacing: -0 })).toBe(false);
  });

  test("never bring along what is inherited", () => {
    const props: Readonly<Record<string, unknown>> = Object.assign(Object.create({ size: 3 }), {
      content: "a",
      width: 4,
    });
    expect(encode("text", props).props).toEqual({ content: "a", width: 4 });
    expect(Object.keys(encode("text", props).props)).toEqual(["content", "width"]);
    expect("size" in encode("text", props).props).toBe(false);
  });
});

describe("plain kinds", () => {
  test.each(NOT_FINITE)("the number %s is left out and reported", (value) => {
    expectRefused("column", "spacing", value);
    expectRefused("canvas", "layers", [{ x: value }], "layers[0].x");
  });

  test("negative zero is zero", () => {
    expect(Object.is(encode("column", { spacing: -0 }).props["spacing"], 0)).toBe(true);
  });

  test("[R208] booleans stay booleans and enums are strings", () => {
    expectEncoded("window", { visible: false, level: "alwaysOnTop" }, { visible: false, level: "always_on_top" });
    expectEncoded("window", { level: "always_on_top" }, { level: "always_on_top" });
  });

  test("an enum value that is not listed is sent and reported", () => {
    expect(encode("window", { level: "topmost" })).toMatchObject({
      props: { level: "topmost" },
      diagnostics: [{ code: "prop_type_mismatch", prop: "level" }],
    });
  });

  test("a number where text belongs is sent as text and reported", () => {
    expect(encode("text", { content: 7 })).toMatchObject({
      props: { content: "7" },
      diagnostics: [{ code: "prop_type_mismatch", prop: "content" }],
    });
  });

  test("another kind that the wire can carry is sent for the renderer to judge, and reported", () => {
    expect(encode("window", { visible: "yes" })).toMatchObject({
      props: { visible: "yes" },
      diagnostics: [{ code: "prop_type_mismatch", prop: "visible" }],
    });
  });

  test("[R209] arrays stay arrays, with null for gaps", () => {
    expectEncoded("pick_list", { options: ["a", "b"] }, { options: ["a", "b"] });
    expectEncoded("table", { rows: [{ firstName: "A" }, undefined] }, { rows: [{ firstName: "A" }, null] });
    expectEncoded("progress_bar", { range: [0, 100] }, { range: [0, 100] });
  });

  test("bytes are sent as bytes", () => {
    const data = new Uint8Array([1, 2]);
    expect(encode("canvas", { layers: data }).props["layers"]).toBe(data);
  });
});

describe("values with a meaning", () => {
  test.each([
    ["fill", "fill"],
    ["shrink", "shrink"],
    [120, 120],
    [{ fillPortion: 2 }, { fill_portion: 2 }],
    [{ fill_portion: 2 }, { fill_portion: 2 }],
  ])("the length %j is %j", (width, wire) => {
    expectEncoded("column", { width }, { width: wire });
  });

  test("other lengths are refused", () => {
    expectRefused("column", "width", "100%");
    expectRefused("column", "width", Number.NaN);
  });

  test.each([
    [16, 16],
    [[16, 16], 16],
    [[8, 16], { top: 8, right: 16, bottom: 8, left: 16 }],
    [[1, 2, 3, 4], { top: 1, right: 2, bottom: 3, left: 4 }],
    [{ top: 3 }, { top: 3 }],
  ])("[R033] the padding %j is %j", (padding, wire) => {
    expectEncoded("column", { padding }, { padding: wire });
  });

  test("padding of another count, or of no numbers, is refused", () => {
    expectRefused("column", "padding", [1, 2, 3]);
    expectRefused("column", "padding", [1, "2"]);
    expectRefused("column", "padding", [1, Number.NaN]);
  });

  test.each([
    ["#336699", "#336699"],
    ["#ABCDEF80", "#abcdef80"],
    ["369", "#336699"],
    ["#3698", "#33669988"],
    ["RebeccaPurple", "#663399"],
    ["transparent", "#00000000"],
    [{ r: 1, g: 0, b: 0.5 }, "#ff0080"],
    [{ r: 2, g: -1, b: 0, a: 0.5 }, "#ff000080"],
  ])("the color %j is %s", (color, wire) => {
    expectEncoded("text", { color }, { color: wire });
  });

  test.each(["#12345", "reddish", "", 7, { r: 1, g: 1 }, { r: 1, g: 1, b: Number.NaN }, "toString"])(
    "%j is no color",
    (color) => {
      expectRefused("text", "color", color);
    },
  );

  test("[R207] a gradient has pairs and canonical colors", () => {
    const background = {
      type: "linear",
      start: { x: 0, y: 0 },
      end: [1, 1],
      stops: [[0, "red"], { offset: 1, color: "#00f" }],
    };
    expectEncoded(
      "container",
      { background },
      {
        background: {
          type: "linear",
          start: [0, 0],
          end: [1, 1],
          stops: [
            [0, "#ff0000"],
            [1, "#0000ff"],
          ],
        },
      },
    );
    expectRefused("container", "background", { ...background, stops: [[0, "?"]] }, "background.stops[0]");
    expectRefused("container", "background", { ...background, stops: [["0", "red"]] }, "background.stops[0]");
    expectRefused("container", "background", { ...background, end: 3 }, "background.end");
  });

  test("a window's size is sent as width and height; written ones win", () => {
    expectEncoded("window", { size: [800, 600] }, { width: 800, height: 600 });
    expectEncoded("window", { size: { width: 800, height: 600 }, width: 5 }, { width: 5, height: 600 });
    expectEncoded("window", { minSize: [1, 2] }, { min_size: { width: 1, height: 2 } });
    expectRefused("window", "size", [800]);
  });

  test("a position is an object or centered", () => {
    expectEncoded("window", { position: [1, 2] }, { position: { x: 1, y: 2 } });
    expectEncoded("window", { position: "centered" }, { position: "centered" });
  });

  test("fonts, borders and styles get snake case keys and canonical colors inside", () => {
    expectEncoded("text", { font: { family: "Inter", weight: "bold" } }, { font: { family: "Inter", weight: "bold" } });
    expectEncoded(
      "text",
      { font: "monospace", lineHeight: { absolute: 20 } },
      {
        font: "monospace",
        line_height: { absolute: 20 },
      },
    );
    expectEncoded(
      "container",
      { style: { textColor: "white", border: { color: "red", radius: { topLeft: 2 } } } },
      {
        style: { text_color: "#ffffff", border: { color: "#ff0000", radius: { top_left: 2 } } },
      },
    );
    expectRefused("container", "style", { border: { color: "reddish" } }, "style.border.color");
  });

  test("a theme is a name or colors", () => {
    expectEncoded("window", { theme: "dark" }, { theme: "dark" });
    expectEncoded(
      "themer",
      { theme: { name: "Mine", base: "dark", primary: "red" } },
      {
        theme: { name: "Mine", base: "dark", primary: "#ff0000" },
      },
    );
  });

  test("an animation may stand for a number or a color", () => {
    expectEncoded(
      "image",
      { opacity: { type: "transition", to: 1, easing: "easeInOut" } },
      {
        opacity: { type: "transition", to: 1, easing: "ease_in_out" },
      },
    );
    expectEncoded(
      "text",
      { color: { type: "transition", to: "red" } },
      {
        color: { type: "transition", to: "#ff0000" },
      },
    );
  });

  test("data of the author's keeps its keys", () => {
    expectEncoded("table", { rows: [{ dueDate: "x", color: "red" }] }, { rows: [{ dueDate: "x", color: "red" }] });
  });
});

describe("author's own values", () => {
  class Money {
    readonly cents = 250;
    toWire() {
      return { cents: this.cents };
    }
  }
  class Tint {
    encode() {
      return "red";
    }
  }

  test("[R210] a value with toWire or encode is sent in its encoded form", () => {
    expectEncoded("table", { rows: [{ price: new Money() }] }, { rows: [{ price: { cents: 250 } }] });
    expectEncoded("text", { color: new Tint() }, { color: "#ff0000" });
    expectEncoded("container", { style: { background: new Tint() } }, { style: { background: "#ff0000" } });
  });

  test("a hook that gives nothing, or itself forever, is reported", () => {
    class Endless {
      toWire(): Endless {
        return new Endless();
      }
    }
    expectRefused("canvas", "layers", { toWire: () => undefined });
    expectRefused("canvas", "layers", new Endless());
  });
});

describe("what cannot go over the wire", () => {
  test.each([
    ["a function", () => 1],
    ["a symbol", Symbol("x")],
    ["a bigint", 1n],
    ["a Date", new Date(0)],
    ["a Map", new Map()],
    ["a promise", Promise.resolve()],
  ])("[R207] %s is left out and reported with its place", (_, value) => {
    expectRefused("canvas", "layers", value);
    expectRefused("canvas", "layers", [{ deep: value }], "layers[0].deep");
    expectRefused("container", "style", { border: value }, "style.border");
  });

  test("cycles and deep data are refused, shared parts are not", () => {
    const cycle: Record<string, unknown> = {};
    cycle["self"] = cycle;
    expectRefused("canvas", "layers", cycle, "layers.self");
    let deep: unknown = 1;
    for (let i = 0; i < 40; i++) deep = [deep];
    expect(encode("canvas", { layers: deep })).toMatchObject({
      props: {},
      diagnostics: [{ code: "prop_type_mismatch" }],
    });
    const shared = { x: 1 };
    expectEncoded("canvas", { layers: [shared, shared] }, { layers: [{ x: 1 }, { x: 1 }] });
  });
});

describe("handlers", () => {
  const onEvent = () => {};

  test("are not sent", () => {
    expectEncoded("button", { label: "x", onClick: onEvent }, { label: "x" });
  });

  test("[R035] ask for events that have to be asked for", () => {
    expectEncoded("text_input", { value: "", onSubmit: onEvent }, { value: "", on_submit: true });
    expectEncoded("text_input", { value: "", onSubmit: true }, { value: "", on_submit: true });
    expectEncoded("text_input", { value: "", onSubmit: false }, { value: "", on_submit: false });
  });

  test("true where there is nothing to ask for is reported", () => {
    expectRefused("button", "onClick", true);
  });

  test("an event that the widget does not have is reported", () => {
    expect(encode("button", { onTeleport: onEvent })).toMatchObject({
      props: {},
      diagnostics: [{ code: "prop_unknown", prop: "onTeleport" }],
    });
  });

  test("are found by family under both spellings", () => {
    expect(handlerIn({ onSlideRelease: onEvent }, "slide_release")).toBe(onEvent);
    expect(handlerIn({ on_slide_release: onEvent }, "slide_release")).toBe(onEvent);
    expect(handlerIn({ onSubmit: true }, "submit")).toBeUndefined();
    expect(handlerIn({}, "constructor")).toBeUndefined();
    expect(handlerIn(undefined, "click")).toBeUndefined();
  });
});
