import { describe, expect, test } from "vitest";
import { COMPOSITE_TYPE, Composite, composite, compositeOf } from "./composite.ts";

const definition = {
  name: "stepper",
  init: (props: { readonly start: number }) => props.start,
  view: (_props: { readonly start: number }, state: number) => ({ type: "text", props: { content: String(state) } }),
};

describe("composite", () => {
  test("an element carries the definition and the props", () => {
    const stepper = composite(definition);
    const props = { start: 3 };
    const made = stepper("a", props);
    expect(made).toMatchObject({ type: COMPOSITE_TYPE, id: "a" });
    const use = compositeOf(made);
    expect(use?.props).toBe(props);
    expect(use?.definition.init(use.props)).toBe(3);
  });

  test("two elements of one composite share the definition", () => {
    const stepper = composite(definition);
    expect(compositeOf(stepper("a", { start: 1 }))?.definition).toBe(
      compositeOf(stepper("b", { start: 2 }))?.definition,
    );
  });

  test("handlers are props of the element", () => {
    const onPicked = (model: number) => model + 1;
    expect(composite(definition)("a", { start: 1 }, { onPicked }).props).toMatchObject({ onPicked });
  });

  test("other elements are none, whatever their type says", () => {
    expect(compositeOf({ type: "text" })).toBeUndefined();
    expect(compositeOf({ type: COMPOSITE_TYPE })).toBeUndefined();
    expect(compositeOf({ type: COMPOSITE_TYPE, props: { definition } })).toBeUndefined();
  });

  test("outcomes are plain data", () => {
    expect(Composite.state(2)).toEqual({ kind: "state", state: 2 });
    expect(Composite.emit("picked", 5)).toEqual({ kind: "emit", family: "picked", value: 5 });
    expect(Composite.emitWith(undefined, "picked")).toEqual({
      kind: "emit",
      family: "picked",
      value: null,
      state: { value: undefined },
    });
    expect(Composite.ignore()).toEqual({ kind: "ignore" });
  });
});
