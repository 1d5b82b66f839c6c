import { button, column, container, row, text } from "plushie/ui";

type Cell = "X" | "O" | "";

interface Model {
  readonly cells: readonly Cell[];
  readonly turn: "X" | "O";
}

const lines = [
  [0, 1, 2],
  [3, 4, 5],
  [6, 7, 8],
  [0, 3, 6],
  [1, 4, 7],
  [2, 5, 8],
  [0, 4, 8],
  [2, 4, 6],
];

export const init = (): Model => ({ cells: ["", "", "", "", "", "", "", "", ""], turn: "X" });

function winner(cells: readonly Cell[]): Cell {
  const line = lines.find(([a = 0, b = 0, c = 0]) => cells[a] !== "" && cells[a] === cells[b] && cells[b] === cells[c]);
  return line === undefined ? "" : (cells[line[0] ?? 0] ?? "");
}

const play =
  (index: number) =>
  (model: Model): Model => {
    if (model.cells[index] !== "" || winner(model.cells) !== "") return model;
    const cells = model.cells.map((cell, at) => (at === index ? model.turn : cell));
    return { cells, turn: model.turn === "X" ? "O" : "X" };
  };

function status({ cells, turn }: Model): string {
  const won = winner(cells);
  if (won !== "") return `${won} wins`;
  return cells.includes("") ? `${turn} to move` : "A draw";
}

export const view = (model: Model) =>
  column({ padding: 16, spacing: 12 }, [
    text("status", status(model), { size: 20 }),
    column(
      { spacing: 6 },
      [0, 1, 2].map((y) =>
        row(
          { spacing: 6 },
          [0, 1, 2].map((x) => {
            const index = 3 * y + x;
            const cell = model.cells[index] ?? "";
            return button(
              `cell-${index}`,
              [container({ width: "fill", height: "fill", center: true }, [text(cell, { size: 28 })])],
              {
                width: 64,
                height: 64,
                style: cell === "" ? "subtle" : cell === "X" ? "primary" : "success",
                onClick: play(index),
                a11y: { label: `Row ${y + 1}, column ${x + 1}: ${cell === "" ? "empty" : cell}` },
              },
            );
          }),
        ),
      ),
    ),
    button("again", "Play again", { style: "subtle", onClick: init }),
  ]);
