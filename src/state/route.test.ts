import { describe, expect, test } from "vitest";
import { canGoBack, createRoute, currentPlace, goBack, goHome, goTo, replacePlace } from "./index.ts";

type Notes = { list: null; note: { readonly id: string }; settings: null };

const list = () => createRoute<Notes>({ name: "list", params: null });
const note = (id: string) => ({ name: "note", params: { id } }) as const;

describe("route", () => {
  test("goes on and back", () => {
    const route = goTo(list(), note("n1"));
    const place = currentPlace(route);
    expect(place.name === "note" && place.params.id).toBe("n1");
    expect(currentPlace(goBack(route)).name).toBe("list");
  });

  test("the first place stays", () => {
    const route = list();
    expect(goBack(route)).toBe(route);
    expect(goHome(route)).toBe(route);
    expect([canGoBack(route), canGoBack(goTo(route, note("a")))]).toEqual([false, true]);
  });

  test("a replaced place is not gone back to", () => {
    const route = replacePlace(goTo(goTo(list(), note("a")), note("b")), { name: "settings", params: null });
    expect(currentPlace(route).name).toBe("settings");
    expect(currentPlace(goBack(route))).toEqual(note("a"));
    expect(currentPlace(goHome(route)).name).toBe("list");
  });

  test("a long way is cut, but the way home stays", () => {
    let route = list();
    for (let count = 0; count < 500; count += 1) route = goTo(route, note(String(count)));
    expect(route.stack).toHaveLength(100);
    expect(currentPlace(route)).toEqual(note("499"));
    expect(currentPlace(goHome(route)).name).toBe("list");
  });

  test("params are checked by name", () => {
    // @ts-expect-error a note needs an id
    goTo(list(), { name: "note", params: null });
    // @ts-expect-error there is no such screen
    goTo(list(), { name: "nowhere", params: null });
  });
});
