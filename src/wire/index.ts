export { type CodecName, type CodecOptions, createCodec, detectCodec, type MessageCodec } from "./codec.ts";
export { type Direction, decodeMessage, encodeMessage } from "./decode.ts";
export * from "./framing.ts";
export { isFatal, WireError, type WireErrorCode } from "./wire-error.ts";
