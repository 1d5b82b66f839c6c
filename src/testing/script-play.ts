import { isDeepStrictEqual } from "node:util";
import type { EffectKind } from "../protocol/index.ts";
import type { Screen } from "./harness-contract.ts";
import type { Instruction } from "./script-grammar.ts";
import { TestFailure } from "./test-failure.ts";

/** Does on a screen what an instruction says. Rejects with a `TestFailure` when that cannot be done or is not so. */
export async function play<Model, Incoming>(screen: Screen<Model, Incoming>, instruction: Instruction): Promise<void> {
  switch (instruction.do) {
    case "click":
      return screen.click(instruction.target);
    case "type":
      return screen.type(instruction.target, instruction.text);
    case "submit":
      return screen.submit(instruction.target, instruction.value);
    case "toggle":
      return screen.toggle(instruction.target, instruction.value);
    case "select":
      return screen.select(instruction.target, instruction.value);
    case "slide":
      return screen.slide(instruction.target, instruction.value);
    case "paste":
      return screen.paste(instruction.target, instruction.text);
    case "scroll":
      return screen.scroll(instruction.target, instruction);
    case "sort":
      return screen.sort(instruction.target, instruction.column);
    case "canvas_press":
      return screen.canvasPress(instruction.target, instruction);
    case "canvas_release":
      return screen.canvasRelease(instruction.target, instruction);
    case "canvas_move":
      return screen.canvasMove(instruction.target, instruction);
    case "press":
      return screen.keyDown(instruction.combo);
    case "release":
      return screen.keyUp(instruction.combo);
    case "type_key":
      return screen.press(instruction.combo);
    case "move":
      return screen.moveTo(instruction);
    case "advance":
      return screen.advance(instruction.milliseconds);
    case "wait":
      await screen.advance(instruction.milliseconds);
      return screen.settled();
    case "advance_frame":
      return screen.advanceFrame(instruction.milliseconds);
    case "settle":
      return screen.settled();
    case "stub":
      // A kind the renderer does not know is refused by it.
      return screen.stubEffect(instruction.effect as EffectKind, instruction.response);
    case "snapshot":
      return screen.toMatchTreeSnapshot(instruction.name);
    case "hash":
      return screen.toMatchTreeHash(instruction.name);
    case "screenshot":
      return screen.toMatchScreenshot(instruction.name);
    case "expect text":
      return screen.expect(instruction.target).toHaveText(instruction.text);
    case "expect value":
      return screen.expect(instruction.target).toHaveValue(instruction.value);
    case "expect exists":
      return screen.expect(instruction.target).toExist();
    case "expect not exists":
      return screen.expect(instruction.target).toBeAbsent();
    case "expect checked":
      return screen.expect(instruction.target).toBeChecked();
    case "expect unchecked":
      return screen.expect(instruction.target).toBeUnchecked();
    case "expect enabled":
      return screen.expect(instruction.target).toBeEnabled();
    case "expect disabled":
      return screen.expect(instruction.target).toBeDisabled();
    case "expect model":
      return expectModel(screen, instruction.path, instruction.value);
  }
}

async function expectModel<Model, Incoming>(
  screen: Screen<Model, Incoming>,
  path: string,
  wanted: unknown,
): Promise<void> {
  try {
    await screen.until((model) => isDeepStrictEqual(plain(memberAt(model, path)), wanted));
  } catch (thrown) {
    if (!(thrown instanceof TestFailure)) throw thrown;
    const found = JSON.stringify(plain(memberAt(screen.model, path))) ?? "absent";
    throw new TestFailure(`the model's ${path} is ${found}, expected ${JSON.stringify(wanted)}.`, { cause: thrown });
  }
}

/** `todos.0.text`; `.` is the whole model. */
function memberAt(model: unknown, path: string): unknown {
  let found = model;
  for (const name of path === "." ? [] : path.split(".")) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, name)) return undefined;
    found = Object.getOwnPropertyDescriptor(found, name)?.value;
  }
  return found;
}

/** As JSON has it, so that it can be compared with what a script says. */
function plain(value: unknown): unknown {
  const text = JSON.stringify(value);
  return text === undefined ? undefined : JSON.parse(text);
}
