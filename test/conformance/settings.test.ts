import { alone, type Check, check, startUp } from "./support/check.ts";
import { anything } from "./support/match.ts";
import { conformance } from "./support/run.ts";
import * as say from "./support/steps.ts";

const settings = (fields: say.Fields): say.Step[] => say.send({ type: "settings", settings: fields });

/** Settings that are complained about once, and of which the rest is applied. */
const WRONG: Readonly<Record<string, say.Fields>> = {
  "an unknown key": { frobnicate: true },
  "text as default_text_size": { default_text_size: "16" },
  "a negative default_event_rate": { default_event_rate: -1 },
  "text as antialiasing": { antialiasing: "yes" },
  "a number as vsync": { vsync: 1 },
  "text as scale_factor": { scale_factor: "1" },
  "text as required_widgets": { required_widgets: "gauge" },
  "a number in required_widgets": { required_widgets: [5] },
  "text as validate_props": { validate_props: "true" },
  "a number as log_level": { log_level: 5 },
  "an object as fonts": { fonts: {} },
};

const RIGHT: Readonly<Record<string, say.Fields>> = {
  "a whole default_text_size": { default_text_size: 16 },
  "a default_text_size with a fraction": { default_text_size: 15.5 },
  "the built-in font": { default_font: { family: "monospace" } },
  "a default_event_rate": { default_event_rate: 60 },
  "a default_event_rate of 0": { default_event_rate: 0 },
  "a theme by name": { theme: "dark" },
  widget_config: { widget_config: { gauge: { max: 3 } } },
  "an empty list of fonts": { fonts: [] },
  log_level: { log_level: "debug" },
};

function complains([name, fields]: readonly [string, say.Fields]): Check {
  return check(
    `[3.1/9] ${name} in settings is reported`,
    settings({ protocol_version: 1, ...fields }),
    say.expectDiagnostic("invalid_settings", "error", { detail: anything }),
  );
}

function takes([name, fields]: readonly [string, say.Fields]): Check {
  return check(`[3.1] ${name} in settings is taken`, settings({ protocol_version: 1, ...fields }), say.expectNothing);
}

const badlySized: say.Node = {
  id: "main",
  type: "window",
  children: [{ id: "main#t", type: "text", props: { content: "x", size: "large" } }],
};

const NO_FONT = "No Such Family 4711";

conformance("settings", [
  ...Object.entries(WRONG).map(complains),
  ...Object.entries(RIGHT).map(takes),
  check(
    "[3.1] several wrong keys give one report",
    settings({ frobnicate: 1, default_text_size: "16", vsync: "no" }),
    say.expectDiagnostic("invalid_settings", "error"),
    say.expectNothing,
  ),
  check(
    "[3.1/9] a default font that is not loaded is reported",
    settings({ default_font: { family: NO_FONT } }),
    say.expectDiagnostic("font_family_not_found", "warn", { family: NO_FONT }),
  ),
  check(
    "[3.1/9] every miss on the way to a usable font is reported",
    settings({ default_font: { family: `${NO_FONT}a`, fallback: [`${NO_FONT}b`, "monospace"] } }),
    say.expectDiagnostic("font_family_not_found", "warn", { family: `${NO_FONT}a` }),
    say.expectDiagnostic("font_family_not_found", "warn", { family: `${NO_FONT}b` }),
  ),
  check(
    "[3.1] names behind the first usable font are not looked for",
    settings({ default_font: { family: "monospace", fallback: [`${NO_FONT}c`] } }),
    say.expectNothing,
  ),
  check(
    "[3.1] the first usable font name may be one loaded at run time",
    say.send({ type: "load_font", payload: { family: "Conformance", data: "AAEAAAASAQAABAAg" } }),
    say.discard,
    settings({ default_font: { family: "Conformance" } }),
    say.expectNothing,
  ),
  startUp(
    "[3.1] wrong keys of the first settings are reported and not fatal",
    {},
    settings({ protocol_version: 1, frobnicate: true }),
    say.expectHello,
    say.expectDiagnostic("invalid_settings", "error"),
    say.expectTree(null),
  ),
  startUp(
    "[3.1] the readable settings beside a wrong one are applied",
    {},
    settings({ protocol_version: 1, vsync: "no", required_widgets: ["gauge"] }),
    say.expectHello,
    say.expectSet(
      { type: "diagnostic", session: anything, level: "error", diagnostic: anything },
      {
        type: "diagnostic",
        session: anything,
        level: "warn",
        diagnostic: { kind: "required_widgets_missing", missing: ["gauge"] },
      },
    ),
  ),
  alone(
    "[3.1/5.7] with validate_props a wrong prop is reported as an event of its node",
    {},
    settings({ protocol_version: 1, validate_props: true }),
    say.snapshot(badlySized),
    say.expectEvent("prop_validation", "main#t", { node_id: "main#t", node_type: "text", warnings: anything }),
  ),
  alone(
    "[3.1/5.7] with validate_props an unknown prop is reported",
    {},
    settings({ protocol_version: 1, validate_props: true }),
    say.snapshot({ id: "main", type: "window", children: [{ id: "main#b", type: "button", props: { labbel: "x" } }] }),
    say.expectEvent("prop_validation", "main#b", { node_id: "main#b", node_type: "button", warnings: anything }),
  ),
  alone(
    "[3.1/5.7] with validate_props good props are not reported",
    {},
    settings({ protocol_version: 1, validate_props: true }),
    say.snapshot({ id: "main", type: "window", children: [{ id: "main#b", type: "button", props: { label: "x" } }] }),
    say.expectNothing,
  ),
]);
