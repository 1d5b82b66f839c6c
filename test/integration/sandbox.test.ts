import { readdirSync, readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { MAX_SOURCE_CHARS, Sandbox, type SandboxFailure, type SandboxOutput } from "../../src/sandbox/index.ts";

// The worker is the built one: worker threads do not run TypeScript.
const workerUrl = new URL("../../dist/sandbox/worker.js", import.meta.url);
const sandbox = new Sandbox({ workerUrl, runMs: 500 });

afterAll(() => sandbox.dispose());

async function output(source: string, more: { state?: string; events?: SandboxEvents } = {}): Promise<SandboxOutput> {
  const result = await sandbox.run({ name: "test.tsx", source, ...more });
  if (!result.ok) throw new Error(`${result.phase}: ${result.message} at ${result.line}`);
  return result;
}

async function failure(source: string): Promise<SandboxFailure> {
  const result = await sandbox.run({ name: "test.tsx", source });
  if (result.ok) throw new Error("it ran");
  return result;
}

type SandboxEvents = readonly { readonly type: string; readonly path: string; readonly value?: unknown }[];

const counter = `
import { button, column, text } from "plushie/ui";
export const init = () => ({ n: 0 });
export const view = (model: { n: number }) =>
  column("box", {}, [text("count", String(model.n)), button("inc", "+", { onClick: (m: { n: number }) => ({ n: m.n + 1 }) })]);
`;

describe("sandbox", () => {
  test("shows what a view returns", async () => {
    const { tree } = await output(`import { text } from "plushie/ui"; export const view = () => text("t", "hi");`);
    expect(tree).toEqual({ type: "text", id: "t", props: { content: "hi" }, children: [] });
  });

  test("runs TSX", async () => {
    const { tree } = await output(
      `import { Column, Text } from "plushie/ui"; export const view = () => <Column spacing={4}><Text>a</Text>{false}</Column>;`,
    );
    expect(tree).toMatchObject({ type: "column", props: { spacing: 4 }, children: [{ type: "text" }] });
  });

  test("runs inline handlers and keeps the model between runs", async () => {
    const first = await output(counter, { events: [{ type: "click", path: "box/inc" }] });
    expect(first.state).toBe('{"n":1}');
    const second = await output(counter, {
      state: '{"n":1}',
      events: [
        { type: "click", path: "box/inc" },
        { type: "click", path: "box/inc" },
      ],
    });
    expect(second.state).toBe('{"n":3}');
    expect(JSON.stringify(second.tree)).toContain('"content":"3"');
  });

  test("runs a whole app with update and narrowed events", async () => {
    const source = `
      import { app } from "plushie";
      import { textInput } from "plushie/ui";
      export default app<{ name: string }>({
        init: () => ({ name: "" }),
        update: (model, event) => (event.kind === "widget" && event.type === "input" ? { name: event.value } : model),
        view: (model) => textInput("name", model.name, { onSubmit: true }),
      });`;
    const result = await output(source, { events: [{ type: "input", path: "name", value: "Ada" }] });
    expect(result.state).toBe('{"name":"Ada"}');
    expect(result.tree).toMatchObject({ id: "name", props: { value: "Ada", onSubmit: true } });
  });

  test("says where the code is no TypeScript", async () => {
    expect(await failure("export const view = () => {\n  return (;\n}")).toMatchObject({
      phase: "compile",
      line: 2,
      column: 11,
    });
  });

  test("says where the code threw", async () => {
    const source = `const fail = () => {\n  throw new Error("kaput");\n};\nexport const view = () => fail();`;
    expect(await failure(source)).toMatchObject({ phase: "run", message: "kaput", line: 2 });
  });

  test.each([
    ["nothing exported", "const a = 1;", /exports a `view`/],
    ["no element", "export const view = () => 5;", /view returned a number/],
    ["an unknown module", `import fs from "node:fs"; export const view = () => fs;`, /cannot import "node:fs"/],
    ["a thrown string", `export const view = () => { throw "x"; };`, /x/],
    ["update without result", `${counter}\nexport const update = () => {};`, undefined],
  ])("explains: %s", async (_name, source, message) => {
    if (message === undefined) {
      const result = await sandbox.run({ name: "test.tsx", source, events: [{ type: "click", path: "box/other" }] });
      expect(result).toMatchObject({ ok: false, message: expect.stringContaining("return model") });
    } else expect((await failure(source)).message).toMatch(message);
  });

  test("collects what the code logs, bounded", async () => {
    const { logs } = await output(
      `import { text } from "plushie/ui"; export const view = () => { for (let i = 0; i < 1000; i++) console.log("line", i, "x".repeat(9999)); return text("t"); };`,
    );
    expect(logs.length).toBeLessThanOrEqual(50);
    expect(logs[0]).toMatch(/^line 0 x+$/);
    expect(logs[0]?.length).toBeLessThanOrEqual(500);
  });

  test.each([
    ["an endless loop", "export const view = () => { while (true) {} };", /more than 500 ms/],
    ["a loop at the top level", "for (;;) {}", /more than 500 ms/],
    [
      "a loop that catches",
      "export const view = () => { for (;;) { try { for (;;) {} } catch {} } };",
      /more than 500 ms/,
    ],
    [
      "a memory bomb",
      "export const view = () => { const a = []; for (;;) a.push('x'.repeat(1e6) + a.length); };",
      /memory|ms/,
    ],
    ["a growing string", "export const view = () => { let s = 'x'; for (;;) s += s; };", /memory|string|ms/],
    ["endless recursion", "const f = (): number => f() + 1; export const view = () => f();", /deeply|stack/],
    [
      "too many elements",
      `import { column, text } from "plushie/ui"; export const view = () => column(Array.from({ length: 5000 }, (_, i) => text("t" + i, "x")));`,
      /2000 elements/,
    ],
    [
      "a too deep view",
      `import { column } from "plushie/ui"; const nest = (n: number): any => column(n === 0 ? [] : [nest(n - 1)]); export const view = () => nest(100);`,
      /levels deep/,
    ],
    ["a catastrophic pattern", `export const view = () => /^(a+)+$/.test("a".repeat(40) + "b");`, /ms|boolean/],
  ])(
    "stops %s with an error, and the next run works",
    async (_name, source, message) => {
      expect((await failure(source)).message).toMatch(message);
      expect((await output(counter)).state).toBe('{"n":0}');
    },
    15_000,
  );

  test.each([
    "process.exit(1)",
    "globalThis.process.env",
    "require('fs').readFileSync('/etc/passwd')",
    "new Function('return process')().exit()",
    "(() => {}).constructor('return this')().process.exit()",
    "fetch('http://127.0.0.1')",
    "new Worker('x')",
    "import('node:fs')",
    "globalThis.__guest.run = () => 'x'; globalThis.__guest = null; throw new Error('tampered')",
    'JSON.stringify = () => \'{"ok":true,"tree":{"type":1}}\'; throw new Error(\'tampered\')',
    "Object.prototype.toString = 1; Array.prototype.push = null; throw new Error('tampered')",
    "setTimeout(() => {}, 1)",
  ])("gives no way out: %s", async (code) => {
    const result = await sandbox.run({
      name: "test.tsx",
      source: `import { text } from "plushie/ui"; export const view = () => { const got = ${code.includes(";") ? "0" : code}; ${code.includes(";") ? code : ""}; return text("t", String(typeof got)); };`,
    });
    // Whatever came of it, the host goes on and the next run is untouched.
    if (result.ok) expect(typeof result.tree).toBe("object");
    else expect(result.message).toEqual(expect.any(String));
    expect((await output(counter)).state).toBe('{"n":0}');
    expect(process.exitCode).toBeUndefined();
  });

  test("every experiment that the pad ships runs", async () => {
    const folder = new URL("../../apps/pad/experiments/", import.meta.url);
    const names = readdirSync(folder).filter((name) => name.endsWith(".tsx"));
    expect(names.length).toBeGreaterThanOrEqual(6);
    for (const name of names) {
      const result = await sandbox.run({ name, source: readFileSync(new URL(name, folder), "utf8") });
      expect(result, name).toMatchObject({ ok: true, logs: [] });
    }
  });

  test("nothing is left over from one run to the next", async () => {
    await output(
      `import { text } from "plushie/ui"; Object.assign(globalThis, { left: 1 }); export const view = () => text("t");`,
    );
    const { tree } = await output(
      `import { text } from "plushie/ui"; export const view = () => text("t", String("left" in globalThis));`,
    );
    expect(tree).toMatchObject({ props: { content: "false" } });
  });

  test("refuses a source that is too long", async () => {
    expect(await failure(`//${"x".repeat(MAX_SOURCE_CHARS)}`)).toMatchObject({ phase: "limit" });
  });

  test("runs wait for each other and all are answered", async () => {
    const results = await Promise.all(
      Array.from({ length: 20 }, () => sandbox.run({ name: "t.tsx", source: counter })),
    );
    expect(results.every((result) => result.ok)).toBe(true);
  });

  test("a disposed sandbox answers what waits and takes nothing more", async () => {
    const other = new Sandbox({ workerUrl });
    const waiting = [
      other.run({ name: "t.tsx", source: "for (;;) {}" }),
      other.run({ name: "t.tsx", source: counter }),
    ];
    await other.dispose();
    for (const result of await Promise.all(waiting)) expect(result).toMatchObject({ ok: false, phase: "limit" });
    await expect(other.run({ name: "t.tsx", source: counter })).rejects.toMatchObject({ code: "sandbox-disposed" });
  });
});
