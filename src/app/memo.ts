/** How many values of one argument that is no object are remembered; the one not used for the longest time goes first. */
const MAX_PRIMITIVES = 256;

/** One argument deeper for each level. All members are set when it is made, so that all nodes have one shape. */
interface TrieNode<Result> {
  objects: WeakMap<object, TrieNode<Result>> | undefined;
  primitives: Map<unknown, TrieNode<Result>> | undefined;
  /** The primitive argument that was asked for last. Most nodes never see another one and need no map. */
  lastKey: unknown;
  last: TrieNode<Result> | undefined;
  hasResult: boolean;
  result: Result | undefined;
}

/**
 * Gives the same result for the same arguments, compared by identity, so that an unchanged part of a view is the same
 * element as before and rendering stops there. Objects are held weakly; of strings, numbers and the like the last 256 per
 * argument are kept. What `build` throws is not remembered.
 *
 * Everything the result depends on must be an argument, and everything that is passed counts: write
 * `todos.map((todo) => line(todo))`, because `todos.map(line)` would pass the index and the array as well.
 */
export function memo<Args extends readonly unknown[], Result>(
  build: (...args: Args) => Result,
): (...args: Args) => Result {
  const roots: (TrieNode<Result> | undefined)[] = [];
  return (...args) => {
    let node = roots[args.length] ?? createNode<Result>();
    roots[args.length] = node;
    for (let i = 0; i < args.length; i += 1) node = childOf(node, args[i]);
    // Only a node with a result says so.
    if (node.hasResult) return node.result as Result;
    const value = build(...args);
    node.result = value;
    node.hasResult = true;
    return value;
  };
}

function createNode<Result>(): TrieNode<Result> {
  return {
    objects: undefined,
    primitives: undefined,
    lastKey: undefined,
    last: undefined,
    hasResult: false,
    result: undefined,
  };
}

function childOf<Result>(node: TrieNode<Result>, argument: unknown): TrieNode<Result> {
  if ((typeof argument === "object" && argument !== null) || typeof argument === "function") {
    node.objects ??= new WeakMap();
    const known = node.objects.get(argument);
    if (known !== undefined) return known;
    const created = createNode<Result>();
    node.objects.set(argument, created);
    return created;
  }
  if (node.last !== undefined && node.lastKey === argument) return node.last;
  const child = node.last === undefined ? createNode<Result>() : primitiveChild(node, argument);
  node.lastKey = argument;
  node.last = child;
  return child;
}

/** Another primitive than the last one. The map begins with it, and its order is the order of use. */
function primitiveChild<Result>(node: TrieNode<Result>, argument: unknown): TrieNode<Result> {
  if (node.primitives === undefined) {
    node.primitives = new Map();
    if (node.last !== undefined) node.primitives.set(node.lastKey, node.last);
  }
  const { primitives } = node;
  const known = primitives.get(argument);
  const child = known ?? createNode<Result>();
  // Taking it out and putting it back makes it the newest in the order of the map.
  if (known !== undefined) primitives.delete(argument);
  else if (primitives.size >= MAX_PRIMITIVES) {
    const [oldest] = primitives.keys();
    primitives.delete(oldest);
  }
  primitives.set(argument, child);
  return child;
}
