import type { Child, Element } from "../app/element.ts";
import type { HandlerSet } from "../app/handler.ts";
import type { PlainChains, TypedChains } from "./generated/builders.ts";
import { WIDGETS, type WidgetEntry } from "./generated/table.ts";
import { element } from "./shapes.ts";

/**
 * A builder with one setter per prop: `build.column().padding(16).spacing(8).child(...).build()`. Setters change the
 * builder and give it back; `build` makes an element equal to that of the function builder.
 */
export type Chain<Props, Context> = {
  readonly [Name in keyof Props]-?: (value: Exclude<Props[Name], undefined>) => Chain<Props, Context>;
} & {
  readonly id: (id: string) => Chain<Props, Context>;
  readonly child: (...children: readonly Child<Context>[]) => Chain<Props, Context>;
  readonly children: (children: readonly Child<Context>[]) => Chain<Props, Context>;
  readonly build: () => Element<Context>;
};

/** The base of all chains; the setters of a widget are added to a prototype of its own, from the table. */
class ChainBase {
  readonly #type: string;
  #id: string | undefined;
  #props: { [name: string]: unknown } | undefined;
  #children: Child<never>[] | undefined;

  constructor(type: string, id: string | undefined) {
    this.#type = type;
    this.#id = id;
  }

  id(id: string): this {
    this.#id = id;
    return this;
  }

  child(...children: readonly Child<never>[]): this {
    return this.children(children);
  }

  children(children: readonly Child<never>[]): this {
    this.#children = [...(this.#children ?? []), ...children];
    return this;
  }

  set(name: string, value: unknown): this {
    this.#props = { ...this.#props, [name]: value };
    return this;
  }

  build(): Element {
    return element(this.#type, this.#id, this.#props, this.#children);
  }
}

function chainOf(entry: WidgetEntry): (id?: string) => ChainBase {
  class WidgetChain extends ChainBase {}
  for (const name of entry.props) {
    Object.defineProperty(WidgetChain.prototype, name, {
      value(this: ChainBase, value: unknown) {
        return this.set(name, value);
      },
    });
  }
  return (id) => new WidgetChain(entry.type, id);
}

/** Chained builders for any model. */
export const build: PlainChains = makeChains<PlainChains>();

/** Chained builders with the handlers of one app; the same functions under narrower types. */
export function typedChains<H extends HandlerSet, Context>(): TypedChains<H, Context> {
  return makeChains<TypedChains<H, Context>>();
}

function makeChains<Chains>(): Chains {
  const chains = Object.fromEntries(Object.entries(WIDGETS).map(([name, entry]) => [name, chainOf(entry)]));
  // The members come from the same catalog as the interfaces; a test compares the two.
  return Object.freeze(chains) as Chains;
}
