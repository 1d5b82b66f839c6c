import type { OverlayHandle } from "../overlay.ts";
import type { Rect, Side } from "../place.ts";
import { readEnum, readNumber, readSize, readString } from "../props.ts";
import type { StyleOptions, WidgetContext, WidgetModule, WidgetView } from "../widget.ts";
import { px } from "./text-look.ts";

const FAMILIES = ["primary", "secondary", "success", "warning", "danger"] as const;
const STYLES: StyleOptions = {
  presets: ["transparent", "rounded_box", "bordered_box", "dark", ...FAMILIES],
  fallback: "transparent",
  statuses: [],
  hasGradient: true,
};
const POSITIONS = ["top", "bottom", "left", "right", "follow", "follow_cursor", "above", "below"] as const;
const SIDES: Readonly<Record<string, Side>> = {
  top: "above",
  above: "above",
  bottom: "below",
  below: "below",
  left: "left",
  right: "right",
};
/** Clear of the pointer's own picture. */
const POINTER_SIZE = 16;

const css = `
.pl-tip{position:relative;width:max-content;max-width:100vw;padding:5px;pointer-events:none;white-space:pre-wrap;overflow-wrap:anywhere;font-size:.875em;color:var(--s-fg,var(--bg-base-text));background:var(--s-bg,none);border-radius:var(--s-radius,0);box-shadow:var(--s-shadow,none)}
.pl-tip[hidden]{display:none}
.pl-tip::after{content:"";position:absolute;inset:0;border:var(--s-border-width,0) solid var(--s-border-color,transparent);border-radius:inherit;pointer-events:none}
.pl-tip[data-style="rounded_box"]{--s-bg:var(--bg-weak);--s-fg:var(--bg-weak-text);--s-radius:var(--radius)}
.pl-tip[data-style="bordered_box"]{--s-bg:var(--bg-weakest);--s-fg:var(--bg-weakest-text);--s-radius:var(--radius);--s-border-width:1px;--s-border-color:var(--bg-weak)}
.pl-tip[data-style="dark"]{--s-bg:#111111;--s-fg:#ffffff;--s-radius:var(--radius)}
${FAMILIES.map((name) => `.pl-tip[data-style="${name}"]{--s-bg:var(--${name}-base);--s-fg:var(--${name}-base-text);--s-radius:var(--radius)}`).join("\n")}
.pl-tip:not([data-style="transparent"]){--s-shadow:0 2px 8px var(--shade)}
@media (forced-colors:active){.pl-tip{outline:1px solid;background:Canvas}}
`;

export const tooltipModule: WidgetModule = {
  types: ["tooltip"],
  layout: { flow: "wrapper" },
  css,
  create: createTooltip,
};

function createTooltip(context: WidgetContext): WidgetView {
  const element = context.document.createElement("div");
  element.className = "pl-tooltip";
  const tip = context.document.createElement("div");
  tip.className = "pl-tip";
  tip.setAttribute("role", "tooltip");
  tip.id = context.domId(context.id);
  tip.hidden = true;
  element.append(tip);
  context.styles.apply(tip, undefined, STYLES);
  let handle: OverlayHandle | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pointer: { readonly x: number; readonly y: number } | undefined;

  const position = () => readEnum(context.props()["position"], POSITIONS) ?? "top";
  const follows = (): boolean => position().startsWith("follow");

  /** It must go by key wherever the keyboard is, without taking the key away from there. */
  const dismissed = (event: KeyboardEvent): void => {
    const isHere = event.target instanceof Node && element.contains(event.target);
    if (event.key === "Escape" && !isHere) hide();
  };
  const hide = (): void => {
    clearTimeout(timer);
    timer = undefined;
    context.document.removeEventListener("keydown", dismissed, { capture: true });
    handle?.close();
    handle = undefined;
    tip.hidden = true;
    // Back home, where the description is found while it is not shown.
    if (tip.parentElement !== element) element.append(tip);
  };
  const show = (): void => {
    clearTimeout(timer);
    if (handle !== undefined || tip.textContent === "") return;
    const props = context.props();
    context.document.addEventListener("keydown", dismissed, { capture: true });
    tip.hidden = false;
    const atPointer = follows() && pointer !== undefined;
    handle = context.overlay.open({
      anchor: element,
      content: tip,
      side: atPointer ? "below" : (SIDES[position()] ?? "above"),
      align: atPointer ? "start" : "center",
      gap: readSize(props["gap"]) ?? 0,
      flip: true,
      snap: props["snap_within_viewport"] !== false,
      isPassive: true,
      ...(atPointer ? { rect: pointerRect } : {}),
    });
  };
  const pointerRect = (): Rect => ({ x: pointer?.x ?? 0, y: pointer?.y ?? 0, width: 0, height: POINTER_SIZE });

  element.addEventListener("pointerenter", (event) => {
    if (event.pointerType === "touch") return;
    pointer = { x: event.clientX, y: event.clientY };
    // Hovering is told first, when the place was not known yet.
    if (follows() && handle !== undefined) {
      hide();
      show();
    }
  });
  element.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch") return;
    pointer = { x: event.clientX, y: event.clientY };
    if (follows()) handle?.reposition();
  });

  return {
    element,
    content: element,
    // Whoever refers to this node, for a description, means the tip.
    accessible: tip,
    update(props, previous) {
      if (props["tip"] !== previous["tip"]) {
        tip.textContent = readString(props["tip"]) ?? "";
        if (tip.textContent === "") hide();
        else handle?.reposition();
      }
      if (props["padding"] !== previous["padding"]) tip.style.padding = px(readSize(props["padding"]));
      if (props["style"] !== previous["style"]) context.styles.apply(tip, props["style"], STYLES);
      const isMoved = ["position", "gap", "snap_within_viewport"].some((name) => props[name] !== previous[name]);
      if (isMoved && handle !== undefined) {
        hide();
        show();
      }
    },
    childrenChanged(children) {
      const view = children[0]?.view;
      describe(view?.accessible ?? view?.focusTarget ?? view?.element, tip.id);
    },
    handle(event) {
      if (handle === undefined || !(event instanceof KeyboardEvent)) return false;
      if (event.type !== "keydown" || event.key !== "Escape") return false;
      hide();
      return true;
    },
    hoverChanged(isHovered) {
      hide();
      if (!isHovered) {
        pointer = undefined;
        return;
      }
      const delay = Math.max(0, readNumber(context.props()["delay"]) ?? 0);
      if (delay === 0) show();
      else timer = setTimeout(show, delay);
    },
    focusChanged(isFocused) {
      if (!isFocused) hide();
      else if (element.querySelector(":focus-visible") !== null) show();
    },
    dispose: hide,
  };
}

function describe(element: HTMLElement | undefined, id: string): void {
  const ids = element?.getAttribute("aria-describedby")?.split(" ") ?? [];
  if (element === undefined || ids.includes(id)) return;
  element.setAttribute("aria-describedby", [...ids, id].filter((one) => one !== "").join(" "));
}
