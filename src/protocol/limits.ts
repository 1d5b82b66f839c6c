/** Bytes of one message. A longer one ends the stream when read and is an error when written. */
export const MAX_FRAME_BYTES = 64 * 1024 * 1024;
/** Containers inside each other in one message; upstream parsers stop there. A tree level costs two. */
export const MAX_NESTING = 128;
/** Tree levels that are shown; what is deeper is cut and reported. */
export const MAX_TREE_DEPTH = 256;
/** Indices in the path of a patch op; as deep as a tree can be. */
export const MAX_PATCH_PATH = 256;
/** Levels a selector looks into. */
export const MAX_SELECTOR_DEPTH = 256;
/** Duplicate ids named in one report; more would say nothing new. */
export const MAX_DUPLICATES_REPORTED = 100;
/** Bytes of UTF-8 in a one-line input. */
export const MAX_TEXT_INPUT_BYTES = 64 * 1024;
/** Bytes of UTF-8 in an editor: 10 MiB is promised to authors; upstream stops at 1 MiB. */
export const MAX_TEXT_EDITOR_BYTES = 10 * 1024 * 1024;
/** Bytes of UTF-8 in a markdown text: 1 MiB is promised to authors; upstream takes 2 MiB. */
export const MAX_MARKDOWN_BYTES = 1024 * 1024;
/** Bytes of one font, decoded. */
export const MAX_FONT_BYTES = 16 * 1024 * 1024;
/** Fonts loaded at run time, per process; a session reset does not give them back. */
export const MAX_FONTS = 256;
/** Bytes of UTF-8 in a font family name; longer ones are cut. */
export const MAX_FONT_FAMILY_BYTES = 256;
/** Remembered font families. */
export const MAX_FONT_CACHE = 1024;
/** Image handles per process; a session reset does not give them back. */
export const MAX_IMAGES = 4096;
/** Bytes of all images together, decoded to RGBA8. */
export const MAX_IMAGE_TOTAL_BYTES = 1024 * 1024 * 1024;
/** Pixels per side of one image. */
export const MAX_IMAGE_SIDE_PX = 16_384;
/** Bytes of one image, decoded to RGBA8. */
export const MAX_IMAGE_BYTES = 256 * 1024 * 1024;
/** Time to parse one SVG. */
export const SVG_PARSE_MS = 1000;
/** SVG sources remembered as broken. */
export const MAX_SVG_FAILURES = 256;
/** Shapes in one canvas layer; more are left out. */
export const MAX_CANVAS_SHAPES = 10_000;
/** Numbers in a dash pattern. */
export const MAX_DASH_SEGMENTS = 64;
/** Canvas coordinates beyond this are worth a warning. */
export const MAX_CANVAS_COORDINATE = 1_000_000;
/** Window width and height are clamped into this range. */
export const MIN_WINDOW_SIDE_PX = 1;
export const MAX_WINDOW_SIDE_PX = 16_384;
/** Window coordinates are clamped to plus and minus this. */
export const MAX_WINDOW_POSITION_PX = 32_768;
/** Sides of a window icon. */
export const MAX_ICON_SIDE_PX = 1024;
/** Sides of a screenshot are clamped into this range. */
export const MIN_SCREENSHOT_SIDE_PX = 1;
export const MAX_SCREENSHOT_SIDE_PX = 16_384;
/** Events held back at the same time; one more flushes all. */
export const MAX_COALESCE_KEYS = 4096;
/** Messages waiting for a session, in the queue and behind it. */
export const MAX_SESSION_QUEUE = 512;
export const MAX_SESSION_OVERFLOW = 512;
/** Encoded messages waiting for the medium before the writer has to wait. */
export const MAX_OUTPUT_QUEUE = 256;
/** Bytes of an id written by an author. */
export const MAX_ID_BYTES = 1024;
/** Events that may follow from one event without the loop being left. */
export const MAX_DISPATCH_DEPTH = 100;
/** Bytes of the buffer for one JSON line; a longer line is put together from pieces. */
export const JSON_LINE_BUFFER_BYTES = 65_536;
/** How long a host waits for `hello`. */
export const HELLO_MS = 10_000;
/** Silence after which a renderer counts as gone. */
export const HEARTBEAT_MS = 30_000;
/** How long an interaction waits for the host's tree. */
export const INTERACT_STEP_MS = 30_000;
/** How long an effect may take: dialogs wait for a person, the clipboard does not. */
export const DIALOG_EFFECT_MS = 120_000;
export const QUICK_EFFECT_MS = 5000;
export const OTHER_EFFECT_MS = 30_000;
