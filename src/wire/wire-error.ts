import { PlushieError } from "../base/error.ts";

export type WireErrorCode =
  /** Something that is no plain data: a function, an instance of a class, a bigint. */
  | "encode-unsupported-value"
  | "encode-too-deep"
  | "encode-too-large"
  | "encode-reserved-key"
  | "decode-invalid-json"
  | "decode-invalid-msgpack"
  | "decode-too-deep"
  | "decode-reserved-key"
  /** An integer that a number cannot hold without changing it. */
  | "decode-unsafe-integer"
  /** Text where bytes were agreed on, or the other way round. */
  | "decode-wrong-frame"
  | "frame-too-large"
  | "frame-empty"
  | "frame-truncated"
  | "frame-invalid-utf8";

/** Why bytes or values were refused. A value in a `Result`, never thrown by this folder. Codes `frame-…` are fatal. */
export class WireError extends PlushieError<WireErrorCode> {}

/** True when the connection cannot go on: where the next frame begins is not known any more. */
export function isFatal(error: WireError): boolean {
  return error.code.startsWith("frame-");
}
