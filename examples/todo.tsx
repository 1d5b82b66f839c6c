import { app, Command, isKeyPress, Keys, memo, Subscription, task } from "plushie";
import { createUi } from "plushie/ui";

interface Todo {
  readonly id: number;
  readonly title: string;
  readonly done: boolean;
}

interface Model {
  readonly draft: string;
  readonly todos: readonly Todo[];
  readonly nextId: number;
  readonly filter: "all" | "open";
  readonly loading: boolean;
}

export interface Options {
  /** Where the first list comes from. */
  readonly load?: (signal: AbortSignal) => Promise<readonly Todo[]>;
}

const todosLoaded = task<readonly Todo[]>("todos_loaded");
const { Window, Column, Row, Text, TextInput, Checkbox, Button } = createUi<Model>();

const EMPTY: Model = { draft: "", todos: [], nextId: 1, filter: "all", loading: false };

function add(model: Model): Model {
  const title = model.draft.trim();
  if (title === "") return model;
  const todo: Todo = { id: model.nextId, title, done: false };
  return { ...model, draft: "", nextId: model.nextId + 1, todos: [...model.todos, todo] };
}

function setDone(model: Model, id: number, done: boolean): Model {
  return { ...model, todos: model.todos.map((todo) => (todo.id === id ? { ...todo, done } : todo)) };
}

/** One line of the list. The same todo gives the same element, so an unchanged line is not looked at again. */
const line = memo((todo: Todo) => (
  <Row id={`todo-${todo.id}`} spacing={8}>
    <Checkbox
      id="toggle"
      label={todo.title}
      checked={todo.done}
      onToggle={(model, event) => setDone(model, todo.id, event.value)}
    />
    <Button
      id="remove"
      style="text"
      onClick={(model) => ({ ...model, todos: model.todos.filter((other) => other.id !== todo.id) })}
    >
      Remove
    </Button>
  </Row>
));

/** A list of things to do. Return adds, Escape clears the field. */
export default app<Model, never, Options>({
  name: "Todo",

  init: ({ load }) => (load === undefined ? EMPTY : [{ ...EMPTY, loading: true }, todosLoaded.run(load)]),

  update(model, event) {
    if (todosLoaded.isDone(event)) {
      const nextId = Math.max(0, ...event.value.map((todo) => todo.id)) + 1;
      return { ...model, loading: false, todos: event.value, nextId };
    }
    if (todosLoaded.isFailed(event)) return { ...model, loading: false };
    if (isKeyPress(event, { key: Keys.Escape })) return [{ ...model, draft: "" }, Command.focus("draft")];
    return model;
  },

  subscribe: () => [Subscription.onKeyPress("keys")],

  view: (model) => (
    <Window id="main" title="Todo" size={{ width: 420, height: 480 }}>
      <Column padding={16} spacing={8}>
        <Row spacing={8}>
          <TextInput
            id="draft"
            value={model.draft}
            placeholder="What is to be done?"
            width="fill"
            onInput={(current, event) => ({ ...current, draft: event.value })}
            onSubmit={(current) => [add(current), Command.focus("draft")]}
          />
          <Button id="add" onClick={add}>
            Add
          </Button>
        </Row>
        {model.loading && <Text>Loading …</Text>}
        {model.todos.filter((todo) => model.filter === "all" || !todo.done).map((todo) => line(todo))}
        <Text id="left">{model.todos.filter((todo) => !todo.done).length} left</Text>
        <Checkbox
          id="only-open"
          label="Only what is left"
          checked={model.filter === "open"}
          onToggle={(current, event) => ({ ...current, filter: event.value ? "open" : "all" })}
        />
      </Column>
    </Window>
  ),
});
