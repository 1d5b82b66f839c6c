import type { Child, Element } from "../app/element.ts";
import type { ModelHandlers } from "../app/handler.ts";
import type { Color, Gradient, Radius } from "../app/values.ts";
import type { GroupProps } from "./generated/props.ts";
import type { A11y, PathCommand, Stroke, Transform } from "./prop-values.ts";
import { type Identity, type JsxChildren, namedBuilder } from "./shapes.ts";

// What shapes on a canvas are described with. Literals are equally good here, too.

/** The steps of a path, one method each: `outline().moveTo(0, 0).lineTo(10, 0).close().commands`. Degrees run clockwise from the right. */
export class Outline {
  readonly #commands: PathCommand[] = [];

  /** For the prop `commands` of `path`. What is added later is not in it. */
  get commands(): readonly PathCommand[] {
    return [...this.#commands];
  }

  moveTo(x: number, y: number): this {
    return this.#add(["move_to", x, y]);
  }

  lineTo(x: number, y: number): this {
    return this.#add(["line_to", x, y]);
  }

  /** With two control points. */
  bezierTo(c1x: number, c1y: number, c2x: number, c2y: number, x: number, y: number): this {
    return this.#add(["bezier_to", c1x, c1y, c2x, c2y, x, y]);
  }

  /** With one control point. */
  quadraticTo(cx: number, cy: number, x: number, y: number): this {
    return this.#add(["quadratic_to", cx, cy, x, y]);
  }

  /** Part of a circle. With an end before the start it runs counterclockwise. */
  arc(cx: number, cy: number, radius: number, startDegrees: number, endDegrees: number): this {
    return this.#add(["arc", cx, cy, notNegative("radius", radius), startDegrees, endDegrees]);
  }

  /** Towards the first point and then towards the second, with a round corner between. */
  arcTo(x1: number, y1: number, x2: number, y2: number, radius: number): this {
    return this.#add(["arc_to", x1, y1, x2, y2, notNegative("radius", radius)]);
  }

  ellipse(
    cx: number,
    cy: number,
    rx: number,
    ry: number,
    turn: { readonly rotation?: number; readonly start?: number; readonly end?: number } = {},
  ): this {
    const { rotation = 0, start = 0, end = 360 } = turn;
    return this.#add(["ellipse", cx, cy, notNegative("rx", rx), notNegative("ry", ry), rotation, start, end]);
  }

  roundedRect(x: number, y: number, w: number, h: number, radius: Radius): this {
    return this.#add(["rounded_rect", x, y, w, h, radius]);
  }

  /** Lines through all points and back to the first. */
  polygon(first: readonly [x: number, y: number], ...rest: readonly (readonly [x: number, y: number])[]): this {
    this.moveTo(...first);
    for (const point of rest) this.lineTo(...point);
    return this.close();
  }

  close(): this {
    return this.#add("close");
  }

  #add(command: PathCommand): this {
    this.#commands.push(command);
    return this;
  }
}

/** An empty outline. */
export function outline(): Outline {
  return new Outline();
}

function notNegative(name: string, value: number): number {
  if (value >= 0) return value;
  throw new RangeError(`${name} must not be negative, got ${String(value)}`);
}

/** A line of this color, one pixel wide unless said otherwise. */
export function stroke(color: Color, width = 1, rest: Omit<Stroke, "color" | "width"> = {}): Stroke {
  return { color, width, ...rest };
}

/** A dash pattern for `stroke`: lengths of line and gap in turns. */
export function dash(first: number, ...rest: readonly number[]): NonNullable<Stroke["dash"]> {
  return { segments: [first, ...rest].map((length) => notNegative("a dash", length)) };
}

/** A gradient between two points of the canvas, in its pixels. For a shape's `fill`. */
export function gradientBetween(
  start: readonly [x: number, y: number],
  end: readonly [x: number, y: number],
  stops: Gradient["stops"],
): Gradient {
  return { type: "linear", start, end, stops };
}

/** Entries of a group's `transforms`; the first is the outermost. */
export const transform = Object.freeze({
  translate: (x: number, y: number): Transform => ({ type: "translate", x, y }),
  /** Clockwise. */
  rotate: (degrees: number): Transform => ({ type: "rotate", angle: degrees }),
  /** By one factor, or by one for each axis. */
  scale: (x: number, y?: number): Transform =>
    y === undefined ? { type: "scale", factor: x } : { type: "scale", x, y },
});

type Handlers<M> = ModelHandlers<M>;

/** Something that makes a group react; without any of it, events never come. */
type Reaction<M> =
  | { readonly onClick: true | Handlers<M>["click"] }
  | { readonly onHover: true }
  | { readonly draggable: true }
  | { readonly focusable: true };

/** Props of a group that people use: it reacts to something, and says what it is to those who do not see it. */
export type InteractiveProps<M = unknown> = GroupProps<Handlers<M>> & { readonly a11y: A11y } & Reaction<M>;

const group = namedBuilder("group");

/** A group that people use. The same as `group`, but what it needs for that is required. */
export function interactive<M = unknown>(
  id: string,
  props: InteractiveProps<M>,
  children: readonly Child<M>[],
): Element<M> {
  // The element has what its children and handlers need; the types above say what that is.
  return group(id, props as Parameters<typeof group>[1], children as readonly Child<never>[]) as Element<M>;
}

/** `interactive` for TSX. */
export function Interactive<M = unknown>(
  props: InteractiveProps<M> & Identity & { readonly id: string; readonly children?: JsxChildren<M> },
): Element<M> {
  const { id, key: _key, children, ...rest } = props;
  const list = children === undefined ? [] : [children].flat(1);
  return group(id, rest as Parameters<typeof group>[1], list as readonly Child<never>[]) as Element<M>;
}
