import { describe, expect, test } from "vitest";
import {
  Button,
  button,
  Checkbox,
  Column,
  checkbox,
  column,
  Image,
  RichText,
  Row,
  Text,
  text,
  Window,
  window,
} from "./index.ts";
import { jsx } from "./jsx-runtime.ts";

function Card(props: { readonly title: string; readonly children?: unknown }) {
  return (
    <Column spacing={4}>
      <Text>{props.title}</Text>
    </Column>
  );
}

describe("TSX", () => {
  test("gives the same elements as the functions", () => {
    const made = (
      <Window id="main" title="Hi">
        <Column padding={16}>
          <Text>hello</Text>
          <Button id="save">Save</Button>
          <Checkbox id="done" checked={true} label="Done" />
        </Column>
      </Window>
    );
    expect(made).toEqual(
      window("main", { title: "Hi" }, [
        column({ padding: 16 }, [text("hello"), button("save", "Save"), checkbox("done", true, { label: "Done" })]),
      ]),
    );
  });

  test("keeps lists and conditions among the children", () => {
    const none: readonly string[] = [];
    const made = (
      <Row>
        {["a", "b"].map((item) => (
          <Text key={item}>{item}</Text>
        ))}
        {none.length > 0 && <Text>never</Text>}
      </Row>
    );
    expect(made.children).toEqual([[text("a", "a"), text("b", "b")], false]);
  });

  test("a key is the id of an element without one", () => {
    expect(<Column key={5} />).toEqual({ type: "column", id: "5" });
    expect(<Column key="k" id="own" />).toEqual({ type: "column", id: "own" });
    expect(<Card key="card" title="x" />).toMatchObject({ type: "column", id: "card" });
  });

  test("text is put together from strings and numbers", () => {
    const count = 3;
    expect(<Text>{count} left</Text>).toEqual(text("3 left"));
    expect(<Text content="x" />).toEqual(text("x"));
    expect(<Text>{null}</Text>).toEqual(text(""));
  });

  test("a button shows what is between the tags", () => {
    const made = (
      <Button id="save">
        <Image source="icon.png" />
      </Button>
    );
    expect(made).toEqual({ type: "button", id: "save", children: [{ type: "image", props: { source: "icon.png" } }] });
    expect(<RichText spans={[{ text: "a" }]} />).toMatchObject({ props: { spans: [{ text: "a" }] } });
  });

  test("a fragment is a list of children", () => {
    const two = (
      <>
        <Text>a</Text>
        <Text>b</Text>
      </>
    );
    const made = (
      <Column>
        <Text>first</Text>
        {two}
      </Column>
    );
    expect(made.children).toEqual([text("first"), [text("a"), text("b")]]);
  });

  test("text without a widget is refused", () => {
    expect(() => Column({ children: "oops" as never })).toThrow(/<Text>oops<\/Text>/);
  });

  test("a component may show nothing", () => {
    expect(jsx(() => null as never, {}, "k")).toBeNull();
  });
});
