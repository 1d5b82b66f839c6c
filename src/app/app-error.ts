import { PlushieError } from "../base/index.ts";

/** What an author's definition, result or view can get wrong. */
export class AppError extends PlushieError<AppErrorCode> {}

export type AppErrorCode =
  | "app_definition_invalid"
  | "app_result_missing"
  | "app_result_promise"
  | "app_result_malformed"
  | "app_subscriptions_malformed"
  | "app_handler_invalid";
