import { app } from "plushie";
import { Button, Checkbox, Column, Row, Text, TextInput } from "plushie/ui";

interface Todo {
  readonly id: number;
  readonly text: string;
  readonly done: boolean;
}

interface Model {
  readonly todos: readonly Todo[];
  readonly draft: string;
  readonly next: number;
}

const start: Model = {
  todos: [
    { id: 1, text: "Open the pad in a second browser", done: false },
    { id: 2, text: "Tick me there", done: false },
  ],
  draft: "",
  next: 3,
};

export default app<Model>({
  init: () => start,
  update(model, event) {
    if (event.kind !== "widget") return model;
    switch (event.type) {
      case "input":
        return { ...model, draft: event.value };
      case "submit": {
        const text = model.draft.trim();
        if (text === "") return model;
        return { todos: [...model.todos, { id: model.next, text, done: false }], draft: "", next: model.next + 1 };
      }
      case "toggle": {
        const row = event.scope[0];
        const todos = model.todos.map((todo) => (`todo-${todo.id}` === row ? { ...todo, done: event.value } : todo));
        return { ...model, todos };
      }
      case "click":
        return { ...model, todos: model.todos.filter((todo) => !todo.done) };
      default:
        return model;
    }
  },
  view(model) {
    const left = model.todos.filter((todo) => !todo.done).length;
    return (
      <Column padding={16} spacing={12}>
        <Text size={20}>{left === 0 ? "All done" : `${left} to do`}</Text>
        <TextInput id="draft" value={model.draft} placeholder="What next? Press Enter" width={280} onSubmit={true} />
        <Column spacing={6}>
          {model.todos.map((todo) => (
            <Row id={`todo-${todo.id}`} spacing={8}>
              <Checkbox id="done" checked={todo.done} label={todo.text} />
            </Row>
          ))}
        </Column>
        <Button id="clear" label="Remove what is done" style="secondary" />
      </Column>
    );
  },
});
