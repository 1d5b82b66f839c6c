export { Animator, type AnimatorListener, type MotionTarget } from "./animator.ts";
export { TreeMotion, type TreeMotionListener } from "./tree-motion.ts";
