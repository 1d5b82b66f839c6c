/** The options that contain every word of what was typed, in their order. Upper and lower case are alike. */
export function filterOptions(options: readonly string[], typed: string): readonly string[] {
  const words = typed.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const wanted = words.filter((word) => word !== "");
  if (wanted.length === 0) return options;
  return options.filter((option) => {
    const text = option.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}
