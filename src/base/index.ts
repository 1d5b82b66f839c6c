export * from "./assert.ts";
export * from "./clock.ts";
export * from "./disposable.ts";
export * from "./emitter.ts";
export * from "./error.ts";
export * from "./logger.ts";
export * from "./random.ts";
export * from "./result.ts";
