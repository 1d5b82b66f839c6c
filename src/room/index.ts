export * from "./limits.ts";
export { clientKey, createMemoryStore, refuseStaleEpoch } from "./memory-store.ts";
export * from "./participant.ts";
export * from "./room.ts";
export * from "./room-error.ts";
export * from "./shared.ts";
export * from "./shared-app.ts";
export type * from "./store.ts";
