import type { PlainBuilders } from "./generated/builders.ts";
import {
  containerBuilder,
  contentBuilder,
  labelledBuilder,
  leafBuilder,
  namedBuilder,
  valuedBuilder,
} from "./shapes.ts";

// One constant per widget, so that a bundle keeps only those in use.

export const window: PlainBuilders["window"] = namedBuilder("window");
export const column: PlainBuilders["column"] = containerBuilder("column");
export const row: PlainBuilders["row"] = containerBuilder("row");
export const container: PlainBuilders["container"] = containerBuilder("container");
export const stack: PlainBuilders["stack"] = containerBuilder("stack");
export const grid: PlainBuilders["grid"] = containerBuilder("grid");
export const keyedColumn: PlainBuilders["keyedColumn"] = containerBuilder("keyed_column");
export const pin: PlainBuilders["pin"] = containerBuilder("pin");
export const floating: PlainBuilders["floating"] = containerBuilder("floating");
export const responsive: PlainBuilders["responsive"] = containerBuilder("responsive");
export const space: PlainBuilders["space"] = leafBuilder("space");
export const scrollable: PlainBuilders["scrollable"] = containerBuilder("scrollable");
export const paneGrid: PlainBuilders["paneGrid"] = containerBuilder("pane_grid");
export const text: PlainBuilders["text"] = contentBuilder("text", "content");
export const richText: PlainBuilders["richText"] = contentBuilder("rich_text", "spans");
export const rule: PlainBuilders["rule"] = leafBuilder("rule");
export const progressBar: PlainBuilders["progressBar"] = contentBuilder("progress_bar", "value");
export const image: PlainBuilders["image"] = contentBuilder("image", "source");
export const svg: PlainBuilders["svg"] = contentBuilder("svg", "source");
export const markdown: PlainBuilders["markdown"] = contentBuilder("markdown", "content");
export const qrCode: PlainBuilders["qrCode"] = contentBuilder("qr_code", "data");
export const button: PlainBuilders["button"] = labelledBuilder("button");
export const textInput: PlainBuilders["textInput"] = valuedBuilder("text_input", "value");
export const textEditor: PlainBuilders["textEditor"] = valuedBuilder("text_editor", "content");
export const checkbox: PlainBuilders["checkbox"] = valuedBuilder("checkbox", "checked");
export const toggler: PlainBuilders["toggler"] = valuedBuilder("toggler", "isToggled");
export const radio: PlainBuilders["radio"] = valuedBuilder("radio", "value");
export const slider: PlainBuilders["slider"] = valuedBuilder("slider", "value");
export const verticalSlider: PlainBuilders["verticalSlider"] = valuedBuilder("vertical_slider", "value");
export const pickList: PlainBuilders["pickList"] = valuedBuilder("pick_list", "options");
export const comboBox: PlainBuilders["comboBox"] = valuedBuilder("combo_box", "options");
export const pointerArea: PlainBuilders["pointerArea"] = containerBuilder("pointer_area");
export const sensor: PlainBuilders["sensor"] = containerBuilder("sensor");
export const tooltip: PlainBuilders["tooltip"] = containerBuilder("tooltip");
export const overlay: PlainBuilders["overlay"] = containerBuilder("overlay");
export const themer: PlainBuilders["themer"] = containerBuilder("themer");
export const table: PlainBuilders["table"] = containerBuilder("table");
export const tableRow: PlainBuilders["tableRow"] = containerBuilder("table_row");
export const tableCell: PlainBuilders["tableCell"] = containerBuilder("table_cell");
export const canvas: PlainBuilders["canvas"] = containerBuilder("canvas");
export const layer: PlainBuilders["layer"] = containerBuilder("__layer__");
export const rect: PlainBuilders["rect"] = leafBuilder("rect");
export const circle: PlainBuilders["circle"] = leafBuilder("circle");
export const line: PlainBuilders["line"] = leafBuilder("line");
export const path: PlainBuilders["path"] = leafBuilder("path");
export const canvasText: PlainBuilders["canvasText"] = contentBuilder("text", "content");
export const canvasImage: PlainBuilders["canvasImage"] = contentBuilder("image", "source");
export const canvasSvg: PlainBuilders["canvasSvg"] = contentBuilder("svg", "source");
export const group: PlainBuilders["group"] = containerBuilder("group");
