import { Composite, composite, isClick, Subscription } from "plushie";
import { button, container, row, text } from "plushie/ui";

/** A number with two buttons. Emits `change`. */
export const stepper = composite<{ readonly label: string; readonly start: number }, number>({
  name: "stepper",
  init: ({ start }) => start,
  view: ({ label }, count) =>
    row({ spacing: 6, alignY: "center", a11y: { role: "group", label } }, [
      button("less", "−", { style: "subtle", a11y: { label: `Less: ${label}` } }),
      text("count", `${count}`, { width: 32, alignX: "center" }),
      button("more", "+", { style: "subtle", a11y: { label: `More: ${label}` } }),
    ]),
  handle(count, event) {
    if (isClick(event, "less")) return Composite.emitWith(count - 1, "change", count - 1);
    if (isClick(event, "more")) return Composite.emitWith(count + 1, "change", count + 1);
    return Composite.ignore();
  },
});

const STARS = [1, 2, 3, 4, 5] as const;

/** One to five stars. Emits `rate`. Its state is what the pointer or keyboard chose last. */
export const rating = composite<{ readonly label: string; readonly start: number }, number>({
  name: "rating",
  init: ({ start }) => start,
  view: ({ label }, chosen) =>
    row({ spacing: 2, a11y: { role: "group", label } }, [
      ...STARS.map((star) =>
        button(`star-${star}`, star <= chosen ? "★" : "☆", {
          style: "text",
          padding: [2, 4],
          a11y: { label: `${star} of 5 stars${star === chosen ? ", chosen" : ""}` },
        }),
      ),
    ]),
  handle(_chosen, event) {
    const star = STARS.find((one) => isClick(event, `star-${one}`));
    return star === undefined ? Composite.ignore() : Composite.emitWith(star, "rate", star);
  },
});

/** Counts seconds as long as it is on the screen. */
export const stopwatch = composite<
  { readonly label: string },
  { readonly seconds: number; readonly isRunning: boolean }
>({
  name: "stopwatch",
  init: () => ({ seconds: 0, isRunning: false }),
  view: ({ label }, { seconds, isRunning }) =>
    container({ style: "bordered_box", padding: [6, 10] }, [
      row({ spacing: 10, alignY: "center", a11y: { role: "group", label } }, [
        text("time", `${seconds} s`, { width: 48, font: "monospace" }),
        button("toggle", isRunning ? "Stop" : "Start", { padding: [2, 10] }),
        button("reset", "Reset", { style: "subtle", padding: [2, 10], disabled: seconds === 0 }),
      ]),
    ]),
  handle(state, event) {
    if (isClick(event, "toggle")) return Composite.state({ ...state, isRunning: !state.isRunning });
    if (isClick(event, "reset")) return Composite.state({ ...state, seconds: 0 });
    return Composite.ignore();
  },
  subscribe: (_props, { isRunning }) => (isRunning ? [Subscription.every(1000, "second")] : []),
  onSubscription: (state, event) =>
    event.kind === "timer" ? Composite.state({ ...state, seconds: state.seconds + 1 }) : Composite.ignore(),
});
