/** What a renderer can be asked to report, each kind with the event families it delivers. */
export const SUBSCRIPTION_FAMILIES = {
  on_key_press: ["key_press"],
  on_key_release: ["key_release"],
  on_modifiers_changed: ["modifiers_changed"],
  on_pointer_move: ["cursor_moved", "cursor_entered", "cursor_left"],
  on_pointer_button: ["button_pressed", "button_released"],
  on_pointer_scroll: ["wheel_scrolled"],
  on_pointer_touch: ["finger_pressed", "finger_moved", "finger_lifted", "finger_lost"],
  on_ime: ["ime_opened", "ime_preedit", "ime_commit", "ime_closed"],
  on_window_event: [
    "window_opened",
    "window_closed",
    "window_moved",
    "window_resized",
    "window_focused",
    "window_unfocused",
    "window_rescaled",
  ],
  on_window_open: ["window_opened"],
  /** Delivers close requests, not closings. */
  on_window_close: ["window_close_requested"],
  on_window_move: ["window_moved"],
  on_window_resize: ["window_resized"],
  on_window_focus: ["window_focused"],
  on_window_unfocus: ["window_unfocused"],
  on_file_drop: ["file_hovered", "file_dropped", "files_hovered_left"],
  on_animation_frame: ["animation_frame"],
  on_theme_change: ["theme_changed"],
} as const;

/** `on_event` delivers the families of all others. */
export type SubscriptionKind = keyof typeof SUBSCRIPTION_FAMILIES | "on_event";

export type SubscriptionFamily = (typeof SUBSCRIPTION_FAMILIES)[keyof typeof SUBSCRIPTION_FAMILIES][number];

export const SUBSCRIPTION_KINDS: readonly SubscriptionKind[] = [
  ...(Object.keys(SUBSCRIPTION_FAMILIES) as (keyof typeof SUBSCRIPTION_FAMILIES)[]),
  "on_event",
];

const OLDER_KINDS: { readonly [older: string]: SubscriptionKind } = {
  on_mouse_move: "on_pointer_move",
  on_mouse_button: "on_pointer_button",
  on_mouse_scroll: "on_pointer_scroll",
  on_touch: "on_pointer_touch",
};

/** The current spelling of a kind; unknown kinds stay as they are. */
export function currentSubscriptionKind(kind: string): string {
  return (Object.hasOwn(OLDER_KINDS, kind) ? OLDER_KINDS[kind] : undefined) ?? kind;
}

/** Does an entry of this kind want events of this family? */
export function deliversFamily(kind: string, family: string): boolean {
  if (kind === "on_event") return ALL_FAMILIES.has(family);
  const families: readonly string[] | undefined = Object.hasOwn(SUBSCRIPTION_FAMILIES, kind)
    ? SUBSCRIPTION_FAMILIES[kind as keyof typeof SUBSCRIPTION_FAMILIES]
    : undefined;
  return families?.includes(family) ?? false;
}

const ALL_FAMILIES: ReadonlySet<string> = new Set<string>(Object.values(SUBSCRIPTION_FAMILIES).flat());
