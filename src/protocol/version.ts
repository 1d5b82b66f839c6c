/** The protocol both ends must speak. */
export const PROTOCOL_VERSION = 1;

/** The version of this package, as `hello.version` reports it. */
export const PACKAGE_VERSION = "0.1.0";

/** The upstream renderer whose behavior the messages were taken from. A different one is worth a warning, no more. */
export const REFERENCE_RENDERER_VERSION = "0.7.1";
