// Other end of the process transport in the contract suite: echoes frames, and obeys a few words.
const isJson = process.argv.includes("--json");
let rest = Buffer.alloc(0);

function frame(payload) {
  if (isJson) return Buffer.concat([payload, Buffer.from("\n")]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(payload.length);
  return Buffer.concat([head, payload]);
}

function next() {
  if (isJson) {
    const end = rest.indexOf(10);
    if (end < 0) return undefined;
    const payload = rest.subarray(0, end);
    rest = rest.subarray(end + 1);
    return payload;
  }
  if (rest.length < 4) return undefined;
  const length = rest.readUInt32BE();
  if (rest.length < 4 + length) return undefined;
  const payload = rest.subarray(4, 4 + length);
  rest = rest.subarray(4 + length);
  return payload;
}

async function obey(payload) {
  const text = payload.length < 100 ? payload.toString("utf8") : "";
  if (text === '"exit 0"') process.exit(0);
  if (text === '"exit 3"') process.exit(3);
  if (text === '"die"') process.kill(process.pid, "SIGKILL");
  if (text === '"oversize"') {
    process.stdout.write(isJson ? Buffer.alloc(65 * 1024 * 1024, 32) : Buffer.from([0x7f, 0, 0, 0]));
    return;
  }
  if (text === '"stall"') {
    process.stdin.pause();
    setTimeout(() => process.stdin.resume(), 150);
    return;
  }
  if (text === '"log"') process.stderr.write("2026-01-01T00:00:00Z  WARN plushie: something is odd\n");
  if (text.startsWith('"bytewise')) {
    for (const byte of frame(payload)) {
      await new Promise((resolve) => process.stdout.write(Buffer.from([byte]), resolve));
    }
    return;
  }
  process.stdout.write(frame(payload));
}

process.stdin.on("data", async (chunk) => {
  rest = Buffer.concat([rest, chunk]);
  for (let payload = next(); payload !== undefined; payload = next()) await obey(payload);
});
process.stdin.on("end", () => process.exit(0));
