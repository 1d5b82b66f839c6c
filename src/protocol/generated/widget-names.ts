// Generated from ../catalog/widgets.json by scripts/generate-catalog.mjs. Do not edit.

/** Every widget type that stands for itself, aliases included, sorted. */
export const WIDGET_NAMES: readonly string[] = ["button","canvas","checkbox","column","combo_box","container","float","floating","grid","image","keyed_column","markdown","overlay","pane_grid","pick_list","pin","pointer_area","progress_bar","qr_code","radio","responsive","rich","rich_text","row","rule","scrollable","sensor","slider","space","stack","svg","table","table_cell","table_row","text","text_editor","text_input","themer","toggler","tooltip","vertical_slider","window"];
