/** The text of a new file. */
export function templateFor(name: string): string {
  const title = name
    .replace(/\.tsx$/, "")
    .split(/[-_]+/)
    .filter((word) => word !== "")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
  return `import { button, column, text } from "plushie/ui";

interface Model {
  readonly clicks: number;
}

export const init = (): Model => ({ clicks: 0 });

export const view = (model: Model) =>
  column({ padding: 16, spacing: 12 }, [
    text("title", "${title}", { size: 24 }),
    text(\`Clicked \${model.clicks} times\`),
    button("click", "Click me", { onClick: (m: Model) => ({ clicks: m.clicks + 1 }) }),
  ]);
`;
}
