import { describe, expect, test } from "vitest";
import { Command } from "./command.ts";
import { next, readResult, readSubscriptions } from "./result.ts";
import { Subscription } from "./subscription.ts";

const focus = Command.focus("name");

function read(value: unknown) {
  // What an author without types might return.
  return readResult(value as { n: number }, "update");
}

function errorOf(value: unknown) {
  const result = read(value);
  return result.ok ? undefined : { code: result.error.code, message: result.error.message };
}

describe("what init and update may return", () => {
  test("[R010] [R020] a bare model has no commands", () => {
    const model = { n: 0 };
    expect(read(model)).toEqual({ ok: true, value: { model, commands: [] } });
  });

  test("[R017] keeps the identity of a model, whatever it is", () => {
    class Opaque {
      #secret = 1;
      read(): number {
        return this.#secret;
      }
    }
    for (const model of [new Opaque(), Object.freeze({ a: 1 }), null, 0, "", false, new Map()]) {
      const result = read(model);
      expect(result.ok && result.value.model).toBe(model);
    }
  });

  test("[R011] [R021] a pair gives the model and its command", () => {
    expect(read([{ n: 1 }, focus])).toEqual({ ok: true, value: { model: { n: 1 }, commands: [focus] } });
  });

  test("a pair may hold several commands, or none", () => {
    expect(read([{ n: 1 }, [focus, Command.exit()]])).toMatchObject({ value: { commands: [focus, Command.exit()] } });
    expect(read([{ n: 1 }, []])).toEqual({ ok: true, value: { model: { n: 1 }, commands: [] } });
  });

  test("[R012] [R109] none comes to nothing, and batches are opened in order", () => {
    const batch = Command.batch([focus, Command.none(), Command.batch([Command.exit()])]);
    expect(read([{ n: 1 }, batch])).toMatchObject({ value: { commands: [focus, Command.exit()] } });
    expect(read([{ n: 1 }, Command.none()])).toMatchObject({ value: { commands: [] } });
  });

  test("[W32] a model that is an array survives in next", () => {
    for (const model of [[], [1], [1, 2], [1, focus], [1, []], [1, 2, 3]]) {
      const result = readResult(next(model), "update");
      expect(result.ok && result.value.model).toBe(model);
    }
    expect(readResult(next([1, 2], focus), "update")).toMatchObject({ value: { model: [1, 2], commands: [focus] } });
  });

  test("[W32] arrays that are no pair are refused with the remedy", () => {
    for (const value of [
      [],
      [{ n: 1 }],
      [{ n: 1 }, 5],
      [{ n: 1 }, [focus, "x"]],
      [1, 2, 3],
      [{ n: 1 }, focus, focus],
    ]) {
      expect(errorOf(value)).toMatchObject({
        code: "app-result-malformed",
        message: expect.stringMatching(/^update returned .*return \[model, command\].*return next\(model\)/s),
      });
    }
  });

  test("undefined is refused and a final return is suggested", () => {
    expect(errorOf(undefined)).toMatchObject({
      code: "app-result-missing",
      message: expect.stringContaining("final `return model`"),
    });
    expect(errorOf([undefined, focus])).toMatchObject({ code: "app-result-missing" });
  });

  test("a promise is refused and Command.async is suggested", () => {
    for (const value of [Promise.resolve({ n: 1 }), [Promise.resolve({ n: 1 }), focus], next(Promise.resolve(1))]) {
      expect(errorOf(value)).toMatchObject({
        code: "app-result-promise",
        message: expect.stringContaining("Command.async"),
      });
    }
  });

  test("a command without a model is refused", () => {
    expect(errorOf(focus)).toMatchObject({ message: expect.stringContaining("[model, command]") });
  });

  test("something that is no command inside a batch or next is refused", () => {
    // Authors without types can put anything there.
    const odd = { kind: "focus", target: "name" } as unknown as typeof focus;
    expect(errorOf([{ n: 1 }, Command.batch([odd])])).toMatchObject({ code: "app-result-malformed" });
    expect(errorOf(next({ n: 1 }, odd))).toMatchObject({ code: "app-result-malformed" });
  });

  test("the message describes values without showing them", () => {
    expect(errorOf([{ n: 1 }, "secret"])?.message).not.toContain("secret");
  });
});

describe("what subscribe may return", () => {
  test("[R119] an array of subscriptions", () => {
    const list = [Subscription.every(5000, "refresh")];
    expect(readSubscriptions(list)).toEqual({ ok: true, value: list });
  });

  test("anything else is refused", () => {
    for (const value of [undefined, Subscription.onKeyPress(), [{ kind: "every" }]]) {
      expect(readSubscriptions(value)).toMatchObject({ ok: false, error: { code: "app-subscriptions-malformed" } });
    }
  });
});
