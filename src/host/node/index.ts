import { createHost } from "./host.ts";

export { type Configuration, configuration, configure } from "./configuration.ts";
export { createHost, type Handle, type Host, type NamedRuntime, type RendererFunctions } from "./host.ts";
export { HostError, type HostErrorCode } from "./host-error.ts";
export { defaultStartOptions, type StartOptions, type TransportOption } from "./start-options.ts";

/** The host of this process. Names are looked up across the whole process, so there is one. */
export const { run, start, runtimeFor, stop } = createHost();
