import type { WireNode, WireProps } from "../../protocol/index.ts";
import type { Outlet } from "./outlet.ts";
import type { PropValidator } from "./prop-validator.ts";

/** Nodes reported after one message. */
const MAX_REPORTS = 100;

/** The validator itself, or how to get it: it brings the whole catalog with it. */
export type PropValidatorSource = () => PropValidator | Promise<PropValidator>;

const loadValidator: PropValidatorSource = async () => (await import("./prop-validator.ts")).validateProps;

/** Tells the app's author about props that are wrong, each time such props come. Costs nothing until it is turned on. */
export class PropReports {
  readonly #outlet: Outlet;
  readonly #source: PropValidatorSource;
  readonly #root: () => WireNode | null;
  #isOn = false;
  #isLoading = false;
  #validate: PropValidator | undefined;
  #seenNodes = new WeakSet<WireNode>();
  #seenProps = new WeakSet<WireProps>();

  constructor(outlet: Outlet, source: PropValidatorSource | undefined, root: () => WireNode | null) {
    this.#outlet = outlet;
    this.#source = source ?? loadValidator;
    this.#root = root;
  }

  /** `undefined`: as it was. */
  turn(isOn: boolean | undefined): void {
    this.#isOn = isOn ?? this.#isOn;
    if (!this.#isOn || this.#isLoading || this.#validate !== undefined) return;
    const validate = this.#source();
    if (typeof validate === "function") {
      this.#validate = validate;
      return;
    }
    this.#isLoading = true;
    const loaded = (validator?: PropValidator): void => {
      this.#isLoading = false;
      this.#validate = validator;
      this.treeChanged();
    };
    validate.then(loaded, () => {
      this.#outlet.diagnostic("error", {
        kind: "renderer_runtime_error",
        detail: "validate_props could not be loaded",
      });
      loaded();
    });
  }

  /** A snapshot is news as a whole. */
  treeReplaced(): void {
    this.#seenNodes = new WeakSet();
    this.#seenProps = new WeakSet();
    this.treeChanged();
  }

  /** What a patch left alone is the same object as before. */
  treeChanged(): void {
    const root = this.#root();
    const validate = this.#validate;
    if (!this.#isOn || validate === undefined || root === null) return;
    let reports = 0;
    const visit = (node: WireNode): void => {
      if (this.#seenNodes.has(node)) return;
      this.#seenNodes.add(node);
      const { id, type, props, children } = node;
      if (!this.#seenProps.has(props)) {
        this.#seenProps.add(props);
        const warnings = reports > MAX_REPORTS ? [] : validate(node);
        if (warnings.length > 0) {
          reports += 1;
          if (reports > MAX_REPORTS) this.#report(id, type, [`more than ${MAX_REPORTS} nodes; the rest is left out`]);
          else this.#report(id, type, warnings);
        }
      }
      for (const child of children) visit(child);
    };
    visit(root);
  }

  #report(id: string, type: string, warnings: readonly string[]): void {
    this.#outlet.event({ family: "prop_validation", id, value: { node_id: id, node_type: type, warnings } });
  }
}
