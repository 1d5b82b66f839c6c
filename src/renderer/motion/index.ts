export { Animator, type AnimatorListener, type MotionTarget } from "./animator.ts";
export { hasDescriptors } from "./node-motion.ts";
export { TreeMotion, type TreeMotionListener } from "./tree-motion.ts";
