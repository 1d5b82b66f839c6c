import type { Clock } from "../../base/index.ts";
import type { FromRenderer } from "../../protocol/index.ts";
import type { SurfaceFactory, SurfaceSettings } from "../surface.ts";
import type { RendererIdentity } from "./handshake.ts";
import type { InspectionSource } from "./inspection.ts";
import type { PropValidatorSource } from "./prop-reports.ts";
import type { ResourceBudget } from "./resources.ts";

export interface EngineOptions extends RendererIdentity {
  readonly surface: SurfaceFactory;
  readonly clock: Clock;
  /** Takes what the renderer says, in order. */
  readonly send: (message: FromRenderer) => void;
  /** The host refused or asked to end: nothing more will be sent; close the connection. */
  readonly onEnd?: (reason: "refused" | "exit") => void;
  /** Settings of this renderer that win over the host's. */
  readonly settingsOverrides?: SurfaceSettings;
  /** Lower-case hex SHA-256 of the token that the host must know. Absent: none is asked for. */
  readonly tokenDigest?: string;
  /** Called when the host wants its props checked. Loaded on demand when absent, so that reports come later. */
  readonly propValidator?: PropValidatorSource;
  /** For `interact` and hashes. Loaded on demand when absent, so that the first answer comes later; the tree is that of the question. */
  readonly inspection?: InspectionSource;
  /** Shared by all engines of a process; its own when absent. */
  readonly resources?: ResourceBudget;
}
