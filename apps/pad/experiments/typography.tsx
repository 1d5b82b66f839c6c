import { column, container, richText, row, rule, text } from "plushie/ui";

const colors = ["#ef4444", "#f59e0b", "#10b981", "#3b82f6", "#8b5cf6", "#ec4899"];

export const view = () =>
  column({ padding: 16, spacing: 14, width: "fill" }, [
    text("Plushie draws text", { size: 28 }),
    text("in any size, wrapped where the column ends, from right to left where the language asks for it.", {
      width: "fill",
    }),
    text("مرحبا بالعالم", { size: 22 }),
    rule({ style: "weak" }),
    richText([
      { text: "Rich text has " },
      { text: "bold words", font: { weight: "bold" } },
      { text: ", " },
      { text: "colored ones", color: "#3b82f6" },
      { text: ", " },
      { text: "underlined", underline: true },
      { text: " and " },
      { text: "marked", highlight: { background: "#fde68a" }, color: "#1f2937" },
      { text: " ones." },
    ]),
    row(
      { spacing: 8 },
      colors.map((color) => container({ width: 40, height: 40, background: color, border: { radius: 8 } }, [])),
    ),
    text("const answer = 42;", { font: "monospace", size: 14 }),
  ]);
