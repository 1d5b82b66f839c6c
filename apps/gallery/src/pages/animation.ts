import type { Element } from "plushie";
import { type Animation, type Easing, loop, sequence, spring, springs, transition } from "plushie/ui";
import { type Model, ui } from "../model.ts";
import { caption, line, page, patched, section, status } from "../parts.ts";

const { button, column, container, floating, progressBar, row, svg, text, toggler } = ui;

const EASINGS: readonly Easing[] = [
  "linear",
  "ease_in",
  "ease_out",
  "ease_in_out",
  "ease_out_cubic",
  "ease_in_out_expo",
  "ease_out_back",
  "ease_out_elastic",
  "ease_out_bounce",
];
const SPRINGS = ["gentle", "bouncy", "stiff", "snappy", "molasses"] as const;
const WAY = 150;
const SQUARE =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='40' height='40'%3E%3Cpath d='M4 4h32v32H4z' fill='%23e8590c'/%3E%3C/svg%3E";

export function animationPage(model: Model): Element<Model> {
  const { isAway, isLooping, done } = model.animation;
  const goal = isAway ? 100 : 0;
  const runner = (id: string, label: string, value: Animation) =>
    row({ width: "fill", spacing: 8, alignY: "center" }, [
      text(label, { size: 13, width: 118 }),
      progressBar(id, value, { width: "fill", height: 10, label }),
    ]);
  return page(model, "Animation", [
    [
      section("start", "Transitions", [
        line([
          button("go", isAway ? "Back" : "Go", {
            onClick: (now) => patched(now, "animation", { isAway: !now.animation.isAway }),
          }),
          status("done", done === "" ? "Nothing finished yet" : done),
        ]),
        ...EASINGS.map((easing) =>
          runner(`ease-${easing}`, easing.replaceAll("_", " "), transition(goal, { duration: 1200, easing })),
        ),
        runner(
          "ease-bezier",
          "cubic bezier",
          transition(goal, { duration: 1200, easing: { cubicBezier: [0.2, 0, 0, 1] }, onComplete: "transitions" }),
        ),
      ]),
    ],
    [
      section("springs", "Springs", [
        ...SPRINGS.map((name) => runner(`spring-${name}`, name, spring(goal, springs[name]))),
      ]),
      section("sequence", "A sequence, one step after another", [
        container({ width: "fill", height: 46, style: "rounded_box", padding: 6 }, [
          floating(
            "stepper",
            {
              translateX: sequence(
                isAway
                  ? [
                      transition(WAY / 2, { duration: 400, easing: "ease_out" }),
                      transition(WAY / 3, { duration: 300 }),
                      spring(WAY, springs.bouncy),
                    ]
                  : [transition(0, { duration: 500, easing: "ease_in_out" })],
              ),
              onTransitionComplete: (now) => patched(now, "animation", { done: "Sequence finished" }),
            },
            [container({ padding: [4, 12], style: "primary" }, [text("steps", { size: 14 })])],
          ),
        ]),
      ]),
      section("colors", "Colors", [
        container({
          width: "fill",
          height: 30,
          background: transition(isAway ? "#f08c00" : "#4263eb", { duration: 1200 }),
          border: { radius: 6 },
        }),
      ]),
      section("loops", "Loops", [
        toggler("looping", isLooping, {
          label: "Going on for ever",
          onToggle: (now, event) => patched(now, "animation", { isLooping: event.value }),
        }),
        row({ spacing: 24, alignY: "center", height: 60 }, [
          svg("turning", SQUARE, {
            width: 40,
            rotation: isLooping ? loop(360, { from: 0, duration: 2000, easing: "linear", autoReverse: false }) : 0,
            alt: "A square that turns",
          }),
          column({ width: 160 }, [
            progressBar("breathing", isLooping ? loop(90, { from: 10, duration: 1500, easing: "ease_in_out" }) : 50, {
              height: 12,
              label: "To and fro",
            }),
          ]),
        ]),
        caption("With less motion asked for by the system, all of this is at its end at once."),
      ]),
    ],
  ]);
}
