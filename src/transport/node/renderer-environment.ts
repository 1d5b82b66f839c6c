export type RendererLogLevel = "off" | "error" | "warning" | "info" | "debug";

const LOG_FILTERS: Readonly<Record<RendererLogLevel, string>> = {
  off: "off",
  error: "error",
  warning: "warn",
  info: "info",
  debug: "debug",
};

/**
 * What a renderer may see of our environment: display, fonts, graphics, language and paths. Everything else stays here;
 * tokens and passwords live in variables.
 */
const NAMES: ReadonlySet<string> = new Set([
  "DISPLAY",
  "WAYLAND_DISPLAY",
  "WAYLAND_SOCKET",
  "WINIT_UNIX_BACKEND",
  "XDG_RUNTIME_DIR",
  "XDG_DATA_DIRS",
  "XDG_DATA_HOME",
  "PATH",
  "LD_LIBRARY_PATH",
  "DYLD_LIBRARY_PATH",
  "DYLD_FALLBACK_LIBRARY_PATH",
  "LANG",
  "LANGUAGE",
  "DBUS_SESSION_BUS_ADDRESS",
  "GTK_MODULES",
  "NO_AT_BRIDGE",
  "WGPU_BACKEND",
  "RUST_LOG",
  "RUST_BACKTRACE",
  "HOME",
  "USER",
  "SystemRoot",
  "WINDIR",
  "PATHEXT",
  "TEMP",
  "TMP",
  "TMPDIR",
  "PLUSHIE_NO_CATCH_UNWIND",
  // Of this package's own renderer: how it comes to a browser, and where the app's files are.
  "PLUSHIE_CHROMIUM",
  "PLUSHIE_CHROMIUM_NO_SANDBOX",
  "PLUSHIE_NO_BROWSER",
  "PLUSHIE_ASSETS",
  "BROWSER",
  "XAUTHORITY",
  "XDG_CURRENT_DESKTOP",
]);

const PREFIXES = ["LC_", "MESA_", "LIBGL_", "__GLX_", "VK_", "GALLIUM_", "AT_SPI_", "FONTCONFIG_"] as const;

/** The environment of a renderer process. A `RUST_LOG` of ours wins over the level. */
export function rendererEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  logLevel: RendererLogLevel = "error",
): Record<string, string> {
  const chosen: Record<string, string> = { RUST_LOG: LOG_FILTERS[logLevel] };
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined) continue;
    if (NAMES.has(name) || PREFIXES.some((prefix) => name.startsWith(prefix))) chosen[name] = value;
  }
  return chosen;
}
