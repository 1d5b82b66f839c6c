/** One run, compiling included. Long enough for a slow machine, short enough that a person sees why nothing happens. */
export const RUN_MS = 1_500;
/** A new worker has to load the compiler and the engine first; that does not count as the experiment's time. */
export const START_MS = 30_000;
/** Extra time before the whole worker is given up; only a hang outside the guest's code needs it. */
export const WATCHDOG_EXTRA_MS = 1_500;
/** All objects of one experiment together. */
export const MEMORY_BYTES = 32 * 1024 * 1024;
export const STACK_BYTES = 512 * 1024;
/** Heap of the worker around it: the guest's memory, the compiler, and room. */
export const WORKER_HEAP_MB = 192;
export const MAX_SOURCE_CHARS = 256 * 1024;
/** What a run may hand out, as JSON text. */
export const MAX_OUTPUT_CHARS = 512 * 1024;
export const MAX_STATE_CHARS = 256 * 1024;
export const MAX_NODES = 2_000;
/** Leaves room for the levels around a preview within the wire's 63. */
export const MAX_DEPTH = 40;
export const MAX_LOG_LINES = 50;
export const MAX_LOG_CHARS = 500;
/** Events in one run. */
export const MAX_EVENTS = 100;
