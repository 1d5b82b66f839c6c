/**
 * The document as a code editor is to see it: without a head, so that its style sheets are adopted as objects and not
 * written as `<style>` elements, which a strict content security policy forbids. Everything else goes to the document itself.
 */
export function styleRoot(document: Document): Document {
  return new Proxy(document, {
    get(target, name) {
      if (name === "head") return undefined;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
    set: (target, name, value) => Reflect.set(target, name, value, target),
  });
}
