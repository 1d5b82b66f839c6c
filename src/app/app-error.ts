import { PlushieError } from "../base/index.ts";

/** What an author's definition, result or view can get wrong. */
export class AppError extends PlushieError<AppErrorCode> {}

export type AppErrorCode =
  | "app-definition-invalid"
  | "app-result-missing"
  | "app-result-promise"
  | "app-result-malformed"
  | "app-subscriptions-malformed"
  | "app-handler-invalid";
