export type RendererMode = "windowed" | "headless" | "mock" | "web";

/** Renderers that people look at hold events back and merge them; scripted ones report everything. */
export function isForPeople(mode: RendererMode): boolean {
  return mode === "windowed" || mode === "web";
}
