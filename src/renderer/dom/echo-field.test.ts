import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { EchoField, type TextHolder } from "./echo-field.ts";

function fakeHolder(initial = ""): TextHolder & { type(text: string): void; value: string; caret: number } {
  return {
    value: initial,
    caret: initial.length,
    text() {
      return this.value;
    },
    selection() {
      return { start: this.caret, end: this.caret };
    },
    show(text, selection) {
      this.value = text;
      this.caret = selection.end;
    },
    type(text) {
      this.value = this.value.slice(0, this.caret) + text + this.value.slice(this.caret);
      this.caret += text.length;
    },
  };
}

function open(options: { readonly value?: string; readonly settles?: boolean } = {}) {
  const holder = fakeHolder(options.value);
  const sent: [string, string | null][] = [];
  const field = new EchoField({
    holder,
    value: options.value ?? "",
    settles: () => options.settles ?? true,
    send: (text, pasted) => sent.push([text, pasted]),
  });
  const type = (text: string): void => {
    holder.type(text);
    field.edited();
  };
  return { holder, sent, field, type };
}

describe("a controlled field", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("reports edits, with what was pasted", () => {
    const { sent, type, holder, field } = open();
    type("a");
    holder.type("bc");
    field.edited("bc");
    expect(sent).toEqual([
      ["a", null],
      ["abc", "bc"],
    ]);
  });

  test("shows the app's own change with the caret where it belongs", () => {
    const { holder, field } = open({ value: "world" });
    field.answered("hello world");
    expect(holder).toMatchObject({ value: "hello world", caret: 11 });
  });

  test("left without an answer, shows the app's value in the end", () => {
    const { holder, field, type } = open({ value: "ab" });
    field.focusChanged(true);
    type("1");
    vi.advanceTimersByTime(60_000);
    expect(holder.value).toBe("ab1");
    field.focusChanged(false);
    vi.advanceTimersByTime(2_000);
    expect(holder.value).toBe("ab");
  });

  test("still focused, waits several times as long as the slowest answer took", () => {
    const { holder, field, type } = open();
    field.focusChanged(true);
    type("a");
    vi.advanceTimersByTime(900);
    field.answered("a");
    type("1");
    vi.advanceTimersByTime(3_500);
    expect(holder.value).toBe("a1");
    vi.advanceTimersByTime(200);
    expect(holder.value).toBe("a");
  });

  test("typing on starts the wait again", () => {
    const { holder, field, type } = open();
    field.focusChanged(true);
    type("a");
    field.answered("a");
    for (let key = 0; key < 10; key++) {
      type("1");
      vi.advanceTimersByTime(1_000);
    }
    expect(holder.value).toBe("a1111111111");
  });

  test("an answer that comes after all is shown", () => {
    const { holder, field, type } = open({ value: "ab" });
    type("c");
    vi.advanceTimersByTime(2_000);
    expect(holder.value).toBe("ab");
    field.answered("abc");
    expect(holder.value).toBe("abc");
  });

  test("a field that does not settle keeps what was typed", () => {
    const { holder, type } = open({ value: "ab", settles: false });
    type("c");
    vi.advanceTimersByTime(60_000);
    expect(holder.value).toBe("abc");
  });

  test("after disposal nothing happens any more", () => {
    const { holder, field, type } = open({ value: "ab" });
    type("c");
    field.dispose();
    vi.advanceTimersByTime(60_000);
    expect(holder.value).toBe("abc");
  });

  test("another holder takes over", () => {
    const { field, sent } = open({ value: "ab" });
    const next = fakeHolder("ab");
    field.moveTo(next);
    next.type("c");
    field.edited();
    field.answered("ABC");
    expect(sent).toEqual([["abc", null]]);
    expect(next.value).toBe("ABC");
  });
});
