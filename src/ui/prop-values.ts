import type {
  Background,
  Border,
  Color,
  Font,
  FontSpec,
  FontStretch,
  FontWeight,
  Gradient,
  Length,
  LineHeight,
  Padding,
  PaddingSides,
  Radius,
  Shadow,
  Size,
  Theme,
} from "../app/values.ts";
import type { WireValue } from "../protocol/node.ts";
import type { A11yRole, Easing } from "./generated/names.ts";

export type {
  A11yRole,
  Background,
  Border,
  Color,
  Easing,
  Font,
  FontSpec,
  FontStretch,
  FontWeight,
  Gradient,
  Length,
  LineHeight,
  Padding,
  PaddingSides,
  Radius,
  Shadow,
  Size,
  Theme,
};

/** What a widget may look like in one of its states. */
export interface StyleFields {
  readonly background?: Background | undefined;
  readonly textColor?: Color | undefined;
  readonly border?: Border | undefined;
  readonly shadow?: Shadow | undefined;
}

/** A style of one's own; `base` names the preset it starts from. */
export interface StyleMap<Preset extends string = string> extends StyleFields {
  readonly base?: Preset | undefined;
  readonly hovered?: StyleFields | undefined;
  readonly pressed?: StyleFields | undefined;
  readonly disabled?: StyleFields | undefined;
  readonly focused?: StyleFields | undefined;
}

/** The name of a preset, or a style of one's own. */
export type Style<Preset extends string> = Preset | StyleMap<Preset>;

/** A value, or how to get there. Only numbers and colors move: not gradients, and line heights as multiples only. */
export type Animated<Value> = Value | Animation<Extract<Value, number> | Extract<Value, Color>>;

export type Animation<Value = number> = Transition<Value> | Spring<Value> | Sequence<Value>;

export interface Transition<Value = number> {
  readonly type: "transition";
  readonly to: Value;
  /** In milliseconds. */
  readonly duration: number;
  /** Where it begins when the prop was not animated before; else it goes on from what is shown. */
  readonly from?: Value;
  readonly easing?: Easing | { readonly cubicBezier: readonly [x1: number, y1: number, x2: number, y2: number] };
  /** In milliseconds, in each cycle again. */
  readonly delay?: number;
  /** How many cycles; -1 goes on for ever. */
  readonly repeat?: number;
  /** Every second cycle goes back. */
  readonly autoReverse?: boolean;
  /** Comes back as the tag of a `transition_complete` event. */
  readonly onComplete?: string;
}

export interface Spring<Value = number> {
  readonly type: "spring";
  readonly to: Value;
  /** Where it begins when the prop was not animated before; else it goes on from what is shown. */
  readonly from?: Value;
  /** 100 unless said otherwise. */
  readonly stiffness?: number;
  /** 10 unless said otherwise. */
  readonly damping?: number;
  /** 1 unless said otherwise. */
  readonly mass?: number;
  /** At the start, per second; a spring that is moving already keeps its own. */
  readonly velocity?: number;
  readonly onComplete?: string;
}

export interface Sequence<Value = number> {
  readonly type: "sequence";
  readonly steps: readonly (Transition<Value> | Spring<Value>)[];
  readonly onComplete?: string;
}

/** What assistive technology is told. Ids name other widgets and are scoped like any other. */
export interface A11y {
  readonly role?: A11yRole;
  readonly label?: string;
  readonly description?: string;
  /** Hides the widget and everything inside. */
  readonly hidden?: boolean;
  readonly expanded?: boolean;
  readonly required?: boolean;
  readonly level?: 1 | 2 | 3 | 4 | 5 | 6;
  readonly live?: "polite" | "assertive";
  readonly busy?: boolean;
  readonly invalid?: boolean;
  readonly modal?: boolean;
  readonly readOnly?: boolean;
  /** One character, for use with Alt. */
  readonly mnemonic?: string;
  readonly toggled?: boolean;
  readonly selected?: boolean;
  readonly value?: string;
  readonly orientation?: "horizontal" | "vertical";
  readonly disabled?: boolean;
  readonly positionInSet?: number;
  readonly sizeOfSet?: number;
  readonly labelledBy?: string;
  readonly describedBy?: string;
  readonly errorMessage?: string;
  readonly activeDescendant?: string;
  readonly radioGroup?: readonly string[];
  readonly hasPopup?: "listbox" | "menu" | "dialog" | "tree" | "grid";
}

export type Validation =
  | "valid"
  | "pending"
  | "invalid"
  | { readonly state: "valid" | "pending" | "invalid"; readonly message?: string }
  | readonly ["invalid", message: string];

/**
 * What an app says of a text that several people edit: `revision` names the text in `content`; `editor` the editor it has
 * heard from, `answered` the number of the last batch of edits of it that this text has or the app refused, and `attempt`
 * the newest attempt of those it took.
 */
export interface TextSync {
  readonly revision: number;
  readonly editor?: string;
  readonly answered?: number;
  readonly attempt?: number;
}

/** A path or address, or an image uploaded with `Command.createImage`. */
export type ImageSource = string | { readonly handle: string };

export interface Crop {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Icon {
  /** The character to draw. */
  readonly codePoint: string;
  readonly font?: Font;
  readonly size?: number;
  readonly lineHeight?: LineHeight;
  readonly shaping?: "auto" | "basic" | "advanced";
}

export interface InputIcon {
  readonly codePoint: string;
  readonly font?: Font;
  readonly size?: number;
  readonly spacing?: number;
  readonly side?: "left" | "right";
}

export type PickListHandle =
  | { readonly type: "arrow"; readonly size?: number }
  | { readonly type: "static"; readonly icon: Icon }
  | { readonly type: "dynamic"; readonly closed: Icon; readonly open: Icon }
  | { readonly type: "none" };

export interface MenuStyle {
  readonly background?: Background;
  readonly textColor?: Color;
  readonly selectedTextColor?: Color;
  readonly selectedBackground?: Background;
  readonly border?: Border;
  readonly shadow?: Shadow;
}

/** A stretch of rich text. */
export interface Span {
  readonly text: string;
  readonly size?: number;
  readonly color?: Color;
  readonly font?: Font;
  readonly link?: string;
  readonly underline?: boolean;
  readonly strikethrough?: boolean;
  readonly lineHeight?: number;
  readonly padding?: Padding;
  readonly highlight?: { readonly background: Background; readonly border?: Border };
}

export interface TableColumn {
  readonly key: string;
  readonly label?: string;
  readonly align?: "left" | "center" | "right";
  readonly width?: Length;
  readonly sortable?: boolean;
}

/** Values by the column's key. */
export interface TableData {
  readonly [key: string]: WireValue;
}

export type CaretMotion =
  | "left"
  | "right"
  | "up"
  | "down"
  | "word_left"
  | "word_right"
  | "home"
  | "end"
  | "page_up"
  | "page_down"
  | "document_start"
  | "document_end";

export type KeyBinding =
  | "default"
  | "copy"
  | "cut"
  | "paste"
  | "select_all"
  | "select_word"
  | "select_line"
  | "enter"
  | "backspace"
  | "delete"
  | "unfocus"
  | { readonly move: CaretMotion }
  | { readonly select: CaretMotion }
  | { readonly insert: string }
  | { readonly custom: string }
  | { readonly sequence: readonly KeyBinding[] };

/** What a key does in a text editor. The first rule that matches wins; without one the key does nothing. */
export interface KeyRule {
  /** One character, lower case. */
  readonly key?: string;
  readonly named?: string;
  readonly modifiers?: readonly ("shift" | "ctrl" | "alt" | "logo")[];
  readonly binding: KeyBinding;
}

export interface Stroke {
  readonly color: Color;
  readonly width?: number;
  readonly cap?: "butt" | "round" | "square";
  readonly join?: "miter" | "round" | "bevel";
  readonly dash?: { readonly segments: readonly number[]; readonly offset?: number };
}

export interface ShapeStyle {
  readonly fill?: Color;
  readonly stroke?: Stroke;
  readonly opacity?: number;
}

export type Transform =
  | { readonly type: "translate"; readonly x: number; readonly y: number }
  | { readonly type: "rotate"; readonly angle: number }
  | { readonly type: "scale"; readonly factor: number }
  | { readonly type: "scale"; readonly x: number; readonly y: number };

export type PathCommand =
  | "close"
  | readonly ["move_to", x: number, y: number]
  | readonly ["line_to", x: number, y: number]
  | readonly ["bezier_to", c1x: number, c1y: number, c2x: number, c2y: number, x: number, y: number]
  | readonly ["quadratic_to", cx: number, cy: number, x: number, y: number]
  | readonly ["arc", cx: number, cy: number, r: number, startDegrees: number, endDegrees: number]
  | readonly ["arc_to", x1: number, y1: number, x2: number, y2: number, r: number]
  | readonly [
      "ellipse",
      cx: number,
      cy: number,
      rx: number,
      ry: number,
      rotationDegrees: number,
      startDegrees: number,
      endDegrees: number,
    ]
  | readonly ["rounded_rect", x: number, y: number, w: number, h: number, radius: Radius];

export interface Clip {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface HitRect {
  readonly x?: number;
  readonly y?: number;
  readonly w: number;
  readonly h: number;
}

export interface DragBounds {
  readonly minX?: number;
  readonly maxX?: number;
  readonly minY?: number;
  readonly maxY?: number;
}
