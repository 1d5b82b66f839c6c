import { app, Command, Subscription } from "plushie";
import type { BroadcastEvent } from "plushie/room";
import { isUnsaved, type Shared } from "../shared/model.ts";
import { activeFile, type Model, type Options, startModel } from "./model.ts";
import { AUTO_SAVE, update } from "./update.ts";
import { view } from "./view.ts";

/** The pad as one participant sees it. `invite` makes a link for one more person. */
export function createPad(host: { readonly invite?: () => string } = {}) {
  return app<Model, BroadcastEvent<Shared>, Options>({
    name: "Plushie Pad",
    settings: () => ({ defaultTextSize: 14 }),
    init: (options) => [startModel(options, host.invite), Command.share({ type: "hello" })],
    update,
    view,
    subscribe: (model) => {
      const file = activeFile(model);
      const isDue = model.isAutoSave && file !== undefined && isUnsaved(file);
      return [Subscription.onKeyPress("keys"), ...(isDue ? [Subscription.every(1_000, AUTO_SAVE)] : [])];
    },
  });
}
