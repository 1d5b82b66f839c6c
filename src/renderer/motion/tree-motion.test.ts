import { describe, expect, test } from "vitest";
import type { WireNode, WireProps } from "../../protocol/index.ts";
import { TreeMotion } from "./tree-motion.ts";

const node = (id: string, props: WireProps = {}, children: readonly WireNode[] = []): WireNode => ({
  id,
  type: "container",
  props,
  children,
});
const fade = (more: WireProps = {}): WireProps => ({
  type: "transition",
  to: 1,
  duration: 100,
  on_complete: "in",
  ...more,
});

function rig() {
  const told: string[] = [];
  const motion = new TreeMotion({
    completed: (id, prop, tag) => told.push(`${id}.${prop} ${tag}`),
    invalid: (id, prop) => told.push(`${id}.${prop} invalid`),
  });
  return { motion, told };
}

describe("the animations of a tree that nobody sees", () => {
  test("the first time is only where time begins", () => {
    const { motion, told } = rig();
    motion.show(node("root", {}, [node("a", { opacity: fade() })]));
    motion.advanceTo(5000);
    motion.advanceTo(5099);
    expect(told).toEqual([]);
    motion.advanceTo(5100);
    motion.advanceTo(9999);
    expect(told).toEqual(["a.opacity in"]);
  });

  test("what comes later begins at the last time that was told", () => {
    const { motion, told } = rig();
    motion.show(node("root"));
    motion.advanceTo(0);
    motion.advanceTo(40);
    motion.patched(node("root", {}, [node("a", { opacity: fade() })]));
    motion.advanceTo(139);
    expect(told).toEqual([]);
    motion.advanceTo(140);
    expect(told).toEqual(["a.opacity in"]);
  });

  test("a node keeps its animation wherever it goes, and takes it along when it leaves", () => {
    const { motion, told } = rig();
    const [a, b] = [
      node("a", { opacity: fade({ on_complete: "a" }) }),
      node("b", { opacity: fade({ on_complete: "b" }) }),
    ];
    motion.show(node("root", {}, [a, b]));
    motion.advanceTo(0);
    motion.advanceTo(60);
    motion.patched(node("root", {}, [node("inner", {}, [node("a", { ...a.props, width: 3 })])]));
    motion.advanceTo(100);
    expect(told).toEqual(["a.opacity a"]);
  });

  test("a whole new tree begins its animations anew", () => {
    const { motion, told } = rig();
    const tree = node("root", {}, [node("a", { opacity: fade() })]);
    motion.show(tree);
    motion.advanceTo(0);
    motion.advanceTo(60);
    motion.show(tree);
    motion.advanceTo(120);
    expect(told).toEqual([]);
    motion.advanceTo(160);
    expect(told).toEqual(["a.opacity in"]);
  });

  test("after a reset time begins again, and time never goes back", () => {
    const { motion, told } = rig();
    motion.show(node("root", { opacity: fade() }));
    motion.advanceTo(1000);
    motion.advanceTo(1050);
    motion.show(null);
    motion.show(node("root", { opacity: fade() }));
    motion.advanceTo(2000);
    motion.advanceTo(2099);
    motion.advanceTo(10);
    expect(told).toEqual([]);
    motion.advanceTo(11);
    expect(told).toEqual(["root.opacity in"]);
  });

  test("a spring sets out from the plain value that was there before", () => {
    const timeTo = (from: number): number => {
      const { motion, told } = rig();
      motion.show(node("root", { width: from }));
      motion.advanceTo(0);
      motion.patched(node("root", { width: { type: "spring", to: 100, on_complete: "wide" } }));
      let at = 0;
      while (told.length === 0 && at < 10_000) {
        at += 4;
        motion.advanceTo(at);
      }
      return at;
    };
    expect(timeTo(100)).toBe(4);
    expect(timeTo(99)).toBeGreaterThan(500);
    expect(timeTo(0)).toBeGreaterThan(timeTo(99));
  });

  test("what makes no sense is reported once", () => {
    const { motion, told } = rig();
    motion.show(node("root", {}, [node("a", { opacity: { type: "transition", to: 1 } })]));
    motion.patched(node("root", {}, [node("a", { opacity: { type: "transition", to: 1 }, width: 2 })]));
    expect(told).toEqual(["a.opacity invalid"]);
  });
});
