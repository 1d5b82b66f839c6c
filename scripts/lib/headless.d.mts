/** Writes the folders `headless` and `fonts` into `folder`. */
export function bundleHeadless(folder: string): Promise<void>;
