import type { WidgetModule } from "../widget.ts";
import { buttonModule } from "./button.ts";
import { canvasModule } from "./canvas.ts";
import { checkboxModule } from "./checkbox.ts";
import { comboBoxModule } from "./combo-box.ts";
import { containerModule } from "./container.ts";
import { columnModule, keyedColumnModule, rowModule } from "./flex.ts";
import { floatingModule } from "./floating.ts";
import { gridModule } from "./grid.ts";
import { imageModule } from "./image.ts";
import { markdownModule } from "./markdown.ts";
import { overlayModule } from "./overlay.ts";
import { paneGridModule } from "./pane-grid.ts";
import { pickListModule } from "./pick-list.ts";
import { pinModule } from "./pin.ts";
import { pointerAreaModule } from "./pointer-area.ts";
import { progressBarModule } from "./progress-bar.ts";
import { qrCodeModule } from "./qr-code.ts";
import { radioModule } from "./radio.ts";
import { responsiveModule, sensorModule } from "./responsive.ts";
import { richTextModule } from "./rich-text.ts";
import { ruleModule } from "./rule.ts";
import { scrollableModule } from "./scrollable.ts";
import { sliderModule, verticalSliderModule } from "./slider.ts";
import { spaceModule } from "./space.ts";
import { stackModule } from "./stack.ts";
import { svgModule } from "./svg.ts";
import { tableModule } from "./table.ts";
import { tableCellModule, tableRowModule } from "./table-row.ts";
import { textModule } from "./text.ts";
import { textEditorModule } from "./text-editor.ts";
import { textInputModule } from "./text-input.ts";
import { togglerModule } from "./toggler.ts";
import { tooltipModule } from "./tooltip.ts";

/** Every widget the surface draws. A new module is one import and one line here. */
export const WIDGET_MODULES: readonly WidgetModule[] = [
  columnModule,
  rowModule,
  keyedColumnModule,
  containerModule,
  canvasModule,
  stackModule,
  gridModule,
  pinModule,
  scrollableModule,
  paneGridModule,
  pointerAreaModule,
  responsiveModule,
  sensorModule,
  floatingModule,
  overlayModule,
  textModule,
  richTextModule,
  markdownModule,
  imageModule,
  svgModule,
  qrCodeModule,
  textInputModule,
  textEditorModule,
  buttonModule,
  checkboxModule,
  togglerModule,
  radioModule,
  sliderModule,
  verticalSliderModule,
  pickListModule,
  comboBoxModule,
  tableModule,
  tableRowModule,
  tableCellModule,
  progressBarModule,
  ruleModule,
  spaceModule,
  tooltipModule,
];
