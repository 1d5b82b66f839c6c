import type { Element } from "plushie";
import { rating, stepper, stopwatch } from "../composites.ts";
import { type Model, ui } from "../model.ts";
import { caption, page, section, status } from "../parts.ts";

const { column, text } = ui;

export function compositesPage(model: Model): Element<Model> {
  const { amount, stars } = model.composites;
  return page(model, "Composite widgets", [
    [
      section("stepper-section", "A stepper that emits", [
        stepper("amount", { label: "Amount", start: 3 }),
        status("amount-told", `The app was told ${amount}`),
      ]),
      section("rating-section", "A rating", [
        rating("stars", { label: "Rating", start: 4 }),
        status("stars-told", `The app was told ${stars} of 5`),
      ]),
    ],
    [
      section("watch-section", "Stopwatches, each with its timer", [
        column({ spacing: 8 }, [
          stopwatch("watch-one", { label: "First stopwatch" }),
          stopwatch("watch-two", { label: "Second stopwatch" }),
        ]),
        caption("Their seconds are not in the app's model. They start anew when the page is opened again."),
      ]),
      section("about", "What they are", [
        text(
          "A composite is made of other widgets, has a state of its own, and tells the app only what it emits. Two of one kind share nothing.",
          { width: "fill" },
        ),
      ]),
    ],
  ]);
}
