export { createEngine, type Engine } from "./engine.ts";
export type { RendererIdentity } from "./handshake.ts";
export type { Inspection, InspectionSource } from "./inspection.ts";
export type { RendererMode } from "./mode.ts";
export type { EngineOptions } from "./options.ts";
export type { PropValidatorSource } from "./prop-reports.ts";
export type { PropValidator } from "./prop-validator.ts";
export { createResourceBudget, type ResourceBudget } from "./resources.ts";
