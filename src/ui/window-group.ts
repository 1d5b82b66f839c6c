import type { Element, View } from "../app/element.ts";

/** One window of a group, or nothing. */
export type GroupItem<Model> = Element<Model> | null | undefined | false;

/** Several windows as one view. The same as the array itself. */
export function windowGroup<Model = unknown>(
  windows: readonly GroupItem<Model>[],
): readonly GroupItem<Model>[] & View<Model> {
  return windows;
}
