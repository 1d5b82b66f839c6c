// State that many apps need, as plain data and pure functions: `plushie/state`.

export {
  type DataQuery,
  groupBy,
  nextSort,
  type QueryResult,
  queryData,
  type SortField,
  type SortRule,
  type TextField,
} from "./query.ts";
export {
  canGoBack,
  createRoute,
  currentPlace,
  goBack,
  goHome,
  goTo,
  type Place,
  type Route,
  replacePlace,
  type Screens,
} from "./route.ts";
export {
  clearSelection,
  createSelection,
  extendSelection,
  keepSelected,
  type Selection,
  selectAll,
  selectedIn,
  selectOnly,
  toggleSelected,
} from "./selection.ts";
export {
  amend,
  canRedo,
  canUndo,
  change,
  createUndo,
  redo,
  redoLabel,
  type Undo,
  type UndoEntry,
  type UndoMark,
  type UndoStep,
  undo,
  undoLabel,
} from "./undo.ts";
