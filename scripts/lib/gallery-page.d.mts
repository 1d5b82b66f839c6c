/** Writes the gallery as files into a folder that is empty or holds an earlier one. */
export function writeGalleryPage(folder: string): Promise<void>;
