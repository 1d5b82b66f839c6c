/** What a file name may look like: no folders, no blanks, nothing that a file system or an id treats specially. */
const PATTERN = /^[A-Za-z0-9][A-Za-z0-9_-]{0,58}\.tsx$/;

/** Names that Windows keeps for devices, with any ending. */
const RESERVED = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])\.tsx$/i;

/** Says what is wrong with a name, or nothing when it may be used. */
export function nameFault(name: string): string | undefined {
  if (name === "") return "Type a name, such as hello.tsx";
  if (PATTERN.test(name) && !RESERVED.test(name)) return undefined;
  if (/[^A-Za-z0-9_.-]/.test(name)) return "Use letters, digits, - and _ only";
  if (!name.endsWith(".tsx")) return "The name must end in .tsx";
  if (RESERVED.test(name)) return "That name is reserved by some systems";
  if (name.length > 63) return "The name is too long: at most 63 characters";
  return "Use letters, digits, - and _ only, and start with a letter or digit";
}

/** Trims, and adds the ending when it is missing. */
export function completeName(typed: string): string {
  const name = typed.trim();
  return name === "" || name.includes(".") ? name : `${name}.tsx`;
}
