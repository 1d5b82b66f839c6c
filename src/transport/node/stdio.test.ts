import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import type { CloseReason } from "../../bridge/transport.ts";
import { createStdioConnector } from "./stdio.ts";

const never = new AbortController().signal;

function makeStreams() {
  const input = new PassThrough();
  const output = new PassThrough();
  const diversion = new PassThrough();
  const closes: CloseReason[] = [];
  const listener = { onMessage() {}, onDrain() {}, onClose: (reason: CloseReason) => closes.push(reason) };
  const connector = createStdioConnector({ codec: "json", input, output, diversion });
  return { input, output, diversion, closes, listener, connector };
}

const textIn = (stream: PassThrough): string => String(stream.read() ?? "");

test("[R229] nothing but protocol reaches the output while it is open", async () => {
  const { output, diversion, listener, connector } = makeStreams();
  const transport = await connector.open(listener, never);
  output.write("a banner of some library\n");
  transport.send('{"type":"settings"}');
  expect(textIn(output)).toBe('{"type":"settings"}\n');
  expect(textIn(diversion)).toBe("a banner of some library\n");
  await transport.close();
});

test("after close other writers have the output back", async () => {
  const { output, diversion, listener, connector } = makeStreams();
  const before = output.write;
  const transport = await connector.open(listener, never);
  expect(output.write).not.toBe(before);
  await transport.close();
  expect(output.write).toBe(before);
  expect(textIn(diversion)).toBe("");
});

test("the end of the input is an orderly end, and the input does not keep the process alive", async () => {
  const { input, closes, listener, connector } = makeStreams();
  await connector.open(listener, never);
  input.end();
  input.resume();
  await new Promise((resolve) => input.once("close", resolve));
  expect(closes).toEqual([{ kind: "shutdown", detail: "end of input" }]);
  expect(input.destroyed).toBe(true);
});

test("there is no second connection", async () => {
  const { listener, connector } = makeStreams();
  await (await connector.open(listener, never)).close();
  expect(connector.canReopen).toBe(false);
  await expect(connector.open(listener, never)).rejects.toMatchObject({
    code: "transport-not-reopenable",
    isFatal: true,
  });
});
