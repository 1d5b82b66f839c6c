import type { WireProps } from "../../../protocol/node.ts";
import { readArray, readRecord, readString } from "../props.ts";
import type { MountedNode, StyleOptions, WidgetContext, WidgetModule } from "../widget.ts";
import { isPlainKey } from "./button-press.ts";
import { Toggle, type ToggleKind } from "./checkbox-toggle.ts";

const STYLES: StyleOptions = { presets: ["default"], fallback: "default", statuses: ["hovered"] };

const css = `
.pl-radio-disc{width:1em;height:1em;border-radius:50%;background:var(--s-bg,var(--d-disc));box-shadow:inset 0 0 0 var(--s-border-width,1px) var(--s-border-color,var(--primary-strong));--d-disc:transparent}
.pl-radio-disc::before{content:"";position:absolute;inset:.25em;border-radius:50%;background:var(--primary-strong);visibility:hidden}
.pl-radio[aria-checked="true"] .pl-radio-disc::before{visibility:visible}
@media (hover:hover){.pl-radio:hover .pl-radio-disc{--d-disc:var(--primary-weak)}}
.pl-radio:focus-visible .pl-radio-disc{box-shadow:inset 0 0 0 2px var(--focus-ring-on-bg-base),0 0 0 2px var(--focus-ring),0 0 10px var(--focus-glow)}
@media (forced-colors:active){.pl-radio-disc{outline:1px solid}.pl-radio-disc::before{forced-color-adjust:none;background:CanvasText}}
`;

const KIND: ToggleKind = {
  className: "pl-radio",
  role: "radio",
  styles: STYLES,
  control(document) {
    const disc = document.createElement("span");
    disc.className = "pl-radio-disc";
    return disc;
  },
  isOn: (props) => readString(props["selected"]) === ownValue(props),
  activate: (context) => select(context, context.id, context.props()),
  // Without a label the value is shown.
  fallbackLabel: ownValue,
};

/** One of several choices. Every radio is a tab stop of its own; the arrow keys go through its group and choose. */
export const radioModule: WidgetModule = {
  types: ["radio"],
  layout: { flow: "leaf" },
  css,
  create: (context) => new Radio(context),
};

class Radio extends Toggle {
  readonly #radioContext: WidgetContext;
  readonly #describe: () => void;

  constructor(context: WidgetContext) {
    super(context, KIND);
    this.#radioContext = context;
    this.#describe = (): void => describePlace(context, this.element);
  }

  override update(props: WireProps, previous: WireProps): void {
    super.update(props, previous);
    this.#radioContext.beforePaint(this.#describe);
  }

  override handle(event: Event): boolean {
    const step = isPlainKey(event, ...STEPS.keys()) ? STEPS.get(event.key) : undefined;
    return step === undefined ? super.handle(event) : move(this.#radioContext, event, step);
  }

  override focusChanged(isFocused: boolean): void {
    // Others of the group may have come or gone since.
    if (isFocused) this.#describe();
    super.focusChanged(isFocused);
  }
}

const STEPS: ReadonlyMap<string, 1 | -1> = new Map([
  ["ArrowDown", 1],
  ["ArrowRight", 1],
  ["ArrowUp", -1],
  ["ArrowLeft", -1],
]);

function ownValue(props: WireProps): string {
  return readString(props["value"]) ?? "";
}

/** The event speaks for the group where there is one. */
function select(context: WidgetContext, id: string, props: WireProps): void {
  context.emit("select", ownValue(props), undefined, groupOf(props) ?? id);
}

function groupOf(props: WireProps): string | undefined {
  const group = readString(props["group"]);
  return group === "" ? undefined : group;
}

function move(context: WidgetContext, event: Event, step: 1 | -1): boolean {
  const members = membersOf(context);
  const at = members.findIndex((member) => member.id === context.id);
  const next = members[(at + step + members.length) % members.length];
  if (at < 0 || next === undefined || next.id === context.id) return false;
  event.preventDefault();
  // `focusVisible` is newer than the type of the options; engines without it ignore it.
  const options: FocusOptions & { readonly focusVisible: boolean } = { focusVisible: true };
  (next.view.focusTarget ?? next.view.element).focus(options);
  select(context, next.id, next.props);
  return true;
}

/** Radios of the same group: those the app's side has listed, else those of the same name in the same window. */
function membersOf(context: WidgetContext): readonly MountedNode[] {
  const listed = readArray(readRecord(context.props()["a11y"])?.["radio_group"]);
  if (listed !== undefined) {
    return listed.flatMap((id) => {
      const node = typeof id === "string" ? context.mounted(id) : undefined;
      return node?.type === "radio" ? [node] : [];
    });
  }
  const group = groupOf(context.props());
  if (group === undefined) return [];
  let top: MountedNode | undefined = context.node();
  while (top?.parent !== undefined && top.type !== "window") top = top.parent;
  const members: MountedNode[] = [];
  // No radio sleeps.
  const collect = (node: MountedNode): void => {
    if (node.type === "radio" && groupOf(node.props) === group) members.push(node);
    else if (!node.isDormant) for (const child of node.children) collect(child);
  };
  if (top !== undefined) collect(top);
  return members;
}

/** "2 of 3", unless the app says it itself. */
function describePlace(context: WidgetContext, element: HTMLElement): void {
  const fields = readRecord(context.props()["a11y"]);
  if (fields?.["position_in_set"] !== undefined || fields?.["size_of_set"] !== undefined) return;
  const members =
    fields?.["radio_group"] === undefined && groupOf(context.props()) === undefined ? [] : membersOf(context);
  const place = members.findIndex((member) => member.id === context.id) + 1;
  if (place === 0) {
    element.removeAttribute("aria-posinset");
    element.removeAttribute("aria-setsize");
    return;
  }
  element.setAttribute("aria-posinset", String(place));
  element.setAttribute("aria-setsize", String(members.length));
}
