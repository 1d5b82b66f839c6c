/** How many values of one argument that is no object are remembered; the one not used for the longest time goes first. */
const MAX_PRIMITIVES = 256;

interface TrieNode<Result> {
  objects: WeakMap<object, TrieNode<Result>> | undefined;
  primitives: Map<unknown, TrieNode<Result>> | undefined;
  result: { readonly value: Result } | undefined;
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
  const root = createNode<Result>();
  return (...args) => {
    let node = childOf(root, args.length);
    for (const argument of args) node = childOf(node, argument);
    if (node.result !== undefined) return node.result.value;
    const value = build(...args);
    node.result = { value };
    return value;
  };
}

function createNode<Result>(): TrieNode<Result> {
  return { objects: undefined, primitives: undefined, result: undefined };
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
  node.primitives ??= new Map();
  const known = node.primitives.get(argument);
  const child = known ?? createNode<Result>();
  // Taking it out and putting it back makes it the newest in the order of the map.
  if (known !== undefined) node.primitives.delete(argument);
  else if (node.primitives.size >= MAX_PRIMITIVES) {
    const [oldest] = node.primitives.keys();
    node.primitives.delete(oldest);
  }
  node.primitives.set(argument, child);
  return child;
}
