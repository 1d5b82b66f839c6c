export type * from "../protocol/event.ts";
