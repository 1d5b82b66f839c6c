import { app } from "plushie";
import { mount } from "plushie/testing";
import { button, container, createUi, sequence, spring, springs, text, transition, window } from "plushie/ui";
import { describe, expect, test } from "vitest";

interface Model {
  readonly isOpen: boolean;
  readonly ended: readonly string[];
}

const ui = createUi<Model>();

const drawer = app<Model>({
  init: () => ({ isOpen: false, ended: [] }),
  update: (model) => model,
  view: (model) =>
    window("main", [
      ui.button("open", "Open", { onClick: (now) => ({ ...now, isOpen: !now.isOpen }) }),
      ui.container(
        "drawer",
        {
          maxWidth: transition(model.isOpen ? 300 : 0, {
            duration: 200,
            onComplete: model.isOpen ? "opened" : "closed",
          }),
          onTransitionComplete: (now, event) => ({
            ...now,
            ended: [...now.ended, `${event.value.prop} ${event.value.tag}`],
          }),
        },
        [text("inside")],
      ),
    ]),
});

describe("animations in a mounted app", () => {
  test.each(["json", "msgpack"] as const)(
    "complete when the frames have gone far enough, over %s",
    async (testFormat) => {
      await using screen = await mount(drawer, { testFormat });
      await screen.advanceFrame();
      await screen.advanceFrame(200);
      expect(screen.model.ended).toEqual(["max_width closed"]);
      await screen.click("open");
      await screen.advanceFrame(199);
      expect(screen.model.ended).toHaveLength(1);
      await screen.advanceFrame(1);
      expect(screen.model.ended).toEqual(["max_width closed", "max_width opened"]);
      await screen.advanceFrame(1000);
      expect(screen.model.ended).toHaveLength(2);
    },
  );

  test("a change of mind completes only what came last", async () => {
    await using screen = await mount(drawer);
    await screen.advanceFrame();
    await screen.advanceFrame(200);
    await screen.click("open");
    await screen.advanceFrame(100);
    await screen.click("open");
    await screen.advanceFrame(200);
    expect(screen.model.ended).toEqual(["max_width closed", "max_width closed"]);
  });

  test("an app without tags hears nothing, and steps come in order", async () => {
    const told: string[] = [];
    const quiet = app<number>({
      init: () => 0,
      update: (model, event) => {
        if (event.kind === "widget" && event.type === "transition_complete") told.push(String(event.value.tag));
        return model;
      },
      view: () =>
        window("main", [
          container("a", { maxWidth: transition(9, { from: 0, duration: 50 }) }, [button("b", "B")]),
          container(
            "c",
            {
              maxWidth: sequence(
                [transition(9, { from: 0, duration: 50, onComplete: "one" }), spring(3, springs.stiff)],
                {
                  onComplete: "two",
                },
              ),
            },
            [],
          ),
        ]),
    });
    await using screen = await mount(quiet);
    await screen.advanceFrame();
    await screen.advanceFrame(5000);
    expect(told).toEqual(["one", "two"]);
  });
});
