/** The screens of an app by name, with what each needs to know: `{ list: null; note: { id: string } }`. */
export type Screens = { readonly [name: string]: unknown };

/** One place in an app. Checking `name` gives `params` its type. */
export type Place<All extends Screens> = {
  readonly [Name in keyof All & string]: { readonly name: Name; readonly params: All[Name] };
}[keyof All & string];

/** Where a person is and how they got there. Plain data: it may be part of a model. */
export interface Route<All extends Screens> {
  /** The first place first; never empty. */
  readonly stack: readonly Place<All>[];
}

/** Places kept behind the current one; further back the oldest but the first are forgotten. */
const MAX_DEPTH = 100;

export function createRoute<All extends Screens>(first: Place<All>): Route<All> {
  return { stack: [first] };
}

/** The place that is shown. */
export function currentPlace<All extends Screens>(route: Route<All>): Place<All> {
  const place = route.stack.at(-1);
  if (place === undefined) throw new Error("A route has at least one place. Make routes with createRoute.");
  return place;
}

/** Goes on to a place, from which `goBack` leads here. */
export function goTo<All extends Screens>(route: Route<All>, place: Place<All>): Route<All> {
  const [first, ...rest] = [...route.stack, place];
  return { stack: first === undefined ? [place] : [first, ...rest.slice(1 - MAX_DEPTH)] };
}

/** To the place before. At the first one nothing changes. */
export function goBack<All extends Screens>(route: Route<All>): Route<All> {
  return canGoBack(route) ? { stack: route.stack.slice(0, -1) } : route;
}

/** Another place instead of this one: `goBack` leads past it. */
export function replacePlace<All extends Screens>(route: Route<All>, place: Place<All>): Route<All> {
  return { stack: [...route.stack.slice(0, -1), place] };
}

/** To the first place. */
export function goHome<All extends Screens>(route: Route<All>): Route<All> {
  return canGoBack(route) ? { stack: route.stack.slice(0, 1) } : route;
}

export function canGoBack<All extends Screens>(route: Route<All>): boolean {
  return route.stack.length > 1;
}
