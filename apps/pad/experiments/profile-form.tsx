import {
  button,
  checkbox,
  column,
  container,
  pickList,
  progressBar,
  row,
  text,
  textInput,
  toggler,
  tooltip,
} from "plushie/ui";

interface Model {
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly agrees: boolean;
  readonly news: boolean;
  readonly sent: number;
}

const empty: Model = { name: "", email: "", role: "", agrees: false, news: true, sent: 0 };

export const init = () => empty;

const faultOf = (model: Model) => {
  if (model.name.trim() === "") return "Tell us your name";
  if (!/^\S+@\S+\.\S+$/.test(model.email)) return "The email address is not complete";
  if (model.role === "") return "Choose what you do";
  return model.agrees ? undefined : "Please agree to be nice";
};

const filled = (model: Model) =>
  [model.name, model.email, model.role, model.agrees ? "yes" : ""].filter((v) => v !== "").length;

export const view = (model: Model) => {
  const fault = faultOf(model);
  return column({ padding: 16, spacing: 12, width: 340 }, [
    text("title", "Your profile", { size: 20 }),
    progressBar(filled(model), { range: [0, 4], height: 6 }),
    textInput("name", model.name, { placeholder: "Name", onInput: (m: Model, event) => ({ ...m, name: event.value }) }),
    textInput("email", model.email, {
      placeholder: "Email",
      inputPurpose: "email",
      onInput: (m: Model, event) => ({ ...m, email: event.value }),
    }),
    pickList("role", ["Developer", "Designer", "Operator", "Something else"], {
      selected: model.role === "" ? null : model.role,
      placeholder: "What do you do?",
      width: "fill",
      onSelect: (m: Model, event) => ({ ...m, role: event.value }),
    }),
    toggler("news", model.news, {
      label: "Send me news",
      onToggle: (m: Model, event) => ({ ...m, news: event.value }),
    }),
    checkbox("agrees", model.agrees, {
      label: "I am nice",
      onToggle: (m: Model, event) => ({ ...m, agrees: event.value }),
    }),
    row({ spacing: 10, alignY: "center" }, [
      tooltip("why", { tip: fault ?? "Everything is there", gap: 4, style: "rounded_box" }, [
        button("send", "Send", {
          disabled: fault !== undefined,
          onClick: (m: Model) => ({ ...empty, sent: m.sent + 1 }),
        }),
      ]),
      fault !== undefined && text("fault", fault, { size: 13 }),
    ]),
    model.sent > 0 &&
      container({ padding: 10, width: "fill", style: "success" }, [
        text("sent", `Sent ${model.sent} times. Thank you!`),
      ]),
  ]);
};
