import type { Codec } from "../../bridge/transport.ts";

export interface FrameReader {
  push(chunk: Uint8Array): { frames: (Uint8Array | string)[]; error?: string };
}
const MAX = 64 * 1024 * 1024;
export function encodeFrame(codec: Codec, payload: Uint8Array | string): (Uint8Array | string)[] {
  if (codec === "json") return [payload, "\n"];
  const head = new Uint8Array(4);
  new DataView(head.buffer).setUint32(0, payload.length);
  return [head, payload];
}
export function createFrameReader(codec: Codec): FrameReader {
  let chunks: Uint8Array[] = [];
  let size = 0;
  const join = (): Buffer => {
    const all = Buffer.concat(chunks);
    chunks = [all];
    return all;
  };
  return {
    push(chunk) {
      chunks.push(chunk);
      size += chunk.length;
      const frames: (Uint8Array | string)[] = [];
      if (codec === "json" && !chunk.includes(10)) return size > MAX ? { frames, error: "too large" } : { frames };
      let rest = codec === "msgpack" && size < 4 ? Buffer.alloc(0) : join();
      let need = 0;
      for (;;) {
        if (codec === "json") {
          const end = rest.indexOf(10);
          if (end < 0) break;
          frames.push(rest.subarray(0, end).toString("utf8"));
          rest = rest.subarray(end + 1);
        } else {
          if (rest.length < 4) break;
          need = rest.readUInt32BE();
          if (need > MAX) return { frames, error: "too large" };
          if (rest.length < 4 + need) break;
          frames.push(new Uint8Array(rest.subarray(4, 4 + need)));
          rest = rest.subarray(4 + need);
        }
      }
      if (size >= 4 || codec === "json") {
        chunks = [rest];
        size = rest.length;
      }
      return { frames };
    },
  };
}
