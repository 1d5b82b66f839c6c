import { completeName, nameFault } from "./file-name.ts";
import { fileNamed, MAX_FILES, type Shared } from "./model.ts";

/** Why a file cannot have this name; `except` is the file that is being renamed. */
export function nameRefusal(shared: Shared, typed: string, except?: string): string | undefined {
  const name = completeName(typed);
  const fault = nameFault(name);
  if (fault !== undefined) return fault;
  const taken = fileNamed(shared, name);
  return taken === undefined || taken.id === except ? undefined : `There is a file ${taken.name} already`;
}

/** Why no other file can be added. */
export function fullRefusal(shared: Shared): string | undefined {
  const isFull = Object.keys(shared.files).length >= MAX_FILES;
  return isFull ? `The pad holds ${MAX_FILES} files; delete one first` : undefined;
}
